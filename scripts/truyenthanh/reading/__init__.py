"""Written Vietnamese becomes the words an announcer says.

Every rule is a pure ``str -> str``; ``RULES`` is their order, and the order is part of the rules: a
date must be read before its slashes are, a range before its numbers. Each family has a file of its
own and two tables of tests: what it changes, and what it must leave alone.
"""

from collections.abc import Callable
from typing import Final

from . import dates, letters, numbers, symbols

RULES: Final[tuple[Callable[[str], str], ...]] = (
    letters.compose,
    letters.drop_invisible,
    letters.plain_marks,
    symbols.read_abbreviations,
    dates.read_dates,
    dates.read_months,
    numbers.read_ordinals,
    numbers.read_ranges,
    numbers.read_percent,
    numbers.read_cardinals,
    symbols.read_signs,
    letters.tidy,
)

_KEPT = frozenset(" .,;:?!")


def spoken(written: str) -> str:
    """Return the words of ``written`` as an announcer says them, with only . , ; : ? ! left of the marks."""
    text = written
    for rule in RULES:
        text = rule(text)
    return text


def unread(text: str) -> tuple[str, ...]:
    """Return the pieces of a spoken text that no rule understood: whatever holds no plain word."""
    return tuple(
        piece for piece in text.split() if any(not char.isalpha() and char not in _KEPT for char in piece)
    )
