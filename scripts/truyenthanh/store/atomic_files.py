"""Write files so that a name always means a complete file, or one that its reader can tell is damaged."""

import contextlib
import errno
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .processes import ASKABLE, has_ended

NO_RENAME_OVER = (errno.EEXIST, errno.EPERM, errno.EOPNOTSUPP)  # a file in use is EACCES on Windows
STALE_S = 3600  # where processes cannot be looked up, a temporary file this old has no owner


@contextlib.contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that appears at ``path`` only when all of it is on the disk.

    It is written under a temporary name in the same folder, flushed, synced and renamed; if writing fails,
    the temporary file is removed and whatever was at ``path`` is untouched.
    """
    with _put_in_place(path, path.parent) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _put_in_place(path: Path, folder: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{path.name[:40]}.{os.getpid()}-{threading.get_ident()}.part"
    try:
        with temporary.open("wb") as file:
            yield file
        put_over(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, whole or not at all."""
    with atomic_file(path) as file:
        file.write(data)


def sync_and_hash(file: BinaryIO) -> tuple[str, int]:
    """Sync a written file to the disk and read it back meanwhile; return its sha256 and its size."""
    from concurrent.futures import ThreadPoolExecutor

    file.flush()
    with ThreadPoolExecutor(1) as beside, Path(file.name).open("rb") as written:
        synced = beside.submit(os.fsync, file.fileno())
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        synced.result()
        return sha256, written.tell()


def write_unsynced(path: Path, data: bytes, temporary_in: Path) -> None:
    """Write ``data`` that is hashed whenever it is read; it is renamed before it is on the disk.

    If the power fails in between, its reader finds it damaged and rebuilds it; a full build waits a second
    less for the disk. ``temporary_in`` is a folder on the same disk.
    """
    with _put_in_place(path, temporary_in) as file:
        file.write(data)


def put_over(temporary: Path, path: Path) -> None:
    """Rename ``temporary`` to ``path``, replacing what is there.

    Some network drives refuse to rename over a file: there the old file is first renamed out of the way,
    beside the temporary file, and back if the new one cannot take its place.
    """
    try:
        temporary.replace(path)
        return
    except OSError as error:
        if error.errno not in NO_RENAME_OVER or not path.is_file():
            raise
    aside = temporary.with_name(f".{path.name[:40]}.{os.getpid()}-old.part")
    path.rename(aside)
    try:
        temporary.rename(path)
    except OSError:
        aside.rename(path)
        raise
    aside.unlink()


def sweep(folder: Path) -> None:
    """Remove the temporary files that killed processes left in ``folder``."""
    for path in folder.glob(".*.part"):
        pid = path.name.rpartition(".part")[0].rpartition(".")[2].partition("-")[0]
        with contextlib.suppress(OSError, ValueError):
            if _is_left(int(pid), path):
                path.unlink()


def _is_left(pid: int, path: Path) -> bool:
    if ASKABLE:
        return has_ended(pid)
    return time.time() - path.stat().st_mtime >= STALE_S


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file, in hex, read in pieces. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
