"""Units of measure after a number, alone, and one per another: 5,2 ha, 50km/h, m2, 37°C, đồng/kg."""

import re
from typing import Final

from .numbers import THOUSAND
from .tables import RateWord, Unit, rows

# Written exactly so.
UNITS: Final = {unit.written: unit.spoken for unit in rows(Unit) if unit.place != "per"}
_SMALL: Final = {unit.lower(): words for unit, words in UNITS.items() if len(unit) > 1}
_PER: Final = {unit.written: unit.spoken for unit in rows(Unit)}
_POWERS: Final = {"2": " vuông", "3": " khối", "²": " vuông", "³": " khối"}
# What things are counted or paid by; "người/tháng" is not a choice between two.
_RATE_WORDS: Final = "|".join(one.word for one in rows(RateWord))

# After a space these may equally be a word or the number of a chapter.
_TOUCHING: Final = frozenset(unit.written for unit in rows(Unit) if unit.place == "touching")
_AFTER_MUCH: Final = frozenset(unit.written for unit in rows(Unit) if unit.place == "after_much")
_MUCH = re.compile(r"(?:\d\d|\d,\d) $")

_UNIT_SHAPE: Final = "[A-Za-zμΩ]{1,6}"
_AMOUNT: Final = (
    r"(?:(?<=\d)|(?<=\d )|(?<=triệu )|(?<=nghìn )|(?<=ngàn )|(?<=tỷ )|(?<=vạn )|(?<=mỗi )|(?<=một ))"
)
_MEASURE = re.compile(rf"{_AMOUNT}({_UNIT_SHAPE})([23²³])?(?:/({_UNIT_SHAPE})([23²³])?)?(?![\w²³])")
_PER_UNIT = re.compile(rf"/(\d+ )?({_UNIT_SHAPE})([23²³])?(?![\w²³&-])")
# "1m75", "3kg5"; "1m2" is an area unless the text is about a length.
_TAIL = re.compile(r"(?<![\w.,/-])(\d{1,3})(m|kg)(\d{1,2}|(?<=g)\d{3})(?![\w²³/]|[.,]\d)")
_LENGTH_CUE = re.compile(r"\b(?:cao|dài|rộng|sâu|dày|ngang)(?: [^\W\d_]+)? $", re.IGNORECASE)
_PER_MANY = re.compile(
    rf"(?<=[^\W\d_A-Z])/(\d{{1,3}}(?:\.\d{{3}})*) ?(?=({_UNIT_SHAPE})[23²³]?(?![\w²³])|(?:{_RATE_WORDS})\b)"
)
_ALONE = re.compile(
    r"(?<![\w/.-])(?<!mục )(?<!đoạn )(?<!chương )"
    r"(km|kg|cm|mm|mg|ml|kWh|MHz|pH|m(?=[23²³]))([23²³])?(/h|/s)?(?![\w/²³])"
)
_DEGREE = re.compile(r"(?<=\d) ?° ?([CFKcfk](?!\w))?(?=(\w?))")
_DEGREE_NAMES: Final = {"c": "độ xê", "f": "độ ép", "k": "độ ca"}
_PER_WORD = re.compile(rf"(?<=[^\W_]|{THOUSAND})/ ?(?=(?:{_RATE_WORDS})\b)", re.IGNORECASE)
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
    """Return "/100km" as "trên 100 km"; anything but a unit stays."""
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
    """Return "/kg" as "trên ki lô gam" if a countable word comes before it."""
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
