"""Recipes: everything that determines the bytes of one result, and its digest.

A recipe names its inputs by what they contain, so if a result comes out the same, downstream steps are
reused. The code that makes a result (``code_digest.py``) and the versions of the libraries it uses belong
to its recipe too.
"""

import dataclasses
import functools
import hashlib
import json
import pickle
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from .installed import installed_version, is_installed

MOST_PICKLES: Final = 64  # records of one build that many steps carry


def canonical(value: object) -> str:
    """Return ``value`` as canonical JSON; records become mappings, dates and times ISO 8601."""
    return _ENCODER.encode(value)


def digest(value: object) -> str:
    """Return the sha256 of the canonical JSON of ``value``, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


@dataclasses.dataclass(frozen=True, slots=True)
class Digested:
    """A record that many steps carry; in a recipe its digest, computed once, takes its place."""

    value: Any
    digest: str

    def __reduce__(self) -> tuple[Any, tuple[str, bytes]]:
        return _restored, (self.digest, _pickled(self))


def digested(value: object) -> Digested:
    """Return ``value`` with its digest."""
    return Digested(value, digest(value))


_pickles: dict[str, bytes] = {}


def _pickled(record: Digested) -> bytes:
    """Return the value of a record, pickled once for all the steps that carry it."""
    if record.digest not in _pickles:
        if len(_pickles) >= MOST_PICKLES:
            _pickles.clear()
        _pickles[record.digest] = pickle.dumps(record.value, -1)
    return _pickles[record.digest]


@functools.lru_cache(MOST_PICKLES)
def _restored(digest: str, pickled: bytes) -> Digested:
    """Return the record in another process, which reads it once."""
    return Digested(pickle.loads(pickled), digest)  # noqa: S301 -- written by the process that sent it


_field_names: dict[type, tuple[str, ...] | None] = {}


def field_names(kind: type) -> tuple[str, ...] | None:
    """Return the field names of a record type; None for any other class. Cached: a plan asks many times."""
    if kind not in _field_names:
        is_record = dataclasses.is_dataclass(kind)
        _field_names[kind] = tuple(field.name for field in dataclasses.fields(kind)) if is_record else None
    return _field_names[kind]


def _plain(value: Any) -> Any:
    if isinstance(value, Digested):
        return value.digest
    names = field_names(type(value))
    if names is not None:
        return {name: getattr(value, name) for name in names}
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"a recipe cannot hold a {type(value).__name__}")  # a Path would be this machine's


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


@dataclasses.dataclass(frozen=True)
class StepResult:
    """What a step gave: its blobs by name (sha256), their sizes, and the figures measured on the way.

    A file that exists only in the publication is not ``kept`` in the store.
    """

    recipe: str
    blobs: Mapping[str, str]
    sizes: Mapping[str, int]
    figures: Mapping[str, Any]
    kept: bool

    @functools.cached_property
    def identity(self) -> str:
        """The digest of its contents, by which other recipes name it."""
        return digest([self.blobs, self.figures])


@functools.cache
def library_versions(*names: str) -> Mapping[str, str]:
    """Return the installed versions of distributions by name. Raises PackageNotFoundError."""
    return {name: installed_version(name) for name in names}


def installed(*names: str) -> tuple[str, ...]:
    """Return which of the distributions are installed: extras may be missing."""
    return tuple(name for name in names if is_installed(name))
