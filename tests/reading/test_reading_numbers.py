"""Numbers: the two tables, and every number to 9999 parsed back from its words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading.numbers import (
    cardinal,
    number_words,
    ordinal,
    read_cardinals,
    read_ordinals,
    read_percent,
    read_ranges,
)

UNITS = {
    **{"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5},
    **{"sáu": 6, "bảy": 7, "tám": 8, "chín": 9},
}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


def value(words: str) -> int:
    """The number that the words say, read from left to right as a listener adds it up."""
    if " tỷ" in words:
        high, _, low = words.rpartition(" tỷ")
        return value(high) * 10**9 + (value(low.strip()) if low.strip() else 0)
    total = group = last = 0
    for word in words.split():
        if word in SCALES:
            total += (group + last) * SCALES[word]
            group = last = 0
        elif word == "trăm":
            group, last = last * 100, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            last = UNITS[word]
    return total + group + last


def test_every_number_to_9999_is_parsed_back() -> None:
    said = [cardinal(number) for number in range(10_000)]
    assert [value(words) for words in said] == list(range(10_000))
    assert len(set(said)) == 10_000


@given(st.integers(0, 10**15))
def test_long_numbers_are_parsed_back(number: int) -> None:
    assert value(cardinal(number)) == number


def test_the_small_words_stand_where_they_may() -> None:
    pairs = {pair for number in range(10_000) for pair in pairwise(["", *cardinal(number).split()])}
    assert {before for before, word in pairs if word == "mốt"} == {"mươi"}
    assert {before for before, word in pairs if word == "tư"} == {"mươi"}
    assert {before for before, word in pairs if word == "lăm"} == {"mươi", "mười"}
    assert {before for before, word in pairs if word == "linh"} == {"trăm"}
    assert not {before for before, word in pairs if word == "mươi"} & {"một", "không", "", "mười"}
    assert not pairs & {("mươi", "một"), ("mươi", "bốn"), ("mươi", "năm"), ("mười", "năm")}


CARDINALS = {
    0: "không",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    110: "một trăm mười",
    115: "một trăm mười lăm",
    1000: "một nghìn",
    1001: "một nghìn không trăm linh một",
    1010: "một nghìn không trăm mười",
    2023: "hai nghìn không trăm hai mươi ba",
    1_000_000: "một triệu",
    1_000_005: "một triệu không trăm linh năm",
    2_000_000_000: "hai tỷ",
    -7: "âm bảy",
}


@pytest.mark.parametrize("number", CARDINALS)
def test_cardinals(number: int) -> None:
    assert cardinal(number) == CARDINALS[number]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "nhất"), (2, "hai"), (4, "tư"), (5, "năm"), (14, "mười bốn"), (21, "hai mươi mốt")],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


CHANGES = [
    (read_cardinals, "17 điểm", "mười bảy điểm"),
    (read_cardinals, "có 5.", "có năm."),
    (read_cardinals, "3, 4 và 5", "ba, bốn và năm"),
    (read_cardinals, "1.200 đồng", "một nghìn hai trăm đồng"),
    (read_cardinals, "1.234.567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
    (read_cardinals, "12,5 độ", "mười hai phẩy năm độ"),
    (read_cardinals, "0,05", "không phẩy không năm"),
    (read_cardinals, "3,125", "ba phẩy một hai năm"),
    (read_cardinals, "007", "không không bảy"),
    (read_percent, "20%", "hai mươi phần trăm"),
    (read_percent, "12,5 %", "mười hai phẩy năm phần trăm"),
    (read_ranges, "60-70 ngàn", "sáu mươi đến 70 ngàn"),
    (read_ranges, "10 - 20%", "mười đến 20%"),
    (read_ranges, "20%-30%", "hai mươi phần trăm đến 30%"),
    (read_ranges, "3.000-5.000", "ba nghìn đến 5.000"),
    (read_ordinals, "thứ 1", "thứ nhất"),
    (read_ordinals, "Thứ 4,", "Thứ tư,"),
    (read_ordinals, "thứ 17.", "thứ mười bảy."),
]

KEEPS = [
    *(
        (read_cardinals, text)
        for text in ("A4", "25/3/2023", "24h", "413/STTTT", "1.2.3", "12.34", "COVID-19")
    ),
    *((read_cardinals, text) for text in ("năm mươi", "-5", "5-", "2.5")),
    *((read_percent, text) for text in ("phần trăm", "%", "50")),
    *((read_ranges, text) for text in ("1-2-3", "25-3-2023", "a-b", "COVID-19", "10-20/3", "đi - về")),
    *((read_ordinals, text) for text in ("thứ ba", "thứ 4/5", "thứ 4-5", "thứ 1.200", "buổi 4")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: object, written: str, said: str) -> None:
    assert callable(rule)
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: object, written: str) -> None:
    assert callable(rule)
    assert rule(written) == written


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_decimals_are_parsed_back(whole: int, hundredths: int) -> None:
    dotted = f"{whole:,}".replace(",", ".")
    said, _, decimals = number_words(f"{dotted},{hundredths:02}").partition(" phẩy ")
    assert value(said) == whole
    digits = decimals.split()
    if hundredths < 10:
        assert [UNITS[word] for word in digits] == [0, hundredths]
    else:
        assert value(decimals) == hundredths
