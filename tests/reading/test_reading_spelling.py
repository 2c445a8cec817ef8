"""Letters by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading.spelling import LETTERS, spell
from truyenthanh.reading.syllables import is_vietnamese


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("BĐX", "bê đê ích xì"),
        ("w3c", "vê kép ba xê"),
        ("SYT", "ét sờ i dài tê"),
        ("ÁÂẨ", "a ớ ớ"),
        ("ỞƯ", "ơ ư"),
        ("é", "e"),
        ("ñç", "en nờ xê"),
        ("ﬁ", "ép"),
        ("A-B.C", "a bê xê"),
        ("²٣", "hai ba"),
        ("中文", ""),
        ("", ""),
    ],
)
def test_names(written: str, said: str) -> None:
    assert spell(written) == said


def test_all_29_letters_and_the_four_foreign_ones_have_names_of_their_own() -> None:
    assert set(LETTERS) == set("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz")
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert all(is_vietnamese(word) for name in LETTERS.values() for word in name.split())


@given(st.text(max_size=40))
def test_what_is_said_is_words_and_stays_when_spelled_words_are_kept(text: str) -> None:
    assert all(word.isalpha() and word.islower() for word in spell(text).split())
