"""The word tables: data rather than code, as records from the files in ``tables/``.

Each table is read once, when first asked for. ``tables/README.md`` says what is in each, and how to
change one.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar

from .table_file import read_table

FOLDER: Final = Path(__file__).with_suffix("")


class Abbreviation(NamedTuple):
    """An abbreviation with one sense: how it is found (``kind``), and where it is used (``field``)."""

    written: str
    spoken: str
    kind: Literal["chat", "joined", "plain", "title"]
    field: Literal[
        "digital", "farming", "health", "message", "ministry", "order", "paper", "party", "person", "place",
        "school", "state",
    ]  # fmt: skip


class Sense(NamedTuple):
    """One sense of an abbreviation that has several, and the patterns that must match next to it."""

    abbreviation: str
    order: int
    before: str | None
    after: str | None
    spoken: str
    field: Literal["body", "document", "land", "other", "place", "signature", "work"]


class SenseSpelling(NamedTuple):
    """Another way to write an abbreviation that has several senses."""

    written: str
    abbreviation: str


class Neighbour(NamedTuple):
    """A pattern that senses refer to by name: ``{CHIEF}`` is whoever signs a paper."""

    name: str
    pattern: str
    meaning: str


class ForeignWord(NamedTuple):
    """A foreign or technical word that is said as a word, not spelled."""

    written: str
    spoken: str
    field: Literal["name", "network", "technology"]


class Initialism(NamedTuple):
    """A foreign abbreviation that is said letter by letter."""

    written: str


class Unit(NamedTuple):
    """A unit of measure, and where it counts as one."""

    written: str
    spoken: str
    place: Literal["after_much", "anywhere", "per", "touching"]


class RateWord(NamedTuple):
    """A word for what is counted or paid by."""

    word: str


class Currency(NamedTuple):
    """A currency's sign or code; if it has cents, "1,50" is said with them."""

    written: str
    spoken: str
    kind: Literal["code", "sign"]
    has_cents: bool


class DocumentPart(NamedTuple):
    """A part of a document's code: its kind, who issued it, or the office that drew it up."""

    written: str
    part: Literal["issuer", "kind", "office"]
    spoken: str


class Letter(NamedTuple):
    """A letter and its name."""

    letter: str
    spoken: str


class Sign(NamedTuple):
    """A sign and its name, in a text or in a web address."""

    sign: str
    place: Literal["address", "text"]
    spoken: str


class Rime(NamedTuple):
    """A rime, and the onsets it may follow: any (``general``), qu, gi."""

    rime: str
    general: bool
    after_qu: bool
    after_gi: bool


class LoanSyllable(NamedTuple):
    """A syllable of a borrowed name that is said as it is written."""

    syllable: str


class KnownDay(NamedTuple):
    """A day of the year that is known by its date."""

    month: int
    day: int
    occasion: str


class Unfinished(NamedTuple):
    """An abbreviation, in lower case, whose full stop does not end a sentence."""

    written: str


class Table(NamedTuple):
    """A file of ``tables/``, without its extension; its first ``key_columns`` columns are the key."""

    name: str
    key_columns: int = 1


Row = TypeVar("Row", bound=NamedTuple)

TABLES: Final[Mapping[type[NamedTuple], Table]] = {
    Abbreviation: Table("abbreviations"),
    Sense: Table("senses", key_columns=2),
    SenseSpelling: Table("sense_spellings"),
    Neighbour: Table("neighbours"),
    ForeignWord: Table("foreign"),
    Initialism: Table("initialisms"),
    Unit: Table("units"),
    RateWord: Table("rate_words"),
    Currency: Table("currencies"),
    DocumentPart: Table("document_parts", key_columns=2),
    Letter: Table("letters"),
    Sign: Table("signs", key_columns=2),
    Rime: Table("rimes"),
    LoanSyllable: Table("loan_syllables"),
    KnownDay: Table("known_days", key_columns=2),
    Unfinished: Table("unfinished"),
}


def rows(record: type[Row]) -> tuple[Row, ...]:
    """Return the table of one kind of record, sorted by key. Raises TableError if its file is wrong."""
    return _rows(record)


@cache
def _rows(record: type[NamedTuple]) -> tuple[Any, ...]:
    table = TABLES[record]
    return read_table(FOLDER / f"{table.name}.tsv", record, table.key_columns)
