"""Numbers as they are said: mốt, tư, lăm, linh; thousand dots, decimal commas, ranges, percent."""

import re

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000

# "1.200" and "1200", "12,5" and "1.234,5"
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_LONE = rf"(?<![\w.,/-]){_NUMBER}(?![\w/-]|[.,]\d)"
_CARDINAL = re.compile(_LONE)
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_RANGE = re.compile(rf"(?<![\w.,/-])({_NUMBER})(%?)\s*-\s*({_NUMBER})(?![\w/-]|[.,]\d)")
_ORDINAL = re.compile(r"\b([Tt]hứ) (\d{1,4})(?![\w/-]|[.,]\d)")


def cardinal(number: int) -> str:
    """Return the words of a whole number: 21 "hai mươi mốt", 2023 "hai nghìn không trăm hai mươi ba"."""
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
        words.append(_tens(rest) if rest > 9 or not words else f"linh {_DIGITS[rest]}")
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


def number_words(written: str) -> str:
    """Return the words of a number written with thousand dots and a decimal comma."""
    whole, _, decimals = written.replace(".", "").partition(",")
    if len(whole) > 1 and whole.startswith("0"):
        words = " ".join(_DIGITS[int(digit)] for digit in whole)
    else:
        words = cardinal(int(whole))
    if not decimals:
        return words
    small = len(decimals) <= 2 and not decimals.startswith("0")
    said = cardinal(int(decimals)) if small else " ".join(_DIGITS[int(digit)] for digit in decimals)
    return f"{words} phẩy {said}"


def read_ordinals(text: str) -> str:
    """Return ``text`` with "thứ 1" said "thứ nhất", "thứ 4" "thứ tư"."""
    return _ORDINAL.sub(lambda m: f"{m[1]} {ordinal(int(m[2]))}", text)


def read_ranges(text: str) -> str:
    """Return ``text`` with "60-70 ngàn" said "sáu mươi đến bảy mươi ngàn"."""
    return _RANGE.sub(lambda m: f"{number_words(m[1])}{m[2] and ' phần trăm'} đến {m[3]}", text)


def read_percent(text: str) -> str:
    """Return ``text`` with "20%" said "hai mươi phần trăm"."""
    return _PERCENT.sub(lambda m: f"{number_words(m[1])} phần trăm", text)


def read_cardinals(text: str) -> str:
    """Return ``text`` with the numbers that stand alone said in words."""
    return _CARDINAL.sub(lambda m: number_words(m[0]), text)
