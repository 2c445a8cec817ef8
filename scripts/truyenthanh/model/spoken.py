"""An episode as it is spoken: sections of utterances and cues, with chapters."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence: as written, as spoken, its role, and the pause after it."""

    written: str
    spoken: str
    role: str
    pause_after_ms: int
    from_document: bool  # official wording, not added by the station
    unknown: tuple[str, ...] = ()  # tokens that no rule understood, spelled or dropped as a last resort


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound between sentences: ``chime`` or ``sting``."""

    sound: str
    pause_after_ms: int


@dataclass(frozen=True, slots=True)
class Section:
    """Utterances and cues that belong together: the opening of an episode, a point, the closing."""

    id: str
    items: tuple[Utterance | Cue, ...]

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """The utterances in order, without the cues."""
        return tuple(self.utterances_by_item.values())

    @property
    def utterances_by_item(self) -> dict[int, Utterance]:
        """The utterances in order, by their position among the items."""
        return {at: item for at, item in enumerate(self.items) if isinstance(item, Utterance)}


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a chapter begins: an item of a section of the episode."""

    title: str
    section: int
    item: int


@dataclass(frozen=True, slots=True)
class Episode:
    """Sections in order, as one file per master."""

    id: str
    number: int  # itunes:episode, 1, 2, 3 …
    title: str  # without its number
    description: str
    published: datetime
    sections: tuple[Section, ...]
    chapters: tuple[Chapter, ...]

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """All utterances in order, without the cues."""
        return tuple(utterance for section in self.sections for utterance in section.utterances)
