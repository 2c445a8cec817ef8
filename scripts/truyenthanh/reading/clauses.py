"""Cut a spoken sentence into clauses that an engine takes in one go."""

import re

_AFTER_MARK = re.compile(r"(?<=[.,;:?!])\s+")


def clauses(sentence: str, limit: int | None) -> tuple[str, ...]:
    """Return ``sentence`` in pieces of at most ``limit`` characters, cut at its marks where it can be.

    Neighbouring pieces are packed again, so that a voice breathes as seldom as it may. A stretch
    without a mark is cut between words; None means the whole sentence.
    """
    if limit is None or len(sentence) <= limit:
        return (sentence,)
    packed: list[str] = []
    for piece in _AFTER_MARK.split(sentence):
        for word in [piece] if len(piece) <= limit else piece.split():
            if packed and len(packed[-1]) + 1 + len(word) <= limit:
                packed[-1] += f" {word}"
            else:
                packed.append(word)
    return tuple(packed)
