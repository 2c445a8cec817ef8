"""Roman numerals: the two tables, and every value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading.roman import read_roman, value

CHANGES = [
    ("Đại hội XIII của Đảng", "Đại hội 13 của Đảng"),
    ("thứ IV, khóa XII", "thứ 4, khóa 12"),
    ("Thế kỷ XXI", "Thế kỷ 21"),
    ("số I", "số 1"),
    ("phần X có mục IV", "phần 10 có mục 4"),
    ("năm MCMXCIX", "năm 1999"),
    ("khoản xxv", "khoản 25"),
    ("thế kỷ vi", "thế kỷ 6"),
    ("báo động II 0,15m", "báo động 2 0,15m"),
    ("Bắc Ninh và XIII", "Bắc Ninh và 13"),
    ("I. ĐẶC ĐIỂM", "1. ĐẶC ĐIỂM"),
    ("I/ Mục đích", "1. Mục đích"),
    ("II) Nhiệm vụ", "2) Nhiệm vụ"),
    ("khóa XIII-XV", "khóa 13 đến 15"),
    ("quý III/2025", "quý 3/2025"),
    ("95-III", "95-3"),
]
KEEPS = [
    *(
        "số vi phạm",
        "quý İ",
        "khoản xin",
        "chữ V",
        "V",
        "I don't",
        "VI PHẠM",
        "XX",
        "mục C",
        "số X-quang",
        "IVX",
        "IIII",
    ),
    *("XI MĂNG", "Điều I&V", "phần mi ni", "X. Vĩnh Trạch"[1:], "VIIII", "năm mi li mét", "A/XIII"),
]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert read_roman(written) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert read_roman(written) == written


def numeral(number: int) -> str:
    signs = [
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
        *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ]
    written = ""
    for size, sign in signs:
        written += sign * (number // size)
        number %= size
    return written


def test_every_value() -> None:
    assert [value(numeral(number)) for number in range(1, 4000)] == list(range(1, 4000))
    assert value(numeral(14).lower()) == 14


@given(st.text(alphabet="IVXLCDM", max_size=9))
def test_only_the_usual_form_has_a_value(written: str) -> None:
    number = value(written)
    assert (number is None) or numeral(number) == written
