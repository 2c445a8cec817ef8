"""Hold what stands published to its manifest, byte by byte and second by second; and the store to its names.

Nobody is kept waiting: the files are looked at while builds may run, and only what seemed wrong is looked
at again while the station is held. A file that was changed behind the program's back has the size it
should have, and a build looks no further; so its true digest is noted in the manifest, and the next build
lays the file down again. A copy of a site without ``content/`` is only looked at.
"""

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ..errors import PublicationError, SoundError
from ..making.workers import Crew
from ..mixing.quiet_decoders import quiet_decoders
from ..publishing.publication import (
    Places,
    expected_of,
    named_files,
    note_damage,
    publishing,
    read_manifest,
)
from ..system import reason_of

SECONDS_TOLERANCE: Final = 0.01
LEVEL_TOLERANCE: Final = 0.1  # in LU or dB: figures are combined from sections, and differ by 0.01 at most
LEVELS: Final = ("integrated_lufs", "true_peak_dbtp", "rms_dbfs")
OURS: Final = ("manifest.json", ".history", ".history.1")
_CUE = re.compile(r"(\d+):([0-5]\d):([0-5]\d)[.,](\d{3}) --> (\d+):([0-5]\d):([0-5]\d)[.,](\d{3})")

OnProgress = Callable[[int, int], None]  # how many of how many
Waiting = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file, by its path from the root; the message is ``verify.<what>``."""

    file: str
    what: str
    facts: Mapping[str, object] = field(default_factory=dict)
    sha256: str | None = None  # of what stands there, where it is not what was published


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at of a station, what is wrong, and which files no manifest names."""

    station: str
    files: int
    bytes: int
    seconds: float  # of sound
    faults: tuple[Fault, ...]
    unnamed: tuple[str, ...]


def verify_station(
    root: Path, station: str, jobs: int, on_progress: OnProgress, waiting: Waiting
) -> Verified:
    """Return what is wrong with what a station has published.

    An interrupted swap is finished first. Raises PublicationError where nothing is published.
    """
    places = Places(root, station)
    with _held(places, waiting):
        entries, faults = _entries(places)
    found = _check(places, entries, jobs, on_progress)
    with _held(places, waiting):
        before, (entries, faults) = entries, _entries(places)
        again = {path for path, entry in entries.items() if path in found or before.get(path) != entry}
        found = _check(places, {path: entries[path] for path in again}, jobs, lambda *_: None)
        faults += [fault for path in sorted(found) for fault in found[path]]
        faults += _feed_faults(places, entries, {fault.file for fault in faults})
        _note(places, faults)
        unnamed = tuple(_unnamed(places))
    return Verified(
        station=station,
        files=len(entries),
        bytes=sum(_number(entry, "bytes") for entry in entries.values()),
        seconds=float(sum(_number(entry, "seconds") for entry in entries.values())),
        faults=tuple(faults),
        unnamed=unnamed,
    )


def published_folders(root: Path) -> list[str]:
    """Return the stations of which anything stands in ``audio/``."""
    return sorted(path.name for path in (root / "audio").glob("*") if path.is_dir() and any(path.iterdir()))


@contextlib.contextmanager
def _held(places: Places, waiting: Waiting) -> Iterator[None]:
    """Hold the station, where anyone could build it: nobody can on a disk that is read only."""
    if not os.access(places.root, os.W_OK):
        yield
        return
    with publishing(places, waiting):
        yield


def _entries(places: Places) -> tuple[dict[str, Any], list[Fault]]:
    """Return the files that the manifest names, and what is wrong with the manifest itself."""
    shown = f"audio/{places.station}/manifest.json"
    manifest = read_manifest(places)
    try:
        named = json.loads(places.manifest.read_bytes())["files"]
        bad = sorted(set(named.keys()) - set(manifest["files"]))
    except FileNotFoundError:
        if not any(path.is_dir() and any(path.iterdir()) for path in _folders(places)):
            raise PublicationError("verify.nothing", station=places.station) from None
        return {}, [Fault(shown, "no_manifest")]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, [Fault(shown, "bad_manifest")]
    good = {path: entry for path, entry in manifest["files"].items() if _is_whole(entry)}
    bad += sorted(set(manifest["files"]) - set(good))
    return good, [Fault(shown, "bad_entry", {"name": name[:80]}) for name in bad]


def _is_whole(entry: Mapping[str, Any]) -> bool:
    numbers = ["bytes", *(("seconds", *LEVELS) if "seconds" in entry else ())]
    return isinstance(entry.get("sha256"), str) and all(_is_number(entry.get(name)) for name in numbers)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number(entry: Mapping[str, Any], name: str) -> Any:
    return entry.get(name, 0)


# ---------------------------------------------------------------- file by file


def _check(
    places: Places, entries: Mapping[str, Mapping[str, Any]], jobs: int, on_progress: OnProgress
) -> dict[str, list[Fault]]:
    """Return what is wrong, by file; the longest are begun first, so that no core ends up alone."""
    if not entries:
        return {}
    order = sorted(entries, key=lambda path: (-_number(entries[path], "seconds"), path))
    faults: dict[str, list[Fault]] = {}
    with Crew(min(jobs, len(order))) as pool:
        running = {pool.submit(check_file, places.root, path, entries[path]): path for path in order}
        for done, future in enumerate(as_completed(running), 1):
            on_progress(done, len(order))
            if found := future.result():
                faults[running[future]] = found
    return faults


def check_file(root: Path, path: str, entry: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a published file: its bytes, or what can be heard or read in it."""
    expected = expected_of(entry)
    try:
        with (root / path).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return [Fault(path, "missing")]
    except OSError as error:
        return [Fault(path, "refused", {"reason": reason_of(error)})]
    if size != entry["bytes"]:
        return [Fault(path, "size", {"found": size, "expected": entry["bytes"]}, found)]
    if found != expected:
        return [Fault(path, "content", {"found": found[:12], "expected": expected[:12]}, found)]
    return _sound_faults(root, path, entry) if "seconds" in entry else _text_faults(root, path)


def _sound_faults(root: Path, path: str, entry: Mapping[str, Any]) -> list[Fault]:
    """Decode a file to its end, measure it, and hold that to the manifest."""
    from ..mixing.measurements import measure

    try:
        with quiet_decoders():
            quality, _ = measure(root / path)
    except SoundError as error:
        return [Fault(path, "unreadable", {"reason": error.message})]
    measured = {"seconds": quality.seconds, **{name: getattr(quality.levels, name) for name in LEVELS}}
    off = {
        name: value
        for name, value in measured.items()
        if abs(value - entry[name]) > (SECONDS_TOLERANCE if name == "seconds" else LEVEL_TOLERANCE)
    }
    return [Fault(path, name, {"found": value, "expected": entry[name]}) for name, value in off.items()]


# ---------------------------------------------------------------- what is read


def _text_faults(root: Path, path: str) -> list[Fault]:
    check = READABLE.get(Path(path).suffix)
    try:
        if check is not None:
            check((root / path).read_bytes())
    except (OSError, ValueError, SyntaxError, RecursionError) as error:
        return [Fault(path, "unreadable", {"reason": reason_of(error)})]
    return []


def _cues(raw: bytes) -> None:
    """Raise ValueError where captions hold no cue, or one that ends before it starts or goes back."""
    before = 0
    spans = [[int(part) for part in found] for found in _CUE.findall(raw.decode())]
    for h, m, s, ms, end_h, end_m, end_s, end_ms in spans:
        start, end = ((h * 60 + m) * 60 + s) * 1000 + ms, ((end_h * 60 + end_m) * 60 + end_s) * 1000 + end_ms
        if not before <= start <= end:
            raise ValueError(f"{h:02}:{m:02}:{s:02}")
        before = start
    if not spans:
        raise ValueError("-->")


def _page(raw: bytes) -> None:
    if not raw.rstrip().lower().endswith(b"</html>"):
        raise ValueError("</html>")
    raw.decode()


def _feed(raw: bytes) -> None:
    from lxml import etree

    etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _picture(raw: bytes) -> None:
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(raw)) as picture:
        picture.load()


READABLE: Final[dict[str, Callable[[bytes], object]]] = {
    ".json": json.loads,
    ".vtt": _cues,
    ".srt": _cues,
    ".txt": bytes.decode,
    ".html": _page,
    ".xml": _feed,
    ".jpg": _picture,
    ".png": _picture,
}


def _feed_faults(places: Places, entries: Mapping[str, Any], known: set[str]) -> list[Fault]:
    """Return what the feed names and what is not there so, unless that is ``known`` already."""
    from ..feed.moved import read_feed

    path = f"feed/{places.station}/feed.xml"
    if path in known or path not in entries:
        return []
    try:
        feed = read_feed(places.final(path).read_bytes(), places.station)
    except PublicationError as error:
        return [Fault(path, "unreadable", {"reason": error.message})]
    except OSError as error:
        return [Fault(path, "refused", {"reason": reason_of(error)})]
    faults = []
    for name, length in feed.files.items():
        if name not in entries:
            faults.append(Fault(path, "feed_names", {"name": name}))
        elif length is not None and length != entries[name]["bytes"]:
            faults.append(Fault(path, "feed_length", {"name": name, "said": length}))
    return faults


# ---------------------------------------------------------------- the station as a whole


def _folders(places: Places) -> list[Path]:
    return [places.root / tree / places.station for tree in ("audio", "feed")]


def _unnamed(places: Places) -> Iterator[str]:
    """Yield the files in a station's folders that no manifest names: they would be uploaded all the same."""
    named = named_files(places)
    ours = {f"audio/{places.station}/{name}" for name in OURS}
    for folder in _folders(places):
        for path in sorted(folder.rglob("*")):
            shown = path.relative_to(places.root).as_posix()
            if path.is_file() and shown not in named and shown not in ours:
                yield shown


def _note(places: Places, faults: Sequence[Fault]) -> None:
    """Write into the manifest what stands there instead of what was published, so that a build sees it."""
    found = {fault.file: fault.sha256 for fault in faults if fault.what == "content" and fault.sha256}
    if (places.root / "content").is_dir():
        with contextlib.suppress(OSError):  # on a disk that is read only it can be told, not noted
            note_damage(places, found)


# ---------------------------------------------------------------- the store


def verify_store(store: Path, jobs: int, on_progress: OnProgress) -> tuple[int, tuple[str, ...]]:
    """Return how many entries the store has, and which were damaged: they are removed, to be made again."""
    folders = sorted(path for kind in ("blobs", "records") for path in (store / kind).glob("??"))
    total, damaged = 0, list(_damaged_generations(store))
    if folders:
        with Crew(min(jobs, len(folders))) as pool:
            for done, (count, bad) in enumerate(pool.map(_check_folder, folders), 1):
                on_progress(done, len(folders))
                total += count
                damaged += bad
    return total, tuple(damaged)


def _check_folder(folder: Path) -> tuple[int, list[str]]:
    """Return how many entries one folder of the store has, and which of them were damaged."""
    from ..store.store import read_record

    count, bad, store = 0, [], folder.parent.parent
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        count += 1
        with contextlib.suppress(FileNotFoundError):  # pruned in this moment
            if folder.parent.name == "blobs":
                good = hashlib.sha256(path.read_bytes()).hexdigest() == path.name
            else:
                good = read_record(store, path.stem) is not None
            if not good:
                bad.append(f"{folder.parent.name}/{folder.name}/{path.name}")
                path.unlink(missing_ok=True)
    return count, bad


def _damaged_generations(store: Path) -> Iterable[str]:
    from ..store.store import read_generation

    for path in sorted((store / "last").glob("*.json")):
        if read_generation(path, path.name.partition(".")[0]) is None:
            yield f"last/{path.name}"
            path.unlink(missing_ok=True)
