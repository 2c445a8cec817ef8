"""What a recipe says of code: all that can run while a step is made, and no word more."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from places import PACKAGE

from truyenthanh.code_digest import FORMATS, REGISTRIES, CodeDigests, format_of, parsed

FILES = {
    "__init__.py": "__version__ = '1'\n",
    "model.py": "",
    "top.py": "from . import model\n",
    "mixing/__init__.py": "from .late import g\n",
    "mixing/a.py": """\
from typing import TYPE_CHECKING

from . import b
from .c import f as renamed
from truyenthanh.top import x

if TYPE_CHECKING:
    from .typed import T
else:
    from .otherwise import T


class C:
    def g(self):
        if True:
            from .d import (
                one,
                two,
            )
        import truyenthanh.other.far
""",
    "mixing/b.py": "'A docstring.'\n\n\ndef f() -> int:\n    'Another.'\n    return 1  # one\n",
    "mixing/c.py": "from .a import f\n",
    "mixing/d.py": "from ..engines import ENGINES\n",
    "mixing/late.py": "",
    "mixing/typed.py": "",
    "mixing/otherwise.py": "",
    "mixing/alone.py": "",
    "other/__init__.py": "",
    "other/far.py": "",
    "other/near.py": "",
    "engines/__init__.py": "from . import voice\n",
    "engines/voice.py": "",
    "feed/fonts/x.woff2": "font",
}
FOLLOWED = ("a", "b", "c", "d", "late", "otherwise", "__init__")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def of(package: Path, *modules: str) -> str:
    return CodeDigests(None, package).of(modules)


def changed_by(package: Path, file: str, *modules: str, edit: Callable[[str], str] | None = None) -> bool:
    """Whether the digest of the modules changes with the file."""
    before = of(package, *modules)
    path = package / file
    path.write_text(edit(path.read_text()) if edit else f"{path.read_text()}changed = 1\n")
    return of(package, *modules) != before


@pytest.mark.parametrize("file", [*(f"mixing/{name}.py" for name in FOLLOWED), "top.py", "other/far.py"])
def test_what_is_imported_anywhere_counts(package: Path, file: str) -> None:
    assert changed_by(package, file, "mixing.a")


@pytest.mark.parametrize(
    "file",
    ["mixing/alone.py", "mixing/typed.py", "other/near.py", "engines/voice.py", "feed/fonts/x.woff2"],
)
def test_what_is_not_imported_does_not(package: Path, file: str) -> None:
    assert not changed_by(package, file, "mixing.a")


@pytest.mark.parametrize("file", ["model.py", "engines/__init__.py", "__init__.py"])
def test_foundations_and_registries_count_by_their_number_or_not_at_all(package: Path, file: str) -> None:
    assert not changed_by(package, file, "mixing.a")


def test_a_foundation_counts_by_its_number(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = of(package, "top"), of(package, "other.far")
    monkeypatch.setitem(FORMATS, "model", FORMATS["model"] + 1)
    assert of(package, "top") != before[0]
    assert of(package, "other.far") == before[1]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("A docstring.", "Other words."),
        lambda text: text.replace("Another.", "Other words."),
        lambda text: text.replace("# one", "# a comment"),
        lambda text: text.replace("\n\n\n", "\n\n\n\n\n"),
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_comments_docstrings_and_blank_lines_do_not_count(package: Path, edit: Callable[[str], str]) -> None:
    assert not changed_by(package, "mixing/b.py", "mixing.a", edit=edit)


@pytest.mark.parametrize("old", ["return 1", "def f", "int"])
def test_code_does(package: Path, old: str) -> None:
    assert changed_by(package, "mixing/b.py", "mixing.a", edit=lambda text: text.replace(old, f"{old}0"))


def test_a_folder_of_data_counts_whole(package: Path) -> None:
    def digest() -> str:
        return CodeDigests(None, package).of(["top"], ["feed/fonts"])

    before = digest()
    (package / "feed/fonts/x.woff2").write_text("another")
    other = digest()
    (package / "feed/fonts/x.woff2").rename(package / "feed/fonts/y.woff2")
    assert len({before, other, digest(), of(package, "top")}) == 4


def test_line_ends_of_data_do_not_count(package: Path) -> None:
    def digest(data: bytes) -> str:
        (package / "feed/fonts/x.woff2").write_bytes(data)
        return CodeDigests(None, package).of(["top"], ["feed/fonts"])

    assert digest(b"a\nb\n") == digest(b"a\r\nb\r\n") != digest(b"a\nc\n")


@pytest.mark.parametrize(("modules", "data"), [(["mixing.nothing"], []), (["top"], ["feed/nothing"])])
def test_what_does_not_exist_is_a_bug(package: Path, modules: list[str], data: list[str]) -> None:
    with pytest.raises(FileNotFoundError):
        CodeDigests(None, package).of(modules, data)


def test_what_was_parsed_is_remembered_and_a_torn_memory_is_not_believed(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    first = CodeDigests(store, package)
    digest = first.of(["mixing.a"])
    first.save()
    with monkeypatch.context() as patch:
        patch.setattr("truyenthanh.code_digest.parsed", lambda source, room: pytest.fail("parsed again"))
        assert CodeDigests(store, package).of(["mixing.a"]) == digest
    memory = store / "source_files.json"
    memory.write_bytes(memory.read_bytes().replace(b"otherwise", b"elsewhere"))
    assert CodeDigests(store, package).of(["mixing.a"]) == digest


def test_an_edit_that_keeps_the_size_is_seen(package: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = CodeDigests(store, package)
    before = first.of(["mixing.b"])
    first.save()
    path = package / "mixing/b.py"
    time_ns = path.stat().st_mtime_ns
    path.write_text(path.read_text().replace("return 1", "return 2"))
    assert CodeDigests(store, package).of(["mixing.b"]) != before
    os.utime(path, ns=(time_ns, time_ns))  # even under its old time
    assert CodeDigests(store, package).of(["mixing.b"]) != before


# ---------------------------------------------------------------- the real package


def test_foundations_and_registries_exist() -> None:
    for name in (*FORMATS, *REGISTRIES):
        path = PACKAGE.joinpath(*name.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__init__.py").is_file(), name


def test_a_registry_holds_a_list_and_nothing_that_makes() -> None:
    """What is not followed must not decide anything: imports, literals, protocols."""
    import ast

    for name in REGISTRIES - {""}:
        path = PACKAGE.joinpath(*name.split("."))
        file = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
        tree = ast.parse(file.read_text(encoding="utf-8"))
        bodies = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
        assert all(isinstance(node, ast.ClassDef) and "Protocol" in ast.dump(node) for node in bodies), name


def test_every_module_of_ours_can_be_followed() -> None:
    names = [
        path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
        if path.parent != PACKAGE
    ]
    closure = CodeDigests().closure(names)
    assert {name for name in names if name not in REGISTRIES} <= closure
    assert not [name for name in closure if format_of(name) is None and not _exists(name)]


def _exists(name: str) -> bool:
    path = PACKAGE.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def test_a_star_import_would_not_be_followed_so_there_is_none() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert "import *" not in path.read_text(encoding="utf-8"), path


def test_imports_are_found_as_python_resolves_them() -> None:
    _, imports = parsed("from . import a\nfrom ..model import B\nfrom .c.d import e\nimport os\n", "feed")
    assert imports == (("feed", "a"), ("model", "B"), ("feed.c.d", "e"))
