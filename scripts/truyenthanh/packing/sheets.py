"""The sheets of a pack: the running order and the log to print, the log to fill in, the how-to.

Their wording is in ``sheets/``; the records fill it in. Whatever the table holds, rows keep their
height, so that a day stays on its page of A4.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

from ..feed.wording import day, one_line, playing_time
from .programme_items import Item, RunningOrder, Session
from .spreadsheet import as_text

if TYPE_CHECKING:
    from jinja2 import Environment

COLUMNS: Final = (
    *("ngay", "gio", "dai", "tap", "tep", "so_giay"),
    *("da_phat", "gio_phat", "nguoi_phat", "ghi_chu"),
)
WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

# A page of A4 with margins of 11 mm has 275 mm, 780 pt, including header and footer.
_BODY_PT: Final = 690
_ROW_EM, _SESSION_EM, _LEAST_PT, _MOST_PT = 2.95, 6.4, 5.5, 9.5


@dataclass(frozen=True, slots=True)
class Airing:
    """A file, and when it will be played, if that is planned."""

    starts: datetime | None
    file: str
    item: Item


@dataclass(frozen=True, slots=True)
class Block:
    """What is played without a break; None if only its order is planned. ``file`` holds all of it."""

    session: Session | None
    rows: tuple[Airing, ...]
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What is on one page of paper, and how large its type may be."""

    day: date | None
    blocks: tuple[Block, ...]
    size_pt: float


def hours_of(session: Session) -> Iterator[tuple[datetime, Item]]:
    """Yield when each item of a session begins: they follow each other, between ident and closing.

    An item played alone has its own ident and closing, so the time that a session saves is spread evenly.
    """
    whole = sum(item.seconds for item in session.items)
    at = session.starts
    for item in session.items:
        yield at, item
        at += timedelta(seconds=item.seconds * session.seconds / whole)


def log_sheet(station: str, airings: Sequence[Airing]) -> bytes:
    """Return the log to fill in: CSV that a Vietnamese Excel opens on a double click (BOM, semicolons)."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for airing in airings:
        when = (airing.starts.date().isoformat(), f"{airing.starts:%H:%M}") if airing.starts else ("", "")
        cells = (*when, station, airing.item.episode, airing.file, str(round(airing.item.seconds)))
        lines.writerow([*map(as_text, cells), "", "", "", ""])
    return out.getvalue().encode("utf-8-sig")


def schedule(
    name: str,
    suffix: str,
    named: Sequence[tuple[str, Item]],
    names: Mapping[str, str],
    order: RunningOrder | None,
    session_names: Sequence[str] = (),
) -> bytes:
    """Return what is played when, one A4 page per day; without times, the files in play order."""
    pages = _days(names, order, session_names) if order is not None else [_in_order(named)]
    left_over = order.left_over if order is not None else ()
    return _rendered("schedule.html.j2", name=name, suffix=suffix, pages=pages, left_over=left_over)


def printed_log(name: str, suffix: str, airings: Sequence[Airing]) -> bytes:
    """Return the log as tables to fill in by hand, one per day."""
    days = groupby(airings, lambda one: one.starts.date() if one.starts else None)
    return _rendered("log.html.j2", name=name, suffix=suffix, days=[(when, list(own)) for when, own in days])


def how_to(name: str, suffix: str, count: int) -> bytes:
    """Return the how-to in a form that Notepad shows correctly (BOM, CRLF)."""
    text = _rendered("how-to.txt.j2", name=name, suffix=suffix, count=count).decode()
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def replacements(**facts: object) -> bytes:
    """Return the page that says which files a station must replace."""
    return _rendered("replaced.html.j2", **facts)


def _days(names: Mapping[str, str], order: RunningOrder, session_names: Sequence[str]) -> list[Page]:
    filed = zip_longest(order.sessions, session_names)
    days = groupby(filed, lambda one: one[0].starts.date())
    return [_page(when, [_block(session, names, file) for session, file in own]) for when, own in days]


def _block(session: Session, names: Mapping[str, str], file: str | None) -> Block:
    rows = tuple(Airing(at, names[item.episode], item) for at, item in hours_of(session))
    return Block(session, rows, file)


def _in_order(named: Sequence[tuple[str, Item]]) -> Page:
    return _page(None, [Block(None, tuple(Airing(None, name, item) for name, item in named))])


def _page(when: date | None, blocks: list[Block]) -> Page:
    ems = sum(len(block.rows) * _ROW_EM + _SESSION_EM for block in blocks)
    return Page(when, tuple(blocks), round(min(_MOST_PT, max(_LEAST_PT, _BODY_PT / ems)), 1))


def _rendered(template: str, **facts: object) -> bytes:
    text: str = _sheets().get_template(template).render(**facts)
    return text.encode()


@cache
def _sheets() -> "Environment":
    from ..feed.templating import templates

    env = templates("truyenthanh.packing", "sheets")
    env.filters |= {"clock": _clock, "exact": _exact, "long_day": _long_day, "one_line": one_line}
    return env


def _clock(seconds: float) -> str:
    return playing_time(int(seconds * 1000))


def _exact(seconds: float) -> str:
    """Return a length to the hundredth of a second, for a file scheduled at a time: ``3:31,92``."""
    minutes, hundredths = divmod(round(seconds * 100), 6000)
    return f"{minutes}:{hundredths // 100:02d},{hundredths % 100:02d}"


def _long_day(when: date) -> str:
    return f"{WEEKDAYS[when.weekday()]}, {day(when)}"
