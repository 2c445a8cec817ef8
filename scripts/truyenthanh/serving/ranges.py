"""Which bytes a Range header asks for (RFC 9110, 14)."""

import re
from typing import Final

MOST_RANGES: Final = 32  # a client that asks for more gets the whole file, as 14.2 allows
_RANGE = re.compile(r"([0-9]{0,300})-([0-9]{0,300})")

Span = tuple[int, int]  # the first byte and the one after the last


def spans(header: str, size: int) -> tuple[Span, ...] | None:
    """Return the parts of a file of ``size`` bytes that ``header`` asks for, in its order.

    None if the header must be ignored (another unit, wrong syntax, more bytes than the file has);
    empty if it is valid but no part of it is in the file (416).
    """
    unit, equals, wanted = header.partition("=")
    pieces = [piece for piece in (text.strip(" \t") for text in wanted.split(",")) if piece]
    if unit.strip().lower() != "bytes" or not equals or not 0 < len(pieces) <= MOST_RANGES:
        return None
    found = [_span(piece, size) for piece in pieces]
    if None in found:
        return None
    inside = tuple((start, end) for start, end in filter(None, found) if start < end)
    return inside if sum(end - start for start, end in inside) <= size else None


def _span(piece: str, size: int) -> Span | None:
    """Return a span, which is empty if it is beyond the end; None for what is not a range."""
    match = _RANGE.fullmatch(piece)
    if match is None or match[0] == "-":
        return None
    first, last = match[1], match[2]
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return min(int(first), size), min(int(last) + 1, size) if last else size
