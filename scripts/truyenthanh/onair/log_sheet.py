"""A log sheet returned by a station: the airings in its rows, and the rows that are wrong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from ..errors import LogError
from . import spreadsheet_cells as cells
from .log_table import Row

FARTHEST_MINUTES: Final = 12 * 60  # from the planned time; further away the day may be another one


@dataclass(frozen=True, slots=True)
class Airing:
    """A planned airing, and what became of it; times are the station's local time."""

    day: date
    planned: time
    aired: time | None  # None: planned but not aired
    episode: str
    file: str
    seconds: int
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Programme:
    """What is known about a station: its names, its episodes, and their lengths in each master.

    ``episodes`` is None if any episode is accepted, as in the log itself.
    """

    station: str
    name: str
    episodes: Collection[str] | None
    lengths: Mapping[tuple[str, str], int]  # (episode, the suffix of a master's files) -> whole seconds


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says: its airings by row, the faulty rows, and how many are still to be filled in."""

    airings: tuple[tuple[int, Airing], ...]
    faults: tuple[LogError, ...]
    pending: int


def airings_of(rows: Sequence[Row], file: str, programme: Programme, today: date | None) -> Sheet:
    """Return what rows say about a station's airings, none of which can be later than ``today``.

    An unmarked row was not aired if a later one was; otherwise its time is still to come.
    """
    month_first = cells.is_month_first([row.cells["ngay"] for row in rows])
    found: list[tuple[int, Airing]] = []
    faults: list[LogError] = []
    pending = 0
    for row in rows:
        try:
            airing = _airing(row, programme, month_first, today)
        except LogError as fault:
            faults.append(fault_at(file, row.number, fault))
            continue
        if airing is None:
            pending += 1
        else:
            found.append((row.number, airing))
    last = max(((one.day, one.aired) for _, one in found if one.aired is not None), default=None)
    kept = tuple(
        (number, one)
        for number, one in found
        if one.aired is not None or (last and (one.day, one.planned) < last)
    )
    return Sheet(kept, tuple(faults), pending + len(found) - len(kept))


def fault_at(file: str, row: int, fault: LogError) -> LogError:
    """Return the fault of a row, with its place."""
    return LogError(fault.key, {"file": file, "row": row}, **fault.facts)


def _airing(row: Row, programme: Programme, month_first: bool, today: date | None) -> Airing | None:
    """Return the airing of a row; None if it was neither planned nor aired."""
    if row.is_ragged:
        raise LogError("airlog.stray_cell")
    of = row.cells
    is_aired = cells.is_marked(of["da_phat"])
    if is_aired is None:
        raise LogError("airlog.bad_mark", column="da_phat", value=of["da_phat"])
    if not is_aired and of["gio_phat"]:
        raise LogError("airlog.hour_without_mark", column="da_phat", value=of["gio_phat"])
    if not is_aired and not (of["ngay"] and of["gio"]):
        return None
    _check_station(of["dai"], programme)
    day = _day(of["ngay"], month_first, today if is_aired else None)
    planned = _hour("gio", of["gio"] or of["gio_phat"], day)
    aired = _hour("gio_phat", of["gio_phat"] or of["gio"], day) if is_aired else None
    if aired is not None and abs(_minutes(aired) - _minutes(planned)) > FARTHEST_MINUTES:
        raise LogError("airlog.far_apart", column="gio_phat", value=of["gio_phat"])
    seconds = _seconds(of, programme)
    episode, file, by, note = (of[name] for name in ("tap", "tep", "nguoi_phat", "ghi_chu"))
    return Airing(day, planned, aired, episode.casefold(), file, seconds, by, note)


def _check_station(said: str, programme: Programme) -> None:
    if said and said.casefold() not in (programme.station, programme.name.casefold()):
        raise LogError("airlog.other_station", column="dai", value=said, station=programme.station)


def _day(text: str, month_first: bool, today: date | None) -> date:
    day = cells.day(text)
    if day is None:
        raise LogError("airlog.bad_day", column="ngay", value=text)
    if month_first and cells.is_day_first(text):
        raise LogError("airlog.month_first", column="ngay", value=text)
    if today is not None and day > today:
        raise LogError("airlog.to_come", column="ngay", value=day.isoformat())
    return day


def _hour(column: str, text: str, day: date) -> time:
    hour = cells.clock(text, day)
    if hour is None:
        raise LogError("airlog.bad_hour", column=column, value=text)
    return hour


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _seconds(of: Mapping[str, str], programme: Programme) -> int:
    """Return the length of a row's episode: as published, or else as the sheet says."""
    episode, file = of["tap"].casefold(), of["tep"]
    if not episode:
        raise LogError("airlog.no_episode", column="tap")
    said = cells.whole_seconds(of["so_giay"])
    if programme.episodes is not None:
        others = [one for one in programme.episodes if one != episode and _names(file, one)]
        is_known = episode in programme.episodes
        if not is_known and not (said and _names(file, episode)):  # old packs name it twice
            known = ", ".join(sorted(programme.episodes))
            raise LogError("airlog.unknown_episode", column="tap", value=episode, known=known)
        if others and not _names(file, episode):
            raise LogError("airlog.other_file", column="tep", value=file, episode=episode)
    published = _length(episode, file, programme)
    if published is None and said is None:
        raise LogError("airlog.no_length", column="so_giay", value=of["so_giay"])
    return published or said or 0


def _names(file: str, episode: str) -> bool:
    """Whether a file's name holds an episode's id: ``03-17-diem-01-loa.mp3`` that of ``17-diem-01``."""
    return f"-{episode}-" in f"-{_stem(file)}-"


def _stem(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]


def _length(episode: str, file: str, programme: Programme) -> int | None:
    """Return the length in the master that the file's name ends with, or else in any master."""
    suffix = _stem(file).rpartition("-")[2]
    lengths = {of: seconds for (name, of), seconds in programme.lengths.items() if name == episode}
    return next((lengths[of] for of in lengths if of.rpartition("-")[2] == suffix), None) or next(
        iter(lengths.values()), None
    )
