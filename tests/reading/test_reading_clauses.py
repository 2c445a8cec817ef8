"""Clauses: every word kept, the limit kept, cut where a reader breathes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truyenthanh.reading.clauses import clauses


@settings(max_examples=200)
@given(
    words=st.lists(st.text(alphabet="abêđ,.;", min_size=1, max_size=12), min_size=1),
    limit=st.integers(12, 60),
)
def test_clauses_keep_every_word_and_the_limit(words: list[str], limit: int) -> None:
    sentence = " ".join(words)
    pieces = clauses(sentence, limit)
    assert " ".join(pieces) == sentence
    assert all(len(piece) <= limit for piece in pieces)


@pytest.mark.parametrize(
    ("sentence", "limit", "pieces"),
    [
        ("một, hai ba.", None, ("một, hai ba.",)),
        ("một, hai ba.", 100, ("một, hai ba.",)),
        ("một hai, ba bốn.", 10, ("một hai,", "ba bốn.")),
        ("một hai ba bốn", 8, ("một hai", "ba bốn")),
        ("a, b, c d e f.", 5, ("a, b,", "c d e", "f.")),
    ],
)
def test_clauses_are_cut_at_marks_first(sentence: str, limit: int | None, pieces: tuple[str, ...]) -> None:
    assert clauses(sentence, limit) == pieces
