"""Read all content and report what an editor should look at before it goes on air.

Anything that would be read wrong is an error: signs, codes and capitals that only a last-resort rule
handled, syllables that are not Vietnamese, a typing error corrected in one place but not in another.
A sentence too long to follow by ear is a warning.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Point, Project, Series, Station
from ..reading import ReadingStyle, read
from ..reading.sentences import sentences
from ..reading.syllables import is_vietnamese
from .document_wording import as_read, as_written, citation, fill, series_file, texts_of, words_of
from .episodes import style_of
from .reading_cache import ReadingCache

LONGEST_BY_EAR = 50  # words in a sentence; listeners cannot go back
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place to look at. ``kind``: ``unknown``, ``syllable``, ``uncorrected`` or ``long``."""

    kind: str
    is_error: bool
    file: str
    line: int  # 0 if only the field is known
    field: str
    written: str
    said: str
    suggestion: str  # a better word, if there is a similar one


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the content and where it is."""

    file: str
    line: int
    field: str
    text: str


def check_project(project: Project) -> tuple[Finding, ...]:
    """Return the findings in everything that the project's stations speak, each place once."""
    found: dict[Finding, None] = {}
    for station in project.stations.values():
        series = project.series[station.series]
        points = [as_read(point, series, station.document) for point in series.points]
        defined = ReadingCache().defined_in(text for point in points for text in texts_of(point))
        style = style_of(project, station, defined)
        texts = [
            *_station_texts(project, station),
            *(text for point in points for text in _point_texts(point)),
        ]
        vocabulary = {word.lower() for text in texts for word in _WORD.findall(text.text)}
        for text in texts:
            found |= dict.fromkeys(_check_text(text, style, vocabulary))
        found |= dict.fromkeys(_uncorrected(series, station.document))
    return tuple(sorted(found, key=lambda one: (not one.is_error, one.file, one.line, one.field)))


def _station_texts(project: Project, station: Station) -> Iterator[Text]:
    words = words_of(project, station, project.series[station.series])
    for key, lines in (("ident", station.ident), ("closing", station.closing)):
        for line in lines:
            yield Text(station.file, 0, key, fill(line, words, station.file, key))
    if station.disclosure is not None:
        said = fill(station.disclosure, words, station.file, "disclosure")
        yield Text(station.file, 0, "disclosure", said)
    document = project.documents[station.document]
    yield Text(f"content/sources/{document.id}.yaml", 0, "citation", citation(document))
    yield Text(series_file(project.series[station.series]), 0, "title", words["series"])


def _point_texts(point: Point) -> Iterator[Text]:
    yield Text(point.file, 1, "title", point.title)
    for passage in point.passages:
        for line, paragraph in zip(passage.lines, passage.paragraphs, strict=True):
            yield Text(point.file, line, passage.part.key, paragraph)


def _check_text(text: Text, style: ReadingStyle, vocabulary: set[str]) -> Iterator[Finding]:
    for sentence in sentences(text.text):
        reading = read(sentence, style)
        for token in reading.unknown:
            kind = "syllable" if token.isalpha() and not token.isupper() else "unknown"
            yield _finding(kind, text, token, read(token, style).spoken, _near(token, vocabulary))
        if len(reading.spoken.split()) > LONGEST_BY_EAR:
            yield _finding("long", text, sentence, reading.spoken, is_error=False)


def _near(word: str, vocabulary: Iterable[str]) -> str:
    """Return a similar Vietnamese word of the text; "" if there is none, and for capitals and codes."""
    if not word.isalpha() or word.isupper():
        return ""
    good = [one for one in vocabulary if is_vietnamese(one)]
    return ", ".join(difflib.get_close_matches(word.lower(), sorted(good), n=1, cutoff=0.7))


def _uncorrected(series: Series, document: str) -> Iterator[Finding]:
    """Yield the places where a typing error that is corrected elsewhere is left uncorrected."""
    corrections = {one.written: one for point in series.points for one in point.corrections}
    for point in series.points:
        mine = {one.written for one in point.corrections if document in one.documents}
        written = as_written(point, series, document)
        for typo, correction in corrections.items():
            whole = re.compile(rf"(?<!\w){re.escape(typo)}(?!\w)")
            if typo not in mine and any(whole.search(text) for text in texts_of(written)):
                place = Text(point.file, 0, "corrections", typo)
                yield _finding("uncorrected", place, typo, typo, correction.corrected)


def _finding(
    kind: str, text: Text, written: str, said: str, suggestion: str = "", *, is_error: bool = True
) -> Finding:
    return Finding(kind, is_error, text.file, text.line, text.field, written, said, suggestion)
