"""Who broadcasts, with which voices, when and to whom, as editors write under ``content/stations/``."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Accent = Literal["north", "south"]
ANNOUNCER = "announcer"  # the role that every station has
CHIME, STING = CUES = ("chime", "sting")


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How an editor wants a word read."""

    written: str
    spoken: str
    case_sensitive: bool


@dataclass(frozen=True, slots=True)
class Pauses:
    """A station's pauses between sentences, in ms; ``stretch_percent`` lengthens those of a role."""

    sentence_ms: int = 350
    question_ms: int = 450  # after ? and !
    title_ms: int = 650
    paragraph_ms: int = 650
    passage_ms: int = 500  # around the sting
    chime_ms: int = 400
    stretch_percent: dict[str, int] = field(default_factory=dict)  # by role; 100 changes nothing


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a role. ``name`` is the engine's own; ``rate`` and ``pitch`` are None for its default.

    ``slow`` is the only pace that an online voice offers besides its usual one.
    """

    name: str
    rate: int | None = None
    pitch: int | None = None
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """The words that a recording is known to say: the sha256 of its bytes, and its sentences as written."""

    sha256: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A person's recording: its file, relative to the project, and its binding, if it has one yet."""

    file: str
    binding: Binding | None


@dataclass(frozen=True, slots=True)
class License:
    """The terms for sharing a programme: an SPDX identifier in lower case, or words and an address."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class FeedData:
    """What a podcast directory wants to know about a station."""

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
    cover: str | None = None  # a file in content/pictures/; None for the drawn cover


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a station plays: for a number of days, at these times in Vietnam, one slot at each.

    ``repeats`` lets a session play what the session at its time played the day before.
    """

    slot_s: int
    days: int
    times: tuple[time, ...]  # in order; slots do not overlap
    first: date | None  # None: the day of the first episode
    repeats: bool = False
    line: int = 0  # of the slot in the station's file; 0 if given by the user


@dataclass(frozen=True, slots=True)
class Approval:
    """Who let an episode go on air, and the digests of its words (see ``approval/approved_version.py``)."""

    by: str
    on: date
    text: str  # of all words, as written and as spoken
    written: str  # as written only: distinguishes an edited text from a changed reading
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
    disclosure: str | None  # says that the voice is synthetic; None if the station switched it off
    voices: dict[str, dict[str, Voice]]  # engine -> role -> voice
    accent: Accent  # of number words: "north" (nghìn, linh) or "south" (ngàn, lẻ)
    pauses: Pauses
    lexicon: tuple[Pronunciation, ...]
    sounds: dict[str, str | None]  # cue -> a file in content/sounds/; None for the built-in sound
    recordings: dict[str, Recording]  # by place: "point-05" or "point-05/03"
    synthetic_for_outdated: bool  # the voice speaks what a recording no longer says
    masters: tuple[str, ...]
    site: str  # https://…, no trailing slash
    feed: FeedData
    file: str  # named in errors about it
    timetable: Timetable | None = None
    approvals: dict[str, Approval] | None = None  # by episode; None: everything goes on air without approval
    packs: tuple[str, ...] = ()  # the masters offered on the page as a pack for operators, one zip each
