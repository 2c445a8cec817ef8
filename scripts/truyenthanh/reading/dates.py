"""Dates: 25/3/2023, 25-3-2023, 30/4, 15-20/10, 3/2023, quý III/2025, tháng 4; results keep digits.

Months, quarters and years stay numbers here, except the fourth month and quarter; read_cardinals says them.
"""

import re
from typing import Final

from .roman import value
from .tables import KnownDay, rows

_D: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_M: Final = r"(?:0?[1-9]|1[0-2])"
_Y: Final = r"(?:1\d|20|21)\d\d"
_START: Final = r"(?<![\w/.,-])"
_END: Final = r"(?![\w/]|[.,-]\d)"
_DASH: Final = r" ?- ?"

_STAMP = re.compile(
    rf"{_START}({_Y})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"(?:T| )([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?:Z|([+-])(\d\d):?(\d\d))?(?![\w:])"
)
_ISO = re.compile(rf"{_START}({_Y})-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01]){_END}")
_BLANK = re.compile(rf"\b(ngày) ?[.…_]* ?/ ?({_M})/({_Y}){_END}", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?:\b(ngày) )?{_START}({_D}/{_M}(?:/{_Y})?){_DASH}(?={_D}/{_M}{_END}|{_D}/{_M}/{_Y}{_END})",
    re.IGNORECASE,
)
_MONTHS_BETWEEN = re.compile(rf"{_START}({_M}/{_Y}){_DASH}(?={_M}/{_Y}{_END})")
_WEEK = re.compile(rf"\b([Tt]uần) (\d{{1,2}})/({_Y}){_END}")
_DAYS = re.compile(rf"(?:\b([^\W\d_]+) )?{_START}({_D}){_DASH}({_D})([/.])({_M})(?:\4({_Y}))?{_END}")
_DAY = re.compile(rf"(?:\b([^\W\d_]+) )?{_START}({_D})([/.-])({_M})\3({_Y}){_END}")
_MONTHS = re.compile(rf"(?:\b(tháng) )?{_START}({_M}){_DASH}({_M})[/.]({_Y}){_END}", re.IGNORECASE)
_MONTH = re.compile(
    rf"(?:\b(tháng) )?{_START}(?<!quý )(?<!lệ )({_M})(?:([/-])|[.])({_Y}){_END}", re.IGNORECASE
)
_MONTH_SPACE = re.compile(rf"\b(tháng) ({_M}) ({_Y}){_END}", re.IGNORECASE)
_NUMBER_OF_QUARTER: Final = "(?-i:0?[1-4]|IV|iv|[Ii]{1,3})"  # ignoring case, "İ" would match i
_QUARTER = re.compile(
    rf"\b(quý) ({_NUMBER_OF_QUARTER})(?:(?: ?- ?)({_NUMBER_OF_QUARTER}))?(?:[/.-]({_Y}))?{_END}",
    re.IGNORECASE,
)
_NAMED_MONTH = re.compile(r"\b(tháng) (0?[1-9]|1[0-2])(?![\w/]|[.,-]\d)", re.IGNORECASE)
_SHORT = re.compile(
    rf"(?:\b([^\W\d_]+) )?{_START}(?<!\d )((?:{_D}/{_M}(?:, | và | đến )){{0,9}}{_D}/{_M}){_END}"
)
_SHORT_MARKED = re.compile(
    rf"\b(ngày|hôm|lễ|dịp|niệm|mừng|sáng|trưa|chiều|tối|đêm|hết|trước|sau|từ|"
    rf"đến) ({_D})([.-])({_M}){_END}(?! (?:tháng|"
    rf"giờ|tuổi|h\b))",
    re.IGNORECASE,
)
_DASHED_HOLIDAY = re.compile(r"(?<![\w.,/-])(?<!số )(?<!thắng )(\d{1,2})-(\d{1,2})(?=$|[,;:.)](?!\d)| và )")
_DAY_LIST = re.compile(rf"\b(ngày (?:\d{{1,2}}(?:, | và | hoặc )){{1,9}})({_D})/({_M}){_END}", re.IGNORECASE)
_WEEKDAYS = re.compile(r"(?<!\w)T([2-6]) ?- ?(?:T(?=[3-7]))?([3-7]|CN)(?![\w/-])")
_WEEKDAY = re.compile(
    r"(?:\b(sáng|trưa|chiều|tối|đêm|từ|đến|trừ|nghỉ|ngày|tuần|và) |"
    r"(?<!\w)(?=T[2-7],? (?:đến|và|CN|T[2-7])\b))T([2-7])(?![\w/-]|[.,]\d)"
)
_SCALES = re.compile(
    r"\b((?:tỷ|tỉ) lệ(?: bản đồ)?:? )(1/\d{2,6}(?:(?:, | và | hoặc | hay )1/\d{2,6}){0,5})(?![\w/])"
)
_LETTERED = re.compile(rf"(?<!\w)([TQ])((?:{_M})/{_Y}){_END}")
_PAIR = re.compile(r"(\d+)/(\d+)")

_BEFORE_DAY: Final = "ngày hôm sáng trưa chiều tối đêm mùng mồng lễ dịp tết hai ba tư năm sáu bảy nhật"
_DAY_WORDS: Final = frozenset(_BEFORE_DAY.split())
_NEAR_DAYS: Final = frozenset({"từ", "đến", "trước", "sau", "hết", "vào", "qua", "tới", "kỷ", "niệm", "là"})
# Streets and schools are named after days: "đường 30/4".
_NAMED_AFTER: Final = frozenset({"đường", "phố", "chợ", "cầu", "trường", "viện"})
_AFTER_DAY_WORD: Final = frozenset({"ngày", "mùng", "mồng", "hôm"}) | _NAMED_AFTER
_HOLIDAYS: Final = frozenset(f"{one.day}/{one.month}" for one in rows(KnownDay))
_COUNTED = re.compile(r" (?:số|tổng|diện|dân|viên|lượng|thời|quãng|cử|đại biểu|thành viên|kg|giờ|ngày)\b")


def read_stamps(text: str) -> str:
    """Return ``text`` with "2023-03-29T11:03:45+0700" written as a day and a time."""
    return _ISO.sub(lambda m: _said(m[3], m[2], m[1], ""), _STAMP.sub(_stamp, text))


def _stamp(match: re.Match[str]) -> str:
    time = f"{int(match[4])} giờ {int(match[5])} phút" + (f" {int(match[6])} giây" if match[6] else "")
    sign = {"+": "cộng", "-": "trừ", None: ""}[match[7]]
    minutes = f" {int(match[9])} phút" if match[9] and int(match[9]) else ""
    zone = f", múi giờ {sign} {int(match[8])}{minutes}" if sign else ""
    return f"{_said(match[3], match[2], match[1], '')}, {time}{zone}"


def read_dates(text: str) -> str:
    """Return ``text`` with "25/3/2023" written "ngày 25 tháng 3 năm 2023", and its ranges."""
    text = _BLANK.sub(lambda m: f"{m[1]} tháng {int(m[2])} năm {m[3]}", text)
    text = _BETWEEN.sub(lambda m: f"{m[1] or 'ngày'} {m[2]} đến ", text)
    text = _WEEK.sub(r"\1 \2 năm \3", _MONTHS_BETWEEN.sub(r"\1 đến ", text))
    text = _DAYS.sub(_days, text)
    return _DAY.sub(_day, text)


def _days(match: re.Match[str]) -> str:
    word, first, last, mark, month, year = match.groups()
    if year is None and mark == ".":
        return match[0]
    if int(first) >= int(last):
        return match[0]
    named = "" if (word or "").lower() in _AFTER_DAY_WORD else "ngày "
    return f"{word or ''} {named}{int(first)} đến {_said(last, month, year, '')}".lstrip()


def _day(match: re.Match[str]) -> str:
    word, day, _, month, year = match.groups()
    return (f"{word} " if word else "") + _said(day, month, year, word or "")


def _said(day: str, month: str, year: str | None, word: str) -> str:
    """Return a day with "ngày" before it, unless the word before says it already."""
    named = "" if word.lower() in _AFTER_DAY_WORD else "ngày "
    return f"{named}{int(day)} tháng {int(month)}" + (f" năm {int(year)}" if year else "")


def read_short_names(text: str) -> str:
    """Return ``text`` with "T3/2025" as "tháng 3/2025", "Q3/2025" "quý 3/2025", "T2-T6" "thứ 2-thứ 6"."""
    text = _WEEKDAYS.sub(lambda m: f"thứ {m[1]}-{'Chủ nhật' if m[2] == 'CN' else 'thứ ' + m[2]}", text)
    text = _WEEKDAY.sub(lambda m: f"{m[1] + ' ' if m[1] else ''}thứ {m[2]}", text)
    return _LETTERED.sub(lambda m: ("tháng " if m[1] == "T" else "quý ") + m[2], text)


def read_short_dates(text: str) -> str:
    """Return ``text`` with "ngày 30/4" written "ngày 30 tháng 4"; "1/2" stays unless it must be a day."""
    text = _SHORT_MARKED.sub(_marked, text)
    text = _DASHED_HOLIDAY.sub(_holiday, text)
    text = _DAY_LIST.sub(lambda m: m[1] + _said(m[2], m[3], None, "ngày"), text)
    return _SHORT.sub(lambda m: _short(m, text[m.end() : m.end() + 12]), text)


def _marked(match: re.Match[str]) -> str:
    word, day, mark, month = match.groups()
    loose = word.lower() in {"từ", "đến", "trước", "sau"}
    zeros = day.startswith("0") or month.startswith("0")
    counts_up = word.lower() in {"ngày", "hết"} and mark == "-" and int(day) < int(month) and not zeros
    if mark == "." and word.lower() == "hết":
        return match[0]
    if (loose and not month.startswith("0")) or (counts_up and f"{day}/{month}" not in _HOLIDAYS):
        return match[0]
    return f"{word} {_said(day, month, None, word)}"


def _holiday(match: re.Match[str]) -> str:
    day, month = match.groups()
    falls = int(day) > int(month) and f"{day}/{month}" in _HOLIDAYS
    return _said(day, month, None, "") if falls else match[0]


def _short(match: re.Match[str], after: str) -> str:
    word = match[1] or ""
    if not _is_day(word.lower(), _PAIR.findall(match[2]), after):
        return match[0]
    first, *rest = re.split(r"(?<=\d)(?=, | và | đến )", match[2])
    said = _PAIR.sub(lambda m: _said(m[1], m[2], None, word), first)
    said += "".join(_PAIR.sub(lambda m: _said(m[1], m[2], None, ""), piece) for piece in rest)
    return f"{word} {said}" if word else said


def _is_day(word: str, pairs: list[tuple[str, str]], after: str) -> bool:
    if word in _DAY_WORDS | _NAMED_AFTER or any(part.startswith("0") for pair in pairs for part in pair):
        return True
    if all(int(first) < int(second) for first, second in pairs) and _COUNTED.match(after):
        return False
    if word in _NEAR_DAYS:
        return True
    known = any(f"{int(first)}/{int(second)}" in _HOLIDAYS for first, second in pairs)
    return known or any(int(first) > 12 for first, _ in pairs)


def read_months(text: str) -> str:
    """Return ``text`` with "3/2023" written "tháng 3 năm 2023", "quý III" "quý 3", "tháng 4" "tháng tư"."""
    text = _SCALES.sub(lambda m: m[1] + m[2].replace("/", " phần "), text)
    text = _QUARTER.sub(_quarter, text)
    text = _MONTHS.sub(lambda m: f"{m[1] or 'tháng'} {int(m[2])} đến tháng {int(m[3])} năm {m[4]}", text)
    text = _MONTH.sub(_month, text)
    text = _MONTH_SPACE.sub(r"\1 \2 năm \3", text)
    return _NAMED_MONTH.sub(lambda m: f"{m[1]} {month_number(m[2])}", text)


def _month(match: re.Match[str]) -> str:
    word, month, mark, year = match.groups()
    if word is None and mark != "/" and not month.startswith("0"):
        return match[0]
    return f"{word or 'tháng'} {int(month)} năm {year}"


def month_number(written: str) -> str:
    """Return a month, or a quarter, without its zero; the fourth is said "tư"."""
    return "tư" if int(written) == 4 else str(int(written))


def _quarter(match: re.Match[str]) -> str:
    word, first, last, year = match.groups()
    numbers = [month_number(str(value(one) or one)) for one in (first, last) if one]
    return f"{word} {' đến quý '.join(numbers)}" + (f" năm {year}" if year else "")
