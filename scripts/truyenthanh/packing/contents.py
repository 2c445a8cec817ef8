"""A pack as a list of files: sound to copy, and sheets written from the same records.

A pack depends only on its programme, so a folder and a zip of it hold the same bytes.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import names, sheets
from .programme_items import Item, RunningOrder


@dataclass(frozen=True, slots=True)
class Programme:
    """What a station plays in one master, in play order.

    ``versions`` are the digests of each episode's text and sound, which do not change with its tags.
    """

    station: str
    name: str  # of the station
    master: str
    suffix: str
    items: tuple[Item, ...]
    versions: Mapping[str, tuple[str, str]]  # by episode: text, sound
    notes: Mapping[str, tuple[str, ...]]  # what listeners were told about corrections, by episode
    order: RunningOrder | None = None
    session_names: tuple[str, ...] = ()  # of the files of its sessions, if the pack holds them


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: the ``data`` of a sheet, or the ``path`` (from the root) of the sound to copy."""

    name: str
    sha256: str
    size: int  # in bytes
    path: str | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of a pack in the order in which they are written: the checksums come last."""

    folder: str
    files: tuple[PackFile, ...]

    def named(self, name: str) -> PackFile:
        """Return the file of this name. Raises StopIteration if there is none."""
        return next(file for file in self.files if file.name == name)


def sound_version(sections: Sequence[str]) -> str:
    """Return the digest that identifies an episode's sound by its sections, regardless of tags."""
    return hashlib.sha256(" ".join(sections).encode()).hexdigest()


def pack_of(programme: Programme, sessions: Sequence[PackFile] = ()) -> Pack:
    """Return the pack of a programme, with the files of its sessions and what belongs to them."""
    sound = [_copied(name, item) for name, item in _named(programme)]
    log = _written(names.LOG, sheets.log_sheet(programme.station, _airings(programme)))
    printed = [
        _written(names.PLAYLIST, playlist(programme).encode("ascii")),
        _written(names.PLAYLIST_UTF8, playlist(programme, with_accents=True).encode()),
        *(_written(name, page) for name, page in _pages(programme)),
        _written(names.HOW_TO, sheets.how_to(programme.name, programme.suffix, len(sound))),
        _written(names.STATE, _state(programme, log)),
    ]
    sums = _written(names.SUMS, sums_of([*sound, *sessions, *printed]))
    folder = names.folder_name(programme.station, programme.suffix)
    return Pack(folder, (*sound, *sessions, log, *printed, sums))


def playlist(programme: Programme, *, with_accents: bool = False) -> str:
    """Return the playlist: file names in the same folder, Windows line endings."""
    lines = ["#EXTM3U"]
    for name, item in _named(programme):
        title = " ".join(item.title.split())
        lines += [f"#EXTINF:{round(item.seconds)},{title if with_accents else plain_letters(title)}", name]
    return "".join(f"{line}\r\n" for line in lines)


def plain_letters(text: str) -> str:
    """Return a text in ASCII, for players that show no other letters: ``Điểm`` becomes ``Diem``."""
    bare = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D").replace("–", "-")
    return "".join(char for char in bare if char.isascii() and char.isprintable())


def sums_of(files: list[PackFile]) -> bytes:
    """Return what ``sha256sum -c`` reads."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files).encode()


def _named(programme: Programme) -> list[tuple[str, Item]]:
    named = names.sound_names(programme.items)
    return [(named[item.episode], item) for item in programme.items]


def _airings(programme: Programme) -> list[sheets.Airing]:
    """Return a line of the log for every planned airing, or for every file if nothing is planned."""
    named = names.sound_names(programme.items)
    if programme.order is None:
        return [sheets.Airing(None, name, item) for name, item in _named(programme)]
    return [
        sheets.Airing(start, named[item.episode], item)
        for session in programme.order.sessions
        for start, item in sheets.hours_of(session)
    ]


def _pages(programme: Programme) -> Iterator[tuple[str, bytes]]:
    named, name, suffix = names.sound_names(programme.items), programme.name, programme.suffix
    yield (
        names.SCHEDULE,
        sheets.schedule(name, suffix, _named(programme), named, programme.order, programme.session_names),
    )
    yield names.PRINTED_LOG, sheets.printed_log(name, suffix, _airings(programme))


def _state(programme: Programme, log: PackFile) -> bytes:
    """Return what the next packing must know about this one, and by which a folder is recognized as ours."""
    files = {name: _entry(item, *programme.versions[item.episode]) for name, item in _named(programme)}
    state = {
        "station": programme.station,
        "master": programme.master,
        "log": log.sha256,
        "files": files,
    }
    return (json.dumps(state, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _entry(item: Item, text: str, sound: str) -> dict[str, object]:
    return {
        "episode": item.episode,
        "number": item.number,
        "title": item.title,
        "sha256": item.sha256,
        "text": text,
        "sound": sound,
    }


def _copied(name: str, item: Item) -> PackFile:
    return PackFile(name, item.sha256, item.bytes, path=item.path)


def _written(name: str, data: bytes) -> PackFile:
    return PackFile(name, hashlib.sha256(data).hexdigest(), len(data), data=data)
