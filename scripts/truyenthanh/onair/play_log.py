"""A station's log: ``content/log/<station>.csv``, the reported airings in the order they came in.

It is the user's own data, has the columns of a log sheet, and is read with the same care: it may have been
edited in a spreadsheet. An addition is written completely or not at all, and no airing is in it twice.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Final

from ..content.project import read_project
from ..errors import ContentError, LogError
from ..mixing.profiles import MASTERS
from ..model import Project, Station
from ..packing.sheets import COLUMNS
from ..packing.spreadsheet import as_text
from ..publishing.manifest import read_manifest
from ..publishing.places import Places
from ..store.atomic_files import write_atomic
from ..store.locks import hold_lock
from . import spreadsheet_cells as cells
from .log_sheet import Airing, Programme, Sheet, airings_of, fault_at
from .log_table import Row, decoded, find_table, read_table

MARK: Final = "x"
_LINE_WORDS: Final = 3  # day, time, episode; the rest is a note
_Key = tuple[date, time, str]  # day, time, episode
_LINE: Final = re.compile(r"\s*(\S+)\s+(\S+)\s+(\S+)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that were submitted, and the name of their source."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome of a submission: airings new and already known, faulty rows, and airings still to come."""

    station: str
    new: tuple[Airing, ...]
    known: int
    faults: tuple[LogError, ...]
    pending: int


# ---------------------------------------------------------------- submitting


def source_of(name: str, data: bytes, *, may_be_lines: bool = False) -> Source:
    """Return the rows of a sheet, or of plain lines where those are allowed. Raises LogError."""
    if may_be_lines:
        text = decoded(data, name)
        rows = find_table(text, name)
        return Source(name, rows) if rows is not None else lines_source(name, text.splitlines())
    return Source(name, read_table(data, name))


def lines_source(name: str, lines: Iterable[str]) -> Source:
    """Return lines like ``2023-04-03 05:00 17-diem-01 a note`` as rows of what was aired."""
    rows = []
    for number, line in enumerate(lines, 1):
        if not cells.plain(line):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise fault_at(name, number, LogError("airlog.bad_line", value=cells.plain(line)))
        day, hour, episode, note = (cells.plain(part) for part in found.groups())
        said = {"ngay": day, "gio": hour, "tap": episode, "da_phat": MARK, "ghi_chu": note}
        rows.append(Row(number, {column: said.get(column, "") for column in COLUMNS}, is_ragged=False))
    return Source(name, rows)


def words_source(name: str, words: Sequence[str]) -> Source:
    """Return words of a command line as rows, three for each airing. Raises LogError for words left over."""
    apart = " ".join(words).split()
    if len(apart) % _LINE_WORDS or not all(cells.day(word) for word in apart[::_LINE_WORDS]):
        raise LogError("airlog.no_file", value=" ".join(words))
    groups = (apart[at : at + _LINE_WORDS] for at in range(0, len(apart), _LINE_WORDS))
    return lines_source(name, [" ".join(group) for group in groups])


def take(
    root: Path, station: str | None, sources: Sequence[Source], today: date, *, skip_bad: bool = False
) -> Taken:
    """Add what sheets say to their station's log, and return the outcome.

    If a row is wrong nothing is added, unless ``skip_bad`` leaves such rows out. Raises LogError for a
    log that cannot be read, or if the sheets are those of several stations.
    """
    project = read_project(root)
    chosen = station_of(project, station, sources)
    with hold_lock(root / ".cache" / "locks" / f"log-{chosen.id}.lock"):
        logged = read_log(root, chosen.id)
        programme = _programme(project, chosen, logged)
        sheets = [(one.name, airings_of(one.rows, one.name, programme, today)) for one in sources]
        taken = _merged(chosen.id, logged, sheets)
        if skip_bad or not taken.faults:
            if taken.new:
                write_atomic(log_file(root, chosen.id), log_bytes(chosen.id, (*logged, *taken.new)))
            return taken
    return replace(taken, new=(), known=0)


def station_of(project: Project, asked: str | None, sources: Sequence[Source]) -> Station:
    """Return the station: the one asked for, the only one the sheets name, or the default."""
    if asked is not None and asked not in project.stations:
        raise ContentError("content.no_station", name=asked, known=", ".join(project.stations))
    by_name = {station.name.casefold(): station for station in project.stations.values()}
    by_name |= project.stations
    said = {row.cells["dai"].casefold() for source in sources for row in source.rows} - {""}
    named = {by_name[name].id for name in said if name in by_name}
    if asked is None and len(named) > 1:
        raise LogError("airlog.several_stations", stations=", ".join(sorted(named)))
    return project.stations[asked or next(iter(named), project.default_station)]


def _programme(project: Project, station: Station, logged: Sequence[Airing]) -> Programme:
    """Return what a station can have aired: what is published, planned in its series, or logged."""
    series, lengths = project.series[station.series], lengths_of(project.root, station)
    planned = [*(point.id for point in series.points), *([series.omnibus.id] if series.omnibus else [])]
    episodes = {f"{series.id}-{name}" for name in planned} | {one.episode for one in logged}
    return Programme(station.id, station.name, episodes | {name for name, _ in lengths}, lengths)


def lengths_of(root: Path, station: Station) -> dict[tuple[str, str], int]:
    """Return the lengths of the published episodes, in whole seconds, by id and the suffix of their files.

    The loudspeaker files come first: a station airs them unless its sheet says otherwise.
    """
    manifest = read_manifest(Places(root, station.id))
    lengths = {}
    for master in sorted(MASTERS.values(), key=lambda one: one.suffix != "loa"):
        for path, entry in manifest["files"].items():
            name, ending = path.rpartition("/")[2], f"-{master.suffix}.{master.extension}"
            seconds = entry.get("seconds")
            if path.startswith("audio/") and name.endswith(ending) and isinstance(seconds, int | float):
                lengths[name.removesuffix(ending), master.suffix] = max(1, round(seconds))
    return lengths


# ---------------------------------------------------------------- what is new


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is logged already, by the keys that identify an airing."""

    aired: dict[_Key, Airing]  # by the time aired
    plans: dict[_Key, Airing]  # by the time planned; the aired one, if any was

    def enter(self, one: Airing) -> bool:
        """Add an airing and return whether it is new. Raises LogError if the log contradicts it."""
        plan = (one.day, one.planned, one.episode)
        if one.aired is None:
            if plan in self.plans:
                return False
        else:
            key = (one.day, one.aired, one.episode)
            if key in self.aired:
                return False
            before = self.plans.get(plan)
            if before is not None and before.aired is not None:
                hour = before.aired.isoformat("minutes")
                raise LogError("airlog.other_hour", column="gio_phat", hour=hour, episode=one.episode)
            self.aired[key] = one
        self.plans[plan] = one
        return True


def _merged(station: str, logged: Sequence[Airing], sheets: Sequence[tuple[str, Sheet]]) -> Taken:
    """Return what is in the sheets but not yet in the log."""
    ledger = _Ledger({}, {})
    for one in logged:
        ledger.enter(one)
    new: list[Airing] = []
    faults = [fault for _, sheet in sheets for fault in sheet.faults]
    known = 0
    for name, sheet in sheets:
        for row, one in sheet.airings:
            try:
                is_new = ledger.enter(one)
            except LogError as fault:
                faults.append(fault_at(name, row, fault))
                continue
            new += [one] if is_new else []
            known += not is_new
    pending = sum(sheet.pending for _, sheet in sheets)
    return Taken(station, tuple(new), known, tuple(faults), pending)


# ---------------------------------------------------------------- the file


def log_file(root: Path, station: str) -> Path:
    """Return the path of a station's log."""
    return root / "content" / "log" / f"{station}.csv"


def read_log(root: Path, station: str) -> tuple[Airing, ...]:
    """Return a station's log; empty if there is none yet. Raises LogError for a faulty row."""
    path = log_file(root, station)
    shown_as = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    sheet = airings_of(read_table(data, shown_as), shown_as, Programme(station, station, None, {}), None)
    if sheet.faults:
        raise sheet.faults[0]
    return tuple(one for _, one in sheet.airings)


def log_bytes(station: str, airings: Iterable[Airing]) -> bytes:
    """Return a log as written to its file: UTF-8, semicolons, one line per airing."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in airings:
        aired = one.aired.isoformat("minutes") if one.aired else ""
        facts = (one.day.isoformat(), one.planned.isoformat("minutes"), station, one.episode, one.file)
        told = (str(one.seconds), MARK if one.aired else "", aired, one.by, one.note)
        writer.writerow([as_text(cell) for cell in (*facts, *told)])
    return text.getvalue().encode()
