"""What is in the folder of a pack before it is written: an earlier pack, an interrupted run, other files."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import PackError
from ..packing import names
from ..packing.contents import Pack, PackFile, Programme
from ..store.atomic_files import file_sha256
from .replacing import Change, State, changes_between, state_of

CLUSTER_BYTES: Final = 64 * 1024  # the largest allocation unit of FAT32
LISTED: Final = "  "  # before a name in CHUA-XONG.txt


@dataclass(frozen=True, slots=True)
class FolderState:
    """What is in the folder of a pack before it is written."""

    state: State | None
    sums: dict[str, str]
    begun: tuple[str, ...] | None  # the files of an interrupted run; None if there was none


def folder_state(folder: Path) -> FolderState:
    """Return what is in the folder. Raises PackError if it holds files and is not one of our packs."""
    if not folder.exists():
        return FolderState(None, {}, None)
    if not folder.is_dir():
        raise PackError("pack.is_file", place=str(folder))
    state, begun = _bytes_of(folder / names.STATE), _bytes_of(folder / names.UNFINISHED)
    whole = state_of(state) if state is not None else None
    if whole is None and begun is None and any(not is_half_written(path) for path in folder.iterdir()):
        raise PackError("pack.not_ours", place=str(folder))
    sums = (_bytes_of(folder / names.SUMS) or b"").decode(errors="replace").splitlines()
    pairs = (line.partition("  ") for line in sums)
    listed = (begun or b"").decode(errors="replace").splitlines()
    return FolderState(
        whole,
        {name: sha256 for sha256, _, name in pairs if _is_name(name)},
        None if begun is None else tuple(line[2:] for line in listed if line.startswith(LISTED)),
    )


def is_in_place(folder: Path, file: PackFile, found: FolderState, *, reread: bool) -> bool:
    """Whether a file of the pack is in place as it should be; a log may have been filled in."""
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


def is_log_filled_in(folder: Path, pack: Pack, found: FolderState) -> bool:
    """Whether a new log would replace one that somebody has written in."""
    log = pack.named(names.LOG)
    there = _bytes_of(folder / names.LOG)
    if there is None or is_in_place(folder, log, found, reread=True):
        return False
    return hashlib.sha256(there).hexdigest() != (found.state or {}).get("log")


def obsolete_files(folder: Path, pack: Pack, found: FolderState) -> list[str]:
    """Return the files of an earlier or interrupted pack that are not in this one."""
    kept = {file.name.lower() for file in pack.files} | {names.REPLACED.lower()}
    known = {*found.sums, *(found.state or {"files": ()})["files"], *(found.begun or ())}
    return sorted(
        name for name in known if _is_name(name) and name.lower() not in kept and (folder / name).is_file()
    )


def _is_name(name: str) -> bool:
    """Whether a name read from a stick is a plain file name, not a path that leads elsewhere."""
    return bool(name) and not set(name) & set('/\\:*?"<>|\0') and name not in (".", "..")


def changes_of(pack: Pack, found: FolderState, programme: Programme) -> tuple[Change, ...]:
    """Return what a station that has the pack found must replace; nothing if there was none."""
    new = state_of(pack.named(names.STATE).data)
    if found.state is None or new is None:
        return ()
    return changes_between(found.state, new, programme.notes)


def needed_bytes(folder: Path, wanted: Sequence[PackFile]) -> int:
    """Return the space that the files need: each is beside the one it replaces until it is complete."""
    replaced = [size_of(folder, [file.name]) for file in wanted]
    return sum(file.size + CLUSTER_BYTES for file in wanted) - sum(replaced) + max(replaced, default=0)


def size_of(folder: Path, files: Sequence[str]) -> int:
    """Return the total size of those files that exist in a folder."""
    return sum((folder / name).stat().st_size for name in files if (folder / name).is_file())


def is_half_written(path: Path) -> bool:
    """Whether this is a temporary file that ``atomic_file`` could not clean up."""
    return path.name.startswith(".") and path.name.endswith(".part")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None
