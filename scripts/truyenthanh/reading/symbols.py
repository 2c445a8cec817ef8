"""Signs that are said, letters that stand alone, and strokes between words."""

import re
from typing import Final

from .spelling import spell

_SIGNS: Final[dict[str, str]] = {
    **{
        "+": "cộng",
        "&": "và",
        "=": "bằng",
        "@": "a còng",
        "±": "cộng trừ",
        "÷": "chia",
        "≠": "khác",
        "≈": "xấp xỉ",
    },
    **{
        "≥": "lớn hơn hoặc bằng",
        "≤": "nhỏ hơn hoặc bằng",
        "√": "căn",
        "∞": "vô cùng",
        "%": "phần trăm",
        "°": "độ",
    },
    **{"→": "đến", "$": "đô la", "€": "ơ rô", "§": "mục", "²": "bình phương", "³": "lập phương"},
    **{"α": "an pha", "β": "bê ta", "γ": "gam ma", "δ": "đen ta", "Δ": "đen ta", "λ": "lam đa", "μ": "muy"},
    **{"π": "pi", "σ": "xích ma", "Σ": "xích ma", "φ": "phi", "ω": "ô mê ga", "Ω": "ôm", "θ": "tê ta"},
}
_SIGN = re.compile(f" ?([{''.join(map(re.escape, _SIGNS))}]) ?")
_MORE = re.compile(r"(?<![\w<>-])(>=|<=|[<>]) ?(?=\d)")
_COMPARED: Final = {">": "lớn hơn ", "<": "nhỏ hơn ", ">=": "lớn hơn hoặc bằng ", "<=": "nhỏ hơn hoặc bằng "}
_ABOUT = re.compile(r"~ ?(?=\d)")
_TIMES = re.compile(r"(\d(?: ?(?:[cdkm]?m[²³23]?|m?g|kg|m?l|viên|gói|người))?) ?[xX*·] ?(?=\d)")
_EITHER = re.compile(r"(?<=[^\W\d_]) ?/ ?(?=[^\W\d_])")
_PAID = re.compile(r"\b(?:đồng|đô la|ơ rô|bảng Anh|yên)$")
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
    return _TIMES.sub(r"\1 nhân ", text)


def read_strokes(text: str) -> str:
    """Return ``text`` with "trang/cổng" said "trang hoặc cổng", "P/E" "P trên E"; other marks go."""
    text = _DIVIDED.sub(" trên ", text)
    text = _EITHER.sub(lambda m: _either(m, text), text)
    return " ".join(_DECORATION.sub(" ", _STROKE.sub(" gạch chéo ", text)).split())


def read_letters(text: str) -> str:
    """Return ``text`` with a consonant that stands alone by its name, and initials: "điểm b" is "điểm bê"."""
    text = _INITIALS.sub(lambda m: spell(m[0]), text)
    return _LETTER.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    """Return the name of a letter; the stop of an initial goes where the sentence goes on."""
    stop = match[2] or ""
    return spell(match[1]) + ("" if stop and match[3].islower() else stop)


def _either(match: re.Match[str], text: str) -> str:
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    if (before.strip().isupper() and after.strip().isupper()) or _PAID.search(
        text, max(0, match.start() - 9), match.start()
    ):
        return " trên "
    return " " if before.lower() == "và" else " hoặc "
