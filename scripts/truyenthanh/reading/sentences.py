"""Cut a paragraph into sentences: not at an abbreviation, an initial, a list's number or inside brackets."""

import re
from typing import Final

from .tables import Unfinished, rows

_ENDS = re.compile(r"[.!?…]+[”’\"')\]]*\s+|\n+")
_OPENING: Final = "“‘\"'([-–•*+ "
_LAST_WORD = re.compile(r"(\S+?)[.!?…]+[”’\"')\]]*\s*$")
_BRACKETS: Final = {"(": 1, "[": 1, ")": -1, "]": -1}
ADDRESSES: Final = frozenset("ông bà anh chị em cô chú bác cụ cháu".split())
LONGEST_BRACKET: Final = 300  # an unclosed bracket does not swallow the text

# Abbreviations after whose full stop a sentence continues: units, titles, "on behalf of", "see".
ABBREVIATIONS: Final = frozenset(one.written for one in rows(Unfinished))


def sentences(paragraph: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph, in order, with their marks; joined by spaces they give it back."""
    found: list[str] = []
    start = depth = scanned = 0
    for end in _ENDS.finditer(paragraph):
        for char in paragraph[scanned : end.end()]:
            depth = max(depth + _BRACKETS.get(char, 0), 0)
        scanned = end.end()
        piece = paragraph[start : end.end()]
        inside = depth > 0 and len(piece) < LONGEST_BRACKET
        if "\n" in end[0] or not (inside or _goes_on(piece, paragraph[end.end() :][:20])):
            found.append(piece)
            start, depth = end.end(), 0
    found.append(paragraph[start:])
    return tuple(text for piece in found if (text := " ".join(piece.split())))


def _goes_on(piece: str, rest: str) -> bool:
    """Whether the sentence continues after a piece that ends in a full stop."""
    following = rest.lstrip(_OPENING)[:1]
    if following.islower():
        return True
    last = _LAST_WORD.search(piece)
    if last is None or not piece.rstrip("”’\"')] \t").endswith("."):
        return False
    word = last[1].lstrip(_OPENING)
    alone = word == piece.strip().rstrip(".")
    if word.casefold() in ABBREVIATIONS:
        return True
    return _is_initial(word, piece.split()[:-1]) or (alone and _is_list_mark(word))


def _is_initial(word: str, before: list[str]) -> bool:
    """Whether a letter is the initial of a name: after another name, or after a form of address."""
    if len(word) != 1 or not word.isupper() or not before:
        return False
    return before[-1].casefold() in ADDRESSES or (len(before) > 1 and before[-1][:1].isupper())


def _is_list_mark(word: str) -> bool:
    """Whether a word alone before a full stop numbers an item of a list: 1. a. IV. 2.1."""
    return re.fullmatch(r"\d{1,3}(\.\d{1,3})*|[a-zđ]|[IVXLC]{1,6}", word, re.IGNORECASE) is not None
