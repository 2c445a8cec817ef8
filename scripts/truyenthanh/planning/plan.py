"""Content becomes a tree of steps with recipes. Nothing is made here: build, status and why all use this.

::

    sound, clip ──> passage ──> master (one per master) ──> audio ──> pack ──┐
    (passages.py)      └──> section ──> captions, text, chapters             ├──> feed, a page per
    cover ──> thumbnail ─────────────────────────────────────────────────────┘    episode, index (pages.py)

The kinds of steps are listed in ``steps/kinds.py``. What two stations have in common is one step.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..approval.decision import decide_on_air, draft_path, marked, on_air
from ..content.recordings import RecordingAssignments
from ..feed.shownotes import corrections
from ..mixing.profiles import Master
from ..model import Binding, Episode, Project, Series, Station
from ..recipe import Digested, digested
from ..script.episodes import write_episodes
from ..script.reading_cache import ReadingCache
from ..steps.audio import AUDIO, AudioInputs, AudioSettings
from ..steps.step import Step, Steps
from .approved import plan_approved_version, plan_held_back
from .choices import cautions, engine_named, masters_of, voices_of
from .context import PlanContext
from .files import plan_cover, plan_texts
from .pages import mistakes_in, plan_feed, plan_pages, sources_of_speech
from .passages import mastered_passages, section_of
from .plan_records import EpisodePlan, Plan, State


def plan_stations(
    project: Project,
    stations: Sequence[Station],
    engine_name: str,
    as_of: date | None = None,
    readings: ReadingCache | None = None,
) -> tuple[Plan, ...]:
    """Return the plans of the stations; feed and pages leave out what is dated later than ``as_of``.

    ``readings`` holds what was read before; new readings are added to it.

    Raises ContentError if content asks for something that does not exist.
    """
    readings = readings or ReadingCache()
    shared, bindings = Steps(readings.code), dict[str, Binding]()
    engine = engine_named(engine_name)
    plans = []
    for station in stations:
        recordings = RecordingAssignments(project.root, station, bindings)
        voices = voices_of(station, engine, project)
        context = PlanContext(project, station, engine, voices, shared, {}, recordings)
        plans.append(_plan(context, write_episodes(project, station, readings), as_of))
    return tuple(plans)


def _plan(context: PlanContext, episodes: Sequence[Episode], as_of: date | None) -> Plan:
    project, station, engine = context.project, context.station, context.engine
    masters = masters_of(station)
    decision = decide_on_air(project.root, station, episodes)
    cover = plan_cover(context)
    sections = {section.id: section for episode in episodes for section in episode.sections}
    laid_out = {name: section_of(context, section) for name, section in sections.items()}
    planned = tuple(
        _episode(context, episode, laid_out, masters, cover, is_draft=episode.id in decision.drafts)
        for episode in episodes
    )
    approved = tuple(plan_approved_version(context, one) for one in decision.approved)
    plan_held_back(context, planned, decision)
    series = on_air(context.series, decision)
    listed = _listed((*planned, *approved), as_of)
    plan_pages(context, listed, series, cover)
    plan_feed(context, listed, series, cover)
    context.recordings.finish()
    files = {recording.file for recording in station.recordings.values()}
    bindings = context.recordings.bindings
    return Plan(
        station=station,
        engine=engine.name,
        voices=context.voices,
        episodes=planned,
        listed=listed,
        revisions=_revisions(series),
        notes=_notes(series, listed),
        steps=context.named,
        warnings=(*cautions(engine, context.voices.values()), *context.recordings.warnings),
        bindings={file: binding for file, binding in bindings.items() if file in files},
        standing=approved,
        held_back=decision.held_back,
    )


def _notes(series: Series, listed: Sequence[EpisodePlan]) -> dict[str, tuple[str, ...]]:
    told = {one.episode.id: corrections(series, one.episode.id) for one in listed}
    return {episode: notes for episode, notes in told.items() if notes}


def _listed(episodes: Iterable[EpisodePlan], as_of: date | None) -> tuple[EpisodePlan, ...]:
    """Return what feed and pages show, in order: no drafts, nothing dated later than ``as_of``."""
    shown = (one for one in episodes if one.state != "draft")
    due = [one for one in shown if as_of is None or one.episode.published.date() <= as_of]
    return tuple(sorted(due, key=lambda one: one.episode.number))


def _revisions(series: Series) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for revision in series.revisions:
        told.setdefault(f"{series.id}-{revision.episode}", []).append(revision.date.isoformat())
    return told


# ---------------------------------------------------------------- episodes


def _episode(
    context: PlanContext,
    episode: Episode,
    laid_out: Mapping[str, Step],
    masters: Sequence[Master],
    cover: Step,
    *,
    is_draft: bool,
) -> EpisodePlan:
    record = digested(marked(episode) if is_draft else episode)
    sections = tuple(laid_out[section.id] for section in episode.sections)
    audio = {}
    for master in masters:
        path = f"audio/{context.station.id}/{master.name}/{episode.id}-{master.suffix}.{master.extension}"
        path = draft_path(context.station, episode, master) if is_draft else path
        inputs = _audio_inputs(context, episode, sections, master, cover)
        settings = _audio_settings(context, record, master, sections)
        audio[master.name] = context.add_file(AUDIO.step(settings, inputs, path))
    if not is_draft:
        plan_texts(context, record, sections)
    mistakes = mistakes_in(episode, context.series, context.station.document)
    state: State = "draft" if is_draft else "current"
    is_omnibus = _is_omnibus(context.series, episode.id)
    return EpisodePlan(episode, sections, audio, is_omnibus, sources_of_speech(sections), mistakes, state)


def _is_omnibus(series: Series, episode_id: str) -> bool:
    return series.omnibus is not None and episode_id == f"{series.id}-{series.omnibus.id}"


def _audio_inputs(
    context: PlanContext, episode: Episode, sections: tuple[Step, ...], master: Master, cover: Step
) -> AudioInputs[Step]:
    mastered = (
        one
        for section, step in zip(episode.sections, sections, strict=True)
        for one in mastered_passages(context, section, step, master)
    )
    carries_cover = master.extension == "mp3" and master.name != "lowdata"  # it costs data
    return AudioInputs(tuple(mastered), sections, cover if carries_cover else None)


def _audio_settings(
    context: PlanContext, episode: Digested, master: Master, sections: Sequence[Step]
) -> AudioSettings:
    series = context.series
    return AudioSettings(
        episode=episode,
        artist=context.station.name,
        album=series.title,
        track_count=len(series.points) + (series.omnibus is not None),
        master=master,
        passages=tuple(len(section.inputs) for section in sections),
        synthetic="clip" in sources_of_speech(sections),
    )
