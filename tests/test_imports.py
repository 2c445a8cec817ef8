"""The direction of dependency, held over the imports of every module (design: cli -> build -> … -> model)."""

import ast
from pathlib import Path

import pytest
from places import PACKAGE

from truyenthanh.cli.commands import COMMANDS

# A room (a package, or a module of the top) may import those on the floors below its own, and nothing else.
FLOORS = (
    ("__main__",),
    ("cli",),
    ("build", "shortcut"),
    ("explain", "onair", "oneoff", "serving", "upkeep"),
    ("making", "publishing"),
    ("planning",),
    ("steps",),
    ("approval",),
    ("content", "packing", "picture", "script"),
    ("code_digest",),
    ("engines", "feed", "mixing", "reading", "store"),
    ("errors", "recipe", "system"),
    ("installed", "messages", "model"),
)
RANK = {name: rank for rank, floor in enumerate(FLOORS) for name in floor}
HEAVY = {
    "numpy",
    "soxr",
    "soundfile",
    "pydub",
    "feedgen",
    "lxml",
    "jinja2",
    "PIL",
    "gtts",
    "lameenc",
    "mutagen",
    "piper",
    "onnxruntime",
    "av",
    "starlette",
    "uvicorn",
    "segno",
    "docx",
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def unit_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path, tree: ast.Module) -> set[str]:
    """Return the units of ours that a module imports, wherever in it."""
    depth = len(path.relative_to(PACKAGE).parts)
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if node.module and node.module.split(".")[0] == "truyenthanh":
                parts = node.module.split(".")[1:]
                found |= {parts[0]} if parts else {alias.name for alias in node.names}
            elif node.level == depth:
                found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("truyenthanh.")}
    return found - {"__version__"}


def heavy_at_top(tree: ast.Module) -> set[str]:
    """Return the heavy libraries that a module loads as soon as it is imported."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names & HEAVY


def test_every_module_has_a_floor() -> None:
    assert {unit_of(path) for path in modules()} == set(RANK)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_is_below_it(path: Path) -> None:
    unit = unit_of(path)
    wrong = {
        name
        for name in imported(path, ast.parse(path.read_text(encoding="utf-8")))
        if name != unit and RANK[name] <= RANK[unit]
    }
    assert not wrong, f"{unit} must not import {sorted(wrong)}"


@pytest.mark.parametrize("unit", ["engines", "mixing", "feed"])
def test_the_siblings_know_only_the_records_and_the_errors(unit: str) -> None:
    for path in (PACKAGE / unit).rglob("*.py"):
        assert imported(path, ast.parse(path.read_text(encoding="utf-8"))) <= {
            unit,
            "model",
            "errors",
            "installed",
            "system",
        }, path


def test_starting_up_loads_nothing_heavy() -> None:
    """What a plan needs is loaded at every start: no module of it may load a heavy library."""
    light = {*RANK} - {"mixing", "feed", "engines", "picture", "serving"}
    for path in modules():
        if unit_of(path) in light:
            assert not heavy_at_top(ast.parse(path.read_text(encoding="utf-8"))), path


def test_only_its_own_command_loads_the_server() -> None:
    """``serving`` may load its libraries at once, because nobody loads ``serve`` before it is called."""
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if unit_of(path) != "serving" and "serving" in imported(path, tree):
            assert path == PACKAGE / "cli" / "serve.py"


def test_no_command_is_imported_by_a_module_of_the_command_line() -> None:
    """A command is loaded by its name when it is called, and so may import at once what it needs."""
    for path in (PACKAGE / "cli").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        siblings = {
            node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) if node.level == 1
        }
        assert not siblings & set(COMMANDS), path


def test_the_check_sees_an_import_that_goes_up() -> None:
    tree = ast.parse("def f():\n    from ..build import build\n")
    assert imported(PACKAGE / "mixing" / "x.py", tree) == {"build"}


def test_build_reads_as_the_flow() -> None:
    tree = ast.parse((PACKAGE / "build.py").read_text(encoding="utf-8"))
    sizes = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert max(sizes.values()) <= 30, sizes
