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
    ("1k2", "1 nghìn 200"),
    ("100t", "100 tỷ"),
]
KEEPS = ["đ", "5 đ/c", "điểm đ khoản 2", "5K", "K3", "a5k", "10km", "USDA", "5 triệu", "$", "1.2.3k", "tr5"]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert name_by_accent(read_money(written), "north") == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert read_money(written) == written
