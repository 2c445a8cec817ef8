"""JSON files whose first line is the sha256 of the rest, so that a torn or changed one is never trusted.

A name may be sealed with the body: a file found under another name is then rejected like a damaged one.
The caller writes the JSON, since it may need canonical form.
"""

import hashlib
import json
import os
from typing import Any


def sealed_bytes(body: str, name: str = "") -> bytes:
    """Return the bytes to write to a file: the seal, then the JSON."""
    data = body.encode()
    return _seal(data, name) + b"\n" + data


def read_sealed(path: str | os.PathLike[str], name: str = "") -> Any:
    """Return the value in a file; None if the file is missing, damaged or sealed for another name."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- hundreds of times per build
            seal, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    return json.loads(data) if seal == _seal(data, name) else None


def _seal(data: bytes, name: str) -> bytes:
    return hashlib.sha256(name.encode() + data).hexdigest().encode()
