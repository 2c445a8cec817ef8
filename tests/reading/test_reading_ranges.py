"""Ranges: the two tables."""

import pytest

from truyenthanh.reading.ranges import read_ranges

CHANGES = [
    ("tỉ số chung cuộc 3 - 2", "tỉ số chung cuộc 3 2"),
    ("60-70 ngàn", "60 đến 70 ngàn"),
    ("10 - 20%", "10 đến 20%"),
    ("20%-30%", "20% đến 30%"),
    ("3.000-5.000", "3.000 đến 5.000"),
    ("1,5-2,0m", "1,5 đến 2,0m"),
    ("3kg-6kg", "3kg đến 6kg"),
    ("31Mhz-44Mhz", "31Mhz đến 44Mhz"),
    ("2tr-5tr", "2tr đến 5tr"),
    ("50.000đ-100.000đ", "50.000đ đến 100.000đ"),
    ("2 triệu đồng - 3 triệu đồng", "2 triệu đồng đến 3 triệu đồng"),
    ("37°C-39°C", "37°C đến 39°C"),
    ("5m2-7m2", "5m2 đến 7m2"),
    ("nhiệm kỳ 2025-2030", "nhiệm kỳ 2025 đến 2030"),
    ("thứ 2 - thứ 6", "thứ 2 đến thứ 6"),
    ("Điều 5 - điều 7", "Điều 5 đến điều 7"),
    ("10 - 4 = 6", "10 trừ 4 = 6"),
    ("thắng 2-1", "thắng 2 1"),
    ("A → B", "A đến B"),
]
KEEPS = [
    *("1-2-3", "25-3-2023", "a-b", "COVID-19", "10-20/3", "đi - về", "tỉnh - huyện", "-5", "5-"),
    *("3 cây - 5 con", "12/3-4", "H5N1-2", "5, - 6", "thứ 2 - ngày 6", "chính trị - xã hội"),
]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert read_ranges(written) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert read_ranges(written) == written
