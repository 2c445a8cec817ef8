"""Signs that are said, standalone letters, and slashes between words."""

import re
from typing import Final

from .spelling import spell
from .tables import Sign, rows

_SIGNS: Final = {one.sign: one.spoken for one in rows(Sign) if one.place == "text"}
_SIGN = re.compile(f" ?([{''.join(map(re.escape, _SIGNS))}]) ?")
_MORE = re.compile(r"(?<![\w<>-])(>=|<=|[<>]) ?(?=\d)")
_COMPARED: Final = {">": "lớn hơn ", "<": "nhỏ hơn ", ">=": "lớn hơn hoặc bằng ", "<=": "nhỏ hơn hoặc bằng "}
_ABOUT = re.compile(r"~ ?(?=\d)")
_TIMES = re.compile(r"(\d(?: ?(?:[cdkm]?m[²³23]?|m?g|kg|m?l|viên|gói|người))?) ?[xX*·] ?(?=\d)")
# "500.000đ/tháng x 12 tháng", "rộng 3m x dài 5m"
_BY = re.compile(r"(\d[^.;:!?]{0,24}[^\W\d_]) x (?=(?:(?:dài|rộng|cao|sâu|dày) )?\d)")
_STARS = re.compile(r"\b(OCOP|khách sạn|sao|hạng)\b([^.;:*]{0,30}\d) ?\*+(?!\w)", re.IGNORECASE)
_GROUP: Final = r"\d{1,3}(?:\.\d{3}){1,4}(?![\d./])"
_PER_AMOUNT = re.compile(
    rf"(?<=[a-zà-ỹđ]{{2}}) ?/ ?(?={_GROUP}|"
    r"\d{1,4} ?(?:ml|lít|l|m2|m²|ha|kg|g|người|hộ|dân|trẻ|giờ|h|ngày)\b)|"
    rf"(?<=\d)/(?={_GROUP})|(?<=\.\d{{3}})/(?=\d)"
)
_EITHER = re.compile(r"(?<=[^\W\d_]) ?/ ?(?=[^\W\d_])")
_PAID = re.compile(r"\b(?:đồng|đô la|ơ rô|bảng Anh|yên)$")
_COUNT_WORDS: Final = (
    "cái|chiếc|bản|bộ|suất|phần|tờ|quyển|cây|con|bao|túi|thùng|hộp|chai|điểm|đồng chí|"
    "người|cán bộ|mét|vuông|gam|tấn"
)
_COUNTED = re.compile(
    rf"(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|tỷ|triệu|\ue001|mốt)"
    rf"(?: (?:mi li|xăng ti|ki lô|héc tô))? (?:{_COUNT_WORDS})$"
)
_SHARED_BY = re.compile(
    r"/ ?(?:ấp|khóm|tổ|xã|phường|huyện|tỉnh|đơn vị|đợt|cơn|trận|cụm|đội|chi bộ|chi hội|điểm)\b"
)
_DIVIDED = re.compile(r"(?<=\)) ?/ ?(?=\w)")
_STROKE = re.compile(r"(?<=[\w)]) ?/ ?(?=[\w(])")
_DECORATION = re.compile(r"[*_|^~`\\'\"/™®©#]+")
_INITIALS = re.compile(r"(?<![\w.])[A-ZĐ](?:\. ?[A-ZĐ])+(?![\w])")
_LETTER = re.compile(r"(?<![\w'])([B-DF-HJ-NP-TV-XZĐb-df-hj-np-tv-xzđ])(?![\w'])(\.(?= (\w)))?")


def read_signs(text: str) -> str:
    """Return ``text`` with "a + b" said "a cộng b", "≥ 18" "lớn hơn hoặc bằng 18"."""
    text = _ABOUT.sub("khoảng ", _MORE.sub(lambda m: _COMPARED[m[1]], text))
    return _SIGN.sub(lambda m: f" {_SIGNS[m[1]]} ", text)


def read_products(text: str) -> str:
    """Return ``text`` with "3 x 4" and "3m x 4m" written with "nhân" between."""
    return _BY.sub(r"\1 nhân ", _TIMES.sub(r"\1 nhân ", text))


def read_shares(text: str) -> str:
    """Return ``text`` with "12.345/12.360 cử tri" and "mg/100ml" written with "trên", and "4*" as "4 sao"."""
    return _PER_AMOUNT.sub(" trên ", _STARS.sub(r"\1\2 sao", text))


def read_strokes(text: str) -> str:
    """Return ``text`` with "trang/cổng" as "trang hoặc cổng", "P/E" as "P trên E"; decorative marks go."""
    text = _DIVIDED.sub(" trên ", text)
    text = _EITHER.sub(lambda m: _either(m, text), text)
    return " ".join(_DECORATION.sub(" ", _STROKE.sub(" gạch chéo ", text)).split())


def read_letters(text: str) -> str:
    """Return ``text`` with standalone consonants and initials by name: "điểm b" is "điểm bê"."""
    text = _INITIALS.sub(lambda m: spell(m[0]), text)
    return _LETTER.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    """Return the name of a letter; an initial's full stop is dropped if the sentence continues."""
    stop = match[2] or ""
    return spell(match[1]) + ("" if stop and match[3].islower() else stop)


def _either(match: re.Match[str], text: str) -> str:
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    if (before.strip().isupper() and after.strip().isupper()) or _PAID.search(
        text, max(0, match.start() - 9), match.start()
    ):
        return " trên "
    if _SHARED_BY.match(match.string, match.start()) and _COUNTED.search(
        text, max(0, match.start() - 24), match.start()
    ):
        return " trên "
    return " " if before.lower() == "và" else " hoặc "
