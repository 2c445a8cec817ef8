"""Cut a spoken sentence into clauses that an engine takes in one go, where a reader would breathe."""

import re
from typing import Final

_AFTER_MARK = re.compile(r"(?<=[.,;:?!])\s+")
# Where there is no mark, a reader breathes before one of these.
_BEFORE: Final = frozenset(
    "và hoặc hay nhưng mà thì là để vì nên do bởi nếu khi với trong tại từ đến của theo về cho bằng".split()
)


def clauses(sentence: str, limit: int | None) -> tuple[str, ...]:
    """Return ``sentence`` in pieces of at most ``limit`` characters, cut at its marks if possible.

    Neighbouring pieces are joined up to the limit, so that a voice breathes as seldom as possible.
    A stretch without a mark is cut before a joining word, or else between words; a single word
    above the limit is cut inside. None means the whole sentence.
    """
    if limit is None or len(sentence) <= limit:
        return (sentence,)
    packed: list[str] = []
    for piece in _AFTER_MARK.split(sentence):
        for part in _breaths(piece, limit):
            if packed and len(packed[-1]) + 1 + len(part) <= limit:
                packed[-1] += f" {part}"
            else:
                packed.append(part)
    return tuple(packed)


def _breaths(piece: str, limit: int) -> list[str]:
    """Return a stretch without marks in pieces of at most ``limit``, each as long as the sense allows."""
    breaths: list[str] = []
    words = [word[at : at + limit] for word in piece.split() for at in range(0, len(word), limit)]
    while words:
        taken, length = 0, -1
        while taken < len(words) and length + 1 + len(words[taken]) <= limit:
            length += 1 + len(words[taken])
            taken += 1
        if taken < len(words):
            joints = [at for at in range(taken // 2 + 1, taken + 1) if words[at].casefold() in _BEFORE]
            taken = joints[-1] if joints else taken
        breaths.append(" ".join(words[:taken]))
        words = words[taken:]
    return breaths
