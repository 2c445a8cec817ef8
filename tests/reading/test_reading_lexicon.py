"""The lexicon: whole words, the longest match, case, layers, and the built-in one as a whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading import ReadingStyle, read
from truyenthanh.reading.lexicon import BUILT_IN, Entry, Lexicon, apply, used

SMALL = Lexicon(
    (
        Entry("BTC", "Ban Tổ chức", case_sensitive=True),
        Entry("BTC Giải", "Ban Tổ chức giải"),
        Entry("TT&TT", "Thông tin và Truyền thông"),
        Entry("tỉnh uỷ", "Tỉnh ủy"),
        Entry("app", "áp"),
        Entry("TS", "Tiến sĩ", case_sensitive=True),
        Entry("TS.", "Tiến sĩ", case_sensitive=True),
        Entry("ai ngờ", "không ngờ"),
    )
)
CHANGES = [
    ("BTC họp", "Ban Tổ chức họp"),
    ("(BTC)", "(Ban Tổ chức)"),
    ("BTC, BTC.", "Ban Tổ chức, Ban Tổ chức."),
    ("BTC giải bóng đá", "Ban Tổ chức giải bóng đá"),
    ("BTC  \n Giải", "Ban Tổ chức giải"),
    ("Sở TT&TT.", "Sở Thông tin và Truyền thông."),
    ("App, APP và app", "áp, áp và áp"),
    ("Tỉnh ủy, TỈNH UỶ", "Tỉnh ủy, Tỉnh ủy"),
    ("TS. Nguyễn Văn A", "Tiến sĩ Nguyễn Văn A"),
    ("TS.Nguyễn", "Tiến sĩ Nguyễn"),
    ("là TS.", "là Tiến sĩ."),
    ("TT&TTBTC", "TT&TTBTC"),
]
KEEPS = ["XBTC", "BTC1", "btc", "apps", "TT & TT", "TT&T", "Ban Tổ chức", "ai", "", "TSX."]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert apply(written, SMALL) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert apply(written, SMALL) == written
    assert used(written, SMALL) == ()


def test_what_is_used_is_told_once_and_sorted() -> None:
    assert used("app BTC giải, BTC và App", SMALL) == ("BTC", "BTC Giải", "app")


def test_a_later_entry_wins_whatever_its_case_says() -> None:
    assert apply("BTC", SMALL.overlaid([Entry("BTC", "Bộ Tài chính", case_sensitive=True)])) == "Bộ Tài chính"
    anyhow = SMALL.overlaid([Entry("btc", "Bộ Tài chính")])
    assert apply("BTC btc", anyhow) == "Bộ Tài chính Bộ Tài chính"
    exact = SMALL.overlaid([Entry("App", "Áp riêng", case_sensitive=True)])
    assert apply("App app", exact) == "Áp riêng áp"


def test_a_layer_leaves_the_lexicon_below_as_it_was() -> None:
    SMALL.overlaid([Entry("BTC", "Bộ Tài chính")])
    assert apply("BTC", SMALL) == "Ban Tổ chức"


def test_an_empty_lexicon_and_an_empty_entry_change_nothing() -> None:
    assert apply("UBND tỉnh", Lexicon(())) == "UBND tỉnh"
    assert apply("UBND tỉnh", Lexicon((Entry(" ", "x"), Entry("", "y")))) == "UBND tỉnh"


def test_an_entry_is_found_however_its_tones_are_written() -> None:
    lexicon = Lexicon((Entry(unicodedata.normalize("NFD", "Hoà Bình"), "Hòa Bình tỉnh"),))
    assert apply("Hòa Bình, Hoà Bình", lexicon) == "Hòa Bình tỉnh, Hòa Bình tỉnh"


@given(st.text(alphabet="ABTCts.& apđ&12\n()", max_size=60))
def test_what_no_entry_holds_is_kept(text: str) -> None:
    if not used(text, SMALL):
        assert apply(text, SMALL) == text


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(apply(text, BUILT_IN), str)


def test_the_words_of_the_built_in_lexicon_stay_when_they_are_read_again() -> None:
    assert [entry for entry in BUILT_IN.entries if apply(entry.spoken, BUILT_IN) != entry.spoken] == []


def test_the_built_in_lexicon_says_letters_and_pauses_only() -> None:
    strange = [
        entry for entry in BUILT_IN.entries if not all(c.isalpha() or c in " ,;" for c in entry.spoken)
    ]
    assert strange == []


def test_the_built_in_lexicon_says_something_for_every_entry_in_nfc() -> None:
    for entry in BUILT_IN.entries:
        assert entry.spoken == " ".join(entry.spoken.split()) != ""
        assert unicodedata.is_normalized("NFC", entry.written + entry.spoken)


def test_a_long_text_is_read_as_its_parts_are() -> None:
    text = "UBND tỉnh và Sở TT và TT, bà con xem Facebook của HTX. " * 200
    assert apply(text * 2, BUILT_IN) == apply(text, BUILT_IN) * 2


def test_a_word_said_with_itself_in_it_is_said_so_once() -> None:
    style = ReadingStyle(BUILT_IN.overlaid([Entry("loa", "loa truyền thanh")]))
    assert read("Bà con nghe trên loa.", style).spoken == "Bà con nghe trên loa truyền thanh."
