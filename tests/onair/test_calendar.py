"""The calendar is one that others read, line by line as RFC 5545 has it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from orders import part, station, timetable

from truyenthanh.onair.calendar import calendar, escaped, folded
from truyenthanh.onair.schedule import running_order
from truyenthanh.packing.programme_items import RunningOrder

TITLE = "Trồng cây, nuôi ong; giữ “rừng” \\ đất " * 3


def order() -> RunningOrder:
    first = part(1, 2000)
    parts = [replace(first, item=replace(first.item, title=TITLE)), part(2, 2001)]
    return running_order(station(), "loudspeaker", parts, timetable(300, 2, 5, 17), date(2023, 4, 3))


def test_another_program_reads_it() -> None:
    read = Calendar.from_ical(calendar(order(), "Đài xã Một", "xa-mot.example.org"))
    events = read.walk("VEVENT")
    assert len(events) == len(order().sessions) == 4
    first = events[0]
    assert first.decoded("DTSTART") == datetime(2023, 4, 2, 22, tzinfo=UTC)
    for event, session in zip(events, order().sessions, strict=True):
        length = event.decoded("DTEND") - event.decoded("DTSTART")
        assert 0 <= length / timedelta(seconds=1) - session.seconds < 1
    assert str(first["UID"]) == "phien-2023-04-03-0500-loa@xa-mot.example.org"
    said = str(first["DESCRIPTION"])
    assert said.splitlines()[1] == f"1. {TITLE}"
    assert said.startswith("Tệp phien-2023-04-03-0500-loa.mp3, dài ")
    assert all(event.decoded("DTSTAMP") == event.decoded("DTSTART") for event in events)
    assert len({str(event["UID"]) for event in events}) == 4


def test_lines_end_and_fold_as_they_must() -> None:
    raw = calendar(order(), "Đài xã Một", "xa-mot.example.org").encode()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    pieces = folded(text).split("\r\n ")
    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= 75 - (at > 0) for at, piece in enumerate(pieces))


def test_what_separates_values_is_escaped() -> None:
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
