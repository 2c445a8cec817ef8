"""What is visible of a site: the files that its stations' manifests name, except drafts; nothing else.

A path in an address is looked up among those names and never joined to a folder, so path traversal is
impossible; a symbolic link in place of a file could lead out of the site and is not followed.
"""

import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

from ..content.project import default_station
from ..errors import PublicationError, ServeError
from ..feed.moved import PublishedFeed, read_feed
from ..publishing.manifest import named_files
from ..publishing.places import Places

SWAP_ATTEMPTS: Final = 40
SWAP_PAUSE_S: Final = 0.05  # a swap only renames files: two seconds are a long time for it
_STATION = re.compile(r"[a-z0-9][a-z0-9-]*")
_FILE = re.compile(r"(audio|feed)/([A-Za-z0-9_-][A-Za-z0-9._-]*/)+[A-Za-z0-9_-][A-Za-z0-9._-]*")

Signature = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with ``audio/`` and ``feed/``, and which of its stations are shown."""

    root: Path
    names: tuple[str, ...] | None  # None: every station that is published, now or later

    @property
    def stations(self) -> tuple[str, ...]:
        """The stations that are shown now."""
        return published_stations(self.root) if self.names is None else self.names


def site_of(root: Path, names: Sequence[str] | None) -> Site:
    """Return the site that shows these stations: the project's default if none is named, all for None.

    A folder without ``content/`` shows all it has. Raises ServeError if nothing is published yet.
    """
    known = published_stations(root)
    if not known:
        raise ServeError("serve.nothing_built", folder=str(root))
    wanted = names or None
    if names is not None and not names:
        default = default_station(root)
        wanted = None if default is None else [default]
    for name in wanted or ():
        if name not in known:
            raise ServeError("serve.not_built", station=name, known=", ".join(known))
    return Site(root, None if wanted is None else tuple(dict.fromkeys(wanted)))


def published_stations(root: Path) -> tuple[str, ...]:
    """Return the stations that have a manifest."""
    names = sorted(path.parent.name for path in root.glob("audio/*/manifest.json"))
    return tuple(name for name in names if _STATION.fullmatch(name))


# ---------------------------------------------------------------- files


def station_of(site: Site, path: str) -> str | None:
    """Return the station that a path belongs to, if it is shown here."""
    name = path.split("/")[1] if path.count("/") else ""
    return name if name in site.stations else None


def open_published(site: Site, path: str) -> BinaryIO | None:
    """Return a published file, opened; None for anything else."""
    station = station_of(site, path)
    if station is None or not _FILE.fullmatch(path) or path.startswith(f"audio/{station}/drafts/"):
        return None
    if path not in _names(Places(site.root, station)):
        return None
    tree, _, rest = path.partition("/")
    try:
        place = (site.root / tree).resolve() / rest
        return place.open("rb") if place.resolve() == place and place.is_file() else None
    except (OSError, RuntimeError):  # just removed; before Python 3.13 also a loop of links
        return None


def _names(places: Places) -> frozenset[str]:
    return _names_by_signature(places, _signature(places.staged_manifest), _signature(places.manifest))


@lru_cache(maxsize=256)
def _names_by_signature(places: Places, _staged: Signature, _final: Signature) -> frozenset[str]:
    """Return the names in the manifests, read again whenever one of them has changed."""
    return frozenset(named_files(places))


def _signature(path: Path) -> Signature:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns, about.st_size


# ---------------------------------------------------------------- the feed


def whole_feed(site: Site, station: str) -> tuple[bytes, float, PublishedFeed]:
    """Return the feed, when it was written (s), and what it names, all of which exists.

    While a build swaps files in, this waits until it has finished. Raises PublicationError if it does not:
    the swap was interrupted, or a file was removed.
    """
    missing = ""
    for _ in range(SWAP_ATTEMPTS):
        file = open_published(site, f"feed/{station}/feed.xml")
        if file is None:
            missing = f"feed/{station}/feed.xml"
        else:
            xml, written_s = read_open(file)
            feed = read_feed(xml, station)
            lacking = _lacking(site, feed)
            if lacking is None:
                return xml, written_s, feed
            missing = lacking
        time.sleep(SWAP_PAUSE_S)
    raise PublicationError("serve.unfinished", station=station, file=missing)


def read_open(file: BinaryIO) -> tuple[bytes, float]:
    """Return the contents of an open file and when it was written (s), and close it."""
    with file:
        return file.read(), os.fstat(file.fileno()).st_mtime


def _lacking(site: Site, feed: PublishedFeed) -> str | None:
    """Return a file that the feed names but that is missing or has another length, if there is one."""
    for path, length in feed.files.items():
        file = open_published(site, path)
        if file is None:
            return path
        with file:
            if length is not None and file.seek(0, 2) != length:
                return path
    return None
