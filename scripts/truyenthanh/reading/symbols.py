"""Signs that are said, and the few abbreviations that the first series, its idents and closings have."""

import re
from typing import Final

_SIGNS: Final[dict[str, str]] = {"+": "cộng", "&": "và", "=": "bằng", "@": "a còng"}
_SIGN = re.compile("|".join(rf"\s*{re.escape(sign)}\s*" for sign in _SIGNS))

_ABBREVIATIONS: Final[dict[str, str]] = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "TT&TT": "Thông tin và Truyền thông",
    "CNTT": "công nghệ thông tin",
}
_ABBREVIATION = re.compile(rf"(?<![\w&])(?:{'|'.join(re.escape(word) for word in _ABBREVIATIONS)})(?![\w&])")


def read_signs(text: str) -> str:
    """Return ``text`` with "a + b" said "a cộng b"."""
    return _SIGN.sub(lambda m: f" {_SIGNS[m[0].strip()]} ", text)


def read_abbreviations(text: str) -> str:
    """Return ``text`` with "UBND" said "Ủy ban nhân dân"."""
    return _ABBREVIATION.sub(lambda m: _ABBREVIATIONS[m[0]], text)
