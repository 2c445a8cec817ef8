"""Cells read back from a spreadsheet, whatever it made of them: a day, a time, a mark.

Every reader here is strict if a cell could mean two things: it returns None, and a person is asked.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

YEARS: Final = range(2020, 2100)  # before these nothing of ours was aired
LONGEST_S: Final = 6 * 3600  # more in one row is a lost decimal comma
DAY_S: Final = 24 * 3600
LEAST_DIGITS: Final = 4  # of a fraction of a day, to distinguish minutes
SPAN_DAYS: Final = 31  # that the days of one sheet span at most

_EXCEL_EPOCH: Final = date(1899, 12, 30)  # day 0 of the 1900 date system, as every day from 1900-03-01 counts
_NO_DAY: Final = {
    "30/12/1899",
    "1899-12-30",
    "12/30/1899",
    "0/1/1900",
    "00/01/1900",
    "1/0/1900",
    "1900-01-00",
}
_YES: Final = {"x", "v", "✓", "✔", "√", "1", "co", "roi", "da phat", "yes", "y", "true", "dung", "ok"}
_NO: Final = {"", "0", "-", "khong", "ko", "k", "chua", "chua phat", "no", "n", "false", "sai"}
_MONTHS: Final = dict(
    zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True)
) | {f"thg{month}": month for month in range(1, 13)}

_QUOTED: Final = re.compile(r'="(.*)"', re.DOTALL)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_WORDED: Final = re.compile(r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2}) nam ([0-9]{4})")
_NAMED: Final = re.compile(r"([0-9]{1,2})-([a-z]{3}[0-9]{0,2})-([0-9]{4}|[0-9]{2})")
_SERIAL: Final = re.compile(r"([0-9]{5})(?:[.,]([0-9]+))?")
_MIDNIGHT: Final = re.compile(r"(?:00?:00(?::00)?|12:00(?::00)? (?:am|sa))")
_COLONS: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]0+)?)?(?: ?(am|sa|pm|ch))?")
_LETTERS: Final = re.compile(r"([0-9]{1,2}) ?(?:h|g|gio)(?: ?([0-9]{2}) ?(?:p|ph|phut)?)?")
_HOUR: Final = re.compile(r"[1-9]|1[0-9]|2[0-3]")
_FRACTION: Final = re.compile(r"0?[.,]([0-9]+)")
_NUMBER: Final = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,9}))?")


def plain(cell: str) -> str:
    """Return a cell's text on one line, in NFC, without marks that make a spreadsheet treat it as text."""
    shown = "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in cell)
    text = " ".join(unicodedata.normalize("NFC", shown).split())
    if quoted := _QUOTED.fullmatch(text):
        return quoted[1].strip()
    return text[1:].strip() if text.startswith("'") else text


def fold(text: str) -> str:
    """Return a text in lower case without diacritics: ``Giờ phát`` becomes ``gio phat``."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in apart if not unicodedata.combining(char))


# ---------------------------------------------------------------- days


def day(text: str) -> date | None:
    """Return the day of a cell: ``2023-04-03``, ``3/4/23`` (day first), ``45019``, ``03-Apr-23`` …"""
    if serial := _SERIAL.fullmatch(text):
        whole = serial[2] is None or int(serial[2]) == 0
        counted = _EXCEL_EPOCH + timedelta(days=int(serial[1])) if whole else None
        return counted if counted and counted.year in YEARS else None
    folded, _, rest = fold(text).partition(" ")
    if rest and _MIDNIGHT.fullmatch(rest):
        return day(folded)
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return None if found[2] == "-" and len(found[4]) == 2 else _day(found[4], found[3], found[1])
    if found := _WORDED.fullmatch(fold(text)):
        return _day(found[3], found[2], found[1])
    if (found := _NAMED.fullmatch(fold(text))) and found[2] in _MONTHS:
        return _day(found[3], str(_MONTHS[found[2]]), found[1])
    return None


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether the days of a sheet look as if a spreadsheet with American settings had written them.

    4/13/2023 is proof; days that are months apart when read day first but close together when read month
    first are as good as proof, unless a leading zero shows that a person wrote them.
    """
    pairs = [(found[1], found[3], found[4]) for text in texts if (found := _DAY_FIRST.fullmatch(text))]
    day_first = [_day(year, second, first) for first, second, year in pairs]
    month_first = [_day(year, first, second) for first, second, year in pairs]
    if any(own is None and other for own, other in zip(day_first, month_first, strict=True)):
        return True
    if any(part.startswith("0") for pair in pairs for part in pair[:2]):
        return False
    own, other = [one for one in day_first if one], [one for one in month_first if one]
    return len(other) == len(pairs) and _span(other) < _span(own) and _span(own) >= SPAN_DAYS - 3


def is_day_first(text: str) -> bool:
    """Whether a cell has the form that countries read differently: ``3/4/2023``."""
    return _DAY_FIRST.fullmatch(text) is not None


def _day(year: str, month: str, day_of_month: str) -> date | None:
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day_of_month))
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _span(days: Sequence[date]) -> int:
    return (max(days) - min(days)).days if days else 0


# ---------------------------------------------------------------- hours


def clock(text: str, on: date) -> time | None:
    """Return the time of a cell, to the minute: ``5:00``, ``5h30``, ``0,2083333``, ``1900-01-00 05:00`` …

    ``on`` is the day of its row: a cell that also names a day is valid only with that day.
    """
    first, _, rest = text.replace("T", " ").partition(" ")
    if rest and (first in _NO_DAY or day(first) == on):
        return _hour(fold(rest))
    if serial := _SERIAL.fullmatch(text):
        digits = serial[2] or ""
        return _of_fraction(digits) if digits and _EXCEL_EPOCH + timedelta(int(serial[1])) == on else None
    if fraction := _FRACTION.fullmatch(text):
        return _of_fraction(fraction[1])
    return _hour(fold(text))


def _hour(folded: str) -> time | None:
    if found := _COLONS.fullmatch(folded):
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        if found[4]:
            hour = hour % 12 + (12 if found[4] in ("pm", "ch") else 0) if 1 <= hour <= 12 else 24
    elif found := _LETTERS.fullmatch(folded):
        hour, minute, second = int(found[1]), int(found[2] or 0), 0
    elif _HOUR.fullmatch(folded):
        hour, minute, second = int(folded), 0, 0
    else:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 and second < 60 else None


def _of_fraction(digits: str) -> time | None:
    """Return the time that ``0.digits`` of a day is; None if there are too few digits."""
    value = float(f"0.{digits}")
    if len(digits) < LEAST_DIGITS and (value == 0 or value * 8 % 1):
        return None  # 0.25 is six o'clock, 0.2 may be any time around five
    seconds = value * DAY_S
    nearest = round(seconds / 60) * 60
    is_minute = abs(seconds - nearest) <= 0.5 + DAY_S * 0.5 / 10 ** len(digits)
    at = nearest if is_minute else int(seconds)
    return (datetime.min + timedelta(seconds=at)).time().replace(second=0) if at < DAY_S else None


# ---------------------------------------------------------------- marks and numbers


def is_marked(text: str) -> bool | None:
    """Whether a cell means yes; None if it means neither yes nor no."""
    folded = fold(text)
    return True if folded in _YES else False if folded in _NO else None


def whole_seconds(text: str) -> int | None:
    """Return a length in whole seconds: ``123``, ``123,4``; None if it cannot be that of one programme."""
    found = _NUMBER.fullmatch(text)
    value = round(float(f"{found[1]}.{found[2] or 0}")) if found else 0
    return value if 0 < value <= LONGEST_S else None
