"""The words before they are spoken: a point as a document words it, and lines with their fields filled in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..errors import ContentError
from ..model import Document, Point, Project, Series, Station

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
DATES = ("number", "day", "month", "year")  # what a document may leave blank
_FIELD = re.compile(r"\{([^{}]*)\}")


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
    found = sum(text.count(old) for text in texts_of(point))
    if found != 1:
        raise ContentError("script.not_once", file=point.file, line=line, text=old, found=found)
    passages = tuple(
        replace(passage, paragraphs=tuple(text.replace(old, new) for text in passage.paragraphs))
        for passage in point.passages
    )
    return replace(point, title=point.title.replace(old, new), passages=passages)


def texts_of(point: Point) -> Iterable[str]:
    """Yield the title of a point and its paragraphs, in order."""
    yield point.title
    for passage in point.passages:
        yield from passage.paragraphs


# ---------------------------------------------------------------- lines with fields


def words_of(project: Project, station: Station, series: Series) -> dict[str, str]:
    """Return the values of the fields in a station's lines, by name."""
    document = project.documents[station.document]
    return {"station": station.name, "series": series.title, "citation": citation(document)}


def citation(document: Document) -> str:
    """Return how a voice names the document: "công văn của …, tháng 3 năm 2023", blanks left out."""
    facts = {"number": document.number, "day": document.day, "month": document.month, "year": document.year}
    known = {name: str(value) for name, value in facts.items() if value is not None}
    file = f"content/sources/{document.id}.yaml"

    def keep(match: re.Match[str]) -> str:
        return match[1] if set(_FIELD.findall(match[1])) <= set(known) else ""

    return fill(_OPTIONAL.sub(keep, document.citation), known, file, "citation")


def fill(line: str, words: Mapping[str, str], file: str, field: str) -> str:
    """Return ``line`` with its ``{fields}`` filled in.

    Raises ContentError for an unknown field, for one that the document leaves blank, and for a stray brace,
    for otherwise an announcer would say the text in it.
    """
    for name in _FIELD.findall(line):
        if name not in words:
            is_blank = name in DATES and set(words) <= set(DATES)
            key = "script.blank_field" if is_blank else "script.no_field"
            known = ", ".join(f"{{{word}}}" for word in words)
            raise ContentError(key, file=file, field=field, name=name, known=known)
    if set("{}") & set(_FIELD.sub("", line)):
        raise ContentError("script.lone_brace", file=file, field=field)
    return _FIELD.sub(lambda match: words[match[1]], line)


def series_file(series: Series) -> str:
    """Return the file that an error about a series names."""
    return f"content/series/{series.id}/series.yaml"
