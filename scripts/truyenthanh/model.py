"""The records everything else is made of (frozen; the words are those of the domain).

``content.py`` reads these from YAML, ``script.py`` turns them into episodes of utterances, and
``plan.py`` turns those into steps. Nothing here computes more than a name.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

Accent = Literal["north", "south"]
ANNOUNCER = "announcer"  # the role that every station has
CHIME, STING = CUES = ("chime", "sting")

# ---------------------------------------------------------------- what an editor writes


@dataclass(frozen=True, slots=True)
class Document:
    """An official text as received. Blank number or date stays ``None`` and is never spoken."""

    id: str
    issuer: str
    number: str | None
    day: int | None
    month: int | None
    year: int | None
    place: str
    signer: str
    subject: str
    citation: str  # how a voice names it; "[…]" vanishes where a field inside is blank
    source: str  # the file of the text, in content/sources/


@dataclass(frozen=True, slots=True)
class Correction:
    """A typing error of the documents and how it is read."""

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
    """The paragraphs of one part of a point, and the lines they begin at in its file."""

    part: Part
    paragraphs: tuple[str, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered item of a series, worded as its documents have it."""

    id: str
    number: int
    title: str
    passages: tuple[Passage, ...]
    variants: tuple[Variant, ...]
    corrections: tuple[Correction, ...]
    file: str  # where an error about it points


@dataclass(frozen=True, slots=True)
class Omnibus:
    """The episode that holds every point of a series."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What an editor tells listeners about a published episode that was corrected."""

    episode: str  # the point's id, or the omnibus's
    date: date
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """Points, the plan of their episodes, and the dates of these."""

    id: str
    title: str
    season: int
    documents: dict[str, str]  # id -> what closes its titles ("." where they run into the text)
    first: datetime
    every: timedelta
    announcement: str  # before a point's title: "Điểm thứ {number}."
    description: str  # of a point's episode
    opening_label: str
    closing_label: str
    parts: tuple[Part, ...]
    points: tuple[Point, ...]
    omnibus: Omnibus | None
    revisions: tuple[Revision, ...] = ()  # by date


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How an editor wants a word read."""

    written: str
    spoken: str
    case_sensitive: bool


@dataclass(frozen=True, slots=True)
class Pauses:
    """What a station leaves between sentences, in ms; ``stretch_percent`` makes a role's own longer."""

    sentence_ms: int = 350
    question_ms: int = 450  # after ? and !
    title_ms: int = 650
    paragraph_ms: int = 650
    passage_ms: int = 500  # around the sting
    chime_ms: int = 400
    stretch_percent: dict[str, int] = field(default_factory=dict)  # role -> 100 is as it is


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a role. ``name`` is the engine's own; ``rate`` and ``pitch`` are None for its default.

    ``slow`` is the one pace an online voice offers besides its usual one.
    """

    name: str
    rate: int | None = None
    pitch: int | None = None
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Pacing:
    """How politely, and how patiently, a service on the network is asked. Enters no recipe."""

    pause_s: float = 1.0  # from the end of one request to the start of the next
    deadline_s: float = 20.0  # for one request, from name look-up to last byte
    attempts: int = 8  # at one clause, before the build gives up


USUAL_PACING = Pacing()


@dataclass(frozen=True, slots=True)
class Binding:
    """What a recording is known to say: the sha256 of its bytes, and its sentences as written."""

    sha256: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A person's recording: its file, relative to the project, and what is known of it so far."""

    file: str
    binding: Binding | None


@dataclass(frozen=True, slots=True)
class License:
    """On what terms a programme may be passed on: an SPDX name in small letters, or words and an address."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class FeedData:
    """What a podcast directory wants to know of a station."""

    title: str
    description: str
    author: str
    owner_name: str
    owner_email: str
    category: str
    subcategory: str | None
    language: str
    guid: str
    copyright: str
    model_edition: bool  # the page says "bản mẫu"
    license: License | None = None  # None: what ``copyright`` says
    cover: str | None = None  # a file in content/pictures/; None for the one that is drawn


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a station plays: on so many days, at these hours in Vietnam, a slot at each of them.

    ``repeats`` lets a session play what the session of its hour played the day before.
    """

    slot_s: int
    days: int
    times: tuple[time, ...]  # in order; no slot reaches into the next
    first: date | None  # None: the day of the first episode
    repeats: bool = False
    line: int = 0  # of the slot in the station's file; 0 where the user said it


@dataclass(frozen=True, slots=True)
class Approval:
    """Who let an episode go on air, and what of it: the digests of its words (see ``standing.py``)."""

    by: str
    on: date
    text: str  # of all its words, as written and as spoken
    written: str  # as written only: tells an edited text from another reading of it
    earlier: tuple[str, ...] = ()  # ``text`` of the versions approved before and not withdrawn since


@dataclass(frozen=True, slots=True)
class Station:
    """Who broadcasts. One station has one podcast feed."""

    id: str
    name: str
    document: str
    series: str
    ident: tuple[str, ...]
    closing: tuple[str, ...]
    disclosure: str | None  # says that the voice is synthetic; None where the station switched it off
    voices: dict[str, dict[str, Voice]]  # engine -> role -> voice
    accent: Accent  # of number words: "north" (nghìn, linh) or "south" (ngàn, lẻ)
    pauses: Pauses
    lexicon: tuple[Pronunciation, ...]
    sounds: dict[str, str | None]  # cue -> a file in content/sounds/, None for the built-in sound
    recordings: dict[str, Recording]  # by place: "point-05" or "point-05/03"
    synthetic_for_outdated: bool  # what a recording does not say any more is spoken by the voice
    masters: tuple[str, ...]
    site: str  # https://…, no slash at the end
    feed: FeedData
    file: str  # where an error about it points
    timetable: Timetable | None = None
    approvals: dict[str, Approval] | None = None  # by episode; None: everything goes on air unasked
    packs: tuple[str, ...] = ()  # the masters of which the page offers a pack for operators, as one zip


@dataclass(frozen=True, slots=True)
class Project:
    """Everything under ``content/``."""

    root: Path
    default_station: str
    default_engine: str
    pacing: Pacing
    lexicon: tuple[Pronunciation, ...]
    documents: dict[str, Document]
    series: dict[str, Series]
    stations: dict[str, Station]


# ---------------------------------------------------------------- what is spoken


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence: as written, as spoken, its role, and the pause after it."""

    written: str
    spoken: str
    role: str
    pause_after_ms: int
    from_document: bool  # the official wording, as against what the station adds
    unknown: tuple[str, ...] = ()  # what of it no rule understood: spelled or dropped as a last resort


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound between sentences: ``chime`` or ``sting``."""

    sound: str
    pause_after_ms: int


@dataclass(frozen=True, slots=True)
class Section:
    """Utterances and cues that belong together: what opens an episode, a point, what closes it."""

    id: str
    items: tuple[Utterance | Cue, ...]

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """What is said, in order, without the cues."""
        return tuple(self.utterances_by_item.values())

    @property
    def utterances_by_item(self) -> dict[int, Utterance]:
        """What is said, in order, by its place among the items."""
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
        """All that is said, in order, without the cues."""
        return tuple(utterance for section in self.sections for utterance in section.utterances)


# ---------------------------------------------------------------- what a listener gets


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter on the clock of the file."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """An utterance on the clock of the file, with its text as written."""

    start_ms: int
    end_ms: int
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class AudioFile:
    """One published audio file; ``path`` is relative to the site root, with forward slashes."""

    master: str
    path: str
    sha256: str
    bytes: int
    seconds: float
    integrated_lufs: float  # as a meter reads the file
    true_peak_dbtp: float
    rms_dbfs: float  # of one channel, pauses included
    verdict: str = "pass"  # of what is known without decoding it: pass, warn or fail


@dataclass(frozen=True, slots=True)
class PublishedEpisode:
    """An episode with the files that were made of it: what the feed and the page show."""

    episode: Episode
    audio: dict[str, AudioFile]  # by master
    chapters: tuple[ChapterMark, ...]
    sentences: tuple[TimedSentence, ...]
