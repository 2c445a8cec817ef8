"""Which syllables Vietnamese has, by onset, rime and tone: "rêng" is reported, "riêng" is not.

The inventory is that of the written standard (Hoàng Phê, Từ điển tiếng Việt): 27 ways to write an
onset, the rimes of its table, six tones; rimes that end in a stop have only two of them.
"""

import re
import unicodedata
from typing import Final

from .tables import LoanSyllable, Rime, rows

_TONES: Final = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_STOP_TONES: Final = frozenset({"sắc", "nặng"})
_VOWELS: Final = frozenset("aăâeêioôơuưy")
_MARKED: Final = frozenset("ăâêôơư")

_ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
ONSETS: Final = frozenset(_ONSETS.split()) | {""}
RIMES: Final = frozenset(one.rime for one in rows(Rime) if one.general)
_AFTER_QU: Final = frozenset(one.rime for one in rows(Rime) if one.after_qu)
# "giêng", "giết": onset and rime share the i.
_AFTER_GI: Final = frozenset(one.rime for one in rows(Rime) if one.after_gi)
_GI: Final = frozenset({"gi", "gim", "gin", "gip", "gich"})  # onset and rime share the i
_OPEN_Y: Final = frozenset({"", "h", "k", "l", "m", "s", "t", "v"})
# Place names of the highlands, and syllables with letters where the inventory has none.
LOANS: Final = frozenset(one.syllable for one in rows(LoanSyllable))

_NEW_STYLE = re.compile(r"o[àáảãạèéẻẽẹ](?!\w)|(?<![qQ])u[ỳýỷỹỵ](?!\w)", re.IGNORECASE)


def is_vietnamese(syllable: str) -> bool:
    """Whether ``syllable`` can be Vietnamese as written, with its tone in either place (hòa, hoà)."""
    word = unicodedata.normalize("NFC", syllable).lower()
    if word in LOANS:
        return True
    bare, tone, at = _parted(word)
    for length in (3, 2, 1, 0):
        onset, rime = bare[:length], bare[length:]
        if onset in ONSETS and _fits(onset, rime) and _tone_fits(rime, tone, at - length):
            return True
    return bare in _GI and at in {-1, 1}


def toneless(text: str) -> str:
    """Return ``text`` in NFC without its tones: "tiếng" gives "tiêng"."""
    letters = "".join(char for char in unicodedata.normalize("NFD", text) if char not in _TONES)
    return unicodedata.normalize("NFC", letters)


def one_placement(text: str) -> str:
    """Return ``text`` with the tone of oa, oe, uy where the older schoolbooks put it (hòa, khỏe, thủy).

    The length stays the same, so that positions in one are valid in the other.
    """
    return _NEW_STYLE.sub(lambda m: _moved(m[0]), text)


def _moved(pair: str) -> str:
    vowel = unicodedata.normalize("NFD", pair[1])
    return unicodedata.normalize("NFC", pair[0] + vowel[1]) + vowel[0]


def _parted(word: str) -> tuple[str, str, int]:
    """Return the letters without their tone, the tone, and the place of the letter that carries it, or -1.

    For a word with two tones the letters are "".
    """
    tone, at = "", -1
    for place, char in enumerate(word):
        for mark in unicodedata.normalize("NFD", char):
            if mark in _TONES and tone:
                return "", "", -1
            if mark in _TONES:
                tone, at = _TONES[mark], place
    return toneless(word), tone, at


def _fits(onset: str, rime: str) -> bool:
    """Whether a rime may be written after an onset."""
    if onset == "qu":
        return rime in _AFTER_QU
    if onset == "gi":
        return rime in _AFTER_GI or (rime in RIMES and rime[0] not in "iy")
    if rime not in RIMES:
        return False
    if rime[0] == "y":
        return onset in _OPEN_Y if rime == "y" else onset == ""
    if not onset and rime.startswith("iê"):
        return False
    front = rime[0] in "eêi"
    if onset in {"k", "gh", "ngh"}:
        return front
    return not (onset in {"c", "g", "ng"} and front)


def _tone_fits(rime: str, tone: str, at: int) -> bool:
    """Whether a rime can have a tone, and has it on a letter that may carry it."""
    stopped = rime.endswith(("c", "ch", "p", "t"))
    if not tone:
        return not stopped
    if stopped and tone not in _STOP_TONES:
        return False
    return at in _places(rime)


def _places(rime: str) -> frozenset[int]:
    """Return the places in ``rime`` where its tone may be."""
    marked = [at for at, char in enumerate(rime) if char in _MARKED]
    if marked:
        return frozenset(marked[-1:])
    vowels = [at for at, char in enumerate(rime) if char in _VOWELS]
    if len(vowels) < len(rime):
        return frozenset(vowels[-1:])
    if rime in {"oa", "oe", "uy"}:
        return frozenset({0, 1})
    return frozenset({len(vowels) // 2 if len(vowels) > 2 else 0})
