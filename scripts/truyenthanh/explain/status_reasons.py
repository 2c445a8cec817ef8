"""Why a step would be made: how its recipe differs from that of the last build."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..planning.plan_records import Plan
from ..publishing.corrections import Corrected
from ..recipe import Digested, StepResult, canonical, digest
from ..steps.step import MADE_BY, Step
from ..store.store import last_recipes, last_words, recorded_recipe


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs; ``old`` and ``new`` are short enough to show."""

    setting: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that may have to be made, or an episode that differs from the one listeners know.

    ``why`` of a step is ``new``, ``changed`` (see ``changes``), ``inputs`` (their results changed),
    ``lost`` (the same recipe, but its result is missing), ``follows`` (it depends on all ``causes``),
    ``unpublished`` (made, but its file must be rewritten) or ``obsolete`` (a file that will be removed).

    ``why`` of an ``episode`` is ``corrected`` (listeners are told), ``untold_text`` or ``untold_sound`` (they
    are not); if it may not go on air, ``held_…`` (why not) and ``air_…`` (what is on air in its place), as in
    ``decision.HeldBack``, and ``causes`` is the damaged file.
    """

    name: str
    kind: str
    why: str
    changes: tuple[Change, ...] = ()
    causes: tuple[str, ...] = ()


def pending_files(
    plan: Plan, known: Mapping[Step, StepResult], current: Collection[str], manifest_files: Collection[str]
) -> tuple[Pending, ...]:
    """Return the files whose steps are known but that are not published, and those to be removed."""
    files = plan.files
    missing = [path for path, step in files.items() if step in known and path not in current]
    obsolete = sorted(set(manifest_files) - set(files))
    return (
        *(Pending(path, files[path].kind.name, "unpublished") for path in missing),
        *(Pending(path, "file", "obsolete") for path in obsolete),
    )


def pending_episodes(corrected: Sequence[Corrected]) -> tuple[Pending, ...]:
    """Return the published episodes that have changed, and whether listeners are told."""
    return tuple(
        Pending(one.episode, "episode", "corrected" if one.is_told else f"untold_{one.how}")
        for one in corrected
    )


def held_back(plan: Plan) -> tuple[Pending, ...]:
    """Return the episodes that may not go on air as they are now, and what is on air in their place."""
    return (
        *(Pending(one.episode, "episode", f"held_{one.why}") for one in plan.held_back),
        *(
            Pending(one.episode, "episode", f"air_{one.on_air}", causes=(one.file,) if one.file else ())
            for one in plan.held_back
            if one.why != "new"
        ),
    )


def pending_steps(store: Path, plan: Plan, known: Mapping[Step, StepResult]) -> tuple[Pending, ...]:
    """Return the steps of a plan that are not known, each once, with the reason."""
    last, before, now = last_recipes(store, plan.station.id), last_words(store, plan.station.id), plan.words
    causes: dict[Step, tuple[str, ...]] = {}
    found = []
    for name, step in _first_names(plan).items():
        if step in known:
            continue
        behind = [causes[one] for one in step.inputs if one not in known]
        causes[step] = tuple(dict.fromkeys(name for names in behind for name in names)) or (name,)
        if behind:
            found.append(Pending(name, step.kind.name, "follows", causes=causes[step]))
        else:
            written = (before.get(name), now.get(name))
            found.append(_pending(store, name, step, known, last.get(name), written))
    return tuple(found)


def _first_names(plan: Plan) -> dict[str, Step]:
    """Return every step under its first name, in the plan's order."""
    names: dict[Step, str] = {}
    for name, step in plan.steps.items():
        names.setdefault(step, name)
    return {name: step for step, name in names.items()}


def causes_of(
    store: Path, plan: Plan, made: Mapping[Step, StepResult], fresh: Collection[Step]
) -> tuple[Pending, ...]:
    """Return the steps of a finished plan whose result changed since the last build, or that were rebuilt,
    for a reason of their own.

    Left out are steps whose inputs changed, and steps that were only renamed because something was inserted
    before them. Call this before the recipes of this build are remembered.
    """
    last, before, now = last_recipes(store, plan.station.id), last_words(store, plan.station.id), plan.words
    recipes = set(last.values())
    found = (
        _pending(store, name, step, made, last.get(name), (before.get(name), now.get(name)))
        for name, step in _first_names(plan).items()
        if step in fresh
        or (last.get(name) != made[step].recipe and (name in last or made[step].recipe not in recipes))
    )
    return tuple(one for one in found if one.why != "inputs")


def _pending(
    store: Path,
    name: str,
    step: Step,
    known: Mapping[Step, StepResult],
    last: str | None,
    written: tuple[str | None, str | None],
) -> Pending:
    recipe = step.recipe(known)
    if last is None:
        return Pending(name, step.kind.name, "new")
    if last == digest(recipe):
        return Pending(name, step.kind.name, "lost")
    old = recorded_recipe(store, last)
    if old is None:
        return Pending(name, step.kind.name, "new")
    changes = _changes(_settings(old), _settings(json.loads(canonical(recipe))), step)
    changes = tuple(_told_apart(change, *written) for change in changes)
    return Pending(name, step.kind.name, "changed" if changes else "inputs", changes)


def _settings(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a recipe says besides its inputs; older ones held code and libraries in their settings."""
    return {**recipe["settings"], **{name: recipe[name] for name in MADE_BY if name in recipe}}


def _told_apart(change: Change, before: str | None, now: str | None) -> Change:
    """Return a change of what is said as a change of the text or, if that is the same, of its reading."""
    if change.setting != "clauses" or before is None or now is None:
        return change
    return replace(change, setting="reading") if before == now else Change("written", before, now)


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], step: Step) -> tuple[Change, ...]:
    """Return the settings that differ; for a record only its fields that differ, and never digests."""
    changes = []
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if before == after or (key == "recipe" and old.get("voice") != new.get("voice")):
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            differing = {name for name in {*before, *after} if before.get(name) != after.get(name)}
            before, after = ({name: one.get(name) for name in sorted(differing)} for one in (before, after))
        is_digested = isinstance(getattr(step.settings, key, None), Digested) or key == "episodes"
        changes.append(Change(key, "", "") if is_digested else Change(key, _shown(before), _shown(after)))
    return tuple(changes)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_shown(item)}" for name, item in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(_shown(item) for item in value)
    return value if isinstance(value, str) else canonical(value)
