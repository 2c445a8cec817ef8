"""Slot lengths and times of day as people write them, on the command line and in a station's file."""

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

LEAST_SLOT_S, MOST_SLOT_S = 60, 24 * 3600
MOST_DAYS = 366
MOST_TIMES = 48
DAY_S = 24 * 3600

_LENGTH = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def slot_length_s(text: str) -> int | None:
    """Return the seconds of "15m", "1h30m" or "90s"; None unless it is from a minute to a day."""
    match = _LENGTH.fullmatch(text)
    hours, minutes, seconds = (int(group or 0) for group in match.groups()) if match else (0, 0, 0)
    total_s = hours * 3600 + minutes * 60 + seconds
    return total_s if LEAST_SLOT_S <= total_s <= MOST_SLOT_S else None


def time_of_day(text: str) -> time | None:
    """Return the time "05:00" or "5:00"; None if it is not a time."""
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def overlap(times: Sequence[time], slot_s: int, days: int) -> tuple[time, time] | None:
    """Return the first two times of which the second comes before the first one's slot is over, if any.

    ``times`` are in order; over several days the last of a day is followed by the first of the next.
    """
    if days > 1 and _seconds(times[0]) + DAY_S - _seconds(times[-1]) < slot_s:
        return times[-1], times[0]
    return next((pair for pair in pairwise(times) if _seconds(pair[1]) - _seconds(pair[0]) < slot_s), None)


def overlap_facts(pair: tuple[time, time], slot_s: int) -> dict[str, str]:
    """Return the facts for the message about two times too close together."""
    first, second = (at.strftime("%H:%M") for at in pair)
    return {"first": first, "second": second, "slot": as_minutes(slot_s)}


def as_minutes(seconds: float) -> str:
    """Return a length as minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60
