"""A table of plain text whose columns stand straight, whatever marks the letters carry."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from ..messages import figure, say


def straight(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines: the first and last cell of each to the left, the figures to the right."""
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    return [_line(row, widths) for row in rows]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - _columns(cell))
        if at in (0, len(cells) - 1)
        else " " * (width - _columns(cell)) + cell
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return ("  " + "  ".join(padded)).rstrip()


def to_the_left(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of words as lines, every column to the left."""
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _columns(text: str) -> int:
    return sum(not unicodedata.combining(char) for char in text)


def clock(seconds: float) -> str:
    """Return a length in minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def day(when: date) -> str:
    """Return a day as the language spoken writes it."""
    return say("date.day", day=when.day, month=when.month, year=when.year)


def level(value: float) -> str:
    """Return a level in tenths."""
    return figure(value, ".1f")
