"""Ranges: 60-70 ngàn, 5-10 %, 3kg-6kg, 2.000.000đ - 3.000.000đ; scores of a match are not ranges."""

import re
from typing import Final

from .measures import UNITS
from .numbers import NUMBER

_COUNTED: Final = (
    "phần trăm triệu tỷ tỉ nghìn ngàn đồng đô la tuổi giờ phút giây độ xê tháng ngày năm người hộ mét lần "
    "đ k tr t h g p s tấn tạ"
)
_WORDS: Final = frozenset(_COUNTED.split()) | {unit.lower() for unit in UNITS}
_UNITS: Final = r"(?: ?(?:[%‰]|°[CFcf]?|[^\W\d_]{1,7}[²³23]?)){0,3}"
_SCORE = re.compile(
    r"\b(tỷ số|tỉ số|thắng|thua|hòa|dẫn)((?: (?:chung cuộc|cuối cùng|là)){0,2}) "
    r"(\d{1,2}) ?- ?(\d{1,2})(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(?<![\w.,/:^-])({NUMBER})({_UNITS}) ?- ?(?={NUMBER}(?![\d/]|-\d|[.,]\d))")
_UNIT_MARKS = re.compile(r"[%‰²³]|°[CFcf]?|(?<=[a-z])[23](?!\w)")
_NAMED = re.compile(
    r"\b(thứ|tháng|ngày|quý|điều|khoản|lớp|khối|tổ|ấp|khóm|bậc|cấp|mức|tuần|buổi|năm|trang|bài|chương|"
    r"câu) ([\w/]{1,10}) ?- ?(?=\1 [\w/]{1,10}(?!\w))",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?<![\w.,/-])(\d{1,9}) ?- ?(?=\d{1,9} ?=)")
_ARROW = re.compile(r" ?(?:→|->|=>) ?")


def read_ranges(text: str) -> str:
    """Return ``text`` with "60-70 ngàn" written "60 đến 70 ngàn"; a score gets no word between."""
    text = _MINUS.sub(r"\1 trừ ", _SCORE.sub(r"\1\2 \3 \4", text))
    text = _NAMED.sub(r"\1 \2 đến ", _RANGE.sub(_range, text))
    return _ARROW.sub(" đến ", text)


def _range(match: re.Match[str]) -> str:
    units = _UNIT_MARKS.sub(" ", match[2]).lower().split()
    return f"{match[1]}{match[2]} đến " if _WORDS.issuperset(units) else match[0]
