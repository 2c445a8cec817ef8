"""Numbers: the two tables, and every number to 9999 parsed back from its words."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading.numbers import (
    Accent,
    cardinal,
    digits,
    name_by_accent,
    number_words,
    ordinal,
    plain_groups,
    read_cardinals,
    read_leading_zeros,
    read_negatives,
    read_ordinals,
    read_percent,
    read_powers,
    read_ratios,
    whole,
)

Rule = Callable[[str], str]


def said_of(number: int) -> str:
    return name_by_accent(cardinal(number), "north")


UNITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
UNITS |= {"mốt": 1, "tư": 4, "lăm": 5}  # as they are said behind a ten
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
    said = [said_of(number) for number in range(10_000)]
    assert [value(words) for words in said] == list(range(10_000))
    assert len(set(said)) == 10_000


@given(st.integers(0, 10**15))
def test_long_numbers_are_parsed_back(number: int) -> None:
    assert value(said_of(number)) == number


def test_the_small_words_stand_where_they_may() -> None:
    pairs = {pair for number in range(10_000) for pair in pairwise(["", *said_of(number).split()])}
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
    assert said_of(number) == CARDINALS[number]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "nhất"), (2, "hai"), (4, "tư"), (5, "năm"), (14, "mười bốn"), (21, "hai mươi mốt")],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("accent", "said"),
    [("north", "một nghìn không trăm linh một"), ("south", "một ngàn không trăm lẻ một")],
)
def test_two_words_differ_by_accent(accent: Accent, said: str) -> None:
    assert name_by_accent(cardinal(1001), accent) == said


@pytest.mark.parametrize("accent", ["north", "south"])
def test_written_words_keep_their_form(accent: Accent) -> None:
    assert (
        name_by_accent("bà Linh bán lẻ mấy nghìn, mấy ngàn", accent) == "bà Linh bán lẻ mấy nghìn, mấy ngàn"
    )


@pytest.mark.parametrize(
    ("written", "said"), [("0912", "không chín một hai"), ("(02) 3-4", "không hai ba bốn"), ("", "")]
)
def test_digits(written: str, said: str) -> None:
    assert digits(written) == said


def test_a_number_too_long_for_a_quantity_is_said_digit_by_digit() -> None:
    assert whole("1" * 28) == " ".join(["một"] * 28)
    assert whole("1" * 27) != " ".join(["một"] * 27)
    assert whole("05") == "không năm"


CHANGES = [
    (read_cardinals, "17 điểm", "mười bảy điểm"),
    (read_cardinals, "có 5.", "có năm."),
    (read_cardinals, "3, 4 và 5", "ba, bốn và năm"),
    (read_cardinals, "1.200 đồng", "một nghìn hai trăm đồng"),
    (read_cardinals, "1.234.567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
    (read_cardinals, "12,5 độ", "mười hai phẩy năm độ"),
    (read_cardinals, "0,05", "không phẩy không năm"),
    (read_cardinals, "3,125", "ba phẩy một hai năm"),
    (read_cardinals, "9.8", "chín chấm tám"),
    (read_cardinals, "0.125", "không chấm một hai năm"),
    (read_cardinals, "007", "không không bảy"),
    (read_cardinals, "#1", "thăng một"),
    (read_cardinals, "8x", "tám x"),
    (read_cardinals, "28.7x.", "hai mươi tám chấm bảy x."),
    (read_percent, "20%", "20 phần trăm"),
    (read_percent, "12,5 %", "12,5 phần trăm"),
    (read_percent, "102%KH", "102 phần trăm KH"),
    (read_percent, "5‰", "5 phần nghìn"),
    (read_ordinals, "thứ 1", "thứ nhất"),
    (read_ordinals, "Thứ 4,", "Thứ tư,"),
    (read_ordinals, "thứ 17.", "thứ mười bảy."),
    (read_ordinals, "xếp hạng 1", "xếp hạng nhất"),
    (read_ordinals, "xếp hạng 4", "xếp hạng bốn"),
    (read_negatives, "-5 độ", "âm 5 độ"),
    (read_negatives, "từ -2 (-3)", "từ âm 2 (âm 3)"),
    (read_leading_zeros, "05 xã, 02 phường", "5 xã, 2 phường"),
    (read_leading_zeros, "Đề án 06 và Chỉ thị 04", "Đề án không sáu và Chỉ thị không bốn"),
    (read_powers, "10^6", "10 mũ 6"),
    (read_powers, "1.5x10^-3", "1.5 nhân 10 mũ trừ 3"),
    (read_powers, "6.022e23", "sáu chấm không hai hai nhân 10 mũ 23"),
    (read_powers, "2^n", "2 mũ n"),
    (read_ratios, "ISO 27001:2013", "ISO 27001 hai chấm 2013"),
    (read_ratios, "tỷ lệ 1:500", "tỷ lệ 1 trên 500"),
    (read_ratios, "ISO 9001:2015", "ISO 9001 hai chấm 2015"),
    (plain_groups, "1,299,495 và 1,234.56", "1.299.495 và 1.234,56"),
    (plain_groups, "2 000 000 và 9 999", "2.000.000 và 9.999"),
    (plain_groups, "12 345,67 và 1 234,5 kg", "12.345,67 và 1.234,5 kg"),
    (plain_groups, "10,000 đồng", "10.000 đồng"),
]

KEEPS = [
    *((read_cardinals, text) for text in ("A4", "25/3/2023", "1.2.3", "COVID19", "x²")),
    *((read_cardinals, text) for text in ("năm mươi", "a.", "một")),
    *((read_percent, text) for text in ("phần trăm", "%", "50", "a%")),
    *((read_ordinals, text) for text in ("thứ ba", "thứ 4/5", "thứ 4-5", "thứ 1.200", "buổi 4", "hạng 1")),
    *((read_negatives, text) for text in ("3-5", "a-5", "- 5", "-a", "COVID-19")),
    *((read_leading_zeros, text) for text in ("005", "0", "10", "0,5", "05/3", "05-06", "0912")),
    *((read_powers, text) for text in ("10", "a^bc", "^_^", "e5", "2e", "^2")),
    *((read_ratios, text) for text in ("1:2:3", "a:5", "5: 6", "5:")),
    *(
        (plain_groups, text)
        for text in ("1,5", "12,34", "1,299", "quý 1 234 ca", "1900 8198", "0912 345 678")
    ),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: Rule, written: str, said: str) -> None:
    assert name_by_accent(rule(written), "north") == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: Rule, written: str) -> None:
    assert rule(written) == written


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_decimals_are_parsed_back(whole_part: int, hundredths: int) -> None:
    dotted = f"{whole_part:,}".replace(",", ".")
    words = name_by_accent(number_words(f"{dotted},{hundredths:02}"), "north")
    said, _, decimals = words.partition(" phẩy ")
    assert value(said) == whole_part
    named = decimals.split()
    if hundredths < 10:
        assert [UNITS[word] for word in named] == [0, hundredths]
    else:
        assert value(decimals) == hundredths
