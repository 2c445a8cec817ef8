"""Abbreviations of Vietnamese public life, with the words they stand for.

Only those with one sense are here; the others, whose sense their neighbours decide, are in ``senses``.
"""

from typing import Final

from .tables import Abbreviation, rows

_BETWEEN: Final = ("&", " & ", "-", " - ", " và ")


def _of_kind(kind: str) -> dict[str, str]:
    return {one.written: one.spoken for one in rows(Abbreviation) if one.kind == kind}


def _in_all_spellings(joined: dict[str, str]) -> dict[str, str]:
    """Return ``joined`` with each abbreviation in the ways its parts are written together."""
    return {written.replace("&", mark): spoken for mark in _BETWEEN for written, spoken in joined.items()}


# One that stands in the table itself goes before a spelling made here.
ABBREVIATIONS: Final = _in_all_spellings(_of_kind("joined")) | _of_kind("plain")
# Titles before a name; the full stop that may follow them ends no sentence.
DOTTED: Final = _of_kind("title")
# What messages and comments shorten, in small letters or with a capital at the start.
CHAT: Final = _of_kind("chat")
