"""Find out, without planning, whether everything asked for is published already.

A build notes what it started from (every byte under ``content/``, the program's own files, the installed
libraries, what was asked for) and what it left (the manifest, and every published file with its size).
If the next build starts from the same and finds the same, it has nothing to do and says so at once.
If anything differs or cannot be read, it plans as usual.

Content is compared by its bytes, for an edit may leave a file's time unchanged. The program and its
libraries are compared by names, sizes and times, as Python itself does before it trusts compiled files.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .explain.outcome import BuildSummary, again, from_json, to_json
from .store.sealed_json import read_sealed, sealed_bytes

PACKAGE = str(Path(__file__).parent)


class UpToDateCheck:
    """What one call of ``build`` asked for, in one project."""

    def __init__(self, root: Path, stations: Sequence[str] | None, engine: str | None, as_of: object) -> None:
        self._root = root
        asked = json.dumps([stations, engine, str(as_of)], ensure_ascii=False)
        name = hashlib.sha256(asked.encode()).hexdigest()[:32]
        self._file = root / ".cache" / "store" / "unchanged" / f"{name}.json"
        self._sources = {"asked": asked, "program": program(), "content": content(root)}

    def outcomes(self) -> tuple[BuildSummary, ...] | None:
        """Return what the last build reported; None if anything is not as it left it."""
        noted = read_sealed(self._file)
        if noted is None or None in self._sources.values() or noted["sources"] != self._sources:
            return None
        if not all(_stands(self._root, station) for station in noted["stations"]):
            return None
        return tuple(from_json(station["outcome"]) for station in noted["stations"])

    def note(self, outcomes: Sequence[BuildSummary]) -> None:
        """Note what a build has left, unless content or publication has changed since."""
        from .store.atomic_files import write_unsynced

        if None in self._sources.values() or self._sources["content"] != content(self._root):
            return
        if not all(one.is_repeatable for one in outcomes):
            return
        stations = [_left(self._root, one) for one in outcomes]
        if [one["manifest"] for one in stations] != [one.manifest for one in outcomes]:
            return
        body = json.dumps({"sources": self._sources, "stations": stations}, ensure_ascii=False)
        write_unsynced(self._file, sealed_bytes(body), self._file.parents[1] / "tmp")


def content(root: Path) -> str | None:
    """Return the digest of all files under ``content/``; None if one cannot be read."""
    folder, total = str(root / "content"), hashlib.sha256()
    try:
        for path in _files(folder):
            with open(path, "rb") as file:
                read = file.read()
            total.update(os.fsencode(f"{path[len(folder) :]}\0"))
            total.update(hashlib.sha256(read).digest())
    except OSError:
        return None
    return total.hexdigest()


def program() -> list[Any]:
    """Return what the program consists of: its files, Python, and the installed distributions."""
    files = [path for path in _files(PACKAGE) if not path.endswith(".pyc")]
    mine = [(path[len(PACKAGE) :], one.st_size, one.st_mtime_ns) for path in files if (one := os.stat(path))]
    folders = [folder or "." for folder in sys.path]
    names = {entry for folder in folders if os.path.isdir(folder) for entry in os.listdir(folder)}
    installed = sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return [hashlib.sha256(json.dumps(mine).encode()).hexdigest(), sys.version, installed]


def _files(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (f"{parent}/{name}" for name in sorted(names))


def _left(root: Path, outcome: BuildSummary) -> dict[str, Any]:
    manifest = (root / "audio" / outcome.station / "manifest.json").read_bytes()
    files = {path: entry["bytes"] for path, entry in json.loads(manifest)["files"].items()}
    return {
        "manifest": hashlib.sha256(manifest).hexdigest(),
        "files": files,
        "outcome": to_json(again(outcome)),
    }


def _stands(root: Path, station: Mapping[str, Any]) -> bool:
    """Whether a station's publication is as the last build left it, and no swap is under way."""
    name = station["outcome"]["station"]
    if any((root / tree / name / ".staging").exists() for tree in ("audio", "feed")):
        return False
    try:
        manifest = (root / "audio" / name / "manifest.json").read_bytes()
        sizes = {path: os.stat(root / path).st_size for path in station["files"]}
    except OSError:
        return False
    return bool(hashlib.sha256(manifest).hexdigest() == station["manifest"] and sizes == station["files"])
