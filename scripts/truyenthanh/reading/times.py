"""Times of day and lengths of time: 17h30, 05g00, 06:45, 7h - 11h30, 3p20s; what is said keeps digits."""

import re
from typing import Final

_HOUR: Final = r"(?:[01]?\d|2[0-4])"
_MINUTE: Final = r"[0-5]?\d"
_START: Final = r"(?<![\w.,:/-])"
_END: Final = r"(?![\w:]|[.,/-]\d)"

_CLOCK: Final = rf"{_HOUR}(?:[hHgG]|:(?=[0-5]\d))(?:[0-5]\d)?"
_BETWEEN = re.compile(
    rf"{_START}({_CLOCK}(?:['p]|ph)?){{dash}}(?={_HOUR}(?:[hHgG]|:[0-5]\d))".replace("{dash}", " ?- ?")
)
_BARE_TO = re.compile(rf"{_START}({_HOUR})-({_HOUR})(?= ?(?:[hg](?:[0-5]\d)?|giờ){_END})")
_LETTER = re.compile(rf"{_START}({_HOUR}) ?[hHgG] ?([0-5]\d)(?:'|ph?|phút)?(?: phút\b)?{_END}")
_COLON = re.compile(rf"{_START}({_HOUR}):([0-5]\d)(?::([0-5]\d))?(?:'|ph?|h)?(?: (?:giờ|phút|giây)\b)?{_END}")
_HOURS = re.compile(
    rf"{_START}(\d{{1,3}}(?:,\d+)?)(?:[hH]| h){_END}|{_START}({_HOUR})g{_END}(?= (?:ngày|sáng|chiều|tối|"
    rf"trưa|đêm))"
)
_LENGTH = re.compile(
    rf"{_START}(?<!phút )(\d{{1,3}})(?:p|ph|')(?:([0-5]?\d)(?:s|''|\"))?{_END}|"
    rf"{_START}(\d{{1,4}}(?:,\d+)?)s{_END}"
)
_ROUND = re.compile(r"(?<![\w/])24(?:h|g)?/(24|7)(?:h|g)?(?![\w/])")
_MINUTES = re.compile(r"(?<=\bgiờ) 0(\d)(?: phút)?(?![\w.,/-]\d|\w)")
_AT_DAY = re.compile(r"(?<![\w/])(\d{1,2}) ?(?:h|g|giờ)/(?=\d{1,2}/\d)")


def read_round_the_clock(text: str) -> str:
    """Return ``text`` with "24/7" and "24/24h" written "24 trên 7", "24 trên 24"; "7h/" before a day too."""
    return _AT_DAY.sub(r"\1 giờ ngày ", _ROUND.sub(lambda m: f"24 trên {m[1]}", text))


def read_times(text: str) -> str:
    """Return ``text`` with "17h30" written "17 giờ 30 phút", "7h - 11h30" as one to the other."""
    text = _BETWEEN.sub(r"\1 đến ", text)
    text = _BARE_TO.sub(r"\1 đến \2", text)
    text = _LETTER.sub(lambda m: _said(m[1], m[2], None), text)
    text = _COLON.sub(lambda m: _said(m[1], m[2], m[3]), text)
    text = _HOURS.sub(lambda m: f"{_plain(m[1] or m[2])} giờ", text)
    return _MINUTES.sub(lambda m: "" if m[1] == "0" else f" {m[1]} phút", _LENGTH.sub(_length, text))


def _said(hour: str, minute: str, second: str | None) -> str:
    parts = [f"{int(hour)} giờ"]
    if int(minute):
        parts.append(f"{int(minute)} phút")
    if second and int(second):
        parts.append(f"{int(second)} giây")
    return " ".join(parts)


def _length(match: re.Match[str]) -> str:
    minutes, seconds, alone = match.groups()
    if alone:
        return f"{_plain(alone)} giây"
    return f"{int(minutes)} phút" + (f" {int(seconds)} giây" if seconds else "")


def _plain(number: str) -> str:
    return number.lstrip("0") or "0" if number.isdigit() else number
