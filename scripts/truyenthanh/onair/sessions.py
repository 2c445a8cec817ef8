"""From a station's timetable to its sessions: what is played when, and the files to play."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Final

from ..content.timetables import overlap, overlap_facts
from ..errors import ContentError
from ..model import Series, Station, Timetable
from ..packing.programme_items import RunningOrder
from ..store.atomic_files import write_atomic
from .calendar import calendar
from .items import published_items
from .playout import (
    FIRST_CART,
    Entry,
    annotated_playlist,
    rivendell_name,
    rivendell_script,
    rivendell_table,
)
from .schedule import VIETNAM, running_order
from .session_file import (
    Billing,
    Programme,
    read_programmes,
    session_name,
    session_title,
    write_sessions,
)

CALENDAR: Final = "lich-phat.ics"
Names = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says about a timetable; the rest comes from the station's file."""

    slot_s: int | None = None
    days: int | None = None
    times: tuple[time, ...] | None = None
    first: date | None = None
    repeats: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether the user said anything."""
        return self != Asked()


@dataclass(frozen=True, slots=True)
class Planned:
    """A station's running order, and the programmes that its sessions are joined from."""

    station: Station
    billing: Billing
    order: RunningOrder
    programmes: tuple[Programme, ...]
    silent: int  # sessions of the timetable with nothing left that they may play


def timetable_of(station: Station, asked: Asked) -> Timetable:
    """Return the station's timetable with the user's changes. Raises ContentError for an impossible one."""
    of = station.timetable
    slot_s = asked.slot_s or (of.slot_s if of else None)
    days = asked.days or (of.days if of else None)
    times = asked.times or (of.times if of else None)
    if slot_s is None or days is None or times is None:
        raise ContentError("schedule.none", station=station.id, file=None, example=station.file)
    crossing = overlap(times, slot_s, days)
    if crossing:
        raise ContentError("schedule.overlap", overlap_facts(crossing, slot_s))
    line = of.line if of and asked.slot_s is None else 0
    first = asked.first or (of.first if of else None)
    return Timetable(slot_s, days, times, first, asked.repeats or bool(of and of.repeats), line)


def plan_sessions(root: Path, station: Station, series: Series, master: str, asked: Asked) -> Planned:
    """Return what a station plays, from what it has published. Raises ContentError, PublicationError."""
    timetable = timetable_of(station, asked)
    programmes = read_programmes(root, station.id, published_items(root, station.id, master))
    parts = [one.part for one in programmes]
    first = series.first.astimezone(VIETNAM).date()
    order = running_order(station, master, parts, timetable, first)
    billing = Billing(station.name, series.title, series.opening_label, series.closing_label)
    silent = timetable.days * len(timetable.times) - len(order.sessions)
    return Planned(station, billing, order, programmes, silent)


# ---------------------------------------------------------------- files


def write_calendar(folder: Path, planned: Planned) -> str:
    """Write the sessions as a calendar into ``folder`` and return its name."""
    host = planned.station.site.partition("://")[2].partition("/")[0]
    write_atomic(folder / CALENDAR, calendar(planned.order, planned.station.name, host).encode())
    return CALENDAR


def plain_names(names: Sequence[str]) -> list[str]:
    """Return the names of session files as they are."""
    return list(names)


def cart_names(names: Sequence[str]) -> list[str]:
    """Return the names of session files from which Rivendell reads their carts."""
    return [rivendell_name(name, cart) for cart, name in enumerate(names, FIRST_CART)]


def write_session_files(folder: Path, planned: Planned, named: Names = plain_names) -> tuple[Entry, ...]:
    """Write a file for every session into ``folder``; return their entries for playout systems."""
    order, billing = planned.order, planned.billing
    names = [session_name(session, order.master) for session in order.sessions]
    figures = write_sessions(folder, named(names), order, planned.programmes, billing)
    return tuple(
        Entry(
            file=name,
            title=session_title(session),
            artist=billing.artist,
            album=billing.album,
            seconds=session.seconds,
            integrated_lufs=measured["integrated_lufs"],
            starts=session.starts,
            slot_s=session.slot_s,
        )
        for name, session, measured in zip(names, order.sessions, figures, strict=True)
    )


def write_all(folder: Path, planned: Planned) -> list[Path]:
    """Write a file for every session and one calendar into ``folder``; return their paths."""
    written = [entry.file for entry in write_session_files(folder, planned)]
    return [folder / name for name in (*written, write_calendar(folder, planned))]


@dataclass(frozen=True, slots=True)
class System:
    """A playout system: how it wants files named, and the lists it wants beside them, by file name."""

    named: Names
    papers: dict[str, Callable[[Sequence[Entry], str], str]]  # made from them and the folder they will be in


SYSTEMS: Final = {
    "liquidsoap": System(plain_names, {"liquidsoap.m3u": annotated_playlist}),
    "rivendell": System(
        cart_names,
        {
            "rivendell.csv": lambda entries, _: rivendell_table(entries),
            "nhap-rivendell.sh": lambda entries, _: rivendell_script(entries),
        },
    ),
}


def write_for_system(folder: Path, planned: Planned, system: str, media: str | None = None) -> list[str]:
    """Write the session files for a playout system; return the names of its lists.

    ``media`` is where the files will be on the playing machine; None: where they are written.
    """
    there = (media or folder.absolute().as_posix()).rstrip("/")
    wanted = SYSTEMS[system]
    entries = write_session_files(folder, planned, wanted.named)
    for name, listed in wanted.papers.items():
        write_atomic(folder / name, listed(entries, there).encode())
    return list(wanted.papers)
