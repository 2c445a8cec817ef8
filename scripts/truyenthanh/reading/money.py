"""Sums of money: 50.000đ, 50.000 VNĐ, 1tr5, 10k, $1,234.50, 100 USD; results keep digits."""

import re
from typing import Final

from .numbers import NUMBER, THOUSAND
from .tables import Currency, rows

_SIGNS: Final = {one.written: one.spoken for one in rows(Currency) if one.kind == "sign"}
_CODES: Final = {one.written: one.spoken for one in rows(Currency) if one.kind == "code"}
_WITH_CENTS: Final = frozenset(one.written for one in rows(Currency) if one.has_cents)
_SIGN: Final = "[" + "".join(_SIGNS) + "]"
_SCALE: Final = rf"(?: (?:(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ)\b|{THOUSAND}))*"
_SHORT_SCALES: Final = {
    "k": THOUSAND,
    "tr": "triệu",
    "t": "tỷ",
    "ty": "tỷ",
    "tỷ": "tỷ",
    "tỉ": "tỷ",
    "triệu": "triệu",
}
_ZEROS: Final = {"k": "", "tr": ".000", "triệu": ".000"} | dict.fromkeys(("t", "ty", "tỷ", "tỉ"), ".000.000")
_DOLLAR_SCALES: Final = {"k": THOUSAND, "m": "triệu", "b": "tỷ"}
# If one of these comes next, a number after a currency counts something else: "USD 5 tháng qua".
_OTHER: Final = "tháng|ngày|năm|quý|tuần|giờ|đồng|đ"

_TO = re.compile(rf"(\d ?{_SIGN}) ?- ?(?=\d)|(?<!\w)({_SIGN} ?{NUMBER}{_SCALE}) ?- ?(?={_SIGN} ?\d)")
_BEFORE_BOTH = re.compile(
    rf"(?<!\w)({_SIGN}) ?({NUMBER})(?: ?- ?| đến )({NUMBER})(?![\w%]|[.,-]\d)({_SCALE})(?! ?[\w%])"
)
_US = re.compile(r"(?<!\w)U\.?S\.? ?(?=\$)")
_BEFORE = re.compile(rf"(?<![\w])({_SIGN}) ?({NUMBER})(?:([kKmMbB])(?!\w)|(?!\d))({_SCALE})")
_CODE_FIRST = re.compile(
    rf"(?<![\w/])(?<!\d )(?<!tỷ giá )(?<!đồng )(?<!mã )"
    rf"({'|'.join(_CODES)}|đ(?=\d{{1,3}}\.\d{{3}})) ?({NUMBER})(?![\w/-]|[.,]\d)({_SCALE})"
    rf"(?! (?:{_OTHER})\b)"
)
_AFTER = re.compile(rf"(?<![\w.,])({NUMBER})({_SCALE}) ?({_SIGN})")
_CODE = re.compile(rf"(?:(?<=\d)|(?<!\w))({'|'.join(_CODES)})(?!\w)", re.IGNORECASE)
_DONG = re.compile(
    r"(?:(?<=\d)| (?<=\d )|(?<=triệu)|(?<=triệu )|(?<=tỷ )|(?<=nghìn )|(?<=ngàn )|(?<=rưỡi ))"
    r"[đĐ](?![\w]|/c\b)"
)
_SHORT = re.compile(
    r"(?<![\w.,/-])(\d+(?:[.,]\d+)?)(k|t|(?i:tr|ty|tỷ|tỉ|triệu)| tr(?![.\d]))(\d{1,3})?(?!\w)|"
    r"(?<![\w.,/-])(?<!lớp )(\d+)K(?= ?(?:VN[DĐ]|đ|đồng)\b|(?<=\d0K)(?!\w))"
)
_CENTS = re.compile(r"(\d+)[.,](\d{1,2})")


def read_money(text: str) -> str:
    """Return ``text`` with "50.000đ" as "50.000 đồng", "1tr5" as "1 triệu 500 nghìn", "0,5$" in cents."""
    text = _TO.sub(lambda m: f"{m[1] or m[2]} đến ", _US.sub("", _SHORT.sub(_short, text)))
    text = _BEFORE_BOTH.sub(lambda m: f"{m[2]} đến {m[3]}{m[4]} {_SIGNS[m[1]]}", text)
    text = _BEFORE.sub(lambda m: _sum(m[2], _scale(m[3]) + m[4], m[1]), text)
    text = _AFTER.sub(lambda m: _sum(m[1], m[2], m[3]), text)
    text = _CODE_FIRST.sub(lambda m: f"{m[2]}{m[3]} {_CODES.get(m[1], 'đồng')}", text)
    text = _CODE.sub(lambda m: _spaced(m, text, _CODES[m[1].upper()]), text)
    return _DONG.sub(lambda m: _spaced(m, text, "đồng"), text)


def _short(match: re.Match[str]) -> str:
    if match[4]:
        return f"{match[4]} {THOUSAND}"
    number, scale, rest = match[1], match[2].lower().strip(), match[3]
    if rest and rest.startswith("0") and number.isdigit():
        thousandths = int(number) * 1000 + int(rest.ljust(3, "0"))
        return f"{thousandths:,}".replace(",", ".") + _ZEROS[scale]
    said = f"{number} {_SHORT_SCALES[scale]}"
    if not rest:
        return said
    if scale == "k":
        return f"{said} {rest.ljust(3, '0')}"
    next_scale = THOUSAND if scale in {"tr", "triệu"} else "triệu"
    return f"{said} {rest.ljust(3, '0')} {next_scale}"


def _scale(letter: str | None) -> str:
    return f" {_DOLLAR_SCALES[letter.lower()]}" if letter else ""


def _sum(number: str, scale: str, sign: str) -> str:
    cents = _CENTS.fullmatch(number)
    if not (cents and sign in _WITH_CENTS and not scale):
        return f"{number}{scale} {_SIGNS[sign]}"
    parts = [f"{cents[1]} {_SIGNS[sign]}"] if int(cents[1]) else []
    hundredths = int(cents[2].ljust(2, "0"))
    if hundredths or not parts:
        parts.append(f"{hundredths} xu")
    return " ".join(parts)


def _spaced(match: re.Match[str], text: str, words: str) -> str:
    before = text[max(0, match.start() - 1) : match.start()]
    return f" {words}" if before.isalnum() or match[0].startswith(" ") else words
