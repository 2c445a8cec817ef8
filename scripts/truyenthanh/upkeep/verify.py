"""Check the published files against their manifest, byte by byte and second by second.

Builds are not kept waiting: files are checked while builds may run, and only what seemed wrong is checked
again while the station's lock is held. A file changed behind the program's back may still have the right
size, and builds check no more than that; so its actual digest is noted in the manifest, and the next build
rebuilds the file. In a copy of a site without ``content/`` nothing is noted.
"""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..errors import PublicationError
from ..making.workers import workers
from ..publishing.manifest import named_files, note_damage, read_manifest
from ..publishing.places import Places
from ..publishing.publication import publishing
from ..system import reason_of
from .file_checks import LEVELS, Fault, check_file

OURS: Final = ("manifest.json", ".history", ".history.1")

OnProgress = Callable[[int, int], None]  # how many files of how many
Waiting = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked of a station, what is wrong, and which files no manifest names."""

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

    An interrupted swap is finished first. Raises PublicationError if nothing is published.
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
    """Return the stations that have anything in ``audio/``."""
    return sorted(path.name for path in (root / "audio").glob("*") if path.is_dir() and any(path.iterdir()))


@contextlib.contextmanager
def _held(places: Places, waiting: Waiting) -> Iterator[None]:
    """Hold the station's lock if it could be built, which is impossible on a read-only disk."""
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


def _check(
    places: Places, entries: Mapping[str, Mapping[str, Any]], jobs: int, on_progress: OnProgress
) -> dict[str, list[Fault]]:
    """Return what is wrong, by file; the longest are started first, so that all cores finish together."""
    if not entries:
        return {}
    order = sorted(entries, key=lambda path: (-_number(entries[path], "seconds"), path))
    faults: dict[str, list[Fault]] = {}
    with workers(min(jobs, len(order))) as hands:
        running = {
            hands.executor.submit(check_file, places.root, path, entries[path]): path for path in order
        }
        for done, future in enumerate(as_completed(running), 1):
            on_progress(done, len(order))
            if found := future.result():
                faults[running[future]] = found
    return faults


def _feed_faults(places: Places, entries: Mapping[str, Any], known: set[str]) -> list[Fault]:
    """Return what the feed names but is missing or different, unless it is ``known`` already."""
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


def _folders(places: Places) -> list[Path]:
    return [places.root / tree / places.station for tree in ("audio", "feed")]


def _unnamed(places: Places) -> Iterator[str]:
    """Yield the files in a station's folders that no manifest names: they would be uploaded too."""
    named = named_files(places)
    ours = {f"audio/{places.station}/{name}" for name in OURS}
    for folder in _folders(places):
        for path in sorted(folder.rglob("*")):
            shown = path.relative_to(places.root).as_posix()
            if path.is_file() and shown not in named and shown not in ours:
                yield shown


def _note(places: Places, faults: Sequence[Fault]) -> None:
    """Write the actual digests into the manifest, so that a build sees the damage."""
    found = {fault.file: fault.sha256 for fault in faults if fault.what == "content" and fault.sha256}
    if (places.root / "content").is_dir():
        with contextlib.suppress(OSError):  # on a read-only disk damage is reported but not noted
            note_damage(places, found)
