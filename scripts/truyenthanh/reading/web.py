"""Web and e-mail addresses, file names and paths: soyte@angiang.gov.vn, https://…, C:\\Users\\a.txt.

Parts that can be said as words are hidden from the rules that follow, so that these find no
abbreviations in them; the other parts are spelled.
"""

import re
from typing import Final

from .letters import hide
from .numbers import digits, whole
from .spelling import spell
from .tables import Sign, rows

_TLD: Final = (
    "vn|com|net|org|edu|gov|io|info|tech|biz|tv|asia|app|"
    "dev|xyz|site|online|int|eu|us|uk|jp|cn|kr|sg|th|me|co|ai|la|kh"
)
_EXTENSION: Final = (
    "html?|pdf|docx?|xlsx?|pptx?|txt|csv|log|zip|rar|gz|tar|7z|"
    "jpe?g|png|gif|mp3|mp4|wav|avi|xml|json|exe|apk|odt|py|js|css|php|aspx?"
)
_TAIL: Final = r"(?:[/?#][^\s<>\"']*)?"
_URL = re.compile(r"(?<!\w)(?:(?:https?|ftps?)://|www\.)[^\s<>\"']+", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9_][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOST = re.compile(
    rf"(?<![\w.@/-])(?:[A-Za-z0-9-]+\.)+(?:{_TLD})(?::\d{{2,5}})?(?![\w-]|\.\w){_TAIL}|"
    rf"(?<![\w.@/-])localhost(?::\d+)?{_TAIL}"
)
_FILE = re.compile(
    rf"(?<![\w.@/\\-])(?:[A-Za-z]:)?[\\/]?(?:[\w.-]+[\\/])*(?:[\w-]+\.)+(?:{_EXTENSION})(?![\w/\\-]|\.\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w.@/-])[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+(?![\w@/-]|\.\w)")
# "ubndxavinhtrach": the letters of an office before a name.
_OFFICE = re.compile(r"(ubnd|hdnd|ubmttq|mttq|bhxh|thcs|thpt|vnpt)([a-z]{3,})")
_DIGRAPH = re.compile("ngh|[cgknpt]h|ng|tr")
_HEX: Final = r"[0-9A-Fa-f]{1,4}"
# An address of a device: "2001:db8::1", "00:1A:2B:3C:4D:5E".
_DEVICE = re.compile(
    rf"(?<![\w:.])(?:{_HEX}:){{3,7}}{_HEX}(?![\w:])|(?<![\w:.])(?:{_HEX}:{{1,2}}){{2,7}}{_HEX}(?![\w:])|"
    r"(?<![\w.])0x[0-9A-Fa-f]{3,}(?!\w)"
)
_VERSION = re.compile(r"(?<![\w.@/-])[vV](\d{1,3}(?:\.\d{1,3})+)(?![\w-]|\.\w)")
_SCHEME = re.compile(r"^(?:https?|ftps?)://", re.IGNORECASE)
LONGEST_SYLLABLE: Final = 3  # a shorter part is a word only if it is one plain syllable
LONGEST_SPELLED: Final = 4  # capitals in an address that are spelled as letters
_END: Final = ".,;:!?)]}'\"/"
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[\W_]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS: Final = {one.sign: one.spoken for one in rows(Sign) if one.place == "address"}
_WORD = re.compile(r"[bcdfghjklmnpqrstvwxz][aeiouy]{1,3}[bcdfghklmnpqrstvwxz]?")
_LONG_WORD = re.compile(
    r"(?=.*[aeiouy])(?!.*[bcdfghjklmnpqrstvwxz]{4})(?!.*(?!tch|ght|rts|nds|cks|"
    r"rks)[bcdfghjklmnpqrstvwxz]{3}$)[a-z]{3,}"
)


def read_web(text: str) -> str:
    """Return ``text`` with its addresses and file names said part by part, without "https://"."""
    for pattern in (_URL, _MAIL, _HOST, _FILE, _NAME):
        text = pattern.sub(_address, text)
    text = _DEVICE.sub(_device, text)
    return _VERSION.sub(lambda m: f"vê {' chấm '.join(map(whole, m[1].split('.')))}", text)


def _device(match: re.Match[str]) -> str:
    """Return the digits and letters of a device's address; "5:20:35" and "1:2:3" are not one."""
    if "::" not in match[0] and not re.search("[A-Fa-fx]", match[0]) and match[0].count(":") < 5:
        return match[0]
    return " ".join("hai chấm" if part == ":" else spell(part) for part in match[0])


def _address(match: re.Match[str]) -> str:
    written = match[0].rstrip(_END)
    rest = match[0][len(written) :].lstrip("/")
    named = written.lower() if written.isupper() else written
    words = [word for token in _TOKEN.findall(_SCHEME.sub("", named)) for word in _words(token)]
    return f" {' '.join(words)}{rest} "


def _words(token: str) -> list[str]:
    if token.isdigit():
        return [digits(token)]
    if not token.isalpha():
        return [_SIGNS[token]] if token in _SIGNS else []
    if token.isupper() and len(token) <= LONGEST_SPELLED:
        return [spell(token)]
    office = _OFFICE.fullmatch(token.lower())
    if office:
        return [spell(office[1]), *_words(office[2])]
    return [hide(part) if _is_word(part) else spell(part) for part in _CAMEL.sub(" ", token).lower().split()]


def _is_word(part: str) -> bool:
    if not part.isascii():
        return True
    folded = _DIGRAPH.sub("t", part)
    return bool((_LONG_WORD if len(part) > LONGEST_SYLLABLE else _WORD).fullmatch(folded))
