"""The manifest of a station: every published file with its sha256, its size and its measurements."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..recipe import StepResult, canonical
from ..steps.step import Step
from ..store.atomic_files import write_atomic
from .places import Places

if TYPE_CHECKING:  # reading what is published needs no plan
    from ..planning.plan_records import EpisodePlan, Plan

Manifest = Mapping[str, Any]


def read_manifest(places: Places) -> Manifest:
    """Return the manifest of the published files; an empty one if it is missing or damaged."""
    return checked_manifest(places, places.manifest) or {"files": {}}


def named_files(places: Places) -> set[str]:
    """Return the paths of the published files; while a swap is under way, those of before and after it.

    The staged manifest is read first: if the swap ends in between, the other is the new one by then.
    """
    staged = checked_manifest(places, places.staged_manifest) or {"files": {}}
    return {*staged["files"], *read_manifest(places)["files"]}


def checked_manifest(places: Places, path: Path) -> Manifest | None:
    """Return a manifest's valid entries, with paths in the station's folders; None if it is unreadable."""
    try:
        manifest = json.loads(path.read_bytes())
        files = manifest["files"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    good = {name: entry for name, entry in files if places.owns_path(name) and isinstance(entry, dict)}
    return {**manifest, "files": good}


def manifest_of(plan: "Plan", made: Mapping[Step, StepResult]) -> Manifest:
    """Return the manifest of a plan that was made: every file with its measurements.

    An audio file also names its engine, the digest of its text, the digests of its mastered passages
    (``sections``) and how many of them each section has (``passages``), and the recordings in it.
    ``episodes`` are those that feed and pages show, in order, with the words by which an operator knows them.
    """
    from ..planning.plan_records import said_in

    files: dict[str, Any] = {
        path: {"sha256": made[step].blobs["file"], "bytes": made[step].sizes["file"]}
        for path, step in plan.files.items()
    }
    for planned in (*plan.episodes, *plan.standing):  # approved versions: all is in their figures
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
    """Write into the manifest the actual sha256 of files that are not as published.

    A file changed behind the program's back may still have the right size; this way the next build sees the
    change and rebuilds the file. The published sha256 is kept as ``expected``. Raises OSError.
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
    """Return the sha256 of a file as published, whatever was found in its place since."""
    return str(entry.get("expected", entry["sha256"]))


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as written to its file."""
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def current_files(
    places: Places, manifest: Manifest, plan: "Plan", made: Mapping[Step, StepResult]
) -> set[str]:
    """Return the paths of a plan whose files are published as they were made."""
    return {
        path
        for path, step in plan.files.items()
        if step in made and is_published_as(places, manifest, step, made[step])
    }


def is_published_as(places: Places, manifest: Manifest, step: Step, made: StepResult) -> bool:
    """Whether the file of ``step`` is published as ``made``: by manifest, presence and size."""
    entry = manifest["files"].get(step.file, {})
    if entry.get("sha256") != made.blobs["file"]:
        return False
    try:
        return places.final(step.file).stat().st_size == made.sizes["file"]
    except OSError:
        return False
