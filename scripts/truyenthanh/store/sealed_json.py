"""JSON files whose first line is the sha256 of the rest, so that a torn or changed one is never believed.

A name may be sealed with the body: a file that is under another name than its own is then no more
believed than a damaged one. The JSON itself is the caller's, who may need one way to write it.
"""

import hashlib
import json
import os
from typing import Any


def sealed_bytes(body: str, name: str = "") -> bytes:
    """Return JSON as it is written to a file, below its seal."""
    data = body.encode()
    return _seal(data, name) + b"\n" + data


def read_sealed(path: str | os.PathLike[str], name: str = "") -> Any:
    """Return the value in a file; None if it is gone, damaged or another one's."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- hundreds of times a build
            seal, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    return json.loads(data) if seal == _seal(data, name) else None


def _seal(data: bytes, name: str) -> bytes:
    return hashlib.sha256(name.encode() + data).hexdigest().encode()
