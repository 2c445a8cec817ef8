"""Content becomes a tree of steps with recipes. Nothing is made here: build, status and why all use it.

::

    sound, clip ──> passage ──> master (one per master) ──> audio ──> pack ──┐
    (sounding.py)      └──> section ──> captions, text, chapters             ├──> feed, a page per
    cover ──> thumbnail ─────────────────────────────────────────────────────┘    episode, index (pages.py)

The kinds of steps are the keys of ``makers.MAKERS``. What two stations have in common is one step.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from ..approval.approved_version import (
    ApprovedRecordSettings,
    ApprovedVersion,
    file_as_it_stands,
    record_as_it_stands,
    record_path,
    record_step,
    section_as_it_stands,
    words_digest,
)
from ..approval.decision import (
    OnAirDecision,
    comparison_step,
    decide_on_air,
    draft_path,
    marked,
    on_air,
    versions_of,
)
from ..content.recordings import RecordingAssignments
from ..engines import ENGINES, Engine
from ..errors import ContentError, EngineError
from ..feed.addresses import CAPTIONS, TRANSCRIPTS, chapters_name, feed_folder, transcript_name
from ..feed.entries import PREVIEW_MASTER
from ..feed.shownotes import corrections
from ..messages import Message
from ..mixing.profiles import MASTERS, Master
from ..model import ANNOUNCER, Binding, Episode, Project, Series, Station, Voice
from ..packing.names import folder_name as pack_folder
from ..recipe import Digested, Step, Steps, code_digest, digest, digested, library_versions
from ..script.episodes import write_episodes
from ..script.reading_cache import ReadingCache
from .pages import Source, asset_steps, mistakes_in, page_steps, shown, sources_of_speech, thumbnail_step
from .passages import PlanContext, mastered_passages, section_of
from .plan_records import EpisodePlan, Plan, State, said_in

FEED_LIBRARIES = ("feedgen", "lxml")


def plan_stations(
    project: Project,
    stations: Sequence[Station],
    engine_name: str,
    as_of: date | None = None,
    readings: ReadingCache | None = None,
) -> tuple[Plan, ...]:
    """Return the plans of the stations; feed and page leave out what is dated later than ``as_of``.

    ``readings`` is what was read before; what is new is added to it.

    Raises ContentError where content asks for what there is not.
    """
    shared, bindings, readings = Steps(), dict[str, Binding](), readings or ReadingCache()
    engine = engine_named(engine_name)
    plans = []
    for station in stations:
        casting = RecordingAssignments(project.root, station, bindings)
        draft = PlanContext(project, station, engine, _voices(station, engine, project), shared, {}, casting)
        plans.append(_plan(draft, write_episodes(project, station, readings), as_of))
    return tuple(plans)


def _plan(draft: PlanContext, episodes: Sequence[Episode], as_of: date | None) -> Plan:
    project, station, engine, casting = draft.project, draft.station, draft.engine, draft.casting
    masters = _masters(station)
    ruling = decide_on_air(project.root, station, episodes)
    cover = _cover(draft)
    sections: dict[str, Step] = {}
    for episode in episodes:
        for section in episode.sections:
            if section.id not in sections:
                sections[section.id] = section_of(draft, section)
    planned = tuple(
        _episode(draft, episode, sections, masters, cover, is_draft=episode.id in ruling.drafts)
        for episode in episodes
    )
    standing = tuple(_standing(draft, one) for one in ruling.standing)
    _held_back(draft, planned, ruling)
    series = on_air(project.series[station.series], ruling)
    listed = _listed((*planned, *standing), as_of)
    _pages(draft, listed, series, cover)
    _feed(draft, listed, series, cover)
    casting.finish()
    warnings = (*cautions(engine, draft.voices.values()), *casting.warnings)
    files = {recording.file for recording in station.recordings.values()}
    fresh = {file: binding for file, binding in casting.bindings.items() if file in files}
    return Plan(
        station,
        engine.name,
        draft.voices,
        planned,
        listed,
        _revisions(series),
        _notes(series, listed),
        draft.named,
        warnings,
        fresh,
        standing,
        ruling.held_back,
    )


def _notes(series: Series, listed: Sequence[EpisodePlan]) -> dict[str, tuple[str, ...]]:
    told = {one.episode.id: corrections(series, one.episode.id) for one in listed}
    return {episode: notes for episode, notes in told.items() if notes}


def _listed(episodes: Iterable[EpisodePlan], as_of: date | None) -> tuple[EpisodePlan, ...]:
    """Return what feed and page show, in order: no draft, nothing that is dated later than ``as_of``."""
    shown = (one for one in episodes if one.state != "draft")
    due = [one for one in shown if as_of is None or one.episode.published.date() <= as_of]
    return tuple(sorted(due, key=lambda one: one.episode.number))


def _revisions(series: Series) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for revision in series.revisions:
        told.setdefault(f"{series.id}-{revision.episode}", []).append(revision.date.isoformat())
    return told


# ---------------------------------------------------------------- what a station asks for


def engine_named(name: str) -> Engine:
    """Return the engine of this name. Raises ContentError for one that there is not."""
    if name not in ENGINES:
        raise ContentError("plan.no_engine", name=name, known=", ".join(ENGINES))
    return ENGINES[name]


def _voices(station: Station, engine: Engine, project: Project) -> dict[str, Voice]:
    roles = [ANNOUNCER, *(part.role for part in project.series[station.series].parts)]
    for name in station.voices:
        if name not in ENGINES:
            facts = {"name": name, "known": ", ".join(ENGINES)}
            raise ContentError("plan.no_engine", file=station.file, field=f"voices.{name}", **facts)
    given = station.voices.get(engine.name, {})
    voices = {role: given.get(role) or engine.default_voice(role) for role in roles}
    for role, voice in voices.items():
        try:
            engine.check(voice)
        except EngineError as error:
            field = f"voices.{engine.name}.{role}"
            raise ContentError(error.key, {**error.facts, "file": station.file, "field": field}) from error
    return voices


def cautions(engine: Engine, voices: Iterable[Voice]) -> tuple[Message, ...]:
    """Return what is to be said of voices that may be used but should not."""
    good = ", ".join(card.name for card in engine.voices() if engine.caution(Voice(card.name)) is None)
    keys = dict.fromkeys((engine.caution(voice), voice.name) for voice in voices)
    return tuple(Message(key, {"voice": name, "known": good}) for key, name in keys if key is not None)


def _masters(station: Station) -> tuple[Master, ...]:
    for name in station.masters:
        if name not in MASTERS:
            facts = {"name": name, "known": ", ".join(MASTERS)}
            raise ContentError("plan.no_master", file=station.file, field="masters", **facts)
    if "podcast" not in station.masters:
        raise ContentError("plan.no_podcast", file=station.file, field="masters")
    return tuple(MASTERS[name] for name in dict.fromkeys(station.masters))


# ---------------------------------------------------------------- episodes


def _episode(
    draft: PlanContext,
    episode: Episode,
    sections: Mapping[str, Step],
    masters: Sequence[Master],
    cover: Step,
    *,
    is_draft: bool,
) -> EpisodePlan:
    sealed = digested(marked(episode) if is_draft else episode)
    stitched = tuple(sections[section.id] for section in episode.sections)
    audio = {}
    for master in masters:
        mastered = [
            one
            for section, step in zip(episode.sections, stitched, strict=True)
            for one in mastered_passages(draft, section, step, master)
        ]
        covers = (cover,) if master.extension == "mp3" and master.name != "lowdata" else ()  # it costs data
        path = f"audio/{draft.station.id}/{master.name}/{episode.id}-{master.suffix}.{master.extension}"
        path = draft_path(draft.station, episode, master) if is_draft else path
        settings = _file_settings(draft, sealed, master, stitched)
        audio[master.name] = draft.add(path, Step("audio", settings, (*mastered, *stitched, *covers), path))
    if not is_draft:
        _texts(draft, sealed, stitched)
    series = draft.project.series[draft.station.series]
    mistakes = mistakes_in(episode, series, draft.station.document)
    state: State = "draft" if is_draft else "current"
    is_omnibus = _is_omnibus(draft, episode.id)
    return EpisodePlan(episode, stitched, audio, is_omnibus, sources_of_speech(stitched), mistakes, state)


def _is_omnibus(draft: PlanContext, episode_id: str) -> bool:
    series = draft.project.series[draft.station.series]
    return series.omnibus is not None and episode_id == f"{series.id}-{series.omnibus.id}"


def _file_settings(
    draft: PlanContext, episode: Digested, master: Master, sections: Sequence[Step]
) -> dict[str, object]:
    series = draft.project.series[draft.station.series]
    return {
        "episode": episode,
        "artist": draft.station.name,
        "album": series.title,
        "track_count": len(series.points) + (series.omnibus is not None),
        "master": master,
        "passages": [len(section.inputs) for section in sections],
        "synthetic": "clip" in sources_of_speech(sections),
        "code": code_digest("mixing.episode", "steps.makers", "script.timeline"),
        "libraries": library_versions("mutagen", "numpy", "lameenc"),
    }


# ---------------------------------------------------------------- what was approved


def _standing(draft: PlanContext, one: ApprovedVersion) -> EpisodePlan:
    """Return the plan of an approved version that is left as it stands, with all its files."""
    name, root = one.episode.id, draft.project.root
    sections = tuple(
        draft.add(f"{name}/standing/{number:02d}", section_as_it_stands(figures))
        for number, figures in enumerate(one.sections, 1)
    )
    files = {path: draft.add(path, file_as_it_stands(path, entry)) for path, entry in one.files.items()}
    draft.add(record_path(draft.station.id, name), record_as_it_stands(root, draft.station.id, name))
    audio = {master: files[path] for master, path in one.audio.items()}
    heard = frozenset(one.heard)
    return EpisodePlan(one.episode, sections, audio, one.is_omnibus, heard, one.mistakes, "standing")


def _record(draft: PlanContext, planned: EpisodePlan, series: Series) -> None:
    """Plan the record by which an approved version can be left standing later."""
    episode = planned.episode
    texts = text_paths(draft.station, episode.id)
    kept = ApprovedRecordSettings(
        text=words_digest(episode),
        audio={master: step.path or "" for master, step in planned.audio.items()},
        texts=texts,
        said=said_in(planned, draft.engine.name),
        is_omnibus=planned.is_omnibus,
        heard=tuple(sorted(planned.heard & {"clip", "recording"})),
        mistakes=planned.mistakes,
        revisions=tuple(one for one in series.revisions if f"{series.id}-{one.episode}" == episode.id),
    )
    inputs = (*planned.sections, *planned.audio.values(), *(draft.named[path] for path in texts))
    path = record_path(draft.station.id, episode.id)
    draft.add(path, record_step(digested(episode), kept, inputs, path))


def _held_back(draft: PlanContext, episodes: Sequence[EpisodePlan], ruling: OnAirDecision) -> None:
    """Plan what is kept of approved versions, and the pages on which drafts stand beside them."""
    if draft.station.approvals is None:
        return
    series = draft.project.series[draft.station.series]
    before = {one.episode.id: one for one in ruling.standing}
    for one in episodes:
        if one.state == "current":
            _record(draft, one, series)
        else:
            sound = one.audio[PREVIEW_MASTER].path or ""
            versions = versions_of(one.episode, sound, before.get(one.episode.id), series)
            step = comparison_step(draft.station, one.episode.id, versions)
            draft.add(step.path or "", step)


# ---------------------------------------------------------------- texts, pages, feed


def _texts(draft: PlanContext, episode: Digested, sections: tuple[Step, ...]) -> None:
    folder, name = feed_folder(draft.station), episode.value.id
    series = draft.project.series[draft.station.series]
    settings = {
        "episode": episode,
        "series": digested(replace(series, points=(), revisions=())),  # it names the speakers, no more
        "code": code_digest("feed.transcript", "feed.chapters", "steps.makers", "script.timeline"),
    }
    language = draft.station.feed.language
    paths = dict(zip(TRANSCRIPTS, text_paths(draft.station, name), strict=False))
    for form, path in paths.items():
        kind = "captions" if form in CAPTIONS else "text"
        draft.add(path, Step(kind, {**settings, "form": form, "language": language}, sections, path))
    path = f"{folder}/{chapters_name(name)}"
    draft.add(path, Step("chapters", settings, sections, path))


def text_paths(station: Station, episode: str) -> tuple[str, ...]:
    """Return where an episode's transcripts stand, in the order of TRANSCRIPTS, and its chapters."""
    names = (*(transcript_name(episode, form) for form in TRANSCRIPTS), chapters_name(episode))
    return tuple(f"{feed_folder(station)}/{name}" for name in names)


def _cover(draft: PlanContext) -> Step:
    if draft.station.feed.cover is not None:
        return _own_cover(draft, draft.station.feed.cover)
    settings = {
        "title": draft.project.series[draft.station.series].title,
        "station": draft.station.name,
        "code": code_digest("feed.cover", "feed/fonts"),
        "libraries": library_versions("pillow"),
    }
    name = f"cover-{digest(settings)[:8]}.jpg"  # a new picture gets a new name
    path = f"{feed_folder(draft.station)}/{name}"
    return draft.add(path, Step("cover", settings, (), path))


def _own_cover(draft: PlanContext, file: str) -> Step:
    """Return the step that takes a picture of the station's own for its cover."""
    reads = f"content/pictures/{file}"
    settings: dict[str, object] = {
        "picture": hashlib.sha256((draft.project.root / reads).read_bytes()).hexdigest(),
        "ending": "png" if PurePath(file).suffix.lower() == ".png" else "jpg",
        "code": code_digest("feed.picture"),
        "libraries": library_versions("pillow"),
    }
    path = f"{feed_folder(draft.station)}/cover-{str(settings['picture'])[:8]}.{settings['ending']}"
    return draft.add(path, Step("cover", settings, (), path, reads))


def _pages(draft: PlanContext, episodes: Sequence[EpisodePlan], series: Series, cover: Step) -> None:
    """Plan the pages: a sealed episode, its sections and its files are all that they need of each."""
    thumbnail = thumbnail_step(draft.station, cover)
    sources = [
        Source(digested(one.episode), one.sections, one.audio, one.heard, one.mistakes) for one in episodes
    ]
    document, packs = draft.project.documents[draft.station.document], _packs(draft, episodes)
    steps = page_steps(document, series, draft.station, sources, cover, thumbnail, packs)
    for step in (*asset_steps(draft.station), thumbnail, *steps):
        assert step.path is not None
        draft.add(step.path, step)


def _packs(draft: PlanContext, episodes: Sequence[EpisodePlan]) -> dict[str, Step]:
    """Plan a zip for operators of each master that the station packs, without the omnibus.

    An approved version that is left standing may be older than a master of its station.
    """
    packed = {
        name: [one for one in episodes if not one.is_omnibus and name in one.audio]
        for name in draft.station.packs
    }
    return {name: _pack(draft, MASTERS[name], listed) for name, listed in packed.items() if listed}


def _pack(draft: PlanContext, master: Master, episodes: Sequence[EpisodePlan]) -> Step:
    station = draft.station
    settings = {
        "station": station.id,
        "artist": station.name,
        "master": master,
        "contents": [
            [one.episode.id, one.episode.number, one.episode.title, *one.outer_words, one.text]
            for one in episodes
        ],
        "audio": [one.audio[master.name].path for one in episodes],
        "code": code_digest(
            "packing.contents",
            "packing.archive",
            "packing/sheets",
            "feed.templating",
            "steps.makers",
        ),
        "libraries": library_versions("jinja2"),
    }
    path = f"audio/{station.id}/{pack_folder(station.id, master.suffix)}.zip"
    inputs = tuple(one.audio[master.name] for one in episodes)
    return draft.add(path, Step("pack", settings, inputs, path))


def _feed(draft: PlanContext, episodes: Sequence[EpisodePlan], series: Series, cover: Step) -> None:
    assert cover.path is not None
    station = draft.station
    synthetic = any(step.kind == "clip" for step in draft.named.values())
    settings = {
        "station": digested(shown(station)),
        "series": digested(replace(series, points=())),
        "episodes": [digested(planned.episode) for planned in episodes],
        "audio": [{name: step.path for name, step in planned.audio.items()} for planned in episodes],
        "cover": cover.path.rpartition("/")[2],
        "synthetic": synthetic or any("clip" in planned.heard for planned in episodes),
        "code": code_digest("feed.rss", "steps.makers", "script.timeline"),
        "libraries": library_versions(*FEED_LIBRARIES),
    }
    inputs = tuple(step for planned in episodes for step in (*planned.sections, *planned.audio.values()))
    path = f"{feed_folder(station)}/feed.xml"
    draft.add(path, Step("feed", settings, inputs, path))
