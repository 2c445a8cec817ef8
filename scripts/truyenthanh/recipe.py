"""Recipes: everything that determines the bytes of one result, and its digest.

A recipe names its inputs by what they contain, so a result that comes out the same stops the chain
there. The code that makes a step belongs to its recipe too: the digest of its package's sources and
the versions of the libraries it uses.
"""

import dataclasses
import functools
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent
_SIBLING_IMPORT = re.compile(r"^\s*from \.(?:(\w+) import|\s*import (?:\(([^)]*)\)|([\w, ]+)))", re.MULTILINE)


def canonical(value: object) -> str:
    """Return ``value`` as JSON with one way to write it; records become mappings, moments ISO 8601."""
    return _ENCODER.encode(value)


def digest(value: object) -> str:
    """Return the sha256 of the canonical JSON of ``value``, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


@dataclasses.dataclass(frozen=True, slots=True)
class Digested:
    """A record that many steps carry; in a recipe it stands as its digest, computed once."""

    value: Any
    digest: str


def digested(value: object) -> Digested:
    """Return ``value`` with its digest."""
    return Digested(value, digest(value))


def _plain(value: object) -> Any:
    if isinstance(value, Digested):
        return value.digest
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"a recipe cannot hold a {type(value).__name__}")  # a Path would be this machine's


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


@dataclasses.dataclass(frozen=True)
class StepResult:
    """What a step gave: its blobs by name (sha256), their sizes, and the figures measured on the way.

    The blobs of a file that stands only in the publication are not ``kept`` in the store.
    """

    recipe: str
    blobs: Mapping[str, str]
    sizes: Mapping[str, int]
    figures: Mapping[str, Any]
    kept: bool

    @functools.cached_property
    def identity(self) -> str:
        """The digest of what it contains, by which the recipes of others name it."""
        return digest([self.blobs, self.figures])


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing to make. Steps with equal settings and equal inputs are one step (see ``Steps``).

    ``settings`` hold everything but the inputs and enter the recipe; ``path`` says where a published
    file goes, relative to the site root. ``reads`` is a file of the project that the step opens: its
    digest is in the settings, its place is not.
    """

    kind: str
    settings: Mapping[str, object]
    inputs: tuple["Step", ...] = ()
    path: str | None = None
    reads: str | None = None

    def recipe(self, inputs: Sequence[StepResult]) -> dict[str, object]:
        """Return the recipe, given what the inputs contain."""
        return {
            "kind": self.kind,
            "settings": self.settings,
            "inputs": [made.identity for made in inputs],
        }


class Steps:
    """Steps of one build, each of them once, whichever stations ask for it."""

    def __init__(self) -> None:
        self._by_key: dict[str, Step] = {}
        self._keys: dict[Step, str] = {}

    def add(self, step: Step) -> Step:
        """Return the step that is equal to ``step``: itself if it is the first of its kind."""
        key = digest([step.kind, step.path, step.settings, [self._keys[one] for one in step.inputs]])
        known = self._by_key.setdefault(key, step)
        self._keys[known] = key
        return known


@functools.cache
def code_digest(*modules: str) -> str:
    """Return the digest of modules of ours ("mixing.clip") and of those of their package they import.

    A module's own package is followed and no other; of the package itself only the file counts, for a
    list of its members is no part of one of them. A name without a module ("feed/fonts") is a folder
    of data.
    """
    total = hashlib.sha256()
    for path in sorted(set().union(*(_files_of(name) for name in modules))):
        total.update(f"{path.relative_to(_PACKAGE).as_posix()}\0".encode())
        total.update(hashlib.sha256(_code(path)).digest())
    return total.hexdigest()[:16]


@functools.cache
def _code(path: Path) -> bytes:
    """Return a file of ours, whatever ends its lines on this system."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _files_of(name: str) -> set[Path]:
    if "/" in name:
        return {path for path in (_PACKAGE / name).rglob("*") if path.is_file()}
    found: set[Path] = set()
    waiting = [_PACKAGE / f"{name.replace('.', '/')}.py"]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            if path.stem == "__init__" and len(found) > 1:
                continue
            waiting += _beside(path)
    return found


@functools.cache
def _beside(path: Path) -> list[Path]:
    """Return the modules of its own package that a module imports."""
    if path.parent == _PACKAGE:
        return []
    imported = _SIBLING_IMPORT.findall(_code(path).decode())
    names = {name.strip() for groups in imported for name in ",".join(groups).split(",")} - {""}
    beside = [path.parent / f"{name}.py" for name in (*sorted(names), "__init__")]
    return [one for one in beside if one.is_file()]


@functools.cache
def library_versions(*names: str) -> Mapping[str, str]:
    """Return the installed versions of distributions by name."""
    from importlib.metadata import version

    return {name: version(name) for name in names}


def installed(*names: str) -> tuple[str, ...]:
    """Return those of the distributions that are there: extras may be missing."""
    return tuple(name for name in names if _is_installed(name))


@functools.cache
def _is_installed(name: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
