"""A station's script: the points as its document words them, cut into sections of utterances.

An episode is an opening (chime and ident), the body of its point, and a closing (source, disclosure,
chime). The body does not know which episode it stands in, so that it is voiced once for all. What
the station adds is worded in ``content/``; only the order and the pauses are ours.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .errors import ContentError
from .model import (
    Chapter,
    Cue,
    Document,
    Episode,
    Passage,
    Point,
    Project,
    Section,
    Series,
    Station,
    Utterance,
)
from .reading import spoken, unread
from .reading.clauses import clauses

ANNOUNCER = "announcer"
CHIME, STING = "chime", "sting"

SENTENCE_PAUSE_MS = 350
PARAGRAPH_PAUSE_MS = 650
PASSAGE_PAUSE_MS = 500  # around the sting
CHIME_PAUSE_MS = 400

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_NOT_AN_END = re.compile(r"(?:^|\s)(?:\w|TP|TX|TT|KT|TM|TL|TS|ThS|GS|PGS|BS|ĐT|V/v|đ/c)\.$")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_FIELD = re.compile(r"\{([^{}]*)\}")


def write_episodes(project: Project, station: Station) -> tuple[Episode, ...]:
    """Return the station's episodes in order: one per point, then the omnibus.

    Raises ContentError where a line asks for an unknown field, a variant or correction does not fit
    its point, or a sentence holds something that no reading rule understands.
    """
    series = project.series[station.series]
    words = _words(project, station, series)
    opening = _opening(station, words)
    closing = _closing(station, words)
    points = [as_read(point, series, station.document) for point in series.points]
    bodies = [_body(point, series) for point in points]
    episodes = [
        _point_episode(series, point, words, (opening, body, closing), starts)
        for point, (body, starts) in zip(points, bodies, strict=True)
    ]
    if series.omnibus is not None:
        bodies_only = [body for body, _ in bodies]
        episodes.append(_omnibus_episode(series, points, words, (opening, *bodies_only, closing)))
    return tuple(episodes)


# ---------------------------------------------------------------- the wording of a document


def as_written(point: Point, series: Series, document: str) -> Point:
    """Return ``point`` as ``document`` words it, typing errors included."""
    for variant in point.variants:
        if variant.document == document:
            point = _reword(point, variant.here, variant.there, variant.line)
    return replace(point, title=point.title + series.documents[document])


def as_read(point: Point, series: Series, document: str) -> Point:
    """Return ``point`` as ``document`` words it, its typing errors corrected."""
    point = as_written(point, series, document)
    point = replace(point, title=point.title.removesuffix(series.documents[document]).strip())
    for correction in point.corrections:
        if document in correction.documents:
            point = _reword(point, correction.written, correction.corrected, correction.line)
    return point


def _reword(point: Point, old: str, new: str, line: int) -> Point:
    found = sum(text.count(old) for text in _texts(point))
    if found != 1:
        raise ContentError("script.not_once", file=point.file, line=line, text=old, found=found)
    passages = tuple(
        Passage(passage.part, tuple(text.replace(old, new) for text in passage.paragraphs))
        for passage in point.passages
    )
    return replace(point, title=point.title.replace(old, new), passages=passages)


def _texts(point: Point) -> Iterable[str]:
    yield point.title
    for passage in point.passages:
        yield from passage.paragraphs


# ---------------------------------------------------------------- sections


def _opening(station: Station, words: Mapping[str, str]) -> Section:
    lines = [_fill(line, words, station.file, "ident") for line in station.ident]
    ident = _utterances(lines, ANNOUNCER, station.file, from_document=False)
    return Section("opening", (Cue(CHIME, CHIME_PAUSE_MS), *ident))


def _closing(station: Station, words: Mapping[str, str]) -> Section:
    lines = [_fill(line, words, station.file, "closing") for line in station.closing]
    if station.disclosure is not None:
        lines.append(station.disclosure)
    said = _utterances(lines, ANNOUNCER, station.file, from_document=False)
    return Section("closing", (*_with_last_pause(said, CHIME_PAUSE_MS), Cue(CHIME, 0)))


def _body(point: Point, series: Series) -> tuple[Section, tuple[int, ...]]:
    """Return the body of a point, and the item where each of its passages begins."""
    announcement = _fill(
        series.announcement, {"number": str(point.number)}, _series_file(series), "announcement"
    )
    items: list[Utterance | Cue] = [
        *_utterances([announcement], ANNOUNCER, point.file, from_document=False),
        *_with_last_pause(
            _utterances([point.title], ANNOUNCER, point.file, from_document=True), PARAGRAPH_PAUSE_MS
        ),
    ]
    starts: list[int] = []
    for passage in point.passages:
        if starts:
            items.append(Cue(STING, PASSAGE_PAUSE_MS))
        starts.append(len(items))
        said = _utterances(passage.paragraphs, passage.part.role, point.file, from_document=True)
        items.extend(_with_last_pause(said, PASSAGE_PAUSE_MS))
    return Section(f"point-{point.id}", tuple(items)), tuple(starts)


def _utterances(
    paragraphs: Iterable[str], role: str, file: str, *, from_document: bool
) -> tuple[Utterance, ...]:
    """Return the sentences of ``paragraphs``, each with the pause that follows it."""
    said: list[Utterance] = []
    for paragraph in paragraphs:
        for sentence in sentences(paragraph):
            said.append(Utterance(sentence, _spoken(sentence, file), role, SENTENCE_PAUSE_MS, from_document))
        said[-1] = replace(said[-1], pause_after_ms=PARAGRAPH_PAUSE_MS)
    return tuple(said)


def sentences(paragraph: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph; an abbreviation's full stop does not end one."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(paragraph):
        starts_small = piece.lstrip('“"(')[:1].islower()
        if found and (starts_small or _NOT_AN_END.search(found[-1])):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return tuple(found)


def clauses_of(utterance: Utterance, limit: int | None) -> tuple[str, ...]:
    """Return what is said of an utterance in clauses of at most ``limit`` characters."""
    return clauses(utterance.spoken, limit)


def _spoken(sentence: str, file: str) -> str:
    said = spoken(sentence)
    if pieces := unread(said):
        raise ContentError("script.unread", file=file, sentence=sentence, pieces=", ".join(pieces))
    return said if said.endswith((".", "!", "?")) else said.rstrip(",;:") + "."


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
        description=_fill(series.description, facts, _series_file(series), "description"),
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
        description=_fill(series.omnibus.description, words, _series_file(series), "omnibus.description"),
        published=series.first + (number - 1) * series.every,
        sections=sections,
        chapters=chapters,
    )


# ---------------------------------------------------------------- lines with fields


def _words(project: Project, station: Station, series: Series) -> dict[str, str]:
    document = project.documents[station.document]
    return {"station": station.name, "series": series.title, "citation": citation(document)}


def citation(document: Document) -> str:
    """Return how a voice names the document: "công văn của …, tháng 3 năm 2023", blanks left out."""
    facts = {"number": document.number, "day": document.day, "month": document.month, "year": document.year}
    known = {name: str(value) for name, value in facts.items() if value is not None}
    file = f"content/sources/{document.id}.yaml"

    def keep(match: re.Match[str]) -> str:
        return match[1] if set(_FIELD.findall(match[1])) <= set(known) else ""

    return _fill(_OPTIONAL.sub(keep, document.citation), known, file, "citation")


def _fill(line: str, words: Mapping[str, str], file: str, field: str) -> str:
    for name in _FIELD.findall(line):
        if name not in words:
            known = ", ".join(f"{{{word}}}" for word in words)
            raise ContentError("script.no_field", file=file, field=field, name=name, known=known)
    return _FIELD.sub(lambda match: words[match[1]], line)


def _series_file(series: Series) -> str:
    return f"content/series/{series.id}/series.yaml"
