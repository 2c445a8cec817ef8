"""Find the results that exist already: in the store, or as published files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..planning.plan_records import Plan
from ..recipe import StepResult, digest
from ..steps.step import Step, known_result
from ..store.store import Damaged, find, store_folder
from .manifest import Manifest, is_published_as, read_manifest
from .places import Places

LookUp = Callable[[Step, Mapping[Step, StepResult]], StepResult | None]


def known_steps(root: Path, plans: Sequence[Plan], damaged: Damaged | None = None) -> dict[Step, StepResult]:
    """Return the steps whose results exist already, with those results (``damaged``: see ``find``)."""
    look_up = look_up_in(root, plans, damaged)
    known: dict[Step, StepResult] = {}
    for plan in plans:
        for step in plan.steps.values():
            if step not in known and all(one in known for one in step.inputs):
                found = look_up(step, known)
                if found is not None:
                    known[step] = found
    return known


def look_up_in(root: Path, plans: Sequence[Plan], damaged: Damaged | None = None) -> LookUp:
    """Return a function that finds a step's result: in the store, or as a published file."""
    store = store_folder(root)
    published: dict[Step, tuple[Places, Manifest]] = {}
    for plan in plans:
        places = Places(root, plan.station.id)
        published |= dict.fromkeys(plan.files.values(), (places, read_manifest(places)))

    def look_up(step: Step, results: Mapping[Step, StepResult]) -> StepResult | None:
        known = known_result(step)
        if known is not None:
            return known
        found = find(store, digest(step.recipe(results)), damaged)
        if found is None or found.kept:
            return found
        places, manifest = published[step]
        return found if is_published_as(places, manifest, step, found) else None

    return look_up
