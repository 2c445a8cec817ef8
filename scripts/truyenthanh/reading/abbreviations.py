"""Abbreviations of Vietnamese public life, with the words they stand for.

Only those with one sense are here; those whose sense depends on their neighbours are in ``senses``.
"""

from typing import Final

from .tables import Abbreviation, rows

_BETWEEN: Final = ("&", " & ", "-", " - ", " và ")


def _of_kind(kind: str) -> dict[str, str]:
    return {one.written: one.spoken for one in rows(Abbreviation) if one.kind == kind}


def _in_all_spellings(joined: dict[str, str]) -> dict[str, str]:
    """Return ``joined`` with each abbreviation in every way its parts are written together."""
    return {written.replace("&", mark): spoken for mark in _BETWEEN for written, spoken in joined.items()}


# An abbreviation listed in the table takes precedence over a spelling generated here.
ABBREVIATIONS: Final = _in_all_spellings(_of_kind("joined")) | _of_kind("plain")
# Titles before a name; a full stop after one does not end a sentence.
DOTTED: Final = _of_kind("title")
# Short forms from messages and comments, in lower case or with an initial capital.
CHAT: Final = _of_kind("chat")
