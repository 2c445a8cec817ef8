"""THE FLOW: start reading here. plan -> make -> publish.

Content becomes a plan of steps (``planning/plan.py``); steps that have no result yet are made
(``making/scheduler.py``, ``steps/``) and kept in the store; what a station publishes is swapped in whole
(``publishing/publication.py``). ``status`` walks the same plan and makes nothing.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from .content.project import read_project, stations_named
from .content.recordings import bind
from .errors import DamagedFileError, TruyenthanhError
from .explain.history import HistoryEntry, append_history, history_line, history_shown
from .explain.outcome import StationBuild
from .explain.status_reasons import (
    Pending,
    causes_of,
    held_back,
    pending_episodes,
    pending_files,
    pending_steps,
)
from .making.scheduler import make_steps
from .making.workers import Workers
from .messages import Message
from .model import Pacing
from .planning.plan import plan_stations
from .planning.plan_records import Plan
from .publishing.corrections import corrected_episodes
from .publishing.known_results import known_steps, look_up_in
from .publishing.manifest import current_files, manifest_bytes, manifest_of, note_damage, read_manifest
from .publishing.places import Places
from .publishing.publication import publish, publishing
from .recipe import StepResult
from .script.reading_cache import ReadingCache
from .steps.records import audio_file
from .steps.step import MakeContext, Step
from .store.atomic_files import sweep
from .store.store import (
    DamagedBlobError,
    drop_damaged,
    last_recipes,
    read_blob,
    remember_recipes,
    remember_words,
    store_folder,
)
from .system import reason_of

ATTEMPTS = 3  # the next attempt rebuilds what was found to be damaged


@dataclass(frozen=True, slots=True)
class BuildListener:
    """What a build calls to report what it does."""

    on_planned: Callable[[int], None]  # the number of steps to make, at most
    on_step_made: Callable[[Step], None]
    on_damage: Callable[[TruyenthanhError], None]
    on_waiting: Callable[[str], None]  # whose build of which station it waits for
    on_warning: Callable[[Message], None]  # about what goes on air nevertheless


def build(
    root: Path,
    stations: Sequence[str] | None,
    engine: str | None,
    workers: Workers,
    listener: BuildListener,
    as_of: date | None = None,
    *,
    wait: bool = True,
) -> tuple[StationBuild, ...]:
    """Make and publish what the stations broadcast (see ``stations_named``); return what changed.

    What is dated later than ``as_of`` is made but not shown; without ``wait``, a busy station is an error.
    Raises TruyenthanhError; the published files are then unchanged, and what was made is kept.
    """
    began_s, project, readings = time.monotonic(), read_project(root), ReadingCache(store_folder(root))
    wanted, voice = stations_named(project, stations), engine or project.default_engine
    places = [Places(root, station.id) for station in wanted]
    with ExitStack() as stack:
        for place in sorted(places, key=lambda place: place.station):  # one order, so no deadlock
            stack.enter_context(publishing(place, listener.on_waiting, wait=wait))
        plans = plan_stations(project, wanted, voice, as_of, readings)  # locked: it reads published files
        readings.save()
        _warn(plans, listener)
        built = _make_and_publish(BuildContext(root, project.pacing, workers, listener), plans, places)
        bind(root, {file: binding for plan in plans for file, binding in plan.bindings.items()})
        _log(places, built, time.monotonic() - began_s, listener)
        return built


def _warn(plans: Sequence[Plan], listener: BuildListener) -> None:
    for warning in dict.fromkeys(warning for plan in plans for warning in plan.warnings):
        listener.on_warning(warning)


def status(
    root: Path, stations: Sequence[str] | None, engine: str | None, as_of: date | None = None
) -> dict[str, tuple[Pending, ...]]:
    """Return, by station, the most that a build would make, and why; last, the published episodes that
    would change. Makes nothing."""
    project, readings = read_project(root), ReadingCache(store_folder(root))
    wanted, voice = stations_named(project, stations), engine or project.default_engine
    plans = plan_stations(project, wanted, voice, as_of, readings)
    known = known_steps(root, plans)
    pending = {}
    for plan in plans:
        places = Places(root, plan.station.id)
        manifest = read_manifest(places)
        current = current_files(places, manifest, plan, known)
        files = pending_files(plan, known, current, manifest["files"])
        steps = pending_steps(store_folder(root), plan, known)
        changed = pending_episodes(corrected_episodes(plan, manifest, known))
        pending[plan.station.id] = (*steps, *files, *changed, *held_back(plan))
    return pending


# ---------------------------------------------------------------- make


@dataclass(frozen=True, slots=True)
class BuildContext:
    """Where and how a build works: its project, its pacing of network requests, its workers."""

    root: Path
    pacing: Pacing
    workers: Workers
    listener: BuildListener


def _make(context: BuildContext, plans: Sequence[Plan], fresh: set[Step]) -> dict[Step, StepResult]:
    """Return the results of all steps; those that were actually made are added to ``fresh``."""
    root = context.root
    steps = dict.fromkeys(step for plan in plans for step in plan.steps.values())
    place_of = {step: Places(root, plan.station.id) for plan in plans for step in plan.files.values()}

    def context_of(step: Step) -> MakeContext:
        file = place_of[step].staged(step.path) if step.path else None
        return MakeContext(
            store_folder(root), root / step.reads if step.reads else None, file, context.pacing
        )

    def watch(step: Step) -> None:
        fresh.add(step)
        context.listener.on_step_made(step)

    known = known_steps(root, plans, context.listener.on_damage)
    context.listener.on_planned(len(steps) - len(known))
    look_up = look_up_in(root, plans, context.listener.on_damage)
    return make_steps(
        steps, known, look_up=look_up, context_of=context_of, workers=context.workers, watch=watch
    )


# ---------------------------------------------------------------- publish


def _make_and_publish(
    context: BuildContext, plans: Sequence[Plan], places: Sequence[Places]
) -> tuple[StationBuild, ...]:
    """Make what is missing and publish it; anything found damaged on the way is rebuilt."""
    fresh: set[Step] = set()
    temporary = store_folder(context.root) / "tmp"
    sweep(temporary)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            made = _make(context, plans, fresh)
            built = tuple(_publish(one, plan, made, fresh) for one, plan in zip(places, plans, strict=True))
            sweep(temporary)  # left by workers that outlived a killed build
            return built
        except (DamagedBlobError, DamagedFileError) as error:
            context.listener.on_damage(error)
            if attempt == ATTEMPTS:
                raise
            if isinstance(error, DamagedFileError):
                _note_damage(error, places)
            else:
                drop_damaged(store_folder(context.root), context.listener.on_damage)
    raise AssertionError("the last attempt returns or raises")


def _note_damage(error: DamagedFileError, places: Sequence[Places]) -> None:
    path = str(error.facts["file"])
    owner = next(place for place in places if place.owns_path(path))
    note_damage(owner, {path: str(error.facts["sha256"])})


def _publish(places: Places, plan: Plan, made: Mapping[Step, StepResult], fresh: set[Step]) -> StationBuild:
    """Swap in what changed, if anything did, and remember the recipes that made it."""
    store = store_folder(places.root)
    old = read_manifest(places)
    new = manifest_of(plan, made)
    changed = set(plan.files) - current_files(places, old, plan, made)
    removed = set(old["files"]) - set(new["files"])
    if changed or new != old:
        texts = {path: made[plan.files[path]] for path in changed if made[plan.files[path]].kept}
        publish(places, new, {path: read_blob(store, one.blobs["file"]) for path, one in texts.items()})
    mine = frozenset(step for step in plan.steps.values() if step in fresh)
    causes = causes_of(store, plan, made, mine) if changed else ()
    recipes = {name: made[step].recipe for name, step in plan.steps.items()}
    if recipes != last_recipes(store, plan.station.id):
        remember_recipes(store, plan.station.id, recipes)
        remember_words(store, plan.station.id, plan.words)
    audio = {
        step: audio_file(name, step.file, made[step])
        for planned in plan.episodes
        for name, step in planned.audio.items()
    }
    fresh -= mine  # steps shared with the next station are counted for this one
    corrected = corrected_episodes(plan, old, made)
    manifest = sha256(manifest_bytes(new)).hexdigest()
    return StationBuild(
        plan, audio, mine, frozenset(changed), frozenset(removed), corrected, causes, manifest
    )


def _log(
    places: Sequence[Places], built: Sequence[StationBuild], seconds: float, listener: BuildListener
) -> None:
    """Add a line to the history of every station that changed; failing to do so does not fail the build."""
    for place, one in zip(places, built, strict=True):
        if one.changed or one.removed:
            done = HistoryEntry(one.made, one.changed, one.removed, one.causes, seconds)
            try:
                append_history(place, history_line(one.plan, done, datetime.now().astimezone()))
            except OSError as error:
                facts = {"file": history_shown(place), "reason": reason_of(error)}
                listener.on_warning(Message("history.refused", facts))
