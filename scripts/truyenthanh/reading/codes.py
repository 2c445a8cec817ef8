"""Numbers read digit by digit, and places: phones, hotlines, CCCD, accounts, plates, QL91, số 12/3A."""

import re
from typing import Final

from .numbers import digits
from .spelling import spell

_RUN: Final = r"\(?\+?\d[\d .()-]*\d"
# A full stop or space may separate the digits of a number that is called or looked up.
_CUED = re.compile(
    r"\b((?:số )?(?:điện thoại|đt|sđt|đtdđ|đtcđ|tel|phone|hotline|di động|fax|zalo|viber|đường dây nóng|"
    r"tổng đài|"
    r"cccd|căn cước công dân|căn cước|cmnd|cmt|chứng minh nhân dân|chứng minh thư|mã số thuế|mst|mã số|"
    r"mã hồ sơ|"
    r"mã đơn|mã định danh|định danh cá nhân|tài khoản|stk|tk|số thẻ|sổ hộ chiếu|hộ chiếu|liên hệ|"
    r"liên lạc|gọi|gọi điện|gọi ngay|"
    r"nhắn tin|số máy|máy bàn|đầu số|sim)(?: cố định| nóng| ngay| trực| đến| tới| qua| di động| cá nhân|"
    r" ngân hàng| bhxh| bhyt)?"
    r"(?: số)?(?: là)?(?: ?\(?[.:]\)?)? ?)"
    rf"({_RUN}|\d{{3,5}})(?![\w/]|,\d)",
    re.IGNORECASE,
)
# "gọi 1022 để biết" is a number to call, "gọi 500 thanh niên" is not.
_CALL_ENDS = re.compile(r"$|[.,;:)!?]| (?:khi|để|nếu|nhánh|bấm|trước|hoặc|và|hay|ngay)\b")
_NUMBER_OF = re.compile(r"\b(số:? )(\d{7,15})(?![\w/-]|[.,]\d)", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\(0\d{1,4}\)[ .-]?\d{2,8}(?:[ .-]?\d{2,4}){0,3}|"
    r"(?<!\d )0[1-9]\d{1,3}(?:[ .-]\d{1,8}){1,4}|0\d{8,10}"
    r"|1[89]00(?:[ .-]?\d{2,6}){1,2})(?![\w/]|[.,-]\d)"
)
_ABROAD = re.compile(
    r"(?<![\w+])(?:\(?\+ ?(84|1|7|[2-9]\d)\)?|\((84)\))[ .-]?(\(?0?\d{1,3}\)?(?:[ .-]?\d{2,4}){1,4}|"
    r"\d{6,12})(?![\w/]|[.,-]\d)"
)
_CARD = re.compile(
    r"(?<![\w.,/-])\d{4}(?:[ -]\d{4}){2,4}(?![\w/-])|(?<![\w.,/-])\d{4} \d{6} \d{4,5}(?![\w/-])"
)
_EMERGENCY: Final = r"11[1-5]"
_LISTED = re.compile(
    rf"\b((?:gọi|số|tổng đài|đường dây nóng|điện thoại|hotline|cảnh sát|cứu hỏa|cấp cứu|cứu thương|"
    rf"công an|trẻ em|cứu nạn)"
    rf"(?: ngay| đến| tới| số| cho| máy){{0,3}}:? )({_EMERGENCY}(?:(?:, | và | hoặc | hay |; ?| ?- ?|"
    rf"/){_EMERGENCY})*)(?![\w/]|[.,]\d| (?:hộ|người|ca|đại biểu))",
    re.IGNORECASE,
)
_ONLY_EMERGENCY = re.compile(r"11[2-5][.!?]?")
_DOTTED = re.compile(r"(?<![\w.,/-])\d{1,5}(?:\.\d{1,5}){2,}(?::\d{1,5})?(?![\w-]|[.,:]\d)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_SECTION = re.compile(r"\b(?:mục|điểm|tiểu mục|phần|khoản|chương|bảng|hình) $", re.IGNORECASE)
_PLATE = re.compile(r"(?<![\w.,/-])(\d\d)[ -]?([A-ZĐ]{1,2}\d?)(?: ?- ?| )(\d{3})\.?(\d{2})(?![\w/-]|[.,]\d)")
_LONG = re.compile(r"(?<![\w.,/^-])(?<!\d )0\d{2,}(?![\w/^-]|[.,]\d)")
_DASHED = re.compile(r"(?<![\w.,/-])\d{2,4}-\d{3,4}-\d{3,4}(?![\w/-]|[.,]\d)")

_NUMBERED = re.compile(
    r"\b(mã(?: [^\W\d_]+){0,2}:? )(?=[A-Z.-]*\d)(?=[0-9.-]*[A-Z])([A-Z0-9]{2,24}(?:[.-][A-Z0-9]{1,24}){0,8})"
    r"(?![\w-]|\.\w)",
    re.IGNORECASE,
)

_ONE_CALLED: Final = r"(?:0|1[89])\d[\d.]{4,12}\d"
_EITHER_CALLED = re.compile(rf"(?<![\w.,/-])({_ONE_CALLED}) ?/ ?(?={_ONE_CALLED}(?![\w/]))")
_SERIAL = re.compile(
    r"\b(số(?: seri| sê ri| hiệu| phát hành| vào sổ)?:? |(?:seri|sê ri):? )([A-ZĐ]{1,2}) ?(\d{5,8})"
    r"(?![\w/.,-])"
)
_RICE = re.compile(r"(?<![\w-])(OM|OMCS|IR|ST|VD|AG|MTL|RVT|HYT|TBR|BC) ?(\d{1,5})(?![\w/.-]|,\d)")
_STRAIN = re.compile(r"(?<!\w)(?:([AB])(?:/| ?(?=\()))?(\(?)(H\d{1,2}N\d{1,2})(?!\w)")
_UNDER = re.compile(r"(?<!\w)U\. ?(?=\d\d(?!\d))")  # a team of players under that age
_POLICE = re.compile(r"(?<![\w-])(P[ACKVX])(0\d)(?!\w)")

_COORDINATE = re.compile(r"(?:(?<=\d)|(?<= phút)) ?° ?(?:vĩ độ |kinh độ )?([NSEWBĐTnN])(?!\w)")
_ARC = re.compile(r"(?<=\d) ?° ?(\d{1,2})(?:'| phút)? ?(?=[NSEW](?!\w))")
_BEARINGS: Final = {
    "N": "vĩ Bắc",
    "B": "vĩ Bắc",
    "S": "vĩ Nam",
    "E": "kinh Đông",
    "Đ": "kinh Đông",
    "W": "kinh Tây",
    "T": "kinh Tây",
}
_ALARM = re.compile(r"(?<!\w)BĐ ?(?:([123])|(I{1,3}))(?!\w)")

_ROAD = re.compile(r"\b(QL|TL|HL|ĐT|ĐH|CT)[ .-]?(\d{1,4})([A-Z]?)(?!\w|[.,/-]\d)")
_ROADS: Final = {
    "QL": "quốc lộ",
    "TL": "tỉnh lộ",
    "HL": "hương lộ",
    "ĐT": "đường tỉnh",
    "ĐH": "đường huyện",
    "CT": "cao tốc",
}
_KILOMETRE = re.compile(
    r"\b(?:K[Mm]|km(?= ?\d+ ?\+)) ?(?![23](?!\d| ?\+))(\d{1,4})(?: ?\+ ?(\d{1,3}))?(?![\w/]|[.,]\d)"
)
_KILOMETRES = re.compile(r"(?<=\d) - (?=[Kk]m ?\d{1,4} ?\+)")
_HOUSE: Final = r"(\d{1,4}[A-Za-z]{0,2}(?:/\d{1,4}[A-Za-z]{0,2})+)"
_BEFORE_HOUSE = re.compile(
    rf"\b((?:số|số nhà|nhà|hẻm|ngõ|ngách|kiệt|kiốt|lô|thửa|lớp|tổ|ấp|dãy|phòng|"
    rf"địa chỉ(?: nhà \w+)?)(?: số)?(?: là)?:? ){_HOUSE}(?![\w/]|[.,-]\d)",
    re.IGNORECASE,
)
_AFTER_HOUSE = re.compile(
    rf"(?<![\w/.,-]){_HOUSE}(?=,? (?:đường|phố|hẻm|ngõ|quốc lộ|tỉnh lộ)\b)", re.IGNORECASE
)
_OPENING_HOUSE = re.compile(rf"(?:^|(?<=[,;:] )){_HOUSE}(?=(?: [A-ZĐ]\w{{1,6}}){{2}}(?:,|$))")
_JOINED = re.compile(r"(?<![\w/.&-])(?:([A-ZĐ])(\d{1,3})|(\d{1,3})([A-ZĐa-eđ])(\d{1,2})?)(?![\w/&]|[.,-]\d)")


def read_codes(text: str) -> str:
    """Return ``text`` with phones, identity and account numbers and the like said digit by digit."""
    if _ONLY_EMERGENCY.fullmatch(text):
        return digits(text)
    text = _written_codes(_EITHER_CALLED.sub(r"\1, ", text))
    text = _LISTED.sub(lambda m: m[1] + re.sub(_EMERGENCY, lambda n: digits(n[0]), m[2]), text)
    text = _CUED.sub(lambda m: _cued(m, text), text)
    text = _NUMBER_OF.sub(lambda m: m[1] + digits(m[2]), text)
    text = _ABROAD.sub(_abroad, text)
    text = _PHONE.sub(_phone, text)
    text = _DASHED.sub(lambda m: digits(m[0]), _CARD.sub(lambda m: digits(m[0]), text))
    text = _PLATE.sub(lambda m: f"{m[1]} {_mixed(m[2])} {digits(m[3] + m[4])}", text)
    return _LONG.sub(lambda m: digits(m[0]), text)


def _written_codes(text: str) -> str:
    """Return ``text`` with codes of letters and digits said in words: of files, seeds, strains, offices."""
    text = _NUMBERED.sub(lambda m: m[1] + spell(m[2]), text)
    text = _SERIAL.sub(lambda m: f"{m[1]}{spell(m[2])} {digits(m[3])}", text)
    text = _RICE.sub(lambda m: f"{spell(m[1])} {m[2] if len(m[2]) < 3 else digits(m[2])}", text)
    text = _STRAIN.sub(lambda m: f"{m[1] + ' ' if m[1] else ''}{m[2]}{_mixed(m[3])}", text)
    text = _POLICE.sub(lambda m: f"{spell(m[1])} {digits(m[2])}", text)
    return _UNDER.sub("U", text)


def read_dotted(text: str) -> str:
    """Return ``text`` with "1.25.3.4" said group by group: section numbers by value, addresses by digit."""
    return _DOTTED.sub(lambda m: _dotted(m, text), text)


def read_places(text: str) -> str:
    """Return ``text`` with "QL91" written "quốc lộ 91", "số 12/3A" "số 12 gạch chéo 3 A"."""
    text = _ARC.sub(r" độ \1 phút°", text)
    text = _COORDINATE.sub(lambda m: f"{_degrees(text, m.start())} {_BEARINGS[m[1].upper()]}", text)
    text = _ALARM.sub(lambda m: f"báo động {m[1] or len(m[2])}", text)
    text = _KILOMETRES.sub(" đến ", _ROAD.sub(lambda m: _road(m, text), text))
    text = _KILOMETRE.sub(lambda m: f"ki lô mét {int(m[1])}" + (f" cộng {int(m[2])}" if m[2] else ""), text)
    text = _BEFORE_HOUSE.sub(lambda m: m[1] + _house(m[2]), text)
    text = _AFTER_HOUSE.sub(lambda m: _house(m[1]), text)
    return _OPENING_HOUSE.sub(lambda m: _house(m[1]), text)


def read_joined(text: str) -> str:
    """Return ``text`` with "A4", "12A1", "5G" split into letters and numbers: "A 4", "12 A 1"."""
    return _JOINED.sub(
        lambda m: " ".join(spell(part) if part.isalpha() else _zeros(part) for part in m.groups() if part),
        text,
    )


def _degrees(text: str, at: int) -> str:
    return "" if text[max(0, at - 5) : at] == " phút" else " độ"


def _road(match: re.Match[str], text: str) -> str:
    kind, number, letter = match.groups()
    name = _ROADS[kind]
    named = text[max(0, match.start() - 12) : match.start()].lower().endswith(f"{name} ")
    if text[max(0, match.start() - 6) : match.start()].lower() == "đường ":
        name = name.removeprefix("đường ")
    return " ".join(part for part in ("" if named else name, number, letter) if part)


def _cued(match: re.Match[str], text: str) -> str:
    cue, run = match.groups()
    count = sum(char.isdigit() for char in run)
    word = cue.lower()
    calling = word.startswith(("tổng đài", "đầu số", "đường dây", "hotline"))
    calling = calling or (
        word.startswith(("gọi", "nhắn")) and _CALL_ENDS.match(text, match.end()) is not None
    )
    if count < (3 if calling else 6) or run.startswith("+"):
        return match[0]
    if _THOUSANDS.fullmatch(run) and count < 9:
        return match[0]
    parts = run.split(" - ")
    if all(sum(char.isdigit() for char in part) > 6 for part in parts):
        return cue + ", ".join(digits(part) for part in parts)
    return f"{cue}{digits(run)}"


def _abroad(match: re.Match[str]) -> str:
    country, rest = match[1] or match[2], match[3]
    number = digits(rest)
    if country == "84" and not rest.lstrip("(").startswith("0"):
        return f"không {number}"
    return f"cộng {'tám mươi bốn' if country == '84' else digits(country)} {number}"


def _phone(match: re.Match[str]) -> str:
    count = sum(char.isdigit() for char in match[0])
    return digits(match[0]) if 7 <= count <= 12 and not re.fullmatch(r"0\.\d+", match[0]) else match[0]


def _dotted(match: re.Match[str], text: str) -> str:
    written = match[0]
    if _THOUSANDS.fullmatch(written):
        return written
    address, _, port = written.partition(":")
    cued = _SECTION.search(text[max(0, match.start() - 9) : match.start()])
    section = len(address) < 9 and (cued or (match.start() == 0 and address.count(".") < 3))
    said = " chấm ".join(
        part if section and not part.startswith("0") else digits(part) for part in address.split(".")
    )
    return said + (f" hai chấm {digits(port)}" if port else "")


def _house(written: str) -> str:
    return " gạch chéo ".join(_mixed(part) for part in written.split("/"))


def _mixed(written: str) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+", written)
    return " ".join(_zeros(part) if part.isdigit() else spell(part) for part in parts)


def _zeros(part: str) -> str:
    return digits(part) if len(part) > 1 and part.startswith("0") else part
