"""Letters by name, as Vietnamese schools teach them: what is said of capitals that nobody knows."""

import unicodedata
from typing import Final

from .syllables import toneless

LETTERS: Final[dict[str, str]] = {
    **{"a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê"},
    **{"f": "ép", "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "e lờ", "m": "em mờ"},
    **{"n": "en nờ", "o": "o", "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "e rờ", "s": "ét sờ"},
    **{"t": "tê", "u": "u", "ư": "ư", "v": "vê", "w": "vê kép", "x": "ích xì", "y": "i dài", "z": "dét"},
}
DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spell(token: str) -> str:
    """Return the names of the letters and digits of ``token``, a space between; what has no name is left out.

    "BĐX" gives "bê đê ích xì". A letter that carries a tone is named without it, and one of another
    script or with a foreign accent as the Latin letter it is made from, if it is made from one.
    """
    return " ".join(name for char in token if (name := _name(char)))


def _name(char: str) -> str:
    """Return the name of one character, or nothing."""
    lower = char.lower()
    if lower in LETTERS:
        return LETTERS[lower]
    parts = unicodedata.normalize("NFKD", lower)
    if parts[:1].isdecimal():
        return DIGITS[unicodedata.decimal(parts[0])]
    return LETTERS.get(toneless(lower), LETTERS.get(parts[:1], ""))
