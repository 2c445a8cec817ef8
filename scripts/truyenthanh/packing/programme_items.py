"""The operator's records: what can be played, and when it is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A published episode as one station plays it in one master."""

    episode: str  # its id
    number: int
    title: str
    path: str  # audio/<station>/<master>/<episode>-<suffix>.<ending>, from the root
    sha256: str
    bytes: int
    seconds: float
    level: float  # in the measure of its master: LUFS, or RMS in dBFS
    first_words: str  # between ident and closing, as written
    last_words: str


@dataclass(frozen=True, slots=True)
class Session:
    """What is played without a break from one time on: ident, items, closing.

    ``seconds`` is exact: the sum of the joined frames.
    """

    starts: datetime
    slot_s: int
    items: tuple[Item, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """The sessions of some days in order, and the items that found no room."""

    station: str
    master: str
    sessions: tuple[Session, ...]
    left_over: tuple[Item, ...]
