"""Abbreviations that a document defines itself: "Ngân hàng Nhà nước (NHNN)", "(sau đây gọi tắt là BCĐ)"."""

import re
from typing import Final

from .lexicon import Entry
from .syllables import toneless

LONGEST: Final = 120  # characters before a definition in which the words it stands for are searched

_CAPITAL: Final = "[A-ZĐĂÂÊÔƠƯ]"
_ABBREVIATION: Final = rf"[\"“”']?((?-i:{_CAPITAL}[A-ZĐĂÂÊÔƠƯa-zđ&-]{{1,14}}))[\"“”']?"
_CALLED: Final = r"(?:(?:sau|dưới|từ) đây,? )?(?:được )?(?:gọi|viết) (?:tắt|chung)(?: là)?:? ?"
_DEFINED = re.compile(
    rf"\s?\((?:{_CALLED})?{_ABBREVIATION}\)|,? {_CALLED}{_ABBREVIATION}(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.;:?!()\n]")
_SMALL: Final = frozenset({"và", "của", "về", "các", "cho", "với"})  # may contribute no letter


def definitions(text: str) -> tuple[Entry, ...]:
    """Return the abbreviations that ``text`` defines, in order: each said as its words in full.

    An abbreviation counts only if the words right before it have its initials in order; if it is
    defined twice, the first definition is kept. ``text`` is in NFC, with single spaces.
    """
    entries: dict[str, Entry] = {}
    for found in _DEFINED.finditer(text):
        abbreviation = found[1] or found[2]
        before = _BREAK.split(text[max(0, found.start() - LONGEST) : found.start()])[-1]
        phrase = _phrase(before, abbreviation)
        if phrase and abbreviation not in entries:
            entries[abbreviation] = Entry(abbreviation, phrase, case_sensitive=True)
    return tuple(entries.values())


def _phrase(before: str, abbreviation: str) -> str:
    """Return the end of ``before`` whose words have the initials of ``abbreviation``, or ""."""
    letters = [char.lower() for char in abbreviation if char.isupper()]
    if len(letters) < 2:
        return ""
    start = len(before)
    for word in reversed(list(_WORD.finditer(before))):
        if not letters:
            break
        if toneless(word[0][0].lower()) == letters[-1]:
            letters.pop()
            start = word.start()
        elif word[0].lower() not in _SMALL:
            return ""
    return "" if letters else " ".join(before[start:].split())
