"""Roman numerals: after words that announce one, and where capitals cannot be anything else."""

import re
from typing import Final

_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_CANONICAL: Final = r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_WELL_FORMED = re.compile(_CANONICAL, re.IGNORECASE | re.ASCII)  # otherwise "İ" matches i
_CUES: Final = (
    "thế kỷ|thế kỉ|chương|mục|phần|điều|khoản|đoạn|khóa|kỳ họp|kỳ|thứ|đại hội|hội nghị|quý|phụ lục|năm|"
    "số|hồi|tập|"
    "quyển|bài|cấp|loại|hạng|nhóm|giai đoạn|vòng|đợt|bậc|vùng|quân khu|tuyến|bảng|hình|biểu|mẫu|tiết|"
    "điểm|lần"
)
_CAPITAL = re.compile(
    rf"\b((?i:{_CUES})) ([IVX](?![\w./&-])|[IVX](?=[./-]\d|[.,](?!\w))|[IVXLCDM]{{2,15}}(?![\w&]))"
)
# Lower case counts only if the numeral ends a phrase, so that "số vi phạm" stays.
_SMALL_CUES: Final = "thế kỷ|thế kỉ|chương|mục|phần|khoản|đoạn|khóa|thứ|phụ lục|số"
_SMALL = re.compile(rf"\b((?i:{_SMALL_CUES})) ([ivxlcdm]{{1,15}})(?=$|[.,;:?!)]| (?i:{_SMALL_CUES})\b)")
_BETWEEN = re.compile(r"(?<![\w/.-])([IVX]{1,7}) ?- ?([IVX]{1,7})(?![\w/-])")
_ALONE = re.compile(r"(?:(?<![\w/.&-])|(?<=\d-))([IVX]{2,7})(?![\w/&-])(?= ?(\w*))")
_HEADING = re.compile(r"(?:^|(?<=[.;:] ))([IVX]{1,7})([.)/:]|(?= -))(?= )")
_NOT_ALONE: Final = frozenset({"XX", "XXX"})


def value(written: str) -> int | None:
    """Return the value of a Roman numeral in its usual form (IX, not VIIII); None for anything else."""
    if not written or not _WELL_FORMED.fullmatch(written):
        return None
    numbers = [_VALUES[letter] for letter in written.lower()]
    return sum(-n if n < max(numbers[at:]) else n for at, n in enumerate(numbers))


def read_roman(text: str) -> str:
    """Return ``text`` with "khóa XII" written "khóa 12", "XIII" "13", and a heading's "II." "2."."""
    text = _BETWEEN.sub(_both, text)
    text = _SMALL.sub(_cued, _CAPITAL.sub(_cued, text))
    text = _HEADING.sub(lambda m: f"{value(m[1]) or m[1]}{m[2].replace('/', '.')}", text)
    return _ALONE.sub(_alone, text)


def _both(match: re.Match[str]) -> str:
    first, last = value(match[1]), value(match[2])
    return f"{first} đến {last}" if first and last and first < last else match[0]


def _cued(match: re.Match[str]) -> str:
    number = value(match[2])
    return f"{match[1]} {number}" if number else match[0]


def _alone(match: re.Match[str]) -> str:
    heading = len(match[2]) > 1 and match[2].isupper() and match[2].isalpha()
    number = None if heading or match[1] in _NOT_ALONE else value(match[1])
    return str(number) if number else match[0]
