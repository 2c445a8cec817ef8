"""Abbreviations whose sense depends on their neighbours: TT, KT, BTC, P. … said only where it is clear.

Senses are tried in order; one without neighbours always fits. The text before and after is matched in
any case, and a sense whose ``after`` begins with a full stop consumes it: "TP. Long Xuyên". If no sense
fits, the abbreviation stays as it is, to be spelled and reported.
"""

import re
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final

from .code_parts import code_words
from .lexicon import set_in
from .syllables import one_placement
from .tables import Neighbour, Sense, SenseSpelling, rows

__all__ = ["code_words", "read_senses"]

CONTEXT: Final = 40  # characters on each side that are looked at

SENSES: Final = {
    abbreviation: tuple(senses)
    for abbreviation, senses in groupby(rows(Sense), key=attrgetter("abbreviation"))
}
ALIASES: Final = {one.written: one.abbreviation for one in rows(SenseSpelling)}
_NEIGHBOURS: Final = {one.name: one.pattern for one in rows(Neighbour)}
_NAMED = re.compile(r"\{([A-Z_]+)\}")

_WORDS: Final = "|".join(re.escape(word) for word in sorted((*SENSES, *ALIASES), key=len, reverse=True))
_ABBREVIATION = re.compile(rf"(?<![\w&/])(?<!\w-)(?:{_WORDS})(?![\w&/]|-\w)")


def read_senses(text: str) -> str:
    """Return ``text`` with abbreviations in words if their neighbours make the sense clear."""
    folded = one_placement(text)
    pieces: list[str] = []
    end = 0
    for found in _ABBREVIATION.finditer(text):
        start, stop = found.span()
        words, taken = _sense(
            found[0], folded[max(0, start - CONTEXT) : start], folded[stop : stop + CONTEXT]
        )
        if words:
            pieces += (text[end:start], set_in(text, start, stop + taken, words))
            end = stop + taken
    return "".join((*pieces, text[end:]))


def _sense(word: str, before: str, after: str) -> tuple[str, int]:
    """Return the words of the first sense that fits, and how many characters of ``after`` it consumes."""
    for sense in SENSES[ALIASES.get(word, word)]:
        right = _right(sense.after).match(after)
        if right and _left(sense.before).search(before):
            return sense.spoken, 1 if right[0].startswith(".") else 0
    return "", 0


@cache
def _left(pattern: str | None) -> re.Pattern[str]:
    """Return what must match right before an abbreviation."""
    return re.compile(rf"(?:(?<!\w)|(?!\w))(?:{_full(pattern)})\s*$" if pattern else "", re.IGNORECASE)


@cache
def _right(pattern: str | None) -> re.Pattern[str]:
    """Return what must match right after an abbreviation: whole words, a full stop only if asked for."""
    return re.compile(rf"\s*(?:{_full(pattern)})(?!\w)" if pattern else "", re.IGNORECASE)


def _full(pattern: str) -> str:
    """Return ``pattern`` with every {NAME} in it expanded."""
    return _NAMED.sub(lambda named: _full(_NEIGHBOURS[named[1]]), pattern)
