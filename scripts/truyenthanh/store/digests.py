"""The sha256 of a file, by which everything that is kept or published is known."""

import hashlib
import os


def file_sha256(path: str | os.PathLike[str]) -> str:
    """Return the sha256 of a file in hex; it may be larger than the memory. Raises OSError."""
    with open(path, "rb") as file:  # noqa: PTH123 -- a path may be a text
        return hashlib.file_digest(file, "sha256").hexdigest()
