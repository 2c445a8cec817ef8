"""What the pages say besides the episode itself: its entry in the index, and notes about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from truyenthanh.model import AudioFile

Speakers = Literal["synthetic", "mixed", "people"]
PREVIEW_MASTER: Final = "podcast"  # the master that a page plays; every station has it
CARRIED: Final = ("podcast", "loudspeaker")  # the masters offered in the list of episodes


@dataclass(frozen=True, slots=True)
class Entry:
    """An episode as a list names it."""

    id: str
    number: int
    title: str
    published: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An episode in the list of all, with the files that the list offers, by master."""

    entry: Entry
    audio: dict[str, AudioFile]


@dataclass(frozen=True, slots=True)
class PackOffered:
    """All files of one master as a zip for operators; ``path`` is from the root of the site."""

    master: str
    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A typing error of the document and how it is read."""

    written: str
    corrected: str
    why: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What a page tells its reader: typing errors, who speaks, what was corrected."""

    mistakes: tuple[Mistake, ...]
    speakers: Speakers
    corrections: tuple[str, ...] = ()  # made after the first broadcast, one sentence each


@dataclass(frozen=True, slots=True)
class Around:
    """The previous and the next episode; None at the ends of the series."""

    before: Entry | None
    after: Entry | None
