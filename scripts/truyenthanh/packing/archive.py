"""A pack as one zip, with the same bytes whenever and wherever it is written.

Nothing is compressed: MP3 does not shrink, and another zlib would give other bytes.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO, Final

from .contents import Pack, PackFile

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold
PLAIN_FILE: Final = 0o100644 << 16


def write_zip(out: BinaryIO, pack: Pack, copy: Callable[[IO[bytes], PackFile], None]) -> None:
    """Write a pack as a zip of one folder; ``copy`` writes the bytes of one of its files."""
    with zipfile.ZipFile(out, "w") as archive:
        for file in pack.files:
            about = zipfile.ZipInfo(f"{pack.folder}/{file.name}", EPOCH)
            about.create_system, about.external_attr, about.file_size = 3, PLAIN_FILE, file.size
            with archive.open(about, "w") as member:
                copy(member, file)


def member_of(path: Path, folder: str, name: str) -> bytes | None:
    """Return a file of the pack in a zip; None if the zip has no such file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(f"{folder}/{name}")
    except (KeyError, zipfile.BadZipFile):
        return None
