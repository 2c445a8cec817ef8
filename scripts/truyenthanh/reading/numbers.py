"""Numbers as they are said: mốt, tư, lăm, linh; thousand dots, decimal commas, percent, negatives.

The words that differ between North and South, nghìn or ngàn and linh or lẻ, are signs until the last
rule, so that the same word in the written text is left as it is.
"""

import re
from typing import Final, Literal

Accent = Literal["north", "south"]

THOUSAND: Final = "\ue001"
ODD: Final = "\ue002"
_NAMES: Final[dict[str, dict[int, str]]] = {
    "north": {ord(THOUSAND): "nghìn", ord(ODD): "linh"},
    "south": {ord(THOUSAND): "ngàn", ord(ODD): "lẻ"},
}
_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ("", f" {THOUSAND}", " triệu")
_BILLION: Final = 1_000_000_000
LONGEST: Final = 27  # digits; a longer number is not a quantity, and is said digit by digit

# "1.200" and "1200", "12,5" and "1.234,5", "9.8"
NUMBER: Final = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
BEFORE: Final = r"(?<![\w.,/^-])"
AFTER: Final = r"(?![\w/^]|[.,-]\d)"
_LONE = re.compile(rf"(?<![\w/^])(?<!\d[.,]){NUMBER}(?![\w^]|[.,]\d|/\d)")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_THOUSAND_COMMAS = re.compile(
    rf"{BEFORE}\d{{1,3}}(?:(?:,\d{{3}}){{2,}}|,000|(?:,\d{{3}})+(?=\.\d))(?!\d|,\d)(\.\d+)?"
)
_THOUSAND_SPACES = re.compile(
    r"(?<![\w.,/+()-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?=,\d{1,2}(?![\w/,.-])|(?![\w/-]|[.,]\d| \d))"
)
_AFTER_CUE = re.compile(
    r"(?:quý|điều|khoản|mục|tháng|ngày|năm|ấp|tổ|khu|lớp|số|đài|đội|bài|thoại|gọi|11\d) $",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?:(?<=[ (;])|^)-(?=\d)")
_ORDINAL = re.compile(rf"\b(thứ|xếp hạng) (\d{{1,4}}){AFTER}", re.IGNORECASE)
_PERCENT = re.compile(r"(?<=\d) ?([%‰])(?=(\w?))")
_LEADING_ZERO = re.compile(rf"(?:\b([^\W\d_]+) )?{BEFORE}0(\d)(?![\w/-]|[.,]\d|%)")
# Words after which 06 is a name ("Đề án 06") and not a quantity ("06 hộ").
_NAMED: Final = frozenset({"án", "thị", "quyết", "luận", "số", "định", "tư", "hoạch", "mã", "trình"})
_RATIO = re.compile(
    r"(?:(tỷ lệ|tỉ lệ|tỷ số|tỉ số) )?(?<![\w.,:/-])(\d{1,5}):(\d{1,5})(?![\w:]|[.,]\d)", re.IGNORECASE
)
_JOINED = re.compile(rf"(?<![\w.,/^-]){NUMBER}(?=[^\W\d_²³])")
_HASH = re.compile(r"#(?=\w)")
_POWER = re.compile(
    rf"(?<![\w.,])({NUMBER}) ?[x*·] ?10\^(-?)(\d{{1,3}})(?!\d)|(?<![\w.,])({NUMBER}|"
    rf"[^\W\d_]+)\^(-?)(\d{{1,3}}(?!\d)|[a-z](?!\w))"
)
_SCIENTIFIC = re.compile(r"(?<![\w.,/-])(\d+[.,]\d+)[eE](-?)(\d{1,3})(?!\w)")


def cardinal(number: int) -> str:
    """Return the words of a whole number: 21 "hai mươi mốt", 104 "một trăm", ``ODD``, "bốn"."""
    if number < 0:
        return f"âm {cardinal(-number)}"
    if number >= _BILLION:
        high, low = divmod(number, _BILLION)
        return f"{cardinal(high)} tỷ" + (f" {_below_billion(low, inner=True)}" if low else "")
    return _below_billion(number, inner=False)


def _below_billion(number: int, *, inner: bool) -> str:
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words.append(_hundreds(group, inner=inner or bool(words)) + _GROUPS[power])
    return " ".join(words) or _DIGITS[0]


def _hundreds(number: int, *, inner: bool) -> str:
    """Return the words of 1 to 999; inside a longer number the hundreds are always said."""
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or inner else []
    if rest:
        words.append(_tens(rest) if rest > 9 or not words else f"{ODD} {_DIGITS[rest]}")
    return " ".join(words)


def _tens(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _DIGITS[unit]
    last = {0: "", 1: "mốt", 4: "tư", 5: "lăm"}.get(unit, _DIGITS[unit])
    if tens == 1:
        last = {0: "", 5: "lăm"}.get(unit, _DIGITS[unit])
    return f"{'mười' if tens == 1 else _DIGITS[tens] + ' mươi'} {last}".strip()


def ordinal(number: int) -> str:
    """Return the words after "thứ": nhất, hai, ba, tư, năm …"""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number)


def digits(written: str) -> str:
    """Return the names of the digits of ``written`` one by one; other characters are left out."""
    return " ".join(_DIGITS[int(char)] for char in written if char in "0123456789")


def whole(written: str) -> str:
    """Return the words of a run of digits: as a quantity, or digit by digit if it cannot be one."""
    if len(written) > LONGEST or (len(written) > 1 and written.startswith("0")):
        return digits(written)
    return cardinal(int(written))


def number_words(written: str) -> str:
    """Return the words of a number written with thousand dots and a decimal comma, or a decimal point."""
    grouped = _GROUPED.fullmatch(written.partition(",")[0]) and not written.startswith("0")
    plain = written.replace(".", "") if grouped else written
    mark = "," if "," in plain else "."
    integer, _, decimals = plain.partition(mark)
    words = whole(integer)
    if not decimals:
        return words
    small = len(decimals) <= 2 and not decimals.startswith("0")
    said = cardinal(int(decimals)) if small else digits(decimals)
    return f"{words} {'phẩy' if mark == ',' else 'chấm'} {said}"


def plain_groups(text: str) -> str:
    """Return ``text`` with "1,299,495" and "2 000 000" written "1.299.495" and "2.000.000"."""
    text = _THOUSAND_COMMAS.sub(_comma_groups, text)
    return _THOUSAND_SPACES.sub(lambda m: _space_groups(m, text), text)


def _comma_groups(match: re.Match[str]) -> str:
    decimals = match[1] or ""
    return match[0][: len(match[0]) - len(decimals)].replace(",", ".") + decimals.replace(".", ",")


def _space_groups(match: re.Match[str], text: str) -> str:
    cued = _AFTER_CUE.search(text, max(0, match.start() - 8), match.start())
    return match[0] if cued else match[0].replace(" ", ".")


def read_ordinals(text: str) -> str:
    """Return ``text`` with "thứ 1" said "thứ nhất", "thứ 4" "thứ tư"."""
    return _ORDINAL.sub(_ordinal_words, text)


def _ordinal_words(match: re.Match[str]) -> str:
    number = int(match[2])
    ranked = match[1].lower() != "thứ" and number > 1
    return f"{match[1]} {cardinal(number) if ranked else ordinal(number)}"


def read_percent(text: str) -> str:
    """Return ``text`` with "20%" written "20 phần trăm"."""
    return _PERCENT.sub(lambda m: f" phần {'trăm' if m[1] == '%' else THOUSAND}{m[2] and ' '}", text)


def read_powers(text: str) -> str:
    """Return ``text`` with "10^6" written "10 mũ 6" and "1.5x10^-3" "1.5 nhân 10 mũ trừ 3"."""
    text = _SCIENTIFIC.sub(lambda m: f"{_point(m[1])} nhân 10 mũ {m[2] and 'trừ '}{m[3]}", text)
    return _POWER.sub(_power_words, text)


def _power_words(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]} nhân 10 mũ {match[2] and 'trừ '}{match[3]}"
    return f"{match[4]} mũ {match[5] and 'trừ '}{match[6]}"


def _point(written: str) -> str:
    """Return the words of a number whose full stop is a decimal point even before three digits."""
    integer, mark, decimals = re.split("([.,])", written)
    return f"{whole(integer)} {'phẩy' if mark == ',' else 'chấm'} {digits(decimals)}"


def read_negatives(text: str) -> str:
    """Return ``text`` with "-5" written "âm 5"."""
    return _NEGATIVE.sub("âm ", text)


def read_leading_zeros(text: str) -> str:
    """Return ``text`` with "06 hộ" written "6 hộ", and "Đề án 06" said "Đề án không sáu"."""
    return _LEADING_ZERO.sub(_without_zero, text)


def _without_zero(match: re.Match[str]) -> str:
    word = match[1]
    said = f"không {_DIGITS[int(match[2])]}" if word and word.lower() in _NAMED else match[2]
    return f"{word} {said}" if word else said


def read_cardinals(text: str) -> str:
    """Return ``text`` with standalone numbers said in words."""
    text = _JOINED.sub(lambda m: f"{m[0]} ", _HASH.sub("thăng ", text))
    return _LONE.sub(lambda m: number_words(m[0]), text)


def read_ratios(text: str) -> str:
    """Return ``text`` with "tỷ lệ 1:500" written "tỷ lệ 1 trên 500", "9001:2015" "9001 hai chấm 2015"."""
    return _RATIO.sub(lambda m: f"{m[1]} {m[2]} trên {m[3]}" if m[1] else f"{m[2]} hai chấm {m[3]}", text)


def name_by_accent(text: str, accent: Accent) -> str:
    """Return ``text`` with the number words that differ by region in their northern or southern form."""
    return text.translate(_NAMES[accent])
