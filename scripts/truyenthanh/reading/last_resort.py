"""The last resort, for what no rule understood: unknown capitals and codes are spelled, the rest dropped."""

import re
from functools import lru_cache
from typing import Final

from .letters import VIETNAMESE
from .numbers import whole
from .spelling import spell
from .syllables import is_vietnamese

_LETTERS: Final = f"a-zA-Z{VIETNAMESE}"
_VOWEL = re.compile(
    "[aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)
# "SAMSUNG": vowels and consonants alternate as in a word.
_FOREIGN_WORD = re.compile(
    r"(?=[A-Z]{5})(?:[BCDFGHJKLMNPQRSTVWXZ]{0,2}[AEIOUY]{1,2}){2,}[BCDFGHJKLMNPQRSTVWXZ]{0,2}"
)
_PRIVATE: Final = "\ue001\ue002\ue121-\ue17e"  # the signs of other rules stay
_TOKEN = re.compile(r"[^\s.,;:?!]+")
_PIECE = re.compile(rf"[{_LETTERS}]+|[0-9]+|[{_PRIVATE}]+")
_SAYABLE = re.compile(rf"[{_LETTERS}{_PRIVATE}]+")
LONGEST_QUANTITY: Final = 3  # digits of a code that are still said as a number


def say_anything(text: str) -> str:
    """Return ``text`` with only letters, other rules' signs and . , ; : ? !; the rest is spelled or goes."""
    return _TOKEN.sub(lambda m: _token(m[0]), text)


@lru_cache(maxsize=8192)  # words recur
def _token(token: str) -> str:
    if _SAYABLE.fullmatch(token):
        return token if _is_word(token) else spell(token)
    pieces = [_piece(piece) for piece in _PIECE.findall(token)]
    return " ".join(pieces)


def _piece(piece: str) -> str:
    if piece.isdigit():
        return whole(piece) if len(piece) <= LONGEST_QUANTITY else " ".join(map(whole, piece))
    return piece if _is_word(piece) and not piece.isupper() else spell(piece) or piece


def _is_word(letters: str) -> bool:
    """Whether letters are said as a word: a Vietnamese syllable, or not all capitals and with a vowel."""
    if any("\ue000" <= char <= "\uf8ff" for char in letters):
        return True
    if len(letters) > 1 and letters.isupper():
        return is_vietnamese(letters) or _FOREIGN_WORD.fullmatch(letters) is not None
    return _VOWEL.search(letters) is not None
