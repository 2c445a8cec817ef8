"""Which results are there already: in the store, or as files that stand published."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ..approval import approved_version as standing
from ..planning.plan_records import Plan
from ..recipe import Step, StepResult
from ..store.store import Damaged, find, recipe_digest, store_folder
from .manifest import Manifest, is_published_as, read_manifest
from .places import Places


def known_steps(root: Path, plans: Sequence[Plan], damaged: Damaged | None = None) -> dict[Step, StepResult]:
    """Return the steps whose results are there already, with these results (``damaged``: see ``find``)."""
    look_up = look_up_in(root, plans, damaged)
    known: dict[Step, StepResult] = {}
    for plan in plans:
        for step in plan.steps.values():
            if step not in known and all(one in known for one in step.inputs):
                found = look_up(step, [known[one] for one in step.inputs])
                if found is not None:
                    known[step] = found
    return known


def look_up_in(
    root: Path, plans: Sequence[Plan], damaged: Damaged | None = None
) -> Callable[[Step, list[StepResult]], StepResult | None]:
    """Return a function that finds a step's result: in the store, or as the file that stands published."""
    store = store_folder(root)
    published: dict[Step, tuple[Places, Manifest]] = {}
    for plan in plans:
        places = Places(root, plan.station.id)
        published |= dict.fromkeys(plan.files.values(), (places, read_manifest(places)))

    def look_up(step: Step, inputs: list[StepResult]) -> StepResult | None:
        if step.kind == standing.KIND:
            return standing.result(step)
        found = find(store, recipe_digest(step, inputs), damaged)
        if found is None or found.kept:
            return found
        places, manifest = published[step]
        return found if is_published_as(places, manifest, step, found) else None

    return look_up
