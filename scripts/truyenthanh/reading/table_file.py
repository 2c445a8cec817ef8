"""One word table: its rows as records of a given type, after the file has passed every check.

All checks are made whenever a table is read: UTF-8, NFC, no invisible characters, no stray spaces, the
heading, the number of cells, no required cell empty, whole numbers, values from a fixed set, no duplicate
key, sorted by key. Columns are checked as a whole, so that checking takes about as long as reading. Slower
checks, such as whether every pattern compiles, are left to the tests.
"""

import operator
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar, get_args, get_type_hints

from ..errors import TableError

Row = TypeVar("Row", bound=NamedTuple)

_STRAY: Final = ("  ", " \t", "\t ", " \n", "\n ")
_YES_NO: Final = ("no", "yes")


def read_table(path: Path, record: type[Row], key_columns: int = 1) -> tuple[Row, ...]:
    """Return the rows of a file as records. Raises TableError with file, line and column of the fault."""
    file = "/".join(path.parts[-3:])
    heading, *lines = _lines(path, file)
    if tuple(heading.split("\t")) != record._fields:
        raise TableError("table.heading", file=file, line=1, columns=", ".join(record._fields))
    cells = [line.split("\t") for line in lines]
    for at, row in enumerate(cells):
        if len(row) != len(record._fields):
            raise _wrong(file, at, "table.cells", found=len(row), expected=len(record._fields))
    kinds = get_type_hints(record)
    columns = [
        _values(file, name, kinds[name], column)
        for name, column in zip(record._fields, zip(*cells, strict=True), strict=False)
    ]
    found = tuple(map(record._make, zip(*columns, strict=True)))
    _check_keys(file, [row[:key_columns] for row in found])
    return found


def _lines(path: Path, file: str) -> list[str]:
    """Return the lines of a file, whatever their line endings, after checking its letters and spaces."""
    try:
        text = path.read_text(encoding="utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise _wrong(file, error.object.count(b"\n", 0, error.start) - 1, "table.not_utf8") from None
    lines = text.split("\n")
    for key, is_right in _RIGHT.items():
        if not is_right(f"\n{text}\n"):
            at = next(at for at, line in enumerate(lines) if not is_right(f"\n{line}\n"))
            raise _wrong(file, at - 1, key)
    return lines


def _has_only_seen(text: str) -> bool:
    return text.replace("\t", "").replace("\n", "").isprintable()


def _has_no_stray_space(text: str) -> bool:
    return not any(stray in text for stray in _STRAY)


_RIGHT: Final[Mapping[str, Callable[[str], bool]]] = {
    "table.not_nfc": partial(unicodedata.is_normalized, "NFC"),
    "table.unseen": _has_only_seen,
    "table.stray_space": _has_no_stray_space,
}


def _values(file: str, name: str, kind: Any, cells: Sequence[str]) -> Sequence[object]:
    """Return the values of a column of one ``kind``."""
    if kind == str | None:
        return [cell or None for cell in cells]
    if "" in cells:
        raise _wrong(file, cells.index(""), "table.empty", field=name)
    if kind is int:
        if not all(map(str.isdecimal, cells)):
            at, cell = next((at, cell) for at, cell in enumerate(cells) if not cell.isdecimal())
            raise _wrong(file, at, "table.not_number", field=name, value=cell)
        return list(map(int, cells))
    known = _YES_NO if kind is bool else get_args(kind)
    if known and not set(known).issuperset(cells):
        at, cell = next((at, cell) for at, cell in enumerate(cells) if cell not in known)
        raise _wrong(file, at, "table.not_known", field=name, value=cell, known=", ".join(known))
    return [cell == "yes" for cell in cells] if kind is bool else cells


def _check_keys(file: str, keys: list[tuple[Any, ...]]) -> None:
    """Raise TableError unless every key is greater than the one before it."""
    if all(map(operator.lt, keys, keys[1:])):
        return
    first: dict[tuple[Any, ...], int] = {}
    for at, key in enumerate(keys):
        if first.setdefault(key, at) != at:
            raise _wrong(file, at, "table.twice", key=_said(key), first=first[key] + 2)
    at, before, key = next((at, one, two) for at, (one, two) in enumerate(pairwise(keys), 1) if two < one)
    raise _wrong(file, at, "table.not_sorted", key=_said(key), before=_said(before))


def _said(key: tuple[Any, ...]) -> str:
    return " ".join(map(str, key))


def _wrong(file: str, at: int, key: str, /, **facts: object) -> TableError:
    """Return the error of one row; the first row is line 2, under the heading."""
    return TableError(key, file=file, line=at + 2, **facts)
