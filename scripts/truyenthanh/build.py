"""THE FLOW: start reading here. plan -> make -> publish.

Content becomes a plan of steps (``plan.py``); steps that nothing has made yet are made
(``make.py``, ``makers.py``) and kept in the store; what a station publishes is swapped in whole
(``publication.py``). ``status`` walks the same plan and makes nothing.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from . import standing
from .content import read_project
from .corrections import Corrected, corrected_episodes
from .crew import Crew
from .disk import sweep
from .errors import ContentError, DamagedFileError, TruyenthanhError
from .history import Done, append_history, history_line, history_shown
from .make import make_steps
from .makers import Bench, audio_file
from .messages import Message
from .model import AudioFile, Pacing, Project, Station
from .plan import plan_stations
from .planned import Plan
from .publication import (
    Manifest,
    Places,
    current_files,
    is_current,
    manifest_bytes,
    manifest_of,
    note_damage,
    publish,
    publishing,
    read_manifest,
)
from .readings import Readings
from .reasons import Pending, causes_of, held_back, pending_episodes, pending_files, pending_steps
from .recipe import Made, Step
from .recordings import bind
from .store import (
    Damaged,
    DamagedBlobError,
    drop_damaged,
    find,
    last_recipes,
    read_blob,
    recipe_digest,
    remember_recipes,
    remember_words,
    store_folder,
)
from .system import reason_of

ATTEMPTS = 3  # what is found to be damaged is made again by the next attempt


@dataclass(frozen=True, slots=True)
class Watcher:
    """Whom a build tells what it does."""

    planned: Callable[[int], None]  # how many steps are to be made, at most
    made: Callable[[Step], None]
    damaged: Callable[[TruyenthanhError], None]
    waiting: Callable[[str], None]  # for whose build of which station
    warned: Callable[[Message], None]  # of what goes on air all the same


@dataclass(frozen=True, slots=True)
class Built:
    """What a station publishes now, which steps were made for it, and which files changed or went."""

    plan: Plan
    audio: Mapping[Step, AudioFile]
    made: frozenset[Step]
    changed: frozenset[str]
    removed: frozenset[str]
    corrected: tuple[Corrected, ...]  # that had been published otherwise
    causes: tuple[Pending, ...]  # why what changed did
    manifest: str  # sha256


def build(
    root: Path,
    stations: Sequence[str] | None,
    engine: str | None,
    crew: Crew,
    watcher: Watcher,
    as_of: date | None = None,
    *,
    wait: bool = True,
) -> tuple[Built, ...]:
    """Make and publish what the stations broadcast (see ``chosen``); return what that was.

    What is later than ``as_of`` is made but not shown; without ``wait``, a busy station is an error. Raises
    TruyenthanhError; what stood published still stands then, and what was made is kept.
    """
    began_s, project, readings = time.monotonic(), read_project(root), Readings(store_folder(root))
    wanted, voice = chosen(project, stations), engine or project.default_engine
    places = [Places(root, station.id) for station in wanted]
    with ExitStack() as stack:
        for place in sorted(places, key=lambda place: place.station):  # one order, so no deadlock
            stack.enter_context(publishing(place, watcher.waiting, wait=wait))
        plans = plan_stations(project, wanted, voice, as_of, readings)  # what stands published is in them
        readings.save()
        _warn(plans, watcher)
        built = _make_and_publish(Workshop(root, project.pacing, crew, watcher), plans, places)
        bind(root, {file: binding for plan in plans for file, binding in plan.bindings.items()})
        _log(places, built, time.monotonic() - began_s, watcher)
        return built


def _warn(plans: Sequence[Plan], watcher: Watcher) -> None:
    for warning in dict.fromkeys(warning for plan in plans for warning in plan.warnings):
        watcher.warned(warning)


def status(
    root: Path, stations: Sequence[str] | None, engine: str | None, as_of: date | None = None
) -> dict[str, tuple[Pending, ...]]:
    """Return, by station, what a build would at most make, and why; last, which episodes were published
    otherwise. Makes nothing."""
    project, readings = read_project(root), Readings(store_folder(root))
    wanted, voice = chosen(project, stations), engine or project.default_engine
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


def chosen(project: Project, names: Sequence[str] | None) -> list[Station]:
    """Return the stations of these names: none named is the project's own choice, None all there are.

    Raises ContentError for a name that no station has.
    """
    known = project.stations
    for name in names or ():
        if name not in known:
            raise ContentError("content.no_station", name=name, known=", ".join(known))
    wanted = known if names is None else names or [project.default_station]
    return [known[name] for name in dict.fromkeys(wanted)]


# ---------------------------------------------------------------- make


def known_steps(root: Path, plans: Sequence[Plan], damaged: Damaged | None = None) -> dict[Step, Made]:
    """Return the steps whose results are there already, with these results (``damaged``: see ``find``)."""
    look_up = _looking_up(root, plans, damaged)
    known: dict[Step, Made] = {}
    for plan in plans:
        for step in plan.steps.values():
            if step not in known and all(one in known for one in step.inputs):
                found = look_up(step, [known[one] for one in step.inputs])
                if found is not None:
                    known[step] = found
    return known


def _looking_up(
    root: Path, plans: Sequence[Plan], damaged: Damaged | None = None
) -> Callable[[Step, list[Made]], Made | None]:
    """Return a function that finds a step's result: in the store, or as the file that stands published."""
    store = store_folder(root)
    published: dict[Step, tuple[Places, Manifest]] = {}
    for plan in plans:
        places = Places(root, plan.station.id)
        published |= dict.fromkeys(plan.files.values(), (places, read_manifest(places)))

    def look_up(step: Step, inputs: list[Made]) -> Made | None:
        if step.kind == standing.KIND:
            return standing.result(step)
        found = find(store, recipe_digest(step, inputs), damaged)
        if found is None or found.kept:
            return found
        places, manifest = published[step]
        return found if is_current(places, manifest, step, found) else None

    return look_up


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where and how a build works: its project, how the network is asked, who does the work."""

    root: Path
    pacing: Pacing
    crew: Crew
    watcher: Watcher


def _make(shop: Workshop, plans: Sequence[Plan], fresh: set[Step]) -> dict[Step, Made]:
    """Return the results of all steps; those that were really made are added to ``fresh``."""
    root = shop.root
    steps = dict.fromkeys(step for plan in plans for step in plan.steps.values())
    place_of = {step: Places(root, plan.station.id) for plan in plans for step in plan.files.values()}

    def bench_of(step: Step) -> Bench:
        file = place_of[step].staged(step.path) if step.path else None
        return Bench(store_folder(root), root / step.reads if step.reads else None, file, shop.pacing)

    def watch(step: Step) -> None:
        fresh.add(step)
        shop.watcher.made(step)

    known = known_steps(root, plans, shop.watcher.damaged)
    shop.watcher.planned(len(steps) - len(known))
    look_up = _looking_up(root, plans, shop.watcher.damaged)
    return make_steps(steps, known, look_up=look_up, bench_of=bench_of, crew=shop.crew, watch=watch)


# ---------------------------------------------------------------- publish


def _make_and_publish(shop: Workshop, plans: Sequence[Plan], places: Sequence[Places]) -> tuple[Built, ...]:
    """Make what is missing and publish it; what turns out to be damaged on the way is made again."""
    fresh: set[Step] = set()
    temporary = store_folder(shop.root) / "tmp"
    sweep(temporary)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            made = _make(shop, plans, fresh)
            built = tuple(_publish(one, plan, made, fresh) for one, plan in zip(places, plans, strict=True))
            sweep(temporary)  # what a killed build's workers still held when this one began
            return built
        except (DamagedBlobError, DamagedFileError) as error:
            shop.watcher.damaged(error)
            if attempt == ATTEMPTS:
                raise
            if isinstance(error, DamagedFileError):
                _note_damage(error, places)
            else:
                drop_damaged(store_folder(shop.root), shop.watcher.damaged)
    raise AssertionError("the last attempt returns or raises")


def _note_damage(error: DamagedFileError, places: Sequence[Places]) -> None:
    path = str(error.facts["file"])
    owner = next(place for place in places if place.holds(path))
    note_damage(owner, {path: str(error.facts["sha256"])})


def _publish(places: Places, plan: Plan, made: Mapping[Step, Made], fresh: set[Step]) -> Built:
    """Swap in what changed, if anything did, and remember the recipes it was made by."""
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
        step: audio_file(name, step.path or "", made[step])
        for planned in plan.episodes
        for name, step in planned.audio.items()
    }
    fresh -= mine  # what the next station shares was made for this one
    corrected = corrected_episodes(plan, old, made)
    manifest = sha256(manifest_bytes(new)).hexdigest()
    return Built(plan, audio, mine, frozenset(changed), frozenset(removed), corrected, causes, manifest)


def _log(places: Sequence[Places], built: Sequence[Built], seconds: float, watcher: Watcher) -> None:
    """Add a line to the history of every station where anything changed; a build counts without it too."""
    for place, one in zip(places, built, strict=True):
        if one.changed or one.removed:
            done = Done(one.made, one.changed, one.removed, one.causes, seconds)
            try:
                append_history(place, history_line(one.plan, done, datetime.now().astimezone()))
            except OSError as error:
                facts = {"file": history_shown(place), "reason": reason_of(error)}
                watcher.warned(Message("history.refused", facts))
