"""Official texts and the series made from them, as editors write them under ``content/``."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Document:
    """An official text as received. A blank number or date stays ``None`` and is never spoken."""

    id: str
    issuer: str
    number: str | None
    day: int | None
    month: int | None
    year: int | None
    place: str
    signer: str
    subject: str
    citation: str  # how a voice names it; "[…]" is left out if a field inside is blank
    source: str  # the file of the text, in content/sources/


@dataclass(frozen=True, slots=True)
class Correction:
    """A typing error in the documents and how it is read."""

    written: str
    corrected: str
    documents: tuple[str, ...]
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Variant:
    """Where one document words a point differently: ``here`` in the point, ``there`` in the document."""

    document: str
    here: str
    there: str
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of passage that every point of a series has: its key in YAML, its role, its chapter title."""

    key: str
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs of one part of a point, and the lines where they begin in its file."""

    part: Part
    paragraphs: tuple[str, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered item of a series, as its documents word it."""

    id: str
    number: int
    title: str
    passages: tuple[Passage, ...]
    variants: tuple[Variant, ...]
    corrections: tuple[Correction, ...]
    file: str  # named in errors about it


@dataclass(frozen=True, slots=True)
class Omnibus:
    """The episode that holds every point of a series."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What an editor tells listeners about the correction of a published episode."""

    episode: str  # the point's id, or the omnibus's
    date: date
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """Points, and the plan of their episodes with dates."""

    id: str
    title: str
    season: int
    documents: dict[str, str]  # id -> what ends its titles ("." if they run into the text)
    first: datetime
    every: timedelta
    announcement: str  # said before a point's title: "Điểm thứ {number}."
    description: str  # of a point's episode
    opening_label: str
    closing_label: str
    parts: tuple[Part, ...]
    points: tuple[Point, ...]
    omnibus: Omnibus | None
    revisions: tuple[Revision, ...] = ()  # by date
