"""A station's script: the points as its document words them, cut into sections of utterances.

An episode is an opening (chime and ident), the body of its point, and a closing (source, disclosure,
chime). The body does not know which episode it is in, so it is spoken only once. What the station adds
is worded in ``content/``; only the order is ours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import ContentError
from ..model import (
    ANNOUNCER,
    CHIME,
    STING,
    Chapter,
    Cue,
    Episode,
    Pauses,
    Point,
    Project,
    Pronunciation,
    Section,
    Series,
    Station,
    Utterance,
)
from .document_wording import as_read, fill, series_file, texts_of, words_of
from .reading_cache import Reader, ReadingCache

if TYPE_CHECKING:  # the reading rules are loaded only if there is something new to read
    from ..reading import ReadingStyle
    from ..reading.lexicon import Entry


@dataclass(frozen=True, slots=True)
class SpeakingStyle:
    """How a station speaks: the reader of its paragraphs, and its pauses."""

    reader: Reader
    pauses: Pauses


def write_episodes(
    project: Project, station: Station, readings: ReadingCache | None = None
) -> tuple[Episode, ...]:
    """Return the station's episodes in order: one per point, then the omnibus.

    ``readings`` holds what was read before.

    Raises ContentError if a line asks for an unknown field, or a variant or correction does not
    fit its point.
    """
    series = project.series[station.series]
    words = words_of(project, station, series)
    points = [as_read(point, series, station.document) for point in series.points]
    style = SpeakingStyle(_reader(project, station, points, readings or ReadingCache()), station.pauses)
    opening = _opening(station, words, style)
    closing = _closing(station, words, style)
    bodies = [_body(point, series, style) for point in points]
    episodes = [
        _point_episode(series, point, words, (opening, body, closing), starts)
        for point, (body, starts) in zip(points, bodies, strict=True)
    ]
    if series.omnibus is not None:
        bodies_only = [body for body, _ in bodies]
        episodes.append(_omnibus_episode(series, points, words, (opening, *bodies_only, closing)))
    return tuple(episodes)


def style_of(project: Project, station: Station, defined: Iterable[Pronunciation] = ()) -> "ReadingStyle":
    """Return how a station reads: its accent, and its lexicons in order of precedence.

    The built-in lexicon is overridden by what the text itself has ``defined``, that by the project's
    lexicon, and that by the station's own.
    """
    from ..reading import ReadingStyle
    from ..reading.lexicon import BUILT_IN

    entries = entries_of((*defined, *project.lexicon, *station.lexicon))
    return ReadingStyle(lexicon=BUILT_IN.overlaid(entries), accent=station.accent)


def entries_of(pronunciations: Iterable[Pronunciation]) -> "list[Entry]":
    """Return pronunciations as lexicon entries."""
    from ..reading.lexicon import Entry

    return [Entry(one.written, one.spoken, one.case_sensitive) for one in pronunciations]


def _reader(project: Project, station: Station, points: Iterable[Point], readings: ReadingCache) -> Reader:
    """Return the reader of a station; the text of the points may define abbreviations itself."""
    defined = readings.defined_in(text for point in points for text in texts_of(point))
    way = (defined, project.lexicon, station.lexicon, station.accent)
    return readings.reader(way, lambda: style_of(project, station, defined))


def clauses_of(utterance: Utterance, limit: int | None) -> tuple[str, ...]:
    """Return the spoken words of an utterance in clauses of at most ``limit`` characters."""
    if limit is None or len(utterance.spoken) <= limit:
        return (utterance.spoken,)
    from ..reading.clauses import clauses

    return clauses(utterance.spoken, limit)


# ---------------------------------------------------------------- sections


def _opening(station: Station, words: Mapping[str, str], style: SpeakingStyle) -> Section:
    lines = [fill(line, words, station.file, "ident") for line in station.ident]
    ident = utterances(lines, ANNOUNCER, style, station.file, from_document=False)
    return Section("opening", (Cue(CHIME, style.pauses.chime_ms), *ident))


def _closing(station: Station, words: Mapping[str, str], style: SpeakingStyle) -> Section:
    lines = [fill(line, words, station.file, "closing") for line in station.closing]
    if station.disclosure is not None:
        lines.append(fill(station.disclosure, words, station.file, "disclosure"))
    said = utterances(lines, ANNOUNCER, style, station.file, from_document=False)
    return Section("closing", (*_with_last_pause(said, style.pauses.chime_ms), Cue(CHIME, 0)))


def _body(point: Point, series: Series, style: SpeakingStyle) -> tuple[Section, tuple[int, ...]]:
    """Return the body of a point, and the item where each of its passages begins."""
    pauses = style.pauses
    announcement = fill(
        series.announcement, {"number": str(point.number)}, series_file(series), "announcement"
    )
    title = utterances([point.title], ANNOUNCER, style, point.file, from_document=True)
    items: list[Utterance | Cue] = [
        *utterances([announcement], ANNOUNCER, style, series_file(series), from_document=False),
        *_with_last_pause(title, pauses.title_ms),
    ]
    starts: list[int] = []
    for passage in point.passages:
        if starts:
            items.append(Cue(STING, pauses.passage_ms))
        starts.append(len(items))
        said = utterances(passage.paragraphs, passage.part.role, style, point.file, from_document=True)
        items.extend(_with_last_pause(said, pauses.passage_ms))
    return Section(f"point-{point.id}", tuple(items)), tuple(starts)


def utterances(
    paragraphs: Iterable[str], role: str, style: SpeakingStyle, file: str | None, *, from_document: bool
) -> tuple[Utterance, ...]:
    """Return the sentences of ``paragraphs``, each with the pause that follows it.

    Raises ContentError, naming ``file``, for a paragraph with nothing to say.
    """
    pauses = style.pauses
    stretch = pauses.stretch_percent.get(role, 100)
    said: list[Utterance] = []
    for paragraph in paragraphs:
        before = len(said)
        for written, spoken, unknown in style.reader(paragraph):
            asks = written.endswith(("?", "!"))
            pause_ms = (pauses.question_ms if asks else pauses.sentence_ms) * stretch // 100
            said.append(Utterance(written, spoken, role, pause_ms, from_document, unknown))
        if not any(char.isalpha() for one in said[before:] for char in one.spoken):
            raise ContentError("script.nothing_to_say", file=file, text=paragraph[:60])
        said[-1] = replace(said[-1], pause_after_ms=pauses.paragraph_ms * stretch // 100)
    return tuple(said)


def _with_last_pause(said: tuple[Utterance, ...], pause_ms: int) -> tuple[Utterance, ...]:
    return (*said[:-1], replace(said[-1], pause_after_ms=pause_ms))


# ---------------------------------------------------------------- episodes


def _point_episode(
    series: Series,
    point: Point,
    words: Mapping[str, str],
    sections: tuple[Section, ...],
    starts: tuple[int, ...],
) -> Episode:
    chapters = (
        Chapter(series.opening_label, 0, 0),
        *(Chapter(p.part.label, 1, start) for p, start in zip(point.passages, starts, strict=True)),
        Chapter(series.closing_label, 2, 0),
    )
    facts = {**words, "number": str(point.number), "title": point.title}
    return Episode(
        id=f"{series.id}-{point.id}",
        number=point.number,
        title=point.title,
        description=fill(series.description, facts, series_file(series), "description"),
        published=series.first + (point.number - 1) * series.every,
        sections=sections,
        chapters=chapters,
    )


def _omnibus_episode(
    series: Series, points: list[Point], words: Mapping[str, str], sections: tuple[Section, ...]
) -> Episode:
    assert series.omnibus is not None
    number = len(points) + 1
    chapters = (
        Chapter(series.opening_label, 0, 0),
        *(Chapter(f"{point.number}. {point.title}", n, 0) for n, point in enumerate(points, 1)),
        Chapter(series.closing_label, number, 0),
    )
    return Episode(
        id=f"{series.id}-{series.omnibus.id}",
        number=number,
        title=series.omnibus.title,
        description=fill(series.omnibus.description, words, series_file(series), "omnibus.description"),
        published=series.first + (number - 1) * series.every,
        sections=sections,
        chapters=chapters,
    )
