"""Lay a pack down in a folder, on a stick most of all: whole, or with a file that says it is not.

``CHUA-XONG.txt`` goes first and is taken away last, and ``SHA256SUMS`` is the last of the files. Every
file is written under a temporary name, synced, read back and only then named, so a run that was broken
off anywhere can be begun again. Only files of the pack are ever replaced or removed.
"""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final

from ..errors import PackError, PublicationError
from ..messages import in_vietnamese
from ..packing import names
from ..packing.contents import Pack, PackFile, Programme
from ..store.atomic_files import atomic_file, file_sha256, write_atomic
from ..system import reason_of
from .replacing import Change, State, changes_between, replacement_sheet, state_of

Copy = Callable[[IO[bytes], PackFile], None]
CLUSTER_BYTES: Final = 64 * 1024  # the largest that FAT32 gives a file at least
CHUNK_BYTES: Final = 1 << 20
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LISTED = "  "  # before a name in CHUA-XONG.txt


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """What was done in a folder or for a zip: files written and removed, by name, and what that changes.

    ``kept_log`` is the name under which a log that somebody had filled in was put aside.
    """

    place: Path
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    kept_log: str | None = None

    @property
    def sheet(self) -> Path:
        """Where the sheet of replacements stands: in the folder, or beside the zip."""
        if self.place.is_dir():
            return self.place / names.REPLACED
        return self.place.with_name(f"{self.place.stem}-{names.REPLACED}")


@dataclass(frozen=True, slots=True)
class FolderState:
    """What stands in the folder of a pack before it is laid down."""

    state: State | None
    sums: dict[str, str]
    begun: tuple[str, ...] | None  # the files of a run that was broken off; None where there was none


def write_pack(folder: Path, pack: Pack, programme: Programme, copy: Copy, *, check: bool) -> WrittenPack:
    """Make ``folder`` hold the pack, changing only what differs; ``check`` reads all of it again.

    Raises PackError where the folder holds somebody else's files, where there is no room, or where the
    disk refused half way.
    """
    with refusals_told(folder):
        found = _found(folder)
        log_is_kept = _is_filled_in(folder, pack, found)
        reread = check or found.begun is not None
        wanted = [file for file in pack.files if not _stands(folder, file, found, reread=reread)]
        obsolete = _obsolete(folder, pack, found)
        if not wanted and not obsolete and found.begun is None:
            return WrittenPack(folder)
        changes = _changes(pack, found, programme)
        check_room(folder, _needed(folder, wanted) - _sizes(folder, obsolete))
        _begin(folder, pack)
        for name in obsolete:
            (folder / name).unlink(missing_ok=True)
        kept_log = _put_aside(folder) if log_is_kept else None
        for file in wanted:
            if file.name == names.STATE and changes:
                write_atomic(folder / names.REPLACED, replacement_sheet(programme, pack.folder, changes))
            _lay(folder, file, copy)
        _end(folder)
    return WrittenPack(folder, tuple(file.name for file in wanted), tuple(obsolete), changes, kept_log)


@contextlib.contextmanager
def refusals_told(place: Path) -> Iterator[None]:
    """Turn what the disk refuses into one error that says what to do."""
    try:
        yield
    except OSError as error:
        key = "pack.full" if error.errno in FULL else "pack.broken_off"
        raise PackError(key, place=str(place), reason=reason_of(error)) from error


def check_room(folder: Path, needed: int) -> None:
    """Raise PackError where the disk of ``folder`` has not so many bytes to spare."""
    free = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists())).free
    if needed > free:
        raise PackError("pack.no_room", place=str(folder), needed=_megabytes(needed), free=_megabytes(free))


def copy_from(root: Path) -> Copy:
    """Return what writes a file of a pack, its sound taken from below ``root``.

    It raises PublicationError where the sound is not what is published: the stick is not to blame.
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


# ---------------------------------------------------------------- what stands there


def _found(folder: Path) -> FolderState:
    """Return what stands in the folder. Raises PackError where it holds files and no pack of ours."""
    if not folder.exists():
        return FolderState(None, {}, None)
    if not folder.is_dir():
        raise PackError("pack.is_file", place=str(folder))
    state, begun = _bytes_of(folder / names.STATE), _bytes_of(folder / names.UNFINISHED)
    whole = state_of(state) if state is not None else None
    if whole is None and begun is None and any(not _is_half_written(path) for path in folder.iterdir()):
        raise PackError("pack.not_ours", place=str(folder))
    sums = (_bytes_of(folder / names.SUMS) or b"").decode(errors="replace").splitlines()
    pairs = (line.partition("  ") for line in sums)
    listed = (begun or b"").decode(errors="replace").splitlines()
    return FolderState(
        whole,
        {name: sha256 for sha256, _, name in pairs if _is_name(name)},
        None if begun is None else tuple(line[2:] for line in listed if line.startswith(_LISTED)),
    )


def _stands(folder: Path, file: PackFile, found: FolderState, *, reread: bool) -> bool:
    """Whether a file of the pack is there as it should be; a log is left to who fills it in."""
    path = folder / file.name
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return False
    if file.name == names.LOG and found.state is not None and found.state["log"] == file.sha256:
        return True
    if size != file.size:
        return False
    is_small = file.path is None
    return (file_sha256(path) if reread or is_small else found.sums.get(file.name)) == file.sha256


def _is_filled_in(folder: Path, pack: Pack, found: FolderState) -> bool:
    """Whether a new log would take the place of one that somebody has written in."""
    log = pack.named(names.LOG)
    there = _bytes_of(folder / names.LOG)
    if there is None or _stands(folder, log, found, reread=True):
        return False
    return hashlib.sha256(there).hexdigest() != (found.state or {}).get("log")


def _obsolete(folder: Path, pack: Pack, found: FolderState) -> list[str]:
    """Return the files of an earlier pack, or of one that was broken off, that this one has no more."""
    kept = {file.name.lower() for file in pack.files} | {names.REPLACED.lower()}
    known = {*found.sums, *(found.state or {"files": ()})["files"], *(found.begun or ())}
    return sorted(
        name for name in known if _is_name(name) and name.lower() not in kept and (folder / name).is_file()
    )


def _is_name(name: str) -> bool:
    """Whether a name read from a stick is one of a file in its folder, and not of one elsewhere."""
    return bool(name) and not set(name) & set('/\\:*?"<>|\0') and name not in (".", "..")


def _changes(pack: Pack, found: FolderState, programme: Programme) -> tuple[Change, ...]:
    new = state_of(pack.named(names.STATE).data)
    if found.state is None or new is None:
        return ()
    return changes_between(found.state, new, programme.notes)


def _needed(folder: Path, wanted: Sequence[PackFile]) -> int:
    """Return what the files need: each stands beside the one it replaces until it is whole."""
    replaced = [_sizes(folder, [file.name]) for file in wanted]
    return sum(file.size + CLUSTER_BYTES for file in wanted) - sum(replaced) + max(replaced, default=0)


def _sizes(folder: Path, files: Sequence[str]) -> int:
    return sum((folder / name).stat().st_size for name in files if (folder / name).is_file())


# ---------------------------------------------------------------- writing


def _begin(folder: Path, pack: Pack) -> None:
    """Say that the pack is not whole, and clear away what a run that was broken off left half written."""
    folder.mkdir(exist_ok=True)
    listed = "".join(f"{_LISTED}{file.name}\r\n" for file in pack.files)
    text = in_vietnamese("pack.unfinished").replace("\n", "\r\n")
    write_atomic(folder / names.UNFINISHED, f"{text}\r\n\r\n{listed}".encode("utf-8-sig"))
    for path in list(folder.iterdir()):
        if _is_half_written(path):
            path.unlink(missing_ok=True)
    _sync_folder(folder)


def _is_half_written(path: Path) -> bool:
    """Whether this is what ``atomic_file`` leaves where it could not even clear up."""
    return path.name.startswith(".") and path.name.endswith(".part")


def _lay(folder: Path, file: PackFile, copy: Copy) -> None:
    """Write one file, read it back, and give it its name."""
    if file.name == names.SUMS:
        _sync_folder(folder)  # whatever they name is on the disk before them
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
    """Rename a log that was filled in, and return its new name."""
    stem, _, ending = names.LOG.rpartition(".")
    free = (f"{stem}-DA-GHI{'' if number == 1 else f'-{number}'}.{ending}" for number in range(1, 1000))
    name = next(one for one in free if not (folder / one).exists())
    (folder / names.LOG).rename(folder / name)
    return name


def _forget(out: BinaryIO) -> None:
    """Let the system drop what it keeps of a file, so that reading it back asks the disk itself."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _sync_folder(folder: Path) -> None:
    """Bring the names of a folder onto the disk, where the system can be told to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # a file system that cannot
            raise
    finally:
        os.close(handle)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _megabytes(size: int) -> float:
    return round(size / 1e6, 1)
