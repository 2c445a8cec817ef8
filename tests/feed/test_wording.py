"""Texts made fit, cut and formatted: tables of what changes and of what must not."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from truyenthanh.feed.wording import (
    clean,
    day,
    decimal,
    duration,
    file_size,
    one_line,
    playing_time,
    shorten,
    timestamp,
)


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("a\x00b\x1fc\x7fd\x9fe", "abcde"),
        ("hai\r\ndòng\rnữa\u2028cuối\x85hết", "hai\ndòng\nnữa\ncuối\nhết"),
        (unicodedata.normalize("NFD", "Điện tử"), "Điện tử"),
        ("\ud800\ufffe\uffff\ufdd0\U0001ffff|", "|"),
    ],
)
def test_clean_drops_what_markup_refuses(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


@pytest.mark.parametrize("text", ["<b> & ]]> \"'", "🎙️ 👩‍⚕️", "tab\tdòng\n", "“ngoặc” – gạch …", "ỡ Ậ ₫"])
def test_clean_keeps_everything_else(text: str) -> None:
    assert clean(text) == text


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=())))
def test_clean_text_always_fits_into_xml_and_is_cleaned_once(text: str) -> None:
    cleaned = clean(text)
    element = etree.Element("a")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text == (cleaned or None)
    assert clean(cleaned) == cleaned


def test_one_line_has_single_spaces() -> None:
    assert one_line("  Công \n\n nghệ\tsố\u00a0 ") == "Công nghệ số"


@pytest.mark.parametrize(
    ("text", "limit_bytes", "short"),
    [
        ("Một. Hai.", 100, "Một. Hai."),
        ("Một. Hai. Ba.", len("Một. Hai.".encode()), "Một. Hai."),
        ("Một. Hai. Ba.", len("Một. Hai.".encode()) - 1, "Một."),
        ("“Một.” Hai ba bốn.", 16, "“Một.”"),
        ("Lãi 3.5 phần trăm mỗi năm.", 20, "Lãi 3.5 phần…"),
        ("aaaaaaaaaaaaaaaa", 10, "aaaaaaa…"),
    ],
)
def test_shorten_ends_at_a_sentence_or_a_word(text: str, limit_bytes: int, short: str) -> None:
    assert shorten(text, limit_bytes) == short


@given(st.text(max_size=300), st.integers(min_value=3, max_value=120))
def test_shorten_never_passes_its_limit(text: str, limit_bytes: int) -> None:
    short = shorten(clean(text), limit_bytes)
    assert len(short.encode()) <= limit_bytes
    assert clean(text).startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("ms", "stamp", "shown"),
    [
        (0, "00:00:00.000", "0:00"),
        (59_999, "00:00:59.999", "0:59"),
        (754_020, "00:12:34.020", "12:34"),
        (3_723_004, "01:02:03.004", "1:02:03"),
    ],
)
def test_times(ms: int, stamp: str, shown: str) -> None:
    assert (timestamp(ms), playing_time(ms)) == (stamp, shown)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "0 giây"),
        (41.976, "42 giây"),
        (120.0, "2 phút"),
        (125.4, "2 phút 5 giây"),
        (3_725.0, "1 giờ 2 phút"),
        (7_200.0, "2 giờ"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [(12, "1 KB"), (38_400, "38 KB"), (504_321, "0,5 MB"), (44_704_800, "44,7 MB")],
)
def test_sizes_have_a_decimal_comma(size_bytes: int, shown: str) -> None:
    assert file_size(size_bytes) == shown.replace(" ", "\u00a0")


def test_a_date_has_no_leading_zeros() -> None:
    assert day(date(2023, 4, 3)) == "3/4/2023"


def test_a_level_has_a_comma_and_a_true_minus() -> None:
    assert [decimal(value) for value in (-19.04, 0.0, 12.25)] == ["−19,0", "0,0", "12,2"]
