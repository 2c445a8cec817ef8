"""Letters and marks: one way to write each, and nothing invisible or unsayable.

Private-use characters are removed from the written text, so that rules may use some of them as
signals to each other: a number word whose form depends on the accent, a letter that is final.
"""

import re
import unicodedata
from typing import Final

from .syllables import one_placement

_SPACES = re.compile(r"[\s\u2028\u2029\x1c-\x1f\x85\u3000]+")
# Control, format, private-use and unassigned characters, and surrogates.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_BREAKS: Final = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d\u30fc]")
_QUOTES = re.compile('["“”„‟«»‹›‘’‚‛`\u2032\u2033]')
_MIDWORD = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_ELLIPSIS = re.compile(r"\.{2,}(?! [^\W\d_])")
_TRAILING_OFF = re.compile(r"\.{2,}(?= )")
_DEGREE_O = re.compile(r"(?<=\d)o(?=[CF]\b)")
_DIAMETER = re.compile(r"(?<!\w)[ØøΦφ⌀] ?(?=\d)")
_DOTTED_LINE = re.compile(r"[.\u2024]{4,}|_{2,}")
_BULLET = re.compile(r"(^|[.;:,?!] )(?:(?:[-+*•·●○▪■□◦‣❖➢✓✔►▶→]|=>|->) )+(?=\S)")
_LIKE: Final = str.maketrans(
    {
        "Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "₫": "đ", "¸": ",", "،": ",", "、": ",", "。": ".",
        "‐": "-", "∼": "~", "〜": "~", "∗": "*", "⁎": "*", "×": "x", "✕": "x", "✖": "x", "¦": "|",
        "⩾": "≥", "⩽": "≤", "➔": "→", "➜": "→", "⇒": "→", "⟶": "→", "–": "-", "º": "°", "˚": "°",
        "¡": "", "¿": "", "⁄": "/", "´": "'", "∕": "/", "℅": "c/o", "№": "số ", "µ": "μ", "﷼": "",
    }
)  # fmt: skip
# Upper- and lower-case letters of other scripts that look like Latin ones.
_CYRILLIC_GREEK: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo"
)
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")
_POWERS: Final = {"⁰": "0", "¹": "1", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-"}
_POWER = re.compile(r"(?<=\d)[⁻⁰¹²³⁴-⁹]+|(?<=\))[⁻⁰¹²³⁴-⁹]+")
VIETNAMESE: Final = (
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
)
SAYABLE: Final = frozenset(f"{VIETNAMESE}²³°±÷≠≈≥≤√∞→‰§€£¥₩₹₽฿αβγδΔλμπσΣφωΩθ•·©®™")
_ELSEWHERE: Final = {
    "ß": "ss",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
}
_ASCII_TO_HIDDEN: Final = {code: chr(0xE100 + code) for code in range(0x21, 0x7F)}
_HIDDEN_TO_ASCII: Final = {0xE100 + code: chr(code) for code in range(0x21, 0x7F)}


def compose(text: str) -> str:
    """Return ``text`` in NFC: espeak misreads letters whose tone is a separate character."""
    return unicodedata.normalize("NFC", text)


def drop_invisible(text: str) -> str:
    """Return ``text`` without invisible characters, and with every run of white space as one space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    unseen = {char for char in set(text) - _BREAKS if unicodedata.category(char) in _UNSEEN}
    text = text.translate({ord(char): None for char in unseen})
    return _SPACES.sub(" ", text).strip()


def plain_letters(text: str) -> str:
    """Return ``text`` with full-width, circled and other forms of a character as the plain one.

    Ⅳ becomes IV, ½ becomes 1/2, ℃ becomes °C, Ð becomes Đ, a Cyrillic А in a Latin word becomes A.
    """
    text = _DIAMETER.sub("phi ", _DEGREE_O.sub("°", text.translate(_LIKE)))
    if text.isascii():
        return text
    text = _POWER.sub(lambda m: _power(m[0]), text)
    forms = {char: _plain(char) for char in set(text) if not char.isascii()}
    changed = {ord(char): plain for char, plain in forms.items() if plain != char}
    if changed:
        text = unicodedata.normalize("NFC", text.translate(changed))
    if _OTHER_SCRIPT.search(text):
        text = " ".join(_one_script(word) for word in text.split(" "))
    return " ".join(text.split())


def _power(raised: str) -> str:
    """Return superscript digits as "^" and plain ones (10⁶), but leave a square or a cube as it is (m²)."""
    digits = "".join({"²": "2", "³": "3"}.get(char) or _POWERS.get(char, "") for char in raised)
    return f"^{digits}"


def _plain(char: str) -> str:
    if char in "²³":
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    forms = unicodedata.normalize("NFKC", char).replace("⁄", "/")
    plain = "".join(form for form in forms if unicodedata.category(form) != "Mn")
    return f" {plain}" if "/" in plain and len(plain) > 1 else plain


def _one_script(word: str) -> str:
    return word.translate(_CYRILLIC_GREEK) if _LATIN.search(word) else word


def drop_unsayable(text: str) -> str:
    """Return ``text`` without the characters that no rule can say, with ü as u and ñ as n."""
    strange = {char for char in set(text) if not char.isascii() and char not in SAYABLE}
    if not strange:
        return text
    text = text.translate({ord(char): _nearest(char) for char in strange})
    return " ".join(text.split())


def _nearest(char: str) -> str:
    """Return the Vietnamese letter nearest to one of another alphabet; a space for any other sign."""
    base = unicodedata.normalize("NFD", char)[0]
    if unicodedata.category(char).startswith("M"):
        return ""
    return _ELSEWHERE.get(char) or (base if base != char and (base in SAYABLE or base.isascii()) else " ")


def one_tone_place(text: str) -> str:
    """Return ``text`` with the tone of oa, oe, uy in one place, so that hoá and hóa are said alike."""
    return one_placement(text)


def plain_marks(text: str) -> str:
    """Return ``text`` with one kind of dash, no quotes, no dotted lines, and "./." as a full stop."""
    text = _DASHES.sub("-", text.replace("./.", "."))
    text = _MIDWORD.sub(" ", _QUOTES.sub("'", text.replace("…", "...")))
    text = _ELLIPSIS.sub(".", _DOTTED_LINE.sub(" ", text))
    text = _TRAILING_OFF.sub(lambda m: "," if text[m.end() + 1 : m.end() + 2].islower() else ".", text)
    return " ".join(text.split())


def drop_bullets(text: str) -> str:
    """Return ``text`` without the dash, plus or dot that opens an item of a list."""
    return _BULLET.sub(r"\1", text)


def hide(text: str) -> str:
    """Return ``text`` with its ASCII letters as signs that no other rule reads; ``show`` restores them."""
    return text.translate(_ASCII_TO_HIDDEN)


def show(text: str) -> str:
    """Return ``text`` with hidden letters restored."""
    return text.translate(_HIDDEN_TO_ASCII)


_BRACKETS = re.compile(r" ?[()\[\]{}<>|]+ ?")
_SPACED_DASH = re.compile(r" +-+ +|(?<=\w)-+(?=[\s.,;:?!]|$)|^-+ +| +-+$|(?<=[.,;:?!])-+ *")
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_])-+ ?(?=[^\W\d_])")
_SPACE_BEFORE = re.compile(r" +(?=[.,;:?!])")
_REPEATED = re.compile(r"([.,;:?!])(?: ?[.,;:?!])+")
_UNSPACED = re.compile(r"([.,;:?!])(?=[^\s.,;:?!])")
_STRONGEST: Final = "?!.;:,"


def tidy(text: str) -> str:
    """Return ``text`` with brackets and dashes as pauses and its punctuation in place."""
    text = _BETWEEN_WORDS.sub(" ", _SPACED_DASH.sub(", ", _BRACKETS.sub(", ", text)))
    text = _SPACE_BEFORE.sub("", " ".join(text.split()))
    text = _REPEATED.sub(lambda m: min(m[0].replace(" ", ""), key=_STRONGEST.index), text)
    text = _UNSPACED.sub(r"\1 ", text)
    return text.lstrip(".,;:?! ").rstrip(" ,") if text.strip(" .,;:?!") else ""
