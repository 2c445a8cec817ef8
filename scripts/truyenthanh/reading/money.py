"""Sums of money: 50.000đ, 50.000 VNĐ, 1tr5, 10k, $1,234.50, 100 USD; what is said keeps digits."""

import re
from typing import Final

from .numbers import NUMBER, THOUSAND

_SIGNS: Final[dict[str, str]] = {
    "$": "đô la", "€": "ơ rô", "£": "bảng Anh", "¥": "yên", "₩": "won", "₹": "rupee", "₽": "rúp", "฿": "bạt",
}  # fmt: skip
_CODES: Final[dict[str, str]] = {
    **{"VND": "đồng", "VNĐ": "đồng", "USD": "đô la", "EUR": "ơ rô", "EURO": "ơ rô", "GBP": "bảng Anh"},
    **{
        "JPY": "yên Nhật",
        "CNY": "nhân dân tệ",
        "KRW": "won",
        "THB": "bạt",
        "AUD": "đô la Úc",
        "SGD": "đô la Singapo",
    },
}
_WITH_CENTS: Final = frozenset("$€")
_SIGN: Final = "[" + "".join(_SIGNS) + "]"
_SCALE: Final = r"(?: (?:trăm|nghìn|ngàn|triệu|tỷ|tỉ)\b)*"
_SHORT_SCALES: Final = {
    "k": THOUSAND,
    "tr": "triệu",
    "t": "tỷ",
    "ty": "tỷ",
    "tỷ": "tỷ",
    "tỉ": "tỷ",
    "triệu": "triệu",
}

_BEFORE = re.compile(rf"(?<![\w])({_SIGN}) ?({NUMBER})(?![\d])({_SCALE})")
_AFTER = re.compile(rf"(?<![\w.,])({NUMBER})({_SCALE}) ?({_SIGN})")
_CODE = re.compile(rf"(?:(?<=\d)|(?<!\w))({'|'.join(_CODES)})(?!\w)", re.IGNORECASE)
_DONG = re.compile(
    r"(?:(?<=\d)| (?<=\d )|(?<=triệu)|(?<=triệu )|(?<=tỷ )|(?<=nghìn )|(?<=ngàn ))[đĐ](?![\w]|/c\b)"
)
_SHORT = re.compile(
    r"(?<![\w.,/-])(\d+(?:[.,]\d+)?)(k|tr|ty|t|tỷ|tỉ|triệu)(\d{1,3})?(?!\w)|"
    r"(?<![\w.,/-])(\d+)K(?= ?(?:VN[DĐ]|đ)\b)"
)
_CENTS = re.compile(r"(\d+)[.,](\d{1,2})")


def read_money(text: str) -> str:
    """Return ``text`` with "50.000đ" written "50.000 đồng", "1tr5" "1 triệu 500" thousand, "0,5$" cents."""
    text = _SHORT.sub(_short, text)
    text = _BEFORE.sub(lambda m: _sum(m[2], m[3], m[1]), text)
    text = _AFTER.sub(lambda m: _sum(m[1], m[2], m[3]), text)
    text = _CODE.sub(lambda m: _spaced(m, text, _CODES[m[1].upper()]), text)
    return _DONG.sub(lambda m: _spaced(m, text, "đồng"), text)


def _short(match: re.Match[str]) -> str:
    if match[4]:
        return f"{match[4]} {THOUSAND}"
    number, scale, rest = match[1], match[2], match[3]
    said = f"{number} {_SHORT_SCALES[scale]}"
    if not rest:
        return said
    if scale == "k":
        return f"{said} {rest.ljust(3, '0')}"
    next_scale = THOUSAND if scale in {"tr", "triệu"} else "triệu"
    return f"{said} {rest.ljust(3, '0')} {next_scale}"


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
