"""The script of an episode: what is written, what is said, by whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..content.project import read_project, stations_named
from ..errors import ContentError
from ..model import Cue, Episode
from ..planning.plan import plan_stations
from ..planning.plan_records import EpisodePlan
from ..publishing.known_results import known_steps
from ..script.timeline import SAMPLE_RATE_HZ, SectionLayout
from ..steps.records import section_layouts

WORD_MS = 260  # an announcer's syllable with its share of pauses, for what is not made yet
CUE_MS = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance or cue. ``is_exact`` says that its time was measured on finished sound."""

    start_ms: int
    is_exact: bool
    place: str  # "point-05/03": where a person's recording of it would be, in content/recordings/
    chapter: str | None  # the title of the chapter that begins here
    role: str | None  # None for a cue
    written: str
    spoken: str


def running_text(root: Path, station: str | None, engine: str | None, episode_id: str) -> tuple[Line, ...]:
    """Return the lines of an episode of a station in order. Raises ContentError if it has no such episode."""
    project = read_project(root)
    plans = plan_stations(
        project, stations_named(project, [station] if station else []), engine or project.default_engine
    )
    for planned in plans[0].episodes:
        if planned.episode.id == episode_id:
            known = known_steps(root, plans)
            made = [known.get(step) for step in planned.sections]
            return tuple(_lines(planned, [section_layouts([one])[0] if one else None for one in made]))
    ids = ", ".join(planned.episode.id for planned in plans[0].episodes)
    raise ContentError("rundown.no_episode", id=episode_id, known=ids)


def _lines(planned: EpisodePlan, sections: Sequence[SectionLayout | None]) -> list[Line]:
    episode, lines, offset_ms, is_exact = planned.episode, [], 0, True
    chapters = {(chapter.section, chapter.item): chapter.title for chapter in episode.chapters}
    for number, (section, layout) in enumerate(zip(episode.sections, sections, strict=True)):
        layout = layout or _estimated(episode, number)
        is_exact = is_exact and sections[number] is not None
        for place, (item, (start, _)) in enumerate(zip(section.items, layout.spans, strict=True)):
            start_ms = offset_ms + round(start * 1000 / SAMPLE_RATE_HZ)
            chapter = chapters.get((number, place))
            role, written, spoken = (
                (None, item.sound, "") if isinstance(item, Cue) else (item.role, item.written, item.spoken)
            )
            name = f"{section.id}/{place + 1:02d}"
            lines.append(Line(start_ms, is_exact, name, chapter, role, written, spoken))
        offset_ms += round(layout.samples * 1000 / SAMPLE_RATE_HZ)
    return lines


def _estimated(episode: Episode, number: int) -> SectionLayout:
    """Return the estimated layout of a section that is not made yet, from its word count."""
    at, spans = 0, []
    for item in episode.sections[number].items:
        length_ms = CUE_MS if isinstance(item, Cue) else WORD_MS * len(item.spoken.split())
        spans.append((at, at + length_ms * SAMPLE_RATE_HZ // 1000))
        at = spans[-1][1] + item.pause_after_ms * SAMPLE_RATE_HZ // 1000
    return SectionLayout(at, tuple(spans))
