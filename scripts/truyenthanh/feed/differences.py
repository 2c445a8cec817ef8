"""What differs between two versions of an episode: line by line, and word by word within a line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Literal

from truyenthanh.model import Episode

Kind = Literal["title", "description", "chapter", "sentence"]
KINDS: Final[tuple[Kind, ...]] = ("title", "description", "chapter", "sentence")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an episode: its words, and where its sound is, relative to the site root."""

    episode: Episode
    sound: str


@dataclass(frozen=True, slots=True)
class Versions:
    """A draft, the version approved before it (None if it is missing), and the names of the roles."""

    before: Version | None
    now: Version
    speakers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an episode; a line that is only in feed and pages has no role and is not spoken."""

    kind: Kind
    written: str
    spoken: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive words that the other version has too, or does not have (``is_own``)."""

    text: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A line of one version, split where the other one differs."""

    role: str
    written: tuple[Piece, ...]
    spoken: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both versions side by side; None for a version without it."""

    kind: Kind
    before: Cell | None
    now: Cell | None

    @property
    def is_changed(self) -> bool:
        """Whether the two versions differ here."""
        cells = [cell for cell in (self.before, self.now) if cell is not None]
        roles = {cell.role for cell in cells}
        pieces = [piece for cell in cells for piece in (*cell.written, *cell.spoken)]
        return len(cells) < 2 or len(roles) > 1 or any(piece.is_own for piece in pieces)


def lines_of(episode: Episode) -> tuple[Line, ...]:
    """Return what an approval of an episode covers: titles, then every sentence."""
    return (
        Line("title", episode.title),
        Line("description", episode.description),
        *(Line("chapter", chapter.title) for chapter in episode.chapters),
        *(Line("sentence", one.written, one.spoken, one.role) for one in episode.utterances),
    )


def compare(before: Episode | None, now: Episode) -> tuple[Row, ...]:
    """Return both versions side by side, in order; if there is no earlier one, only the present one."""
    if before is None:
        return tuple(Row(line.kind, None, _cell(line, line)) for line in lines_of(now))
    old, new = lines_of(before), lines_of(now)
    return tuple(row for kind in KINDS for row in _rows(kind, _only(old, kind), _only(new, kind)))


def _only(lines: Sequence[Line], kind: Kind) -> list[Line]:
    return [line for line in lines if line.kind == kind]


def _rows(kind: Kind, old: Sequence[Line], new: Sequence[Line]) -> Iterator[Row]:
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        for one, other in zip_longest(old[old_from:old_to], new[new_from:new_to]):
            yield Row(kind, _cell(one, other) if one else None, _cell(other, one) if other else None)


def _cell(line: Line, other: Line | None) -> Cell:
    """Return a line split where ``other`` differs; all of it is its own if there is no other."""
    beside = other or Line(line.kind, "")
    return Cell(line.role, _pieces(line.written, beside.written), _pieces(line.spoken, beside.spoken))


def _pieces(text: str, other: str) -> tuple[Piece, ...]:
    words, others = text.split(), other.split()
    codes = SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    return tuple(
        Piece(" ".join(words[start:end]), tag != "equal") for tag, start, end, _, _ in codes if start < end
    )
