"""The table of a log sheet, whatever a spreadsheet has done to it: encoding, separator, heading, rows.

Rows are numbered as in a spreadsheet, from 1.
"""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..errors import LogError
from ..packing.sheets import COLUMNS
from . import spreadsheet_cells as cells

NEEDED: Final = ("ngay", "gio", "tap", "da_phat")
LARGEST: Final = 10_000_000  # bytes: ten years of airings; a film given by mistake is larger
HEADING_WITHIN: Final = 30  # rows
_SEPARATORS: Final = ";,\t"
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls
_VIETNAMESE: Final = set("ăâđêôơư") | {
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the heading: its cells by column, as ``spreadsheet_cells.plain`` returns them."""

    number: int
    cells: Mapping[str, str]
    is_ragged: bool  # it has a cell that belongs to no column


def read_table(data: bytes, file: str) -> list[Row]:
    """Return the non-empty rows of a sheet. Raises LogError if it is not a log sheet."""
    rows = find_table(decoded(data, file), file)
    if rows is None:
        raise LogError("airlog.no_heading", file=file, columns=";".join(COLUMNS))
    return rows


def decoded(data: bytes, file: str) -> str:
    """Return the text of a sheet. Raises LogError for a workbook, or if it is not text."""
    if data.startswith(_WORKBOOKS):
        raise LogError("airlog.workbook", file=file)
    if len(data) > LARGEST:
        raise LogError("airlog.too_large", file=file, limit=LARGEST // 1_000_000)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1258" or _is_vietnamese(text):
            return text.removeprefix("\ufeff")
    raise LogError("airlog.no_text", file=file)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in data:  # in UTF-16, half of the heading's bytes
        return ("utf-16-le",) if data[1:2] == b"\0" else ("utf-16-be",)
    return ("utf-8", "cp1258", "cp1252")


def _is_vietnamese(text: str) -> bool:
    """Whether decoding with Vietnam's code page gave only Vietnamese letters."""
    composed = unicodedata.normalize("NFC", text).lower()
    return all(
        char in _VIETNAMESE for char in composed if ord(char) > 0x7F and unicodedata.category(char)[0] in "LM"
    )


def find_table(text: str, file: str) -> list[Row] | None:
    """Return the rows below the heading of a log sheet; None if there is no such heading.

    Raises LogError for a heading with an unknown or a duplicate column.
    """
    body = text.partition("\n")[2] if text[:4].casefold() == "sep=" else text  # a spreadsheet hides that line
    for separator in _SEPARATORS:
        try:
            lines = list(csv.reader(io.StringIO(body, newline=""), delimiter=separator))
        except csv.Error:  # a cell that never ends
            continue
        for at, line in enumerate(lines[:HEADING_WITHIN]):
            names = [_column(cell) for cell in line]
            if set(NEEDED) <= set(names):
                _check_heading(names, line, file, at + 1)
                return list(_rows(names, lines[at + 1 :], at + 2))
    return None


def _column(cell: str) -> str:
    return cells.fold(cells.plain(cell)).replace(" ", "_").replace("-", "_")


def _check_heading(names: Sequence[str], line: Sequence[str], file: str, row: int) -> None:
    for at, name in enumerate(names):
        if name and (name not in COLUMNS or name in names[:at]):
            facts = {"file": file, "row": row, "column": cells.plain(line[at]), "columns": ";".join(COLUMNS)}
            raise LogError("airlog.repeated_column" if name in COLUMNS else "airlog.unknown_column", facts)


def _rows(names: Sequence[str], lines: Sequence[Sequence[str]], first: int) -> Iterator[Row]:
    for number, line in enumerate(lines, first):
        texts = [cells.plain(cell) for cell in line]
        if any(texts):
            named = {name: text for name, text in zip(names, texts, strict=False) if name}
            width = len(names)
            stray = any(texts[width:]) or any(
                text for name, text in zip(names, texts, strict=False) if not name
            )
            yield Row(number, {name: named.get(name, "") for name in COLUMNS}, stray)
