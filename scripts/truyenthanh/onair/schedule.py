"""When each item is played: items packed into sessions, none of them cut.

All items are divided into groups that follow each other in number; sessions take the groups in turn. So
an item comes again only when all others have been heard, always after equally many sessions, and as many
groups are made as keep a session from playing what the one of its hour played the day before. Where a
division in order would need more sessions than there are, the gaps are filled out of order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from ..content.timetables import as_minutes
from ..errors import ContentError
from ..model import Station, Timetable
from ..packing.programme_items import Item, RunningOrder, Session

FRAME_MS: Final = 24  # what every section is a multiple of
VIETNAM: Final = timezone(timedelta(hours=7))  # all year round
MOST_SEARCHED: Final = 60  # items: beyond these, what is left over is not searched for a place
SEARCH_STEPS: Final = 100_000

Group = tuple[int, ...]  # places in the list of parts


@dataclass(frozen=True, slots=True)
class Part:
    """An item and the lengths, in frames, of its ident, of what is played between, and of its closing."""

    item: Item
    opening: int
    body: int
    closing: int


def running_order(
    station: Station, master: str, parts: Sequence[Part], timetable: Timetable, first: date
) -> RunningOrder:
    """Return the sessions of a timetable, ``first`` being its first day where it names none.

    A session for which nothing is left that it may play is left out. Raises ContentError if no item
    fits into a slot.
    """
    if not parts:
        return RunningOrder(station.id, master, (), ())
    room = timetable.slot_s * 1000 // FRAME_MS - around(parts)
    fitting = [at for at, part in enumerate(parts) if part.body <= room]
    if not fitting:
        raise _slot_too_short(station, parts, timetable)
    starts = session_starts(timetable, first)
    groups = grouped([parts[at].body for at in fitting], room, timetable)
    sessions = []
    for start, group in zip(starts, in_turn(groups, timetable), strict=True):
        if group:
            played = [parts[fitting[at]] for at in group]
            sessions.append(_session(start, timetable.slot_s, played))
    placed = {fitting[at] for group in groups for at in group}
    left_over = tuple(part.item for at, part in enumerate(parts) if at not in placed)
    return RunningOrder(station.id, master, tuple(sessions), left_over)


def around(parts: Sequence[Part]) -> int:
    """Return what ident and closing take of a session at most, in frames: those of all are seldom unlike."""
    return max(part.opening for part in parts) + max(part.closing for part in parts)


def session_starts(timetable: Timetable, first: date) -> list[datetime]:
    """Return when the sessions begin, in order."""
    days = ((timetable.first or first) + timedelta(days=day) for day in range(timetable.days))
    return [datetime.combine(day, at, VIETNAM) for day in days for at in timetable.times]


def in_utc(moment: datetime) -> str:
    """Return a moment as calendars and playout systems write it: 20230402T220000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _session(start: datetime, slot_s: int, played: Sequence[Part]) -> Session:
    frames = played[0].opening + sum(part.body for part in played) + played[-1].closing
    return Session(start, slot_s, tuple(part.item for part in played), frames * FRAME_MS / 1000)


def _slot_too_short(station: Station, parts: Sequence[Part], timetable: Timetable) -> ContentError:
    shortest = min(parts, key=lambda part: part.body)
    needed_s = (around(parts) + shortest.body) * FRAME_MS / 1000
    where = {"file": station.file, "line": timetable.line, "field": "schedule.slot"} if timetable.line else {}
    return ContentError(
        "schedule.slot_too_short",
        where,
        slot=as_minutes(timetable.slot_s),
        episode=shortest.item.episode,
        needed=as_minutes(-(-needed_s // 1)),
    )


# ---------------------------------------------------------------- groups


def grouped(lengths: Sequence[int], room: int, timetable: Timetable) -> list[Group]:
    """Return which items are played together; those in no group have no place in any session."""
    sessions, everyday = timetable.days * len(timetable.times), len(timetable.times)
    least = len(_in_order(lengths, room))
    if least > sessions:
        return packed(lengths, sessions, room)
    may_repeat = timetable.repeats or timetable.days == 1
    most = min(len(lengths), sessions)
    good = (count for count in range(least, most + 1) if may_repeat or everyday % count)
    return divided(lengths, next(good, most), room)


def in_turn(groups: Sequence[Group], timetable: Timetable) -> list[Group]:
    """Return the group of each session: the one not heard for longest that the session may play.

    A session may play nothing if only what its hour heard the day before is left.
    """
    everyday = len(timetable.times)
    played: list[Group] = []
    last = [-1] * len(groups)
    for session in range(timetable.days * everyday):
        before = played[session - everyday] if session >= everyday and not timetable.repeats else ()
        allowed = [at for at, group in enumerate(groups) if group != before]
        chosen = min(allowed, key=lambda at: (last[at], at), default=None)
        if chosen is not None:
            last[chosen] = session
        played.append(groups[chosen] if chosen is not None else ())
    return played


def divided(lengths: Sequence[int], count: int, room: int) -> list[Group]:
    """Return the items in order as ``count`` groups, the longest of them as short as can be."""
    low, high = max(lengths), room
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_in_order(lengths, middle)) <= count else (middle + 1, high)
    return _in_order(lengths, low, count)


def _in_order(lengths: Sequence[int], room: int, least: int = 1) -> list[Group]:
    """Return groups of at most ``room``, each filled before the next is started, and ``least`` of them if
    there are as many items."""
    groups: list[list[int]] = []
    free = 0
    for at, length in enumerate(lengths):
        if length > free or len(lengths) - at <= least - len(groups):
            groups.append([])
            free = room
        groups[-1].append(at)
        free -= length
    return [tuple(group) for group in groups]


def packed(lengths: Sequence[int], count: int, room: int) -> list[Group]:
    """Return ``count`` groups or fewer that hold all items if that can be found, else the first of them.

    In order, an item goes where there is room first; if that leaves any over, the longest are placed
    first; if that does too, places are searched for (exactly, while the items are few).
    """
    order = range(len(lengths))
    longest_first = sorted(order, key=lambda at: -lengths[at])
    found = _first_fit(lengths, order, count, room)
    if None in found:
        other = _first_fit(lengths, longest_first, count, room)
        found = found if None in other else other
    if None in found:
        found = _searched(lengths, longest_first, count, room) or found
    groups = [tuple(at for at in order if found[at] == group) for group in range(count)]
    return sorted(group for group in groups if group)


Places = list[int | None]  # of each item: its group


def _first_fit(lengths: Sequence[int], order: Sequence[int], count: int, room: int) -> Places:
    free, places = [room] * count, _nowhere(lengths)
    for at in order:
        places[at] = next((group for group in range(count) if free[group] >= lengths[at]), None)
        if (group := places[at]) is not None:
            free[group] -= lengths[at]
    return places


def _searched(lengths: Sequence[int], order: Sequence[int], count: int, room: int) -> Places | None:
    """Return a place for every item, None if there is none or none was found in time."""
    if len(lengths) > MOST_SEARCHED or sum(lengths) > count * room:
        return None
    free, places, steps = [room] * count, _nowhere(lengths), [0]

    def place(rest: Sequence[int]) -> bool:
        steps[0] += 1
        if not rest or steps[0] > SEARCH_STEPS:
            return not rest
        at = rest[0]
        for left in sorted(set(free)):  # groups with the same room left are one to try
            if left >= lengths[at]:
                group = free.index(left)
                free[group] -= lengths[at]
                places[at] = group
                if place(rest[1:]):
                    return True
                free[group] += lengths[at]
        return False

    return places if place(order) else None


def _nowhere(lengths: Sequence[int]) -> Places:
    return [None] * len(lengths)
