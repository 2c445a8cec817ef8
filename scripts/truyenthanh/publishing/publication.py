"""Replace the published files of a station in ``audio/`` and ``feed/``: all or none.

New files are written to a ``.staging`` folder beside their place. Writing the new manifest there is the point
of no return: after it the next build can finish the swap; before it the next build discards the staging.
The swap renames audio first, then texts and what pages use, then the pages and the index that names them,
then ``feed.xml``; then it removes the files that are no longer published, in reverse order. The manifest
comes last, so it never names a missing file.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..errors import PublicationError
from ..messages import say
from ..store.atomic_files import put_over, write_atomic
from ..store.locks import Holder, described, hold_signed_lock
from ..system import reason, reason_of
from .manifest import Manifest, checked_manifest, manifest_bytes, read_manifest
from .places import Places, lock_file

SYNCED_AT_ONCE = 8  # files


@contextmanager
def publishing(
    places: Places, waiting: Callable[[str], None] | None = None, *, wait: bool = True
) -> Iterator[None]:
    """Hold the station's lock for one build; first an interrupted swap is finished or its staging removed.

    If another build holds it, ``waiting`` is called with words that say which; without ``wait``
    PublicationError is raised instead. A build that fails leaves no staging behind, for ``audio/`` is
    uploaded as it is.
    """

    def busy(holder: Holder | None) -> None:
        facts = {"station": places.station, "who": described(holder)}
        if not wait:
            raise PublicationError("publication.busy", facts)
        if waiting is not None:
            waiting(say("publication.waiting", **facts))

    try:
        with hold_signed_lock(lock_file(places.root, places.station), busy):
            try:
                recover(places)
                yield
            finally:
                if not places.staged_manifest.exists():
                    _remove_staging(places)
    except OSError as error:
        raise _refused(error, places) from error


def recover(places: Places) -> None:
    """Finish an interrupted swap, or discard a staging that never reached the point of no return."""
    if places.staged_manifest.exists():
        staged = checked_manifest(places, places.staged_manifest)
        if staged is None:  # lost by the disk: what was swapped is unknown, so all is published again
            places.manifest.unlink(missing_ok=True)
        else:
            swap(places, staged)
    _remove_staging(places)


def publish(places: Places, new: Manifest, texts: Mapping[str, bytes]) -> None:
    """Swap in the staged audio and ``texts`` (path -> bytes), with ``new`` as the manifest.

    Raises PublicationError, before anything changes, if a file could not be replaced.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:  # each waits for the disk, which syncs many at once
        list(pool.map(write_atomic, map(places.staged, texts), texts.values()))
    for path in new["files"]:
        if places.staged(path).exists():
            _check_replaceable(places.final(path))
    write_atomic(places.staged_manifest, manifest_bytes(new))
    swap(places, new)
    _remove_staging(places)


def _check_replaceable(final: Path) -> None:
    """Raise PublicationError if a file may not be written, or if another program has it open on Windows."""
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not os.access(final.parent, os.W_OK):
            why = reason("system.not_allowed")
            raise PublicationError("publication.refused", file=str(final.parent), reason=why)
        if sys.platform == "win32" and final.exists():
            final.open("r+b").close()
    except PermissionError as error:
        raise PublicationError("publication.in_use", file=str(final)) from error


def swap(places: Places, new: Manifest) -> None:
    """Rename staged files into place, remove what is no longer published, and put the manifest last."""
    old = read_manifest(places)
    for path in sorted(new["files"], key=_rank):
        _move(places.staged(path), places.final(path))
    for path in sorted(set(old["files"]) - set(new["files"]), key=_rank, reverse=True):
        _remove(places, path)  # a page is removed before what it names
    _move(places.staged_manifest, places.manifest)


def _rank(path: str) -> tuple[int, str]:
    """Order: audio, then texts, pictures and styles, then pages, their index, and the feed that names all."""
    order = {".xml": 4, ".html": 3 if path.endswith("/index.html") else 2}
    return (0 if path.startswith("audio/") else order.get(Path(path).suffix, 1), path)


def _move(staged: Path, final: Path) -> None:
    if not staged.exists():
        return
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        put_over(staged, final)
    except PermissionError as error:
        raise PublicationError("publication.half_way", file=str(final)) from error


def _remove(places: Places, path: str) -> None:
    """Remove a published file (a manifest names none outside the station's folders)."""
    final = places.final(path)
    try:
        if final.is_file():
            final.unlink(missing_ok=True)
    except PermissionError as error:
        raise PublicationError("publication.half_way", file=str(final)) from error


def _remove_staging(places: Places) -> None:
    for tree in ("audio", "feed"):
        shutil.rmtree(places.root / tree / places.station / ".staging", ignore_errors=True)


def _refused(error: OSError, places: Places) -> PublicationError:
    file = str(error.filename or places.root)  # a full disk does not say which file it refused
    return PublicationError("publication.refused", file=file, reason=reason_of(error))
