"""The operator's pack: what a station has published in one master, as a folder, on a stick or as a zip."""

import hashlib
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import PackError
from ..mixing.profiles import MASTERS
from ..packing import names
from ..packing.archive import member_of, write_zip
from ..packing.contents import Pack, PackFile, Programme, pack_of, sound_version
from ..packing.programme_items import RunningOrder
from ..store.atomic_files import atomic_file, file_sha256, write_atomic
from .items import published_items, settled_manifest
from .pack_writer import WrittenPack, check_room, copy_from, refusals_told, write_pack
from .replacing import changes_between, replacement_sheet, state_of
from .session_file import session_name

ZIP_OVERHEAD_BYTES = 400  # per member: its headers


@dataclass(frozen=True, slots=True)
class Scheduled:
    """When the files of a pack are played; and the files of the sessions with their calendar, if any."""

    order: RunningOrder
    files: Sequence[Path] = ()


def pack(
    root: Path,
    station: str,
    master: str,
    dest: Path,
    *,
    with_omnibus: bool = False,
    check: bool = False,
    scheduled: Scheduled | None = None,
) -> WrittenPack:
    """Write the pack of a station at ``dest``: in a folder of its own there, or as a zip of that name.

    The files of the sessions are moved into the pack. An earlier pack in that place is updated; ``check``
    rereads all of it.
    Raises PackError, and PublicationError if nothing suitable is published.
    """
    order, files = (scheduled.order, scheduled.files) if scheduled else (None, ())
    programme = programme_of(root, station, master, with_omnibus=with_omnibus, order=order)
    if order is not None and files:
        filed = tuple(session_name(session, master) for session in order.sessions)
        programme = replace(programme, session_names=filed)
    content = pack_of(programme, [_of_file(path) for path in files])
    with refusals_told(dest):
        place = _place(root, dest, content.folder)
    if place.suffix.lower() == ".zip" and not place.is_dir():
        return _zipped(place, content, programme, root)
    return write_pack(place, content, programme, copy_from(root), check=check)


def _of_file(path: Path) -> PackFile:
    return PackFile(path.name, file_sha256(path), path.stat().st_size, path=str(path.absolute()))


def programme_of(
    root: Path,
    station: str,
    master: str,
    *,
    with_omnibus: bool = False,
    order: RunningOrder | None = None,
) -> Programme:
    """Return what a station has published to play. Raises PackError if the order has other files."""
    items = published_items(root, station, master, with_omnibus=with_omnibus)
    manifest = settled_manifest(root, station)
    _check_order(order, {item.episode: item.sha256 for item in items})
    entries = {item.episode: manifest["files"][item.path] for item in items}
    return Programme(
        station=station,
        name=manifest["name"],
        master=master,
        suffix=MASTERS[master].suffix,
        items=items,
        versions={name: (entry["text"], sound_version(entry["sections"])) for name, entry in entries.items()},
        notes={one["id"]: tuple(one["notes"]) for one in manifest["episodes"]},
        order=order,
    )


def _check_order(order: RunningOrder | None, known: dict[str, str]) -> None:
    planned = [item for session in order.sessions for item in session.items] if order is not None else []
    for item in planned:
        if known.get(item.episode) != item.sha256:
            raise PackError("pack.other_order", episode=item.episode)


def _place(root: Path, dest: Path, folder: str) -> Path:
    """Return the path of the zip or folder. Raises PackError if no pack can be there."""
    whole = dest.absolute()
    real = whole.resolve()
    for tree in ("audio", "feed"):
        if real.is_relative_to((root / tree).resolve()):
            raise PackError("pack.inside", place=str(dest), tree=tree)
    if not whole.parent.is_dir():
        raise PackError("pack.no_folder", place=str(whole.parent))
    if whole.suffix.lower() == ".zip" and not whole.is_dir():
        return whole
    if whole.exists() and not whole.is_dir():
        raise PackError("pack.is_file", place=str(dest))
    if whole.name == folder:
        return whole
    with refusals_told(whole):
        whole.mkdir(exist_ok=True)
    return whole / folder


# ---------------------------------------------------------------- as a zip


def _zipped(path: Path, content: Pack, programme: Programme, root: Path) -> WrittenPack:
    """Write the zip, complete or not at all, with the sheet of replacements beside it."""
    with refusals_told(path):
        old = member_of(path, content.folder, names.STATE) if path.exists() else None
        if path.exists() and (old is None or state_of(old) is None):
            raise PackError("pack.not_ours", place=str(path))
        if old is not None and _zip_stands(path, content):
            return WrittenPack(path)
        check_room(path.parent, sum(file.size + ZIP_OVERHEAD_BYTES for file in content.files))
        before, after = state_of(old or b""), state_of(content.named(names.STATE).data)
        changes = changes_between(before, after, programme.notes) if before and after else ()
        written = WrittenPack(path, tuple(file.name for file in content.files), (), changes)
        with atomic_file(path) as out:
            write_zip(out, content, copy_from(root))
            out.flush()
            os.fsync(out.fileno())
            _check_zip(Path(out.name), path, content)
            if changes:
                write_atomic(written.sheet, replacement_sheet(programme, content.folder, changes))
    return written


def _zip_stands(path: Path, content: Pack) -> bool:
    """Whether a zip holds exactly the files of a pack, all of them undamaged."""
    try:
        _check_zip(path, path, content)
    except PackError:
        return False
    return True


def _check_zip(written: Path, shown_as: Path, content: Pack) -> None:
    """Raise PackError unless a zip reads back as it was written."""
    wanted = {f"{content.folder}/{file.name}": file.sha256 for file in content.files}
    try:
        with zipfile.ZipFile(written) as archive:
            there = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        raise PackError("pack.bad_copy", place=str(shown_as.parent), file=shown_as.name) from error
    if there != wanted:
        raise PackError("pack.bad_copy", place=str(shown_as.parent), file=shown_as.name)
