"""Silence the decoders in C, which print complaints about torn files to standard error."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def quiet_decoders() -> Iterator[TextIO]:
    """Discard what is printed to standard error; give a stream that still leads there."""
    try:
        number = sys.stderr.fileno()
    except (AttributeError, OSError, ValueError):  # there is none, or it is not a file
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
