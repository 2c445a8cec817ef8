"""When each item is played: items packed into sessions, none of them cut.

All items are divided into consecutive groups; sessions take the groups in turn. So an item comes again only
after all others have been heard, always after the same number of sessions, and there are enough groups that
no session plays what the session at its time played the day before. If consecutive groups would need more
sessions than there are, the gaps are filled out of order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from ..content.timetables import as_minutes
from ..errors import ContentError
from ..model import Station, Timetable
from ..packing.programme_items import Item, RunningOrder, Session

FRAME_MS: Final = 24  # every section is a multiple of it
VIETNAM: Final = timezone(timedelta(hours=7))  # all year round
MOST_SEARCHED: Final = 60  # items: with more, no places are searched for those left over
SEARCH_STEPS: Final = 100_000

Group = tuple[int, ...]  # places in the list of parts


@dataclass(frozen=True, slots=True)
class Part:
    """An item and the lengths, in frames, of its ident, its body and its closing."""

    item: Item
    opening: int
    body: int
    closing: int


def running_order(
    station: Station, master: str, parts: Sequence[Part], timetable: Timetable, first: date
) -> RunningOrder:
    """Return the sessions of a timetable, starting on ``first`` unless it names its first day.

    A session with nothing left that it may play is omitted. Raises ContentError if no item fits into a
    slot.
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
    """Return the most that ident and closing take of a session, in frames: they seldom differ."""
    return max(part.opening for part in parts) + max(part.closing for part in parts)


def session_starts(timetable: Timetable, first: date) -> list[datetime]:
    """Return when the sessions begin, in order."""
    days = ((timetable.first or first) + timedelta(days=day) for day in range(timetable.days))
    return [datetime.combine(day, at, VIETNAM) for day in days for at in timetable.times]


def in_utc(moment: datetime) -> str:
    """Return a time as calendars and playout systems write it: 20230402T220000Z."""
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
    """Return which items are played together; items in no group are in no session."""
    sessions, everyday = timetable.days * len(timetable.times), len(timetable.times)
    least = len(_in_order(lengths, room))
    if least > sessions:
        return packed(lengths, sessions, room)
    may_repeat = timetable.repeats or timetable.days == 1
    most = min(len(lengths), sessions)
    good = (count for count in range(least, most + 1) if may_repeat or everyday % count)
    return divided(lengths, next(good, most), room)


def in_turn(groups: Sequence[Group], timetable: Timetable) -> list[Group]:
    """Return the group of each session: of those it may play, the one not heard for the longest time.

    A session plays nothing if the only group left was played at its time the day before.
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
    """Return the items in order as ``count`` groups, with the longest as short as possible."""
    low, high = max(lengths), room
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_in_order(lengths, middle)) <= count else (middle + 1, high)
    return _in_order(lengths, low, count)


def _in_order(lengths: Sequence[int], room: int, least: int = 1) -> list[Group]:
    """Return groups of at most ``room``, each filled before the next is started; at least ``least`` of
    them if there are that many items."""
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
    """Return at most ``count`` groups that hold all items, if found; otherwise as many of the first items.

    First each item, in order, goes into the first group with room; if some are left over, the longest are
    placed first; if some still are, all placements are searched (exactly, if the items are few).
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


Places = list[int | None]  # the group of each item


def _first_fit(lengths: Sequence[int], order: Sequence[int], count: int, room: int) -> Places:
    free, places = [room] * count, _nowhere(lengths)
    for at in order:
        places[at] = next((group for group in range(count) if free[group] >= lengths[at]), None)
        if (group := places[at]) is not None:
            free[group] -= lengths[at]
    return places


def _searched(lengths: Sequence[int], order: Sequence[int], count: int, room: int) -> Places | None:
    """Return a place for every item; None if there is no solution or none was found in time."""
    if len(lengths) > MOST_SEARCHED or sum(lengths) > count * room:
        return None
    free, places, steps = [room] * count, _nowhere(lengths), [0]

    def place(rest: Sequence[int]) -> bool:
        steps[0] += 1
        if not rest or steps[0] > SEARCH_STEPS:
            return not rest
        at = rest[0]
        for left in sorted(set(free)):  # groups with the same room left are equivalent
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
