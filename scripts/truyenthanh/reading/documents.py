"""Numbers and codes of documents: "413/STTTT-CNTT-BCVT", "13/2023/NĐ-CP", "05-CT/TW", "/UBND-KGVX"."""

import re
from typing import Final

from .numbers import cardinal, whole
from .senses import code_words

_CAPITAL: Final = "[A-ZĐĂÂÊÔƠƯ]"
_PART: Final = rf"{_CAPITAL}[A-Za-zĐđĂÂÊÔƠƯ]{{0,15}}\d{{0,2}}"
_CODE = re.compile(
    rf"(?<![\w/.-])(?:(\d{{1,6}})([a-z])?)?(?:/((?:19|20)\d\d))?(?: ?/ ?|(?<=\d)-(?=[A-ZĐ][A-Za-zĐ]{{0,8}}/))"
    rf"({_PART}(?:[-/.–]{_PART}){{0,5}})(?!\w)"
)
_KIND: Final = (
    "nghị định|thông tư|thông tư liên tịch|nghị quyết|quyết định|chỉ thị|luật|pháp lệnh|công văn|kế hoạch|"
    "NĐ|TT|TTLT|NQ|QĐ|CT"
)
_OF_YEAR = re.compile(rf"\b((?:số|{_KIND}):? )(\d{{1,5}})/((?:19|20)\d\d)(?![\w/]|-\w|[.,]\d)", re.IGNORECASE)
# "ISO 9001:2015", "QCVN 01-1:2018/BYT"
_STANDARD = re.compile(
    r"\b((?:ISO|TCVN|QCVN|TCCS|IEC)(?:/IEC)?(?: ISO)?) ?(\d{1,5})(?:-(\d{1,2}))?:((?:19|20)\d\d)"
    r"(?:/([A-ZĐ]{2,10}))?(?![\w/])"
)
_FILED = re.compile(r"\b(Lưu:? ?VT)((?:[,;-] ?[A-ZĐ]{2,12}(?!\w)){1,4})")
_OFFICE = re.compile(r"[A-ZĐ]{2,12}")
# Only the Party issues a "Thông tri"; its code is that of a "Thông tư".
_PARTY: Final = frozenset({"TW", "TƯ", "TU", "HU", "QU", "ĐU", "BTVTU", "BTVĐU"})
_SPLIT = re.compile(r"[-/.]")
_SHORTEST: Final = 2


def read_documents(text: str) -> str:
    """Return ``text`` with a document's number and code said in words; unknown parts stay capitals."""
    text = _OF_YEAR.sub(lambda m: f"{m[1]}{whole(m[2])} năm {cardinal(int(m[3]))}", text)
    text = _STANDARD.sub(_standard, text)
    text = _FILED.sub(
        lambda m: m[1] + _OFFICE.sub(lambda n: code_words(n[0]) or n[0], m[2].replace("-", ", ")), text
    )
    return _CODE.sub(_code, text)


def _standard(match: re.Match[str]) -> str:
    name, number, part, year, issuer = match.groups()
    said = " ".join(whole(each) for each in (number, part) if each)
    by = f" {code_words(issuer) or issuer}" if issuer else ""
    return f"{name} {said} hai chấm {cardinal(int(year))}{by}"


def _code(match: re.Match[str]) -> str:
    number, letter, year, code = match.groups()
    parts = _SPLIT.split(code)
    if len(code) < _SHORTEST or not any(_is_code(part) for part in parts):
        return match[0]
    said = [whole(number)] if number else []
    said += [letter] if letter else []
    said += [f"năm {cardinal(int(year))}"] if year else []
    words = [code_words(part) or part for part in parts]
    if parts[0] == "TT" and _PARTY.issuperset(parts[1:]) and len(parts) > 1:
        words[0] = "Thông tri"
    if (
        parts[0] == "QĐ"
        and match.string[max(0, match.start() - 12) : match.start()].lower() == "quy định số "
    ):
        words[0] = "Quy định"
    return " " * match[0].startswith(" ") + " ".join((*said, *words))


def _is_code(part: str) -> bool:
    return part[:2].isupper() and len(part) >= _SHORTEST
