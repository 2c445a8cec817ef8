"""Why a step would be made: what differs between its recipe and the one it had in the last build."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .plan import Plan
from .recipe import Made, Step, canonical, digest
from .store import last_recipes, recorded_recipe


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs; ``old`` and ``new`` are short enough to show."""

    setting: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that would at most be made.

    ``why`` is ``new``, ``changed`` (see ``changes``), ``inputs`` (they gave something else), ``lost``
    (the same recipe, but its result is not there) or ``follows`` (it needs ``after``).
    """

    name: str
    kind: str
    why: str
    changes: tuple[Change, ...] = ()
    after: str | None = None


def pending_steps(store: Path, plan: Plan, known: Mapping[Step, Made]) -> tuple[Pending, ...]:
    """Return the steps of a plan that are not known, each once, with the reason."""
    last = last_recipes(store, plan.station.id)
    names: dict[Step, str] = {}
    for name, step in plan.steps.items():
        names.setdefault(step, name)
    return tuple(
        _pending(store, name, step, known, names, last.get(name))
        for step, name in names.items()
        if step not in known
    )


def _pending(
    store: Path,
    name: str,
    step: Step,
    known: Mapping[Step, Made],
    names: Mapping[Step, str],
    last: str | None,
) -> Pending:
    unknown = [one for one in step.inputs if one not in known]
    if unknown:
        return Pending(name, step.kind, "follows", after=names[unknown[0]])
    recipe = step.recipe([known[one] for one in step.inputs])
    if last is None:
        return Pending(name, step.kind, "new")
    if last == digest(recipe):
        return Pending(name, step.kind, "lost")
    old = recorded_recipe(store, last)
    if old is None:
        return Pending(name, step.kind, "new")
    changes = _changes(old["settings"], json.loads(canonical(recipe))["settings"])
    return Pending(name, step.kind, "changed" if changes else "inputs", changes)


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    keys = sorted({*old, *new})
    return tuple(
        Change(key, _shown(old.get(key)), _shown(new.get(key)))
        for key in keys
        if old.get(key) != new.get(key)
    )


def _shown(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(_shown(item) for item in value)
    return value if isinstance(value, str) else canonical(value)
