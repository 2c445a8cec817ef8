"""Numbers and codes of documents: "413/STTTT-CNTT-BCVT", "13/2023/NĐ-CP", "05-CT/TW", "/UBND-KGVX"."""

import re
from typing import Final

from .numbers import cardinal, whole
from .senses import code_words

_CAPITAL: Final = "[A-ZĐĂÂÊÔƠƯ]"
_PART: Final = rf"{_CAPITAL}[A-Za-zĐđĂÂÊÔƠƯ]{{0,15}}\d{{0,2}}"
_CODE = re.compile(
    rf"(?<![\w/.-])(?:(\d{{1,6}})([a-z])?)?(?:/((?:19|20)\d\d))?(?: ?/ ?|(?<=\d)-(?=[A-ZĐ]{{1,9}}/))"
    rf"({_PART}(?:[-/.–]{_PART}){{0,5}})(?!\w)"
)
_OF_YEAR = re.compile(r"\b(số:? )(\d{1,5})/((?:19|20)\d\d)(?![\w/]|-\w|[.,]\d)", re.IGNORECASE)
_SPLIT = re.compile(r"[-/.]")
_SHORTEST: Final = 2


def read_documents(text: str) -> str:
    """Return ``text`` with a document's number and code said in words; parts nobody knows stay capitals."""
    text = _OF_YEAR.sub(lambda m: f"{m[1]}{whole(m[2])} năm {cardinal(int(m[3]))}", text)
    return _CODE.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    number, letter, year, code = match.groups()
    parts = _SPLIT.split(code)
    if len(code) < _SHORTEST or not any(_is_code(part) for part in parts):
        return match[0]
    said = [whole(number)] if number else []
    said += [letter] if letter else []
    said += [f"năm {cardinal(int(year))}"] if year else []
    return " " * match[0].startswith(" ") + " ".join((*said, *(code_words(part) or part for part in parts)))


def _is_code(part: str) -> bool:
    return part[:2].isupper() and len(part) >= _SHORTEST
