"""Plan approved versions: the records kept of them, those that stay on air, and comparisons with drafts."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..approval.approved_version import ApprovedVersion, record_path, words_digest
from ..approval.decision import OnAirDecision, comparison_path, versions_of
from ..feed.entries import PREVIEW_MASTER
from ..recipe import digested
from ..steps.approved import APPROVED, ApprovedInputs, ApprovedRecordSettings, ApprovedSettings
from ..steps.approved_file import APPROVED_FILE, ApprovedFileSettings
from ..steps.comparison import COMPARISON, ComparisonSettings
from ..steps.step import NO_INPUTS, Step
from ..store.atomic_files import file_sha256
from .context import PlanContext
from .files import text_paths
from .plan_records import EpisodePlan, said_in


def plan_approved_version(context: PlanContext, one: ApprovedVersion) -> EpisodePlan:
    """Plan an approved version that stays on air unchanged, with all its files."""
    name, root = one.episode.id, context.project.root
    sections = tuple(
        context.add(f"{name}/standing/{number:02d}", _section_as_it_is(figures))
        for number, figures in enumerate(one.sections, 1)
    )
    files = {path: context.add_file(_file_as_it_is(path, entry)) for path, entry in one.files.items()}
    context.add_file(_record_as_it_is(root, record_path(context.station.id, name)))
    audio = {master: files[path] for master, path in one.audio.items()}
    heard = frozenset(one.heard)
    return EpisodePlan(one.episode, sections, audio, one.is_omnibus, heard, one.mistakes, "standing")


def _section_as_it_is(figures: Mapping[str, Any]) -> Step:
    """Return the step of a section that is needed only for its layout."""
    return APPROVED_FILE.step(ApprovedFileSettings(figures), NO_INPUTS)


def _file_as_it_is(path: str, entry: Mapping[str, Any]) -> Step:
    """Return the step of a file that stays; ``entry`` is its entry in the manifest."""
    figures = {name: value for name, value in entry.items() if name not in ("sha256", "bytes")}
    settings = ApprovedFileSettings(figures, entry["sha256"], entry["bytes"])
    return APPROVED_FILE.step(settings, NO_INPUTS, path)


def _record_as_it_is(root: Path, path: str) -> Step:
    """Return the step of a record that stays."""
    entry = {"sha256": file_sha256(root / path), "bytes": (root / path).stat().st_size}
    return _file_as_it_is(path, entry)


def plan_held_back(context: PlanContext, episodes: Sequence[EpisodePlan], decision: OnAirDecision) -> None:
    """Plan the records of approved versions, and the pages that compare drafts with them."""
    if context.station.approvals is None:
        return
    before = {one.episode.id: one for one in decision.approved}
    for one in episodes:
        if one.state == "current":
            _record(context, one)
        else:
            _comparison(context, one, before.get(one.episode.id))


def _record(context: PlanContext, planned: EpisodePlan) -> None:
    """Plan the record that lets an approved version stay on air later."""
    episode, series = planned.episode, context.series
    texts = text_paths(context.station, episode.id)
    about = ApprovedRecordSettings(
        text=words_digest(episode),
        audio={master: step.file for master, step in planned.audio.items()},
        texts=texts,
        said=said_in(planned, context.engine.name),
        is_omnibus=planned.is_omnibus,
        heard=tuple(sorted(planned.heard & {"clip", "recording"})),
        mistakes=planned.mistakes,
        revisions=tuple(one for one in series.revisions if f"{series.id}-{one.episode}" == episode.id),
    )
    settings = ApprovedSettings(digested(episode), digested(about))
    named = tuple(context.named[path] for path in texts)
    inputs = ApprovedInputs(planned.sections, planned.audio, named)
    context.add_file(APPROVED.step(settings, inputs, record_path(context.station.id, episode.id)))


def _comparison(context: PlanContext, draft: EpisodePlan, before: ApprovedVersion | None) -> None:
    sound = draft.audio[PREVIEW_MASTER].file
    versions = versions_of(draft.episode, sound, before, context.series)
    settings = ComparisonSettings(digested(versions), context.station.name)
    path = comparison_path(context.station, draft.episode.id)
    context.add_file(COMPARISON.step(settings, NO_INPUTS, path))
