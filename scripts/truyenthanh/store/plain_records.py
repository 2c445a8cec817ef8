"""Records read back from plain data such as JSON: the inverse of ``canonical`` and ``asdict``.

The type hints of a record say everything needed: what is nested, what is a tuple, what is a date. Data that
do not fit are refused with an error that names the field, so callers need not check a file first.
"""

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Reader = Callable[[Any], Any]

_FROM_LIST: Mapping[Any, Callable[[list[Any]], Any]] = {
    tuple: tuple,
    list: list,
    set: set,
    frozenset: frozenset,
    Sequence: tuple,
}
_FROM_TEXT: Mapping[Any, tuple[Callable[[str], Any], str]] = {
    datetime: (datetime.fromisoformat, "a moment by ISO 8601"),
    date: (date.fromisoformat, "a date by ISO 8601"),
    time: (time.fromisoformat, "a time by ISO 8601"),
}
_SHOWN = 60  # characters shown of a value that does not fit


class _Misfit(Exception):  # noqa: N818 -- never leaves this module
    """A value that does not fit: where it is in the data, and what is wrong with it."""

    def __init__(self, place: str, wrong: str) -> None:
        self.place, self.wrong = place, wrong

    def below(self, place: str) -> "_Misfit":
        return _Misfit(place + self.place, self.wrong)


def from_plain(kind: type[T], data: object) -> T:
    """Return the record of type ``kind`` (or a tuple or mapping of such) that was written as ``data``.

    A field that has a default may be missing. Raises ValueError, naming the field, for data that do not
    fit; TypeError for a type hint that plain data cannot represent.
    """
    try:
        record: T = _reader(cast("Any", kind))(data)
    except _Misfit as misfit:
        name = getattr(kind, "__name__", str(kind))
        raise ValueError(f"{name}{misfit.place}: {misfit.wrong}") from None
    return record


@functools.cache
def _reader(kind: Any) -> _Reader:
    """Return the function that reads values of a type."""
    origin, of = get_origin(kind), get_args(kind)
    if kind in (Any, object):
        return lambda data: data
    if dataclasses.is_dataclass(kind):
        return functools.partial(_record, kind)
    if origin in (Union, UnionType):
        return _union(of)
    if origin is Literal:
        return _checked(lambda data: data in of, " or ".join(map(repr, of)))
    if origin is tuple and of[-1:] != (...,):
        return functools.partial(_row, [_reader(one) for one in of])
    if origin in _FROM_LIST:
        return functools.partial(_list, _FROM_LIST[origin], _reader(of[0]))
    if origin in (dict, Mapping) and of[0] is str:
        return functools.partial(_mapping, _reader(of[1]))
    return _simple(kind)


def _simple(kind: Any) -> _Reader:
    if kind in _FROM_TEXT:
        return functools.partial(_text, *_FROM_TEXT[kind])
    if kind is float:  # JSON may write 1 for 1.0
        is_number = _checked(lambda data: type(data) in (float, int), "a number")
        return lambda data: float(is_number(data))
    if kind is timedelta:
        seconds = _simple(float)
        return lambda data: timedelta(seconds=seconds(data))
    if kind in (str, int, bool, NoneType):
        name = "null" if kind is NoneType else f"a value of type {kind.__name__}"
        return _checked(lambda data: type(data) is kind, name)  # True is not a number here
    raise TypeError(f"no plain data stand for {kind}")


def _checked(fits: Callable[[Any], bool], needed: str) -> _Reader:
    def read(data: Any) -> Any:
        if not fits(data):
            raise _unfit(data, needed)
        return data

    return read


def _unfit(data: object, needed: str) -> _Misfit:
    return _Misfit("", f"{needed} is needed, not {repr(data)[:_SHOWN]}")


def _union(kinds: Sequence[Any]) -> _Reader:
    readers = [_reader(kind) for kind in kinds]
    needed = " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)

    def read(data: Any) -> Any:
        misfits = []
        for reader in readers:
            try:
                return reader(data)
            except _Misfit as misfit:
                misfits.append(misfit)
        inside = [misfit for misfit in misfits if misfit.place]
        raise inside[0] if len(inside) == 1 else _unfit(data, needed)

    return read


def _text(read: Callable[[str], Any], needed: str, data: Any) -> Any:
    try:
        return read(data)
    except (ValueError, TypeError):
        raise _unfit(data, needed) from None


def _list(made: Callable[[list[Any]], Any], reader: _Reader, data: Any) -> Any:
    if not isinstance(data, list | tuple):
        raise _unfit(data, "a list")
    return made([_at(f"[{place}]", reader, one) for place, one in enumerate(data)])


def _row(readers: Sequence[_Reader], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple) or len(data) != len(readers):
        raise _unfit(data, f"a list of {len(readers)}")
    return tuple(
        _at(f"[{at}]", reader, one) for at, (reader, one) in enumerate(zip(readers, data, strict=True))
    )


def _mapping(reader: _Reader, data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or not all(type(key) is str for key in data):
        raise _unfit(data, "a mapping by names")
    return {key: _at(f"[{key!r}]", reader, one) for key, one in data.items()}


def _record(kind: Any, data: Any) -> Any:
    if not isinstance(data, dict):
        raise _unfit(data, "a mapping")
    readers, needed = _fields(kind)
    for name in (*(needed - data.keys()), *(data.keys() - readers.keys())):
        raise _Misfit(f".{name}", "no such field" if name in data else "is not there")
    return kind(**{name: _at(f".{name}", readers[name], one) for name, one in data.items()})


def _at(place: str, reader: _Reader, data: Any) -> Any:
    try:
        return reader(data)
    except _Misfit as misfit:
        raise misfit.below(place) from None


@functools.cache
def _fields(kind: Any) -> tuple[Mapping[str, _Reader], frozenset[str]]:
    """Return the readers of a record's fields, and which of the fields are required."""
    hints, fields = get_type_hints(kind), dataclasses.fields(kind)
    needed = {
        one.name
        for one in fields
        if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    }
    return {one.name: _reader(hints[one.name]) for one in fields}, frozenset(needed)
