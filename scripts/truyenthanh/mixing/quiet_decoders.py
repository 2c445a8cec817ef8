"""Silence for the decoders in C, which print on standard error whatever they dislike about a torn file."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def quiet_decoders() -> Iterator[TextIO]:
    """Turn away what is printed on standard error; give a stream that still leads there."""
    try:
        number = sys.stderr.fileno()
    except (AttributeError, OSError, ValueError):  # there is none, or it is no file
        yield sys.stderr
        return
    sys.stderr.flush()
    kept = os.dup(number)
    with open(kept, "w", encoding="utf-8", errors="backslashreplace") as stream:  # noqa: PTH123
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), number)
        try:
            yield stream
        finally:
            stream.flush()
            os.dup2(kept, number)
