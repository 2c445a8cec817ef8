"""The parts of a document's code: kinds of document, who issued it, and the office that drew it up."""

import re
from typing import Final

from .abbreviations import ABBREVIATIONS
from .numbers import cardinal
from .tables import DocumentPart, rows


def _parts(part: str) -> dict[str, str]:
    return {one.written: one.spoken for one in rows(DocumentPart) if one.part == part}


KINDS: Final = _parts("kind")
ISSUERS: Final = _parts("issuer")
OFFICES: Final = _parts("office")
_ONE_SENSE: Final = {written: words for written, words in ABBREVIATIONS.items() if written.isalpha()}
_WHOLE: Final = _ONE_SENSE | OFFICES | ISSUERS | KINDS
# Bodies and offices are written in one piece (BCĐCĐSYT); kinds of document are not.
_PIECES: Final = _ONE_SENSE | OFFICES | ISSUERS
_LONGEST: Final = max(map(len, _PIECES))
_PART = re.compile(r"([^\W\d_]{1,24})(\d{0,2})")


def code_words(part: str) -> str | None:
    """Return the words of one part of a document's code, or None if it is not understood.

    "UBND", "TTg"; "QH15" is the fifteenth Quốc hội; "BCĐCĐSYT" is made of several that are known.
    """
    found = _PART.fullmatch(part)
    if not found:
        return None
    letters, number = found[1], found[2]
    words = _WHOLE.get(letters) or " ".join(_PIECES[piece] for piece in _pieces(letters))
    if not words or (number and not letters.endswith("QH")):
        return None
    return f"{words} khóa {cardinal(int(number))}" if number else words


def _pieces(letters: str) -> tuple[str, ...]:
    """Return ``letters`` as the fewest known pieces, of equally few the longest first, or ()."""
    best: list[tuple[str, ...] | None] = [None] * len(letters) + [()]
    for at in range(len(letters) - 1, -1, -1):
        for size in range(min(len(letters) - at, _LONGEST), 1, -1):
            rest, taken = best[at + size], best[at]
            if rest is None or letters[at : at + size] not in _PIECES:
                continue
            if taken is None or len(rest) + 1 < len(taken):
                best[at] = (letters[at : at + size], *rest)
    return best[0] or ()
