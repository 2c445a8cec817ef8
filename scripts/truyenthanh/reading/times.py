"""Times of day and lengths of time: 17h30, 05g00, 06:45, 7h - 11h30, 3p20s; results keep digits."""

import re
from typing import Final

_HOUR: Final = r"(?:[01]?\d|2[0-4])"
_START: Final = r"(?<![\w.,:/-])"
_END: Final = r"(?![\w:]|[.,/-]\d)"

_CLOCK: Final = rf"{_HOUR}(?:[hHgG]|:(?=[0-5]\d))(?:[0-5]\d)?"
_BETWEEN = re.compile(
    rf"{_START}({_CLOCK}(?:['p]|ph)?){{dash}}(?={_HOUR}(?:[hHgG]|:[0-5]\d))".replace("{dash}", " ?- ?")
)
_BARE_TO = re.compile(rf"{_START}({_HOUR})-({_HOUR})(?= ?(?:[hg](?:[0-5]\d)?|giờ){_END})")
_LETTER = re.compile(
    rf"{_START}({_HOUR}) ?[hHgG] ?([0-5]\d|(?<=h)[1-9])(?:'|ph?|m|phút)?(?: phút\b)?{_END}|"
    rf"{_START}({_HOUR})[hH]([0-5]?\d)(?:'|ph?|m)([0-5]?\d)s{_END}"
)
# "8:00 PM", "10h am", "8pm"; in "5 am", with a space, am may be a word.
_HALF = re.compile(
    rf"{_START}(1[0-2]|0?[1-9])(?:(?:[:hg]([0-5]\d)?) ?([ap])\.?m(?:\b\.(?= \w))?|([ap])m)(?![\w:])",
    re.IGNORECASE,
)
_COLON = re.compile(rf"{_START}({_HOUR}):([0-5]\d)(?::([0-5]\d))?(?:'|ph?|h)?(?: (?:giờ|phút|giây)\b)?{_END}")
_HOURS = re.compile(
    rf"{_START}(\d{{1,3}}(?:,\d+)?)(?:[hH]| h){_END}|{_START}({_HOUR})g{_END}(?=,? (?:ngày|sáng|chiều|tối|"
    rf"trưa|đêm|chủ nhật|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)\b))"
)
_LENGTH = re.compile(
    rf"{_START}(?<!phút )(?<!phút thứ )(\d{{1,3}})(?:p|ph|'(?!'))"
    rf"(?:([0-5]?\d)(?:s|'{{1,2}}|(?<='\d\d)))?{_END}|"
    rf"{_START}(\d{{1,3}})m([0-5]?\d)s{_END}|{_START}(\d{{1,4}}(?:,\d+)?)s{_END}"
)
_LENGTHS = re.compile(rf"{_START}(\d{{1,3}}(?:ph?|s)?) ?- ?(?=\d{{1,3}}(?:ph?|s){_END})")
_OPEN_QUOTE = re.compile(r"(?:^|(?<=[\s(]))'[^']*$")
_SCREEN = re.compile(r"\b(?:màn hình|ti vi|tivi|TV|laptop|máy tính bảng)(?: [^\W\d_]+)? $", re.IGNORECASE)
QUOTE_REACH: Final = 120  # characters between an opening quote and its closing one
_ROUND = re.compile(r"(?<![\w/])24(?:h|g)?/(24|7)(?:h|g)?(?![\w/])")
_MINUTES = re.compile(r"(?<=\bgiờ) 0(\d)(?: phút)?(?![\w.,/-]\d|\w)")
_AT_DAY = re.compile(r"(?<![\w/])(\d{1,2}) ?(?:h|g|giờ)/(?=\d{1,2}/\d)")


def read_round_the_clock(text: str) -> str:
    """Return ``text`` with "24/7" as "24 trên 7", "24/24h" as "24 trên 24"; also "7h/" before a day."""
    return _AT_DAY.sub(r"\1 giờ ngày ", _ROUND.sub(lambda m: f"24 trên {m[1]}", text))


def read_times(text: str) -> str:
    """Return ``text`` with "17h30" written "17 giờ 30 phút", and "7h - 11h30" as a range."""
    text = _BETWEEN.sub(r"\1 đến ", text)
    text = _LENGTHS.sub(r"\1 đến ", _BARE_TO.sub(r"\1 đến \2", text))
    text = _HALF.sub(_half_of_day, text)
    text = _LETTER.sub(lambda m: _said(m[1] or m[3], m[2] or m[4], m[5]), text)
    text = _COLON.sub(lambda m: _said(m[1], m[2], m[3]), text)
    text = _HOURS.sub(lambda m: f"{_plain(m[1] or m[2])} giờ", text)
    return _MINUTES.sub(
        lambda m: "" if m[1] == "0" else f" {m[1]} phút", _LENGTH.sub(lambda m: _length(m, text), text)
    )


def _said(hour: str, minute: str, second: str | None) -> str:
    parts = [f"{int(hour)} giờ"]
    if int(minute):
        parts.append(f"{int(minute)} phút")
    if second and int(second):
        parts.append(f"{int(second)} giây")
    return " ".join(parts)


def _half_of_day(match: re.Match[str]) -> str:
    """Return "8:00 PM" as "8 giờ tối", with the Vietnamese name of the part of the day."""
    hour, afternoon = int(match[1]) % 12, (match[3] or match[4]).lower() == "p"
    parts = ((5, "chiều"), (10, "tối"), (11, "đêm")) if afternoon else ((10, "sáng"), (11, "trưa"))
    part = next(name for last, name in parts if hour <= last)
    if hour == 0:
        part = "trưa" if afternoon else "đêm"
    return f"{_said(match[1], match[2] or '0', None)} {part}"


def _length(match: re.Match[str], text: str) -> str:
    minutes, seconds = match[1] or match[3], match[2] or match[4]
    if match[5]:
        return f"{_plain(match[5])} giây"
    if match[0].endswith("'") and _SCREEN.search(text, max(0, match.start() - 16), match.start()):
        return f"{minutes} inch"
    if match[0].endswith("'") and _OPEN_QUOTE.search(
        text[max(0, match.start() - QUOTE_REACH) : match.start()]
    ):
        return match[0]
    return f"{int(minutes)} phút" + (f" {int(seconds)} giây" if seconds else "")


def _plain(number: str) -> str:
    return number.lstrip("0") or "0" if number.isdigit() else number
