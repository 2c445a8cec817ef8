"""Units of measure after a number, alone, and one per another: 5,2 ha, 50km/h, m2, 37°C, đồng/kg."""

import re
from typing import Final

from .numbers import THOUSAND

# Written exactly so.
UNITS: Final[dict[str, str]] = {
    **{
        "mm": "mi li mét",
        "cm": "xăng ti mét",
        "dm": "đề xi mét",
        "m": "mét",
        "dam": "đề ca mét",
        "km": "ki lô mét",
        "hm": "héc tô mét",
        "yd": "yard",
    },
    **{"μm": "mi crô mét", "um": "mi crô mét", "nm": "na nô mét", "ha": "héc ta", "hl": "héc tô lít"},
    **{
        "mg": "mi li gam",
        "g": "gam",
        "gr": "gam",
        "kg": "ki lô gam",
        "μg": "mi crô gam",
        "mcg": "mi crô gam",
    },
    **{"ml": "mi li lít", "mL": "mi li lít", "cl": "xăng ti lít", "dl": "đề xi lít", "l": "lít", "L": "lít"},
    **{"V": "vôn", "v": "vôn", "kV": "ki lô vôn", "mV": "mi li vôn", "mA": "mi li am pe"},
    **{
        "mAh": "mi li am pe giờ",
        "Ah": "am pe giờ",
        "W": "oát",
        "w": "oát",
        "kW": "ki lô oát",
        "MW": "mê ga oát",
    },
    **{"GW": "gi ga oát", "TW": "tê ra oát", "mW": "mi li oát", "Wp": "oát pích", "kWp": "ki lô oát pích"},
    **{"kWh": "ki lô oát giờ", "MWh": "mê ga oát giờ", "GWh": "gi ga oát giờ", "Wh": "oát giờ"},
    **{
        "kVA": "ki lô vôn am pe",
        "MVA": "mê ga vôn am pe",
        "Ω": "ôm",
        "kΩ": "ki lô ôm",
        "MΩ": "mê ga ôm",
        "kcal": "ki lô ca lo",
        "cal": "ca lo",
    },
    **{"kJ": "ki lô giun", "Pa": "pát xcan", "kPa": "ki lô pát xcan"},
    **{"hPa": "héc tô pát xcan", "MPa": "mê ga pát xcan", "mmHg": "mi li mét thủy ngân", "bar": "ba"},
    **{
        "Hz": "héc",
        "kHz": "ki lô héc",
        "MHz": "mê ga héc",
        "GHz": "gi ga héc",
        "dB": "đề xi ben",
        "dBA": "đề xi ben a",
    },
    **{"KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "TB": "tê ra bai", "PB": "pê ta bai"},
    **{"kbps": "ki lô bít trên giây", "Mbps": "mê ga bít trên giây", "Gbps": "gi ga bít trên giây"},
    **{
        "in": "inch",
        "inch": "inch",
        "inches": "inch",
        "ft": "feet",
        "lb": "pound",
        "lbs": "pound",
        "atm": "át mốt phe",
        "oz": "ao xơ",
        "cc": "xê xê",
    },
    **{
        "HP": "mã lực",
        "CV": "mã lực",
        "rpm": "vòng trên phút",
        "ppm": "phần triệu",
        "ppb": "phần tỷ",
        "pH": "pê hát",
    },
    **{"mol": "mol", "lux": "lúc", "lx": "lúc", "px": "pích xeo", "MP": "mê ga pích xeo", "cum": "mét khối"},
    **{"ms": "mi li giây", "fps": "khung hình trên giây", "mph": "dặm trên giờ", "kN": "ki lô niu tơn"},
    **{"kp": "ki lô pôn", "UI": "đơn vị quốc tế", "IU": "đơn vị quốc tế", "mmol": "mi li mol"},
}
_SMALL: Final = {unit.lower(): words for unit, words in UNITS.items() if len(unit) > 1}
_PER: Final = {**UNITS, "h": "giờ", "s": "giây", "min": "phút", "p": "phút", "ph": "phút", "tr": "triệu"}
_POWERS: Final = {"2": " vuông", "3": " khối", "²": " vuông", "³": " khối"}
# What is counted or paid by; "người/tháng" is no choice between two.
PER_WORDS: Final = (
    "người|nhân khẩu|khẩu|hộ|gia đình|tháng|ngày|giờ|phút|giây|năm|quý|tuần|đêm|buổi|ca|lượt|lần|suất|vụ|"
    "sào|công|mẫu|"
    "héc ta|mét|ki lô mét|ki lô gam|gam|lít|tấn|tạ|yến|chuyến|xe|cháu|em|học sinh|trẻ|tiết|con|bộ|cái|"
    "chiếc|phòng|căn|"
    "ly|cốc|chén|tô|bát|đĩa|dĩa|vé|thùng|bao|hộp|chai|lon|bó|bịch|quả|trái|cây|chỉ|lượng|cuốn|ký|kí|dân|"
    "hồ sơ|trường hợp|cuộc|tờ|quyển|liều|mũi|viên|ha|kg|km|m²|m³|lao động|thửa|đơn vị|hành khách|bữa|"
    "khóa|gói|thẻ"
)

# After a space these are as often a word or the number of a chapter.
_TOUCHING: Final = frozenset({"v", "w", "in", "bar", "ms"})
_AFTER_MUCH: Final = frozenset({"V", "W", "L", "cc", "ft"})
_MUCH = re.compile(r"(?:\d\d|\d,\d) $")

_UNIT_SHAPE: Final = "[A-Za-zμΩ]{1,6}"
_AMOUNT: Final = (
    r"(?:(?<=\d)|(?<=\d )|(?<=triệu )|(?<=nghìn )|(?<=ngàn )|(?<=tỷ )|(?<=vạn )|(?<=mỗi )|(?<=một ))"
)
_MEASURE = re.compile(rf"{_AMOUNT}({_UNIT_SHAPE})([23²³])?(?:/({_UNIT_SHAPE})([23²³])?)?(?![\w²³])")
_PER_UNIT = re.compile(rf"/(\d+ )?({_UNIT_SHAPE})([23²³])?(?![\w²³&-])")
# "1m75", "3kg5"; "1m2" is an area unless a length is spoken of.
_TAIL = re.compile(r"(?<![\w.,/-])(\d{1,3})(m|kg)(\d{1,2}|(?<=g)\d{3})(?![\w²³/]|[.,]\d)")
_LENGTH_CUE = re.compile(r"\b(?:cao|dài|rộng|sâu|dày|ngang)(?: [^\W\d_]+)? $", re.IGNORECASE)
_PER_MANY = re.compile(
    rf"(?<=[^\W\d_A-Z])/(\d{{1,3}}(?:\.\d{{3}})*) ?(?=({_UNIT_SHAPE})[23²³]?(?![\w²³])|(?:{PER_WORDS})\b)"
)
_ALONE = re.compile(
    r"(?<![\w/.-])(?<!mục )(?<!đoạn )(?<!chương )"
    r"(km|kg|cm|mm|mg|ml|kWh|MHz|pH|m(?=[23²³]))([23²³])?(/h|/s)?(?![\w/²³])"
)
_DEGREE = re.compile(r"(?<=\d) ?° ?([CFKcfk](?!\w))?(?=(\w?))")
_DEGREE_NAMES: Final = {"c": "độ xê", "f": "độ ép", "k": "độ ca"}
_PER_WORD = re.compile(rf"(?<=[^\W_]|{THOUSAND})/ ?(?=(?:{PER_WORDS})\b)", re.IGNORECASE)
_PAID = re.compile(r"(?:đồng|đô la|ơ rô|bảng Anh|yên|lít|vòng|lần|mét)$")
_QUANTITY = re.compile(r"\d[^.;:!?]*$")


def read_measures(text: str) -> str:
    """Return ``text`` with "50km/h" written "50 ki lô mét trên giờ", "1.200 m2" "1.200 mét vuông"."""
    text = _DEGREE.sub(lambda m: f" {_DEGREE_NAMES.get((m[1] or '').lower(), 'độ')}{m[2] and ' '}", text)
    text = _TAIL.sub(lambda m: _with_tail(m, text), text)
    text = _PER_MANY.sub(_per_many, text)
    text = _MEASURE.sub(lambda m: _measure(m, text), text)
    text = _PER_UNIT.sub(lambda m: _per_unit(m, text), text)
    return _ALONE.sub(_alone, text)


def read_rates(text: str) -> str:
    """Return ``text`` with "5 đồng/người/tháng" written "5 đồng trên người trên tháng"."""
    return _PER_WORD.sub(lambda m: _rate(m, text), text)


def _measure(match: re.Match[str], text: str) -> str:
    unit, power, per, per_power = match.groups()
    words = "mét" if unit == "M" and power else _unit(unit)
    apart = match.start() > 0 and text[match.start() - 1] == " "
    if (
        words is None
        or (apart and unit in _TOUCHING)
        or (
            apart and unit in _AFTER_MUCH and not _MUCH.search(text, max(0, match.start() - 9), match.start())
        )
        or _in_code(match.start(), text)
    ):
        return match[0]
    if power and power in "23" and unit.lower() not in {"m", "cm", "mm", "dm", "km"}:
        return match[0]
    said = words + _POWERS.get(power or "", "")
    if per:
        per_words = _PER.get(per) or _unit(per) or _PER.get(per.lower())
        squared = (
            " bình phương" if per == "s" and per_power in {"2", "²"} else _POWERS.get(per_power or "", "")
        )
        said += f" trên {per_words}{squared}" if per_words else match[0][match[0].index("/") :]
    return said if apart else f" {said}"


def _with_tail(match: re.Match[str], text: str) -> str:
    number, unit, tail = match.groups()
    cued = _LENGTH_CUE.search(text, max(0, match.start() - 16), match.start())
    if unit == "m" and tail in {"2", "3"} and not cued:
        return match[0]
    return f"{number} {UNITS[unit]} {'không ' if tail.startswith('0') else ''}{int(tail)}"


def _per_many(match: re.Match[str]) -> str:
    """Return "/100km" as "trên 100 km"; what is no unit stays."""
    known = match[2] is None or _unit(match[2]) is not None
    return f" trên {match[1]} " if known else match[0]


def _in_code(end: int, text: str) -> bool:
    """Whether the digits before a place belong to a code such as A1B."""
    before = text[max(0, end - 30) : end].rstrip(" 0123456789.,")
    return (
        end - len(before) < 30
        and before[-1:].isalpha()
        and text[max(0, end - 30) : end][len(before) :][:1].isdigit()
    )


def _unit(written: str) -> str | None:
    return UNITS.get(written) or _SMALL.get(written.lower())


def _per_unit(match: re.Match[str], text: str) -> str:
    """Return "/kg" as "trên ki lô gam" where a word that can be counted stands before it."""
    words = _unit(match[2]) if len(match[2]) > 1 or match[3] else None
    before = text[max(0, match.start() - 8) : match.start()]
    if words is None and _PAID.search(before):
        words = _PER.get(match[2])
    before = before[-1:]
    if words is None or not (before == THOUSAND or (before.isalpha() and before.islower())):
        return match[0]
    return f" trên {match[1] or ''}{words}{_POWERS.get(match[3] or '', '')}"


def _alone(match: re.Match[str]) -> str:
    per = {"/h": " trên giờ", "/s": " trên giây", None: ""}[match[3]]
    return UNITS[match[1]] + _POWERS.get(match[2] or "", "") + per


def _rate(match: re.Match[str], text: str) -> str:
    quantity = _QUANTITY.search(text, max(0, match.start() - 60), match.start())
    return " trên " if quantity or THOUSAND in text[max(0, match.start() - 60) : match.start()] else match[0]
