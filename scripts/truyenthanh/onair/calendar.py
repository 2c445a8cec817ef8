"""A running order as a calendar: iCalendar (RFC 5545), which phones and mail programs can import.

Times are in UTC, so that no calendar needs to know Vietnam's time zone. Nothing in it depends on when it
was written, and a session keeps its identity when the calendar is written again.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from typing import Final

from ..content.timetables import as_minutes
from ..messages import in_vietnamese
from ..packing.programme_items import RunningOrder, Session
from .schedule import in_utc
from .session_file import numbered, session_name

MOST_OCTETS: Final = 75  # of a line, RFC 5545, 3.1
REMINDER: Final = "-PT5M"


def calendar(order: RunningOrder, station: str, host: str) -> str:
    """Return the sessions as a calendar; ``station`` is its name, ``host`` that of its site."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//truyenthanh//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(in_vietnamese('calendar.name', station=station))}",
        *(line for session in order.sessions for line in _event(session, order, station, host)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(session: Session, order: RunningOrder, station: str, host: str) -> Iterator[str]:
    name, starts = session_name(session, order.master), in_utc(session.starts)
    ends = in_utc(session.starts + timedelta(seconds=ceil(session.seconds)))
    summary = escaped(in_vietnamese("calendar.summary", station=station, count=len(session.items)))
    yield "BEGIN:VEVENT"
    yield f"UID:{name.rpartition('.')[0]}@{host}"
    yield f"DTSTAMP:{starts}"
    yield f"DTSTART:{starts}"
    yield f"DTEND:{ends}"
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{escaped(_description(session, name))}"
    yield from (
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{REMINDER}",
        f"DESCRIPTION:{summary}",
        "END:VALARM",
    )
    yield "END:VEVENT"


def _description(session: Session, name: str) -> str:
    length, slot = as_minutes(session.seconds), as_minutes(session.slot_s)
    head = in_vietnamese("calendar.file", file=name, length=length, slot=slot)
    return "\n".join([head, *(numbered(item) for item in session.items)])


def escaped(text: str) -> str:
    """Return a text as the value of a property (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line folded to at most 75 octets, never within a character (RFC 5545, 3.1)."""
    pieces, piece, room = [], "", MOST_OCTETS
    for letter in line:
        if len((piece + letter).encode()) > room:
            pieces.append(piece)
            piece, room = "", MOST_OCTETS - 1  # the space that marks a continuation counts too
        piece += letter
    return "\r\n ".join([*pieces, piece])
