"""What a station can play: its published episodes in the order of the feed, as one master.

It reads only the publication, so it works on a copy without ``content/`` and never sees a draft.
"""

import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..content.project import read_project
from ..errors import PublicationError
from ..mixing.profiles import MASTERS
from ..packing.programme_items import Item
from ..publishing.manifest import Manifest, read_manifest
from ..publishing.places import Places

SWAP_ATTEMPTS: Final = 20
SWAP_PAUSE_S: Final = 0.05  # a swap only renames files: a second is a long time for it
_STATION: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


def published_items(root: Path, station: str, master: str, *, with_omnibus: bool = False) -> tuple[Item, ...]:
    """Return the published episodes of a station in play order; the omnibus repeats the others.

    Raises PublicationError if there is no such station or master, if a swap does not finish, or if a
    file is not as the manifest says.
    """
    manifest = settled_manifest(root, station)
    if master not in MASTERS or not any(_master_of(path) == master for path in manifest["files"]):
        facts = {"station": station, "master": master, "known": ", ".join(_masters(manifest))}
        raise PublicationError("onair.no_master", facts)
    listed = [one for one in _episodes(manifest, station) if with_omnibus or not one["omnibus"]]
    if not listed:
        raise PublicationError("onair.no_episode", station=station)
    return tuple(_item(root, station, master, one, manifest) for one in listed)


def station_on_air(root: Path, asked: str | None) -> str:
    """Return the station asked for, the only published one, or the project's default.

    Raises PublicationError if nothing is published, ContentError if the default cannot be read.
    """
    known = stations_on_air(root)
    if asked is not None or len(known) == 1:
        return asked or known[0]
    if not known:
        raise PublicationError("onair.nothing_published", station="ID", folder=str(root))
    if not (root / "content" / "project.yaml").is_file():
        raise PublicationError("onair.which_station", known=", ".join(known))
    return read_project(root).default_station


def stations_on_air(root: Path) -> tuple[str, ...]:
    """Return the stations that have published something."""
    names = sorted(path.parent.name for path in root.glob("audio/*/manifest.json"))
    return tuple(name for name in names if _STATION.fullmatch(name))


def settled_manifest(root: Path, station: str) -> Manifest:
    """Return the manifest of a station while no swap is under way. Raises PublicationError."""
    known = stations_on_air(root)
    places = Places(root, station)
    if not _STATION.fullmatch(station) or not (station in known or places.staged_manifest.exists()):
        key = "onair.no_station" if known else "onair.nothing_published"
        raise PublicationError(key, station=station, known=", ".join(known), folder=str(root))
    for _ in range(SWAP_ATTEMPTS):
        manifest = read_manifest(places)
        if not places.staged_manifest.exists():
            return manifest
        time.sleep(SWAP_PAUSE_S)
    raise PublicationError("onair.swap_under_way", station=station)


def _episodes(manifest: Manifest, station: str) -> list[Mapping[str, Any]]:
    """Return the entries of the listed episodes. Raises PublicationError for a manifest without them."""
    entries = manifest.get("episodes")
    needed = {"id", "number", "title", "omnibus", "first_words", "last_words"}
    if not isinstance(entries, list) or not all(
        isinstance(one, dict) and needed <= set(one) for one in entries
    ):
        raise PublicationError("onair.old_manifest", station=station)
    return entries


def _item(root: Path, station: str, master: str, entry: Mapping[str, Any], manifest: Manifest) -> Item:
    profile, name = MASTERS[master], entry["id"]
    path = f"audio/{station}/{master}/{name}-{profile.suffix}.{profile.extension}"
    figures = manifest["files"].get(path)
    if figures is None or not _is_there(root / path, figures["bytes"]):
        raise PublicationError("onair.no_file", station=station, file=path)
    return Item(
        episode=name,
        number=entry["number"],
        title=entry["title"],
        path=path,
        sha256=figures["sha256"],
        bytes=figures["bytes"],
        seconds=figures["seconds"],
        level=figures["rms_dbfs" if profile.measure == "rms" else "integrated_lufs"],
        first_words=entry["first_words"],
        last_words=entry["last_words"],
    )


def _is_there(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _masters(manifest: Manifest) -> list[str]:
    return [name for name in MASTERS if any(_master_of(path) == name for path in manifest["files"])]


def _master_of(path: str) -> str:
    """Return the master whose folder a published file is in; "" for texts and pages."""
    tree, _, rest = path.partition("/")
    return rest.split("/")[1] if tree == "audio" and rest.count("/") == 2 else ""
