"""Fractions and shares: 1/2, 3/4, 5 1/2, 15/20 tiêu chí."""

import re
from typing import Final

from .numbers import cardinal, digits

_FRACTION = re.compile(
    r"(?:(?<![\w.,/])(\d{1,4}) )?"
    r"(?<![\w.,/:^])(\d{1,5}(?:,\d{1,3})?)/(\d{1,3}(?:\.\d{3})+|\d{1,6})(?!\d|[/^]|[.,-]\d)"
)
_DIVISION = re.compile(r"(?<![\w.,/:-])(\d{1,9})(?: [:/] ?|:)(?=\d{1,9} ?=)")
_OF_ALL = re.compile(
    r" (?:xã|phường|thị trấn|huyện|tỉnh|ấp|khóm|thôn|hộ|người|điểm|tiêu chí|chỉ tiêu|trường|ca|ngày|"
    r"đại biểu|đồng chí|"
    r"thành viên|mẫu|cơ sở|đơn vị|hồ sơ|dự án|công trình|nhiệm vụ|tổ|lớp|em|trẻ|phiếu)\b"
)
LARGEST_DENOMINATOR: Final = 10  # "chín phần mười"; above it "trên" is used


def read_fractions(text: str) -> str:
    """Return ``text`` with "1/4" written "1 phần tư", "5 1/2" "5 và 1 phần 2", "15/20" "15 trên 20"."""
    text = _DIVISION.sub(r"\1 chia ", text)
    return _FRACTION.sub(lambda m: _fraction(m, text), text)


def _fraction(match: re.Match[str], text: str) -> str:
    whole, upper, lower = match.groups()
    alone = match.end() == len(text) and text[: match.start()] in {"", "-"} and upper != lower
    share = _OF_ALL.match(text, match.end()) is not None and not whole
    before = f"{whole} " if whole else ""
    if re.match(r"0\d", upper) or lower.startswith("0"):
        return f"{before}{_part(upper)} trên {_part(lower)}"
    total = int(lower.replace(".", ""))
    if "," in upper or (
        upper != "1"
        and (share or (total > LARGEST_DENOMINATOR and not whole and not (alone and total < 1000)))
    ):
        return f"{before}{upper} trên {lower}"
    joined = f"{whole} và " if whole else ""
    return f"{joined}{upper} phần {_denominator(total)}"


def _part(written: str) -> str:
    return digits(written) if written.startswith("0") else written


def _denominator(number: int) -> str:
    return "tư" if number == 4 else cardinal(number)
