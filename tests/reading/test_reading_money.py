"""Money: the two tables."""

import pytest

from truyenthanh.reading.money import read_money
from truyenthanh.reading.numbers import name_by_accent

CHANGES = [
    ("50.000đ", "50.000 đồng"),
    ("50.000 đ/ngày", "50.000 đồng/ngày"),
    ("3 triệu đ", "3 triệu đồng"),
    ("50.000 VNĐ", "50.000 đồng"),
    ("8usd", "8 đô la"),
    ("đồng usd", "đồng đô la"),
    ("370 tỷ USD", "370 tỷ đô la"),
    ("10$", "10 đô la"),
    ("$50", "50 đô la"),
    ("$1.234,5678", "1.234,5678 đô la"),
    ("10 £, 5¥", "10 bảng Anh, 5 yên"),
    ("0,5$", "50 xu"),
    ("0,01$", "1 xu"),
    ("2,50€", "2 ơ rô 50 xu"),
    ("$5.00", "5 đô la"),
    ("$1,5 tỷ", "1,5 tỷ đô la"),
    ("10k", "10 nghìn"),
    ("10K VND", "10 nghìn đồng"),
    ("25tr", "25 triệu"),
    ("1tr5", "1 triệu 500 nghìn"),
    ("2tr250", "2 triệu 250 nghìn"),
    ("3tỷ2", "3 tỷ 200 triệu"),
    ("2tr05", "2.050.000"),
    ("1tỷ05", "1.050.000.000"),
    ("3k05", "3.050"),
    ("2TR5", "2 triệu 500 nghìn"),
    ("7,8 tr", "7,8 triệu"),
    ("500K, 50K đồng", "500 nghìn, 50 nghìn đồng"),
    ("$5k, $2M, $3,5B", "5 nghìn đô la, 2 triệu đô la, 3,5 tỷ đô la"),
    ("US$100, U.S.$5", "100 đô la, 5 đô la"),
    ("100k$", "100 nghìn đô la"),
    ("10$-20$", "10 đô la đến 20 đô la"),
    ("$10 - $20", "10 đô la đến 20 đô la"),
    ("$10-20 triệu", "10 đến 20 triệu đô la"),
    ("VND 50.000", "50.000 đồng"),
    ("VND50.000", "50.000 đồng"),
    ("USD 2,5 triệu", "2,5 triệu đô la"),
    ("đ1.000", "1.000 đồng"),
    ("1 triệu rưỡi đ", "1 triệu rưỡi đồng"),
    ("100 USD 50 EUR", "100 đô la 50 ơ rô"),
    ("USD/VND 25.400", "đô la/đồng 25.400"),
    ("giá USD 5 tháng qua", "giá đô la 5 tháng qua"),
    ("tỷ giá USD 24.500 đồng", "tỷ giá đô la 24.500 đồng"),
    ("10 euros, 5 NDT", "10 ơ rô, 5 nhân dân tệ"),
    ("1k2", "1 nghìn 200"),
    ("100t", "100 tỷ"),
]
KEEPS = [
    "đ",
    "5 đ/c",
    "điểm đ khoản 2",
    "5K",
    "K3",
    "a5k",
    "10km",
    "USDA",
    "5 triệu",
    "$",
    "1.2.3k",
    "tr5",
    "lớp 10K",
    "4K",
    "350 tr. sách",
]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert name_by_accent(read_money(written), "north") == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert read_money(written) == written
