"""Columns line up whatever marks the letters carry."""

import unicodedata

from truyenthanh.cli.table import clock, figure_table, megabytes, word_table


def test_figures_stand_to_the_right_between_words_to_the_left() -> None:
    assert figure_table([("a", "1", "x"), ("bcd", "100", "yz")]) == ["  a      1  x", "  bcd  100  yz"]


def test_words_stand_to_the_left_and_no_line_ends_in_blanks() -> None:
    assert word_table([("a", "b"), ("long", "")]) == ["a     b", "long"]


def test_a_letter_with_its_marks_apart_takes_one_column() -> None:
    rows = [("tiếng", "x"), (unicodedata.normalize("NFD", "tiếng"), "x")]
    assert [unicodedata.normalize("NFC", line) for line in word_table(rows)] == ["tiếng  x", "tiếng  x"]


def test_lengths_and_sizes() -> None:
    assert [clock(0), clock(59.9), clock(3600)] == ["0:00", "0:59", "60:00"]
    assert megabytes(1_500_000) == 1.5
