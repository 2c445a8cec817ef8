"""What a recipe says of our own code: the digest of all the code that can run while a step is made.

The imports of its module are followed, those inside functions too, through every room; comments and
docstrings are left out, and so is what only a type checker reads. So a comment makes nothing anew, and an
edit makes anew just what it can change.

Two kinds of modules are not followed. ``FORMATS`` are those that everything stands on: they count by a
number, to be raised by whoever changes what they give. ``REGISTRIES`` list members of which a step uses
one: the step names that one itself (``Kind.code_of``).
"""

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from .store.atomic_files import write_unsynced
from .store.sealed_json import read_sealed, sealed_bytes

PACKAGE: Final = Path(__file__).parent

FORMATS: Final[dict[str, int]] = {  # a room, or a module, with all below it
    "code_digest": 1,
    "errors": 1,
    "messages": 1,
    "model": 1,
    "recipe": 1,
    "steps.step": 1,
    "store": 1,
    "system": 1,
}
REGISTRIES: Final = frozenset({"", "engines", "steps.kinds"})

Import = tuple[str, str]  # a module or room, and a name in it, which may be a module too
Found = tuple[str, tuple[Import, ...]]  # the digest of a module's code, and what it imports


class CodeDigests:
    """Digests of code; what was parsed before is remembered in a store, by the sha256 of its source."""

    def __init__(self, store: Path | None = None, package: Path = PACKAGE) -> None:
        self._package = package
        self._file = store / "code.json" if store is not None else None
        self._known = _read(self._file) if self._file is not None else {}
        self._has_grown = False
        self._modules: dict[str, Found] = {}
        self._digests: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}

    def of(self, modules: Iterable[str], data: Iterable[str] = ()) -> str:
        """Return the digest of modules ("mixing.clip") with all that they import, and of folders of data.

        Raises FileNotFoundError for a module or a folder that does not exist.
        """
        key = tuple(modules), tuple(data)
        if key not in self._digests:
            self._digests[key] = self._digest(*key)
        return self._digests[key]

    def closure(self, modules: Iterable[str]) -> set[str]:
        """Return the modules that these import, directly or not, and they themselves."""
        found: set[str] = set()
        waiting = [name for module in modules for name in self._with_rooms(module)]
        while waiting:
            name = waiting.pop()
            if name not in found and name not in REGISTRIES:
                found.add(name)
                if format_of(name) is None:
                    imports = self._module(name)[1]
                    waiting += [one for room, part in imports for one in self._meant(room, part)]
        return found

    def save(self) -> None:
        """Write down what was parsed for the first time."""
        if self._has_grown and self._file is not None:
            body = json.dumps(self._known, sort_keys=True)
            write_unsynced(self._file, sealed_bytes(body), self._file.parent / "tmp")
            self._has_grown = False

    def _digest(self, modules: tuple[str, ...], data: tuple[str, ...]) -> str:
        total = hashlib.sha256()
        for name in sorted(self.closure(modules)):
            number = format_of(name)
            total.update(f"{name}\0{self._module(name)[0] if number is None else number}\n".encode())
        for path in sorted(one for folder in data for one in _files(self._package / folder)):
            total.update(f"{path.relative_to(self._package).as_posix()}\0".encode())
            total.update(hashlib.sha256(_read_source(path)).digest())
        return total.hexdigest()[:16]

    def _module(self, name: str) -> Found:
        if name not in self._modules:
            path = self._path(name)
            source = _read_source(path)
            room = name if path.name == "__init__.py" else name.rpartition(".")[0]
            key = hashlib.sha256(f"{room}\0".encode() + source).hexdigest()
            if key not in self._known:
                self._known[key], self._has_grown = parsed(source.decode(), room), True
            self._modules[name] = self._known[key]
        return self._modules[name]

    def _meant(self, room: str, name: str) -> list[str]:
        """Return the modules that an import loads: one of a room's, or the module that has the name."""
        whole = ".".join(part for part in (room, name) if part)
        return self._with_rooms(whole if self._is_module(whole) else room)

    def _with_rooms(self, module: str) -> list[str]:
        """Return a module and the rooms it is in: importing it runs their ``__init__`` too."""
        parts = module.split(".")
        return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]

    def _is_module(self, name: str) -> bool:
        path = self._package.joinpath(*name.split("."))
        return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()

    def _path(self, name: str) -> Path:
        path = self._package.joinpath(*name.split("."))
        module = path.with_suffix(".py")  # a folder of data may have the same name
        return module if module.is_file() else path / "__init__.py"


def format_of(module: str) -> int | None:
    """Return the number by which a module counts; None if its code does."""
    parts = module.split(".")
    names = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return next((FORMATS[name] for name in names if name in FORMATS), None)


def _read_source(path: Path) -> bytes:
    """Return a file of ours, whatever ends its lines on this system."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _files(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    if not found:
        raise FileNotFoundError(folder)
    return found


def _read(file: Path) -> dict[str, Found]:
    known = read_sealed(file) or {}
    return {
        key: (code, tuple((room, name) for room, name in imports)) for key, (code, imports) in known.items()
    }


# ---------------------------------------------------------------- one module


def parsed(source: str, room: str) -> Found:
    """Return the digest of the code of a module in ``room``, and the modules of ours that it imports."""
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
    """Yield what a module imports of ours, wherever in it, but for what only a type checker reads."""
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
