"""The words of the operator's side: what can be played, and when it is."""

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
    first_words: str  # of what is said between ident and closing, as written
    last_words: str


@dataclass(frozen=True, slots=True)
class Session:
    """What is played from one hour on, without a break: ident, items, closing.

    ``seconds`` is exact: the sum of the frames that are joined.
    """

    starts: datetime
    slot_s: int
    items: tuple[Item, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """The sessions of some days in order, and the items for which there was no room."""

    station: str
    master: str
    sessions: tuple[Session, ...]
    left_over: tuple[Item, ...]
