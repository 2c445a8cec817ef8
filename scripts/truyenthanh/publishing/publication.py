"""What stands in ``audio/`` and ``feed/`` of a station, and how it is changed: whole or not at all.

New files are laid down in a ``.staging`` folder beside their place. Writing the new manifest there is
the point of no return: from then on the swap can be finished by whoever comes next, before it the
staging is thrown away. The swap renames audio first, then texts and what pages use, then the pages and
the index that names them, then ``feed.xml``, then removes what is published no more, the other way round;
the manifest comes last, so it never speaks of what is not there.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import PublicationError
from ..messages import say
from ..recipe import StepResult, canonical
from ..steps.step import Step
from ..store.atomic_files import put_over, write_atomic
from ..store.locks import Holder, described, held_lock
from ..system import reason, reason_of

if TYPE_CHECKING:  # which folders are published is asked without a plan
    from ..planning.plan_records import EpisodePlan, Plan

Manifest = Mapping[str, Any]
SYNCED_AT_ONCE = 8  # files


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one station's publication."""

    root: Path
    station: str

    @property
    def manifest(self) -> Path:
        return self.root / "audio" / self.station / "manifest.json"

    @property
    def staged_manifest(self) -> Path:
        return self.staged(f"audio/{self.station}/manifest.json")

    def staged(self, path: str) -> Path:
        """Return where the file that will stand at ``path`` is laid down."""
        tree, station, rest = path.split("/", 2)
        return self.root / tree / station / ".staging" / rest

    def final(self, path: str) -> Path:
        """Return where the file stands for everyone to see."""
        return self.root / path

    def owns_path(self, path: str) -> bool:
        """Whether a path leads into the station's own folders and nowhere else."""
        tree, _, rest = path.partition("/")
        return tree in ("audio", "feed") and rest.startswith(f"{self.station}/") and ".." not in rest


@contextmanager
def publishing(
    places: Places, waiting: Callable[[str], None] | None = None, *, wait: bool = True
) -> Iterator[None]:
    """Hold the station for one build; an interrupted swap is finished or its staging removed first.

    Who has to wait for another build is told so, and for whom, by ``waiting``; without ``wait`` that
    raises PublicationError. A build that fails leaves no staging behind, for ``audio/`` is uploaded as
    it stands.
    """

    def busy(holder: Holder | None) -> None:
        facts = {"station": places.station, "who": described(holder)}
        if not wait:
            raise PublicationError("publication.busy", facts)
        if waiting is not None:
            waiting(say("publication.waiting", **facts))

    try:
        with held_lock(lock_file(places.root, places.station), busy):
            try:
                recover(places)
                yield
            finally:
                if not places.staged_manifest.exists():
                    _remove_staging(places)
    except OSError as error:
        raise _refused(error, places) from error


def lock_file(root: Path, station: str) -> Path:
    """Return the lock of a station."""
    return root / ".cache" / "locks" / f"{station}.lock"


def recover(places: Places) -> None:
    """Finish a swap that was interrupted, or throw away a staging that never came to one."""
    if places.staged_manifest.exists():
        staged = _checked(places, places.staged_manifest)
        if staged is None:  # the disk lost it: nobody knows what was swapped, so all is published again
            places.manifest.unlink(missing_ok=True)
        else:
            swap(places, staged)
    _remove_staging(places)


def read_manifest(places: Places) -> Manifest:
    """Return the manifest of what is published; without files where there is none or it is damaged."""
    return _checked(places, places.manifest) or {"files": {}}


def named_files(places: Places) -> set[str]:
    """Return the paths that stand published; while a swap is under way, those of before and after it.

    The staged manifest is read first: when the swap ends in between, the other one is the new one.
    """
    staged = _checked(places, places.staged_manifest) or {"files": {}}
    return {*staged["files"], *read_manifest(places)["files"]}


def _checked(places: Places, path: Path) -> Manifest | None:
    """Return a manifest with those of its entries that are in order and stay in the station's folders."""
    try:
        manifest = json.loads(path.read_bytes())
        files = manifest["files"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    good = {name: entry for name, entry in files if places.owns_path(name) and isinstance(entry, dict)}
    return {**manifest, "files": good}


def orphans(root: Path, stations: Collection[str]) -> list[str]:
    """Return the folders of publications whose station is no more: they would still be uploaded."""
    paths = (path for tree in ("audio", "feed") for path in sorted((root / tree).glob("*")))
    return [
        f"{path.parent.name}/{path.name}" for path in paths if path.is_dir() and path.name not in stations
    ]


def manifest_of(plan: "Plan", made: Mapping[Step, StepResult]) -> Manifest:
    """Return the manifest of a plan that was made: every file with what was measured of it.

    An audio file also names its engine, the digest of its text, the digests of its mastered passages
    (``sections``) and how many of them each section has (``passages``), and the recordings in it.
    ``episodes`` are those that feed and page show, in order, with the words by which an operator knows them.
    """
    from ..planning.plan_records import said_in

    files: dict[str, Any] = {
        path: {"sha256": made[step].blobs["file"], "bytes": made[step].sizes["file"]}
        for path, step in plan.files.items()
    }
    for planned in (*plan.episodes, *plan.standing):  # of what stands, the figures hold all
        said = {} if planned.state == "standing" else said_in(planned, plan.engine)
        for step in planned.audio.values():
            files[step.file] |= {**made[step].figures, **said}
    voices = json.loads(canonical(plan.voices))
    return {
        "station": plan.station.id,
        "name": plan.station.name,
        "engine": plan.engine,
        "voices": voices,
        "revisions": dict(plan.revisions),
        "episodes": [_listed(plan, planned) for planned in plan.listed],
        "files": files,
    }


def _listed(plan: "Plan", planned: "EpisodePlan") -> dict[str, object]:
    episode = planned.episode
    first, last = planned.outer_words
    return {
        "id": episode.id,
        "number": episode.number,
        "title": episode.title,
        "published": episode.published.isoformat(),
        "omnibus": planned.is_omnibus,
        "first_words": first,
        "last_words": last,
        "notes": list(plan.notes.get(episode.id, ())),
    }


def note_damage(places: Places, found: Mapping[str, str]) -> None:
    """Write into the manifest what stands at some paths (their sha256) instead of what was published.

    A file changed behind the program's back may have the size it should have; so the next build sees it
    all the same, and lays it down again. What was published is kept as ``expected``. Raises OSError.
    """
    manifest = read_manifest(places)
    noted = {
        path: {**manifest["files"][path], "sha256": sha256, "expected": expected_of(manifest["files"][path])}
        for path, sha256 in found.items()
    }
    new = {**manifest, "files": {**manifest["files"], **noted}}
    if new != manifest:
        write_atomic(places.manifest, manifest_bytes(new))


def expected_of(entry: Mapping[str, Any]) -> str:
    """Return the sha256 of a file as it was published, whatever was found in its place since."""
    return str(entry.get("expected", entry["sha256"]))


def current_files(
    places: Places, manifest: Manifest, plan: "Plan", made: Mapping[Step, StepResult]
) -> set[str]:
    """Return the paths of a plan whose file stands published as it was made."""
    return {
        path
        for path, step in plan.files.items()
        if step in made and is_published_as(places, manifest, step, made[step])
    }


def is_published_as(places: Places, manifest: Manifest, step: Step, made: StepResult) -> bool:
    """Whether the file of ``step`` stands published as ``made``: by manifest, presence and size."""
    entry = manifest["files"].get(step.file, {})
    if entry.get("sha256") != made.blobs["file"]:
        return False
    try:
        return places.final(step.file).stat().st_size == made.sizes["file"]
    except OSError:
        return False


def publish(places: Places, new: Manifest, texts: Mapping[str, bytes]) -> None:
    """Swap in the staged audio and ``texts`` (path -> bytes), with ``new`` as the manifest.

    Raises PublicationError, before anything is changed, where a file could not be replaced.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:  # each waits for the disk, which takes many at once
        list(pool.map(write_atomic, map(places.staged, texts), texts.values()))
    for path in new["files"]:
        if places.staged(path).exists():
            _check_replaceable(places.final(path))
    write_atomic(places.staged_manifest, manifest_bytes(new))
    swap(places, new)
    _remove_staging(places)


def _check_replaceable(final: Path) -> None:
    """Raise PublicationError where a file may not be written, or where Windows holds it open for others."""
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not os.access(final.parent, os.W_OK):
            why = reason("system.not_allowed")
            raise PublicationError("publication.refused", file=str(final.parent), reason=why)
        if sys.platform == "win32" and final.exists():
            final.open("r+b").close()
    except PermissionError as error:
        raise PublicationError("publication.in_use", file=str(final)) from error


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as it is written."""
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def swap(places: Places, new: Manifest) -> None:
    """Rename what is staged into place, remove what is published no more, put the manifest last."""
    old = read_manifest(places)
    for path in sorted(new["files"], key=_rank):
        _move(places.staged(path), places.final(path))
    for path in sorted(set(old["files"]) - set(new["files"]), key=_rank, reverse=True):
        _remove(places, path)  # a page goes before what it names
    _move(places.staged_manifest, places.manifest)


def _rank(path: str) -> tuple[int, str]:
    """Audio, then texts, pictures and styles, then pages, their index, and the feed that names them all."""
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
    """Remove a file that was published (a manifest names none outside the station's folders)."""
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
