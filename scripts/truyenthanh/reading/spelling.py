"""Letters by name, as Vietnamese schools teach them: how unknown capitals are said."""

import unicodedata
from typing import Final

from .syllables import toneless
from .tables import Letter, rows

LETTERS: Final = {one.letter: one.spoken for one in rows(Letter)}
DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spell(token: str) -> str:
    """Return the names of the letters and digits of ``token``, with spaces between; others are left out.

    "BĐX" gives "bê đê ích xì". A letter that carries a tone is named without it, and one of another
    script or with a foreign accent as the Latin letter it is made from, if it is made from one.
    """
    return " ".join(name for char in token if (name := _name(char)))


def _name(char: str) -> str:
    """Return the name of one character, or ""."""
    lower = char.lower()
    if lower in LETTERS:
        return LETTERS[lower]
    parts = unicodedata.normalize("NFKD", lower)
    if parts[:1].isdecimal():
        return DIGITS[unicodedata.decimal(parts[0])]
    return LETTERS.get(toneless(lower), LETTERS.get(parts[:1], ""))
