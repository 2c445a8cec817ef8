"""What a recipe says of our own code: the digest of all the code that can run while a step is made.

The imports of its module are followed, including those inside functions, through every room. Comments,
docstrings and code that only a type checker reads are left out. So a comment rebuilds nothing, and an edit
rebuilds only what it can change.

Two kinds of modules are not followed. ``FORMATS`` are those that everything depends on: each counts as a
number, to be raised by hand when its results change. ``REGISTRIES`` list members of which a step uses one:
the step names that one itself (``Kind.code_of``).
"""

import ast
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .store.atomic_files import write_unsynced
from .store.sealed_json import read_sealed, sealed_bytes

PACKAGE: Final = Path(__file__).parent

FORMATS: Final[dict[str, int]] = {  # a room or module, with everything below it
    "code_digest": 1,
    "errors": 1,
    "installed": 1,
    "messages": 1,
    "model": 1,
    "recipe": 1,
    "steps.step": 1,
    "store": 1,
    "system": 1,
}
NO_DATA: Final = (".py", ".pyc", ".md")  # files in a data folder that are not data
REGISTRIES: Final = frozenset({"", "engines", "steps.kinds"})

_one_parser = threading.Lock()  # Python 3.11 fails when two threads parse at once (cpython gh-106905)

Import = tuple[str, str]  # a module or room, and a name in it, which may itself be a module
Stamp = tuple[int, int, int]  # size in bytes, mtime and ctime in ns


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source file as of this stamp: the digest of its code, and the modules it imports."""

    stamp: Stamp
    digest: str
    imports: tuple[str, ...] = ()


class CodeDigests:
    """Digests of code; files read before are remembered in a store, by size and times."""

    def __init__(self, store: Path | None = None, package: Path = PACKAGE) -> None:
        self._package = package
        self._memory = store / "source_files.json" if store is not None else None
        self._remembered = _read(self._memory) if self._memory is not None else {}
        self._files: dict[str, SourceFile] = {}  # by path in the package
        self._stamps: dict[str, Stamp | None] = {}
        self._digests: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}

    def of(self, modules: Iterable[str], data: Iterable[str] = ()) -> str:
        """Return the digest of modules ("mixing.clip") with everything they import, and of data folders.

        Raises FileNotFoundError for a module or a folder that does not exist.
        """
        key = tuple(modules), tuple(data)
        if key not in self._digests:
            self._digests[key] = self._digest(*key)
        return self._digests[key]

    def closure(self, modules: Iterable[str]) -> set[str]:
        """Return these modules and all that they import, directly or indirectly."""
        found: set[str] = set()
        waiting = [name for module in modules for name in _with_rooms(module)]
        while waiting:
            name = waiting.pop()
            if name not in found and name not in REGISTRIES:
                found.add(name)
                if format_of(name) is None:
                    waiting += self._module(name).imports
        return found

    def save(self) -> None:
        """Save what was read for the first time."""
        if self._memory is None or self._files.items() <= self._remembered.items():
            return
        known = {**self._remembered, **self._files}
        body = json.dumps({path: [one.stamp, one.digest, one.imports] for path, one in known.items()})
        write_unsynced(self._memory, sealed_bytes(body), self._memory.parent / "tmp")
        self._remembered = known

    def _digest(self, modules: tuple[str, ...], data: tuple[str, ...]) -> str:
        total = hashlib.sha256()
        for name in sorted(self.closure(modules)):
            number = format_of(name)
            total.update(f"{name}\0{self._module(name).digest if number is None else number}\n".encode())
        for path in sorted(one for folder in data for one in self._data_files(folder)):
            total.update(f"{path}\0{self._file(path, _data_file).digest}\n".encode())
        return total.hexdigest()[:16]

    def _module(self, name: str) -> SourceFile:
        path = self._path(name)
        if path is None:
            raise FileNotFoundError(name)
        room = name if path.endswith("__init__.py") else name.rpartition(".")[0]
        return self._file(path, lambda stamp, source: self._parsed(stamp, source, room))

    def _parsed(self, stamp: Stamp, source: bytes, room: str) -> SourceFile:
        digest, imports = parsed(source.decode(), room)
        meant = [name for one in imports for name in _with_rooms(self._meant(*one))]
        return SourceFile(stamp, digest, tuple(dict.fromkeys(meant)))

    def _meant(self, room: str, name: str) -> str:
        """Return the module that an import loads: a submodule of a room, or the module that has the name."""
        whole = ".".join(part for part in (room, name) if part)
        return room if self._path(whole) is None else whole

    def _file(self, path: str, read: Callable[[Stamp, bytes], SourceFile]) -> SourceFile:
        if path not in self._files:
            stamp, found = self._stamp(path), self._remembered.get(path)
            if stamp is None:
                raise FileNotFoundError(path)
            if found is None or found.stamp != stamp:
                found = read(stamp, _read_source(self._package / path))
            self._files[path] = found
        return self._files[path]

    def _stamp(self, path: str) -> Stamp | None:
        """Return the stamp by which a changed file is recognized; None if there is no such file."""
        if path not in self._stamps:
            try:
                found = os.stat(f"{self._package}/{path}")  # noqa: PTH116 -- hundreds of times per plan
            except OSError:
                self._stamps[path] = None
            else:
                self._stamps[path] = found.st_size, found.st_mtime_ns, found.st_ctime_ns
        return self._stamps[path]

    def _path(self, name: str) -> str | None:
        """Return the path of a module in the package; a data folder may have the same name."""
        base = name.replace(".", "/")
        paths = f"{base}.py", f"{base}/__init__.py"
        return next((path for path in paths if self._stamp(path) is not None), None)

    def _data_files(self, folder: str) -> list[str]:
        files = [path for path in (self._package / folder).rglob("*") if path.is_file()]
        found = [path for path in files if path.suffix not in NO_DATA]
        if not found:
            raise FileNotFoundError(folder)
        return [path.relative_to(self._package).as_posix() for path in found]


def _with_rooms(module: str) -> list[str]:
    """Return a module and the rooms it is in: importing it runs their ``__init__`` too."""
    parts = module.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def format_of(module: str) -> int | None:
    """Return the format number of a module; None if its code counts instead."""
    parts = module.split(".")
    names = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return next((FORMATS[name] for name in names if name in FORMATS), None)


def _read_source(path: Path) -> bytes:
    """Return a source file, with the same line endings on every system."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _data_file(stamp: Stamp, data: bytes) -> SourceFile:
    return SourceFile(stamp, hashlib.sha256(data).hexdigest())


def _read(memory: Path) -> dict[str, SourceFile]:
    return {
        path: SourceFile(tuple(stamp), digest, tuple(imports))
        for path, (stamp, digest, imports) in (read_sealed(memory) or {}).items()
    }


# ---------------------------------------------------------------- one module


def parsed(source: str, room: str) -> tuple[str, tuple[Import, ...]]:
    """Return the digest of the code of a module in ``room``, and the modules of ours that it imports."""
    with _one_parser:
        tree = ast.parse(source)
    imports = tuple(dict.fromkeys(_imports(tree, room)))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            _drop_docstring(node)
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:16], imports


def _drop_docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    if ast.get_docstring(node, clean=False) is not None:
        node.body = node.body[1:]


def _imports(tree: ast.AST, room: str) -> Iterator[Import]:
    """Yield which of our modules a module imports, anywhere in it, except for type checkers only."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and _is_for_types(node.test):
            yield from _imports(ast.Module(node.orelse, []), room)
        elif isinstance(node, ast.ImportFrom):
            yield from _from(node, room)
        elif isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[2], "") for alias in node.names if _is_ours(alias.name))
        else:
            yield from _imports(node, room)


def _is_for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == PACKAGE.name


def _from(node: ast.ImportFrom, room: str) -> Iterator[Import]:
    module = node.module or ""
    if node.level:
        parts = room.split(".") if room else []
        base = ".".join([*parts[: len(parts) - (node.level - 1)], *(module.split(".") if module else [])])
    elif _is_ours(module):
        base = module.partition(".")[2]
    else:
        return
    yield from ((base, alias.name) for alias in node.names)
