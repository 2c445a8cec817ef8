"""One file per session, joined from the sections of published episodes: nothing is encoded again.

Everything is cut from the published files, whose bytes are checked against the manifest first, so a
session never says anything that was not published, and is the same with an empty store.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import PublicationError
from ..messages import in_vietnamese
from ..mixing.profiles import MASTERS, Master
from ..model import ChapterMark
from ..packing.programme_items import Item, RunningOrder, Session
from ..store.atomic_files import atomic_file, file_sha256
from .items import settled_manifest
from .schedule import FRAME_MS, Part

if TYPE_CHECKING:
    from ..mixing.cutting import Cut
    from ..mixing.tags import Tags

PODCAST: Final = MASTERS["podcast"]  # every station has it
LEAST_SECTIONS: Final = 3  # ident, a body, closing


@dataclass(frozen=True, slots=True)
class Programme:
    """A published episode and the positions of its sections in its file: ident, bodies, closing."""

    item: Item
    path: Path
    cuts: "tuple[Cut, ...]"

    @property
    def part(self) -> Part:
        """The part of it that is played in a session."""
        opening, *bodies, closing = self.cuts
        return Part(self.item, opening.frames, sum(cut.frames for cut in bodies), closing.frames)


@dataclass(frozen=True, slots=True)
class Billing:
    """What session files say about their programme besides its items."""

    artist: str
    album: str
    opening: str  # the titles of the first and last chapter
    closing: str


def read_programmes(root: Path, station: str, items: Sequence[Item]) -> tuple[Programme, ...]:
    """Return the items of a station with their sections. Raises PublicationError for a damaged file."""
    manifest = settled_manifest(root, station)
    return tuple(_programme(root, item, manifest["files"]) for item in items)


def session_name(session: Session, master: str) -> str:
    """Return the name of a session's file: phien-2023-04-03-0500-loa.mp3."""
    profile = MASTERS[master]
    return f"phien-{session.starts:%Y-%m-%d-%H%M}-{profile.suffix}.{profile.extension}"


def session_title(session: Session) -> str:
    """Return the title of a session, in Vietnamese."""
    return in_vietnamese("session.title", time=f"{session.starts:%H:%M}", date=f"{session.starts:%d/%m/%Y}")


def write_sessions(
    folder: Path, names: Sequence[str], order: RunningOrder, programmes: Sequence[Programme], billing: Billing
) -> tuple[dict[str, Any], ...]:
    """Write a file for every session of an order under its name in ``folder``; return their figures.

    Raises SoundError for a session that misses the level of its master.
    """
    from ..mixing.cutting import as_section
    from ..mixing.episode import write_programme

    by_episode = {one.item.episode: one for one in programmes}
    master, measured = MASTERS[order.master], functools.cache(as_section)  # each body is measured only once
    figures = []
    for number, (name, session) in enumerate(zip(names, order.sessions, strict=True), 1):
        played = [by_episode[item.episode] for item in session.items]
        sections = [measured(path, cut, master) for path, cut in joined(played)]
        tags = _tags(session, played, billing, number, len(order.sessions))
        with atomic_file(folder / name) as out:
            figures.append(write_programme(out, master, sections, tags, Path(name).stem))
    return tuple(figures)


def joined(played: Sequence[Programme]) -> "list[tuple[Path, Cut]]":
    """Return the sections of a session in order: the ident of its first item, bodies, the last's closing."""
    first, last = played[0], played[-1]
    bodies = [(one.path, cut) for one in played for cut in one.cuts[1:-1]]
    return [(first.path, first.cuts[0]), *bodies, (last.path, last.cuts[-1])]


# ---------------------------------------------------------------- sections of a file


def _programme(root: Path, item: Item, files: Mapping[str, Mapping[str, Any]]) -> Programme:
    path = root / item.path
    try:
        _check(path, item.sha256)
        master = _master_of(item)
        cuts = (
            _wav_cuts(root, item, files) if master.bitrate_kbps is None else _mp3_cuts(path, files[item.path])
        )
    except (KeyError, ValueError, OSError) as error:
        raise PublicationError("onair.damaged", file=item.path, station=item.path.split("/")[1]) from error
    return Programme(item, path, cuts)


def _check(path: Path, sha256: str) -> None:
    if file_sha256(path) != sha256:
        raise ValueError(f"{path.name} is not the file that was published")


def _mp3_cuts(path: Path, entry: Mapping[str, Any]) -> "tuple[Cut, ...]":
    from ..mixing.cutting import find_sections, joined_cuts

    digests = entry["sections"]
    passages = entry.get("passages", [1] * len(digests))  # older manifests: whole sections
    if len(passages) < LEAST_SECTIONS or sum(passages) != len(digests):
        raise ValueError(f"{len(passages)} sections of {len(digests)} passages are no episode")
    return joined_cuts(find_sections(path, digests), passages)


def _wav_cuts(root: Path, item: Item, files: Mapping[str, Mapping[str, Any]]) -> "tuple[Cut, ...]":
    """Return the sections of a WAV: those of the podcast file, for all masters share one timeline."""
    from ..mixing.cutting import wav_frames

    station = item.path.split("/")[1]
    beside = f"audio/{station}/{PODCAST.name}/{item.episode}-{PODCAST.suffix}.{PODCAST.extension}"
    _check(root / beside, files[beside]["sha256"])
    cuts = _mp3_cuts(root / beside, files[beside])
    if sum(cut.frames for cut in cuts) != wav_frames(root / item.path):
        raise ValueError(f"{item.path} is not as long as its podcast")
    return cuts


def _master_of(item: Item) -> Master:
    return MASTERS[item.path.split("/")[2]]


# ---------------------------------------------------------------- what a file says of itself


def _tags(session: Session, played: Sequence[Programme], billing: Billing, number: int, count: int) -> "Tags":
    from ..mixing.tags import Tags

    said = [marks_of(one.path) for one in played]
    return Tags(
        title=session_title(session),
        artist=billing.artist,
        album=billing.album,
        track=number,
        track_count=count,
        date=session.starts,
        comment="; ".join(numbered(item) for item in session.items),
        chapters=chapters(played, billing),
        cover_jpeg=said[0].cover_jpeg,
        synthetic_voice=next((one.synthetic_voice for one in said if one.synthetic_voice), None),
    )


def numbered(item: Item) -> str:
    """Return an item's title with its number."""
    return f"{item.number}. {item.title}"


def chapters(played: Sequence[Programme], billing: Billing) -> tuple[ChapterMark, ...]:
    """Return a chapter for the ident, for each item, and for the closing."""
    parts = [one.part for one in played]
    lengths = [parts[0].opening, *(part.body for part in parts), parts[-1].closing]
    titles = [billing.opening, *(numbered(one.item) for one in played), billing.closing]
    clock = pairwise(frames * FRAME_MS for frames in accumulate(lengths, initial=0))
    return tuple(ChapterMark(start, end, title) for (start, end), title in zip(clock, titles, strict=True))


@dataclass(frozen=True, slots=True)
class Marks:
    """What a session copies from the tag of an episode: its picture, and that its voice is synthetic."""

    cover_jpeg: bytes | None
    synthetic_voice: str | None


def marks_of(path: Path) -> Marks:
    """Return the marks in the tag of an MP3; none for a WAV, which has no place for them."""
    from ..mixing.tags import SYNTHETIC_VOICE, id3

    try:
        tag = id3.ID3(path)
    except id3.ID3NoHeaderError:
        return Marks(None, None)
    pictures = [bytes(one.data) for one in tag.getall("APIC")]
    words = [str(one) for one in tag.getall(f"TXXX:{SYNTHETIC_VOICE}")]
    return Marks(next(iter(pictures), None), next(iter(words), None))
