"""What was produced and aired in a period: only figures, from publication, content and log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from ..content.project import read_project
from ..errors import ContentError
from ..model import Document, Revision, Series, Station
from ..publishing.manifest import read_manifest
from ..publishing.places import Places
from .log_sheet import Airing
from .play_log import lengths_of, read_log

SESSION_GAP: Final = timedelta(minutes=5)  # of silence; after a longer gap another session begins


@dataclass(frozen=True, slots=True)
class Produced:
    """A published episode; ``seconds`` is the length of one airing."""

    id: str
    number: int
    title: str
    day: date  # its date in the feed
    seconds: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What a station aired on one day."""

    day: date
    sessions: int
    airings: int
    seconds: int


@dataclass(frozen=True, slots=True)
class EpisodeFigures:
    """How often an episode was aired; ``produced`` is None if it is no longer published."""

    id: str
    produced: Produced | None
    airings: int
    seconds: int
    first: date | None


@dataclass(frozen=True, slots=True)
class StationReport:
    """What one station produced by the end of a period and aired within it."""

    station: Station
    series: Series
    document: Document
    produced: tuple[Produced, ...]
    days: tuple[DayFigures, ...]
    episodes: tuple[EpisodeFigures, ...]  # in programme order, then those no longer published
    never_aired: tuple[Produced, ...]
    missed: tuple[Airing, ...]  # planned but not aired
    corrections: tuple[Revision, ...]

    @property
    def airings(self) -> int:
        """The number of airings of all episodes."""
        return sum(one.airings for one in self.days)

    @property
    def sessions(self) -> int:
        """The number of sessions aired."""
        return sum(one.sessions for one in self.days)

    @property
    def seconds(self) -> int:
        """The total length of everything aired."""
        return sum(one.seconds for one in self.days)

    @property
    def episodes_aired(self) -> int:
        """The number of episodes aired at least once."""
        return sum(one.airings > 0 for one in self.episodes)

    @property
    def seconds_produced(self) -> int:
        """The total length of the produced episodes, each counted once."""
        return sum(one.seconds for one in self.produced)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period, first and last day included; ``sender`` is who reports."""

    first: date
    last: date
    sender: Station | None  # None: several stations, and the default one is not among them
    stations: tuple[StationReport, ...]


def report_of(root: Path, names: Sequence[str] | None, first: date, last: date) -> Report:
    """Return the report of these stations: the default one if none is named, all of them for None.

    Raises ContentError for an unknown station, LogError for a log that cannot be read.
    """
    project = read_project(root)
    for name in names or ():
        if name not in project.stations:
            raise ContentError("content.no_station", name=name, known=", ".join(project.stations))
    wanted = (
        sorted(project.stations) if names is None else list(dict.fromkeys(names)) or [project.default_station]
    )
    reports = tuple(
        _station(
            root,
            station,
            project.series[station.series],
            project.documents[station.document],
            (first, last),
        )
        for station in (project.stations[name] for name in wanted)
    )
    own = wanted[0] if len(wanted) == 1 else project.default_station
    return Report(first, last, project.stations[own] if own in wanted else None, reports)


def _station(
    root: Path, station: Station, series: Series, document: Document, period: tuple[date, date]
) -> StationReport:
    first, last = period
    log = [one for one in read_log(root, station.id) if first <= one.day <= last]
    aired = [one for one in log if one.aired is not None]
    produced = tuple(one for one in _produced(root, station) if one.day <= last)
    played = {one.episode for one in aired}
    omnibus = f"{series.id}-{series.omnibus.id}" if series.omnibus else None
    is_all_heard = omnibus in played or all(one.id in played for one in produced if one.id != omnibus)
    return StationReport(
        station=station,
        series=series,
        document=document,
        produced=produced,
        days=tuple(
            _day(day, [one for one in aired if one.day == day]) for day in sorted({o.day for o in aired})
        ),
        episodes=tuple(_episodes(produced, aired)),
        never_aired=()
        if is_all_heard
        else tuple(o for o in produced if o.id not in played and o.id != omnibus),
        missed=_missed(log),
        corrections=tuple(one for one in series.revisions if first <= one.date <= last),
    )


def _produced(root: Path, station: Station) -> Iterable[Produced]:
    """Yield the episodes that a station's publication lists, in its order."""
    lengths: dict[str, int] = {}
    for (name, _), seconds in lengths_of(root, station).items():
        lengths.setdefault(name, seconds)
    for one in read_manifest(Places(root, station.id)).get("episodes", []):
        day = datetime.fromisoformat(one["published"]).date()
        yield Produced(one["id"], one["number"], one["title"], day, lengths.get(one["id"], 0))


def _day(day: date, aired: Sequence[Airing]) -> DayFigures:
    return DayFigures(day, sessions_of(aired), len(aired), sum(one.seconds for one in aired))


def sessions_of(aired: Iterable[Airing]) -> int:
    """Return the number of sessions in a day's airings: airings without a gap between them are one session.

    Airings logged with the same time, that of their session, were played one after the other.
    """
    count, end = 0, datetime.min
    for starts, seconds in sorted(
        (datetime.combine(one.day, one.aired), one.seconds) for one in aired if one.aired is not None
    ):
        count += not count or starts > end + SESSION_GAP
        end = max(starts, end) + timedelta(seconds=seconds)
    return count


def _episodes(produced: Sequence[Produced], aired: Sequence[Airing]) -> Iterable[EpisodeFigures]:
    known = {one.id: one for one in produced}
    gone = sorted({one.episode for one in aired} - set(known))
    for name in (*known, *gone):
        own = [one for one in aired if one.episode == name]
        first = min((one.day for one in own), default=None)
        yield EpisodeFigures(name, known.get(name), len(own), sum(one.seconds for one in own), first)


def _missed(log: Sequence[Airing]) -> tuple[Airing, ...]:
    """Return what was planned but not aired, in time order."""

    def plan(one: Airing) -> tuple[date, time, str]:
        return one.day, one.planned, one.episode

    made_up_for = {plan(one) for one in log if one.aired is not None}
    return tuple(sorted((o for o in log if o.aired is None and plan(o) not in made_up_for), key=plan))
