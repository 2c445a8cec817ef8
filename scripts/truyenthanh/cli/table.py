"""Plain-text tables whose columns line up whatever diacritics letters have, and formats of cells."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from ..messages import figure, say


def figure_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines: the first and the last column left-aligned, the figures between right-aligned."""
    widths = _widths(rows)
    return [_figure_line(row, widths) for row in rows]


def _figure_line(cells: Sequence[str], widths: Sequence[int]) -> str:
    last = len(cells) - 1
    padded = [
        cell + _padding(cell, width) if at in (0, last) else _padding(cell, width) + cell
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return ("  " + "  ".join(padded)).rstrip()


def word_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of words as lines, every column left-aligned."""
    widths = _widths(rows)
    return [
        "  ".join(cell + _padding(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(_columns, column)) for column in zip(*rows, strict=True)]


def _padding(cell: str, width: int) -> str:
    return " " * (width - _columns(cell))


def _columns(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(not unicodedata.combining(char) for char in text)


def clock(seconds: float) -> str:
    """Return a length in minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def day(when: date) -> str:
    """Return a date as the user's language writes it."""
    return say("date.day", day=when.day, month=when.month, year=when.year)


def level(value: float) -> str:
    """Return a level to one decimal."""
    return figure(value, ".1f")


def megabytes(size_bytes: int) -> float:
    """Return a size in MB (10^6 bytes)."""
    return size_bytes / 1e6
