"""Dates: 25/3/2023, 25-3-2023, 3/2023, tháng 4."""

import re

from .numbers import cardinal

_DAY = re.compile(r"(?<![\w/.-])(0?[1-9]|[12]\d|3[01])([/-])(0?[1-9]|1[0-2])\2([12]\d{3})(?![\w/-])")
_MONTH = re.compile(r"(?<![\w/.-])(?<![Qq]uý )(?:([Tt]háng) )?(0?[1-9]|1[0-2])/([12]\d{3})(?![\w/-])")

_NAMED_MONTH = re.compile(r"\b([Tt]háng) (0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)")


def month_name(month: int) -> str:
    """Return a month as it is said after "tháng": the fourth is "tư"."""
    return "tư" if month == 4 else cardinal(month)


def read_dates(text: str) -> str:
    """Return ``text`` with "25/3/2023" said "hai mươi lăm tháng ba năm hai nghìn …"."""
    return _DAY.sub(lambda m: f"{cardinal(int(m[1]))} {_month_and_year(m[3], m[4])}", text)


def read_months(text: str) -> str:
    """Return ``text`` with "3/2023" said "tháng ba năm hai nghìn …", and "tháng 4" said "tháng tư"."""
    text = _MONTH.sub(lambda m: _month_and_year(m[2], m[3], m[1] or "tháng"), text)
    return _NAMED_MONTH.sub(lambda m: f"{m[1]} {month_name(int(m[2]))}", text)


def _month_and_year(month: str, year: str, word: str = "tháng") -> str:
    return f"{word} {month_name(int(month))} năm {cardinal(int(year))}"
