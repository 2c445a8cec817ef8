"""Write a pack into a folder, usually on a stick: complete, or with a file that says it is not.

``CHUA-XONG.txt`` is written first and removed last, and ``SHA256SUMS`` is the last of the files. Every file
is written under a temporary name, synced, read back and only then renamed, so an interrupted run can always
be started again. Only files of the pack are ever replaced or removed.
"""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final

from ..errors import PackError, PublicationError
from ..messages import in_vietnamese
from ..packing import names
from ..packing.contents import Pack, PackFile, Programme
from ..store.atomic_files import atomic_file, file_sha256, write_atomic
from ..system import reason_of
from .pack_folder import (
    LISTED,
    changes_of,
    folder_state,
    is_half_written,
    is_in_place,
    is_log_filled_in,
    needed_bytes,
    obsolete_files,
    size_of,
)
from .replacing import Change, replacement_sheet

Copy = Callable[[IO[bytes], PackFile], None]
CHUNK_BYTES: Final = 1 << 20
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """What was done in a folder or for a zip: files written and removed, by name, and the changes.

    ``kept_log`` is the new name of a log that had been filled in.
    """

    place: Path
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    kept_log: str | None = None

    @property
    def sheet(self) -> Path:
        """The path of the sheet of replacements: in the folder, or beside the zip."""
        if self.place.is_dir():
            return self.place / names.REPLACED
        return self.place.with_name(f"{self.place.stem}-{names.REPLACED}")


def write_pack(folder: Path, pack: Pack, programme: Programme, copy: Copy, *, check: bool) -> WrittenPack:
    """Make ``folder`` hold the pack, changing only what differs; ``check`` rereads all of it.

    Raises PackError if the folder holds other files, if there is no room, or if the disk refuses midway.
    """
    with refusals_told(folder):
        found = folder_state(folder)
        log_is_kept = is_log_filled_in(folder, pack, found)
        reread = check or found.begun is not None
        wanted = [file for file in pack.files if not is_in_place(folder, file, found, reread=reread)]
        obsolete = obsolete_files(folder, pack, found)
        if not wanted and not obsolete and found.begun is None:
            return WrittenPack(folder)
        changes = changes_of(pack, found, programme)
        check_room(folder, needed_bytes(folder, wanted) - size_of(folder, obsolete))
        _begin(folder, pack)
        for name in obsolete:
            (folder / name).unlink(missing_ok=True)
        kept_log = _put_aside(folder) if log_is_kept else None
        for file in wanted:
            if file.name == names.STATE and changes:
                write_atomic(folder / names.REPLACED, replacement_sheet(programme, pack.folder, changes))
            _write_file(folder, file, copy)
        _end(folder)
    return WrittenPack(folder, tuple(file.name for file in wanted), tuple(obsolete), changes, kept_log)


@contextlib.contextmanager
def refusals_told(place: Path) -> Iterator[None]:
    """Turn disk errors into one error that says what to do."""
    try:
        yield
    except OSError as error:
        key = "pack.full" if error.errno in FULL else "pack.broken_off"
        raise PackError(key, place=str(place), reason=reason_of(error)) from error


def check_room(folder: Path, needed: int) -> None:
    """Raise PackError if the disk of ``folder`` has less free space than needed."""
    free = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists())).free
    if needed > free:
        raise PackError("pack.no_room", place=str(folder), needed=_megabytes(needed), free=_megabytes(free))


def copy_from(root: Path) -> Copy:
    """Return a function that writes a file of a pack, with sound from below ``root``.

    It raises PublicationError if the sound is not as published: then the stick is not to blame.
    """

    def copy(out: IO[bytes], file: PackFile) -> None:
        total = hashlib.sha256()
        for chunk in _chunks(root, file):
            total.update(chunk)
            out.write(chunk)
        if total.hexdigest() != file.sha256:
            raise PublicationError("pack.other_sound", file=str(file.path))

    return copy


def _chunks(root: Path, file: PackFile) -> Iterator[bytes]:
    if file.path is None:
        yield file.data
        return
    try:
        with (root / file.path).open("rb") as sound:
            while chunk := sound.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise PublicationError("pack.other_sound", file=file.path) from error


def _begin(folder: Path, pack: Pack) -> None:
    """Mark the pack as incomplete, and remove what an interrupted run left half written."""
    folder.mkdir(exist_ok=True)
    listed = "".join(f"{LISTED}{file.name}\r\n" for file in pack.files)
    text = in_vietnamese("pack.unfinished").replace("\n", "\r\n")
    write_atomic(folder / names.UNFINISHED, f"{text}\r\n\r\n{listed}".encode("utf-8-sig"))
    for path in list(folder.iterdir()):
        if is_half_written(path):
            path.unlink(missing_ok=True)
    _sync_folder(folder)


def _write_file(folder: Path, file: PackFile, copy: Copy) -> None:
    """Write one file, read it back, and rename it into place."""
    if file.name == names.SUMS:
        _sync_folder(folder)  # what they name is on the disk before them
    with atomic_file(folder / file.name) as out:
        copy(out, file)
        out.flush()
        os.fsync(out.fileno())
        _forget(out)
        if file_sha256(Path(out.name)) != file.sha256:
            raise PackError("pack.bad_copy", place=str(folder), file=file.name)


def _end(folder: Path) -> None:
    _sync_folder(folder)
    (folder / names.UNFINISHED).unlink()
    _sync_folder(folder)


def _put_aside(folder: Path) -> str:
    """Rename a filled-in log, and return its new name."""
    stem, _, ending = names.LOG.rpartition(".")
    free = (f"{stem}-DA-GHI{'' if number == 1 else f'-{number}'}.{ending}" for number in range(1, 1000))
    name = next(one for one in free if not (folder / one).exists())
    (folder / names.LOG).rename(folder / name)
    return name


def _forget(out: BinaryIO) -> None:
    """Let the system drop its cache of a file, so that reading it back reads the disk itself."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _sync_folder(folder: Path) -> None:
    """Sync a folder's entries to the disk, where the system can do so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # not supported by the file system
            raise
    finally:
        os.close(handle)


def _megabytes(size: int) -> float:
    return round(size / 1e6, 1)
