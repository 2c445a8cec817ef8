"""A log sheet as it comes back from a station: whatever a spreadsheet made of ``NHAT-KY.csv``.

``read_table`` finds encoding, separator and heading; ``airings_of`` turns rows into airings and names
every row that cannot be one. A row is counted as a spreadsheet shows it, the first one being 1.
"""

import codecs
import csv
import io
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from ..errors import LogError
from ..packing.sheets import COLUMNS
from . import spreadsheet_cells as cells

NEEDED: Final = ("ngay", "gio", "tap", "da_phat")
LARGEST: Final = 10_000_000  # bytes: ten years of airings; a mistaken film is larger
HEADING_WITHIN: Final = 30  # rows
FARTHEST_MINUTES: Final = 12 * 60  # from the hour planned; beyond it the day may be another one
_SEPARATORS: Final = ";,\t"
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls
_VIETNAMESE: Final = set("ăâđêôơư") | {
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}


@dataclass(frozen=True, slots=True)
class Airing:
    """A planned airing, and what became of it; hours are those of the station's clock."""

    day: date
    planned: time
    aired: time | None  # None: it was planned, and not aired
    episode: str
    file: str
    seconds: int
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the heading: its cells by column, as ``cells.plain`` gives them."""

    number: int
    cells: Mapping[str, str]
    is_ragged: bool  # it has a cell that belongs to no column


@dataclass(frozen=True, slots=True)
class Programme:
    """What is known of a station: its names, its episodes, and how long they are as each master.

    ``episodes`` is None where any is taken as it stands: in the log itself.
    """

    station: str
    name: str
    episodes: Collection[str] | None
    lengths: Mapping[tuple[str, str], int]  # (episode, the suffix of a master's files) -> whole seconds


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says: its airings by row, the rows that are wrong, how many are still to be filled in."""

    airings: tuple[tuple[int, Airing], ...]
    faults: tuple[LogError, ...]
    pending: int


# ---------------------------------------------------------------- bytes to rows


def read_table(data: bytes, file: str) -> list[Row]:
    """Return the rows of a sheet that are not empty. Raises LogError where it is not a log sheet."""
    rows = find_table(decoded(data, file), file)
    if rows is None:
        raise LogError("airlog.no_heading", file=file, columns=";".join(COLUMNS))
    return rows


def decoded(data: bytes, file: str) -> str:
    """Return the text of a sheet. Raises LogError for a workbook, or for what is no text at all."""
    if data.startswith(_WORKBOOKS):
        raise LogError("airlog.workbook", file=file)
    if len(data) > LARGEST:
        raise LogError("airlog.too_large", file=file, limit=LARGEST // 1_000_000)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1258" or _is_vietnamese(text):
            return text.removeprefix("\ufeff")
    raise LogError("airlog.no_text", file=file)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in data:  # half of the bytes of a heading in UTF-16
        return ("utf-16-le",) if data[1:2] == b"\0" else ("utf-16-be",)
    return ("utf-8", "cp1258", "cp1252")


def _is_vietnamese(text: str) -> bool:
    """Whether the code page of Vietnam gave letters of Vietnamese only."""
    composed = unicodedata.normalize("NFC", text).lower()
    return all(
        char in _VIETNAMESE for char in composed if ord(char) > 0x7F and unicodedata.category(char)[0] in "LM"
    )


def find_table(text: str, file: str) -> list[Row] | None:
    """Return the rows under the heading of a log sheet; None where there is no such heading.

    Raises LogError for a heading with a column that is nobody's or there twice.
    """
    body = text.partition("\n")[2] if text[:4].casefold() == "sep=" else text  # a spreadsheet hides that line
    for separator in _SEPARATORS:
        try:
            lines = list(csv.reader(io.StringIO(body, newline=""), delimiter=separator))
        except csv.Error:  # a cell that never ends
            continue
        for at, line in enumerate(lines[:HEADING_WITHIN]):
            names = [_column(cell) for cell in line]
            if set(NEEDED) <= set(names):
                _check_heading(names, line, file, at + 1)
                return list(_rows(names, lines[at + 1 :], at + 2))
    return None


def _column(cell: str) -> str:
    return cells.fold(cells.plain(cell)).replace(" ", "_").replace("-", "_")


def _check_heading(names: Sequence[str], line: Sequence[str], file: str, row: int) -> None:
    for at, name in enumerate(names):
        if name and (name not in COLUMNS or name in names[:at]):
            facts = {"file": file, "row": row, "column": cells.plain(line[at]), "columns": ";".join(COLUMNS)}
            raise LogError("airlog.repeated_column" if name in COLUMNS else "airlog.unknown_column", facts)


def _rows(names: Sequence[str], lines: Sequence[Sequence[str]], first: int) -> Iterator[Row]:
    for number, line in enumerate(lines, first):
        texts = [cells.plain(cell) for cell in line]
        if any(texts):
            named = {name: text for name, text in zip(names, texts, strict=False) if name}
            width = len(names)
            stray = any(texts[width:]) or any(
                text for name, text in zip(names, texts, strict=False) if not name
            )
            yield Row(number, {name: named.get(name, "") for name in COLUMNS}, stray)


# ---------------------------------------------------------------- rows to airings


def airings_of(rows: Sequence[Row], file: str, programme: Programme, today: date | None) -> Sheet:
    """Return what rows say of a station's airings, none of which can be later than ``today``.

    A row that is not marked was not aired if a later one was; else its time is still to come.
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
    """Return what is wrong with a row, told with its place."""
    return LogError(fault.key, {"file": file, "row": row}, **fault.facts)


def _airing(row: Row, programme: Programme, month_first: bool, today: date | None) -> Airing | None:
    """Return the airing of a row; None for one without a plan that was not aired either."""
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
    """Return how long the episode of a row is: as published, else as the sheet says."""
    episode, file = of["tap"].casefold(), of["tep"]
    if not episode:
        raise LogError("airlog.no_episode", column="tap")
    said = cells.whole_seconds(of["so_giay"])
    if programme.episodes is not None:
        others = [one for one in programme.episodes if one != episode and _names(file, one)]
        is_known = episode in programme.episodes
        if not is_known and not (said and _names(file, episode)):  # one of an old pack is there twice
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
    """Return the length as the master that a file's name ends with; else as any."""
    suffix = _stem(file).rpartition("-")[2]
    lengths = {of: seconds for (name, of), seconds in programme.lengths.items() if name == episode}
    return next((lengths[of] for of in lengths if of.rpartition("-")[2] == suffix), None) or next(
        iter(lengths.values()), None
    )
