"""Everything under ``content/`` together."""

from dataclasses import dataclass
from pathlib import Path

from .series import Document, Series
from .station import Pronunciation, Station


@dataclass(frozen=True, slots=True)
class Pacing:
    """How politely and how patiently a service on the network is asked. It is in no recipe."""

    pause_s: float = 1.0  # from the end of one request to the start of the next
    deadline_s: float = 20.0  # for one request, from name lookup to the last byte
    attempts: int = 8  # per clause, before the build gives up


USUAL_PACING = Pacing()


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
