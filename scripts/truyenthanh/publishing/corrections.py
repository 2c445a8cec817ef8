"""Find which published episodes changed since the last publication, and whether listeners are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..planning.plan_records import EpisodePlan, Plan
from ..recipe import StepResult, canonical
from ..steps.step import Step

MASTER = "podcast"  # what subscribers have heard


@dataclass(frozen=True, slots=True)
class Corrected:
    """A changed episode that listeners may already have heard.

    ``how`` is ``text`` or ``sound``; listeners are told if its series has a revision entry that the last
    publication did not have.
    """

    episode: str
    how: str
    is_told: bool


def corrected_episodes(
    plan: Plan, manifest: Mapping[str, Any], known: Mapping[Step, StepResult]
) -> tuple[Corrected, ...]:
    """Return the published episodes of a plan that have changed since ``manifest`` was published."""
    told = manifest.get("revisions")
    before = told if isinstance(told, dict) else {}
    found = []
    for planned in (one for one in plan.listed if one.state == "current"):
        how = _how(plan, planned, manifest, known)
        if how is not None:
            name = planned.episode.id
            is_told = plan.revisions.get(name, []) != before.get(name, [])
            found.append(Corrected(name, how, is_told))
    return tuple(found)


def _how(
    plan: Plan, planned: EpisodePlan, manifest: Mapping[str, Any], known: Mapping[Step, StepResult]
) -> str | None:
    """Return what changed in an episode; None if nothing did, or if it is not published yet."""
    step = planned.audio[MASTER]
    entry = manifest["files"].get(step.path)
    if entry is None:
        return None
    if entry.get("text") != planned.text:
        return "text"
    mastered = step.inputs[: len(planned.passages)]
    if all(one in known for one in mastered):
        changed = entry.get("sections") != [known[one].blobs["audio"] for one in mastered]
        return "sound" if changed else None
    voices = canonical(manifest.get("voices")) != canonical(plan.voices)
    return "sound" if voices or manifest.get("engine") != plan.engine else None
