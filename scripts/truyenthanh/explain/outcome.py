"""What a build reports about a station, as a plain record that can be saved."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from ..messages import Message
from ..store.plain_records import from_plain

if TYPE_CHECKING:  # a no-op build loads none of it
    from ..model import AudioFile
    from ..planning.plan_records import EpisodePlan, Plan
    from ..publishing.corrections import Corrected
    from ..steps.step import Step
    from .status_reasons import Pending

SELF_CONTAINED = ("espeak", "gtts")  # a neural engine's voices are elsewhere on the machine
COUNTED = ("clip", "recording", "passage", "master")


@dataclass(frozen=True, slots=True)
class StationBuild:
    """What a station publishes now, which steps were made for it, and which files changed or were removed."""

    plan: "Plan"
    audio: "Mapping[Step, AudioFile]"
    made: "frozenset[Step]"
    changed: frozenset[str]
    removed: frozenset[str]
    corrected: "tuple[Corrected, ...]"  # published before, and changed now
    causes: "tuple[Pending, ...]"  # why something changed
    manifest: str  # sha256


@dataclass(frozen=True, slots=True)
class EpisodeSummary:
    """An episode: its length, its level in each master's own measure, its highest true peak in dBTP."""

    id: str
    published: str  # ISO 8601
    is_listed: bool
    is_draft: bool
    seconds: float
    levels: tuple[float, ...]
    peak_dbtp: float
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """A station: its episodes, how many of the steps of each kind were made, and what to look at."""

    station: str
    name: str
    engine: str
    series: str
    masters: tuple[tuple[str, str], ...]  # each with its measure, "lufs" or "rms"
    episodes: tuple[EpisodeSummary, ...]
    counts: Mapping[str, tuple[int, int]]
    changed: int  # files
    removed: int
    bound: tuple[str, ...]  # recordings
    doubtful: tuple[str, ...]  # files whose verdict is not good
    untold: tuple[tuple[str, str], ...]  # what changed ("text" or "sound"), and the episode
    held_back: tuple[tuple[str, str, str], ...]  # why (``status_reasons.held_back``), episode, damaged file
    unsure: tuple[str, ...]  # tokens that a last-resort rule read
    warnings: tuple[Message, ...]
    manifest: str  # sha256
    is_repeatable: bool  # it depends only on content, program and what was asked for


def summary_of(built: "StationBuild") -> BuildSummary:
    """Return what a build reports about a station."""
    from ..mixing.profiles import MASTERS
    from .status_reasons import held_back

    plan = built.plan
    steps = Counter(step.kind.name for step in set(plan.steps.values()))
    fresh = Counter(step.kind.name for step in built.made)
    listed = {planned.episode.id for planned in plan.listed}
    return BuildSummary(
        station=plan.station.id,
        name=plan.station.name,
        engine=plan.engine,
        series=plan.station.series,
        masters=tuple((name, MASTERS[name].measure) for name in plan.station.masters),
        episodes=tuple(_episode(built, planned, planned.episode.id in listed) for planned in plan.episodes),
        counts={kind: (fresh[kind], steps[kind]) for kind in COUNTED if steps[kind]},
        changed=len(built.changed),
        removed=len(built.removed),
        bound=tuple(plan.bindings),
        doubtful=tuple(file.path for file in built.audio.values() if file.verdict != "pass"),
        untold=tuple((one.how, one.episode) for one in built.corrected if not one.is_told),
        held_back=tuple((one.why, one.name, "".join(one.causes)) for one in held_back(plan)),
        unsure=_unsure(plan.episodes),
        warnings=plan.warnings,
        manifest=built.manifest,
        # approved versions that stay on air are read from the publication
        is_repeatable=plan.engine in SELF_CONTAINED and not plan.standing,
    )


def _episode(built: "StationBuild", planned: "EpisodePlan", is_listed: bool) -> EpisodeSummary:
    files = [built.audio[step] for step in planned.audio.values()]
    return EpisodeSummary(
        id=planned.episode.id,
        published=planned.episode.published.isoformat(),
        is_listed=is_listed,
        is_draft=planned.state == "draft",
        seconds=files[0].seconds,
        levels=tuple(map(_level, files)),
        peak_dbtp=max(file.true_peak_dbtp for file in files),
        is_fresh=any(file.path in built.changed for file in files),
    )


def _level(file: "AudioFile") -> float:
    """Return the level by which the file's master is set."""
    from ..mixing.profiles import MASTERS

    return file.rms_dbfs if MASTERS[file.master].measure == "rms" else file.integrated_lufs


def _unsure(episodes: "tuple[EpisodePlan, ...]") -> tuple[str, ...]:
    said = (one for planned in episodes for one in planned.episode.utterances)
    return tuple(dict.fromkeys(token for one in said for token in one.unknown))


# ---------------------------------------------------------------- saved


def again(outcome: BuildSummary) -> BuildSummary:
    """Return what the next build would report if it finds nothing to do."""
    return replace(
        outcome,
        episodes=tuple(replace(one, is_fresh=False) for one in outcome.episodes),
        counts={kind: (0, total) for kind, (_, total) in outcome.counts.items()},
        changed=0,
        removed=0,
        bound=(),
        untold=(),
    )


def to_json(outcome: BuildSummary) -> dict[str, Any]:
    """Return a summary as JSON values."""
    return asdict(outcome)


def from_json(data: Mapping[str, Any]) -> BuildSummary:
    """Return the summary that ``to_json`` wrote. Raises ValueError."""
    return from_plain(BuildSummary, data)
