"""Recipes: one way to write a value, one step for equal steps, and the code that belongs to a step."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime as moment
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from places import PACKAGE

from truyenthanh import recipe
from truyenthanh.recipe import (
    Step,
    StepResult,
    Steps,
    canonical,
    code_digest,
    digest,
    digested,
    library_versions,
)

PLANS = ("planning/plan.py", "planning/passages.py")


@dataclass(frozen=True)
class Record:
    name: str
    size: int


# ---------------------------------------------------------------- one way to write a value


def test_canonical_has_one_way_to_write_a_value() -> None:
    assert canonical({"b": (1, 2), "a": "ế"}) == canonical({"a": "ế", "b": [1, 2]}) == '{"a":"ế","b":[1,2]}'
    assert canonical(Record("x", 1)) == '{"name":"x","size":1}'
    assert canonical(timedelta(days=1)) == "86400.0"
    first = moment(2023, 4, 3, 5, tzinfo=timezone(timedelta(hours=7)))
    assert canonical(first) == '"2023-04-03T05:00:00+07:00"'


@pytest.mark.parametrize("value", [Path("/home"), {1, 2}, b"x", object(), Record])
def test_a_recipe_holds_nothing_of_this_machine(value: object) -> None:
    with pytest.raises(TypeError, match="a recipe cannot hold"):
        canonical({"setting": value})


def test_a_sealed_record_stands_as_its_digest() -> None:
    sealed = digested(Record("x", 1))
    assert sealed.value == Record("x", 1)
    assert canonical([sealed]) == f'["{digest(Record("x", 1))}"]'
    assert digest([digested(Record("x", 2))]) != digest([sealed])


def made(sha: str, *, recipe: str = "r", figures: dict[str, object] | None = None) -> StepResult:
    return StepResult(recipe, {"file": sha}, {"file": 1}, figures or {}, True)


def test_results_are_named_by_what_they_contain() -> None:
    assert made("a", recipe="r").identity == made("a", recipe="other").identity
    assert made("a").identity != made("b").identity
    assert made("a").identity != made("a", figures={"samples": 1}).identity


def test_a_recipe_depends_on_its_inputs_in_their_order() -> None:
    step = Step("section", {"pauses_ms": [1]})
    first = digest(step.recipe([made("a"), made("b")]))
    assert first == digest(step.recipe([made("a", recipe="other"), made("b")]))
    assert first != digest(step.recipe([made("b"), made("a")]))


# ---------------------------------------------------------------- equal steps are one


def test_equal_steps_are_one_step() -> None:
    steps = Steps()
    clips = [steps.add(Step("clip", {"clauses": ("một",)})) for _ in range(2)]
    sections = [steps.add(Step("section", {"pauses_ms": [1]}, (clip,))) for clip in clips]
    assert clips[0] is clips[1]
    assert sections[0] is sections[1]


@pytest.mark.parametrize(
    "other",
    [
        Step("sound", {"clauses": ("một",)}),
        Step("clip", {"clauses": ("hai",)}),
        Step("clip", {"clauses": ("một",)}, path="audio/a/b.mp3"),
    ],
)
def test_different_steps_stay_two(other: Step) -> None:
    steps = Steps()
    first = steps.add(Step("clip", {"clauses": ("một",)}))
    assert steps.add(other) is other
    assert steps.add(Step("section", {}, (first,))) is not steps.add(Step("section", {}, (other,)))


# ---------------------------------------------------------------- the code of a step


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of two folders in place of ours, with every way to import a sibling."""
    files = {
        "model.py": "",
        "top.py": "from .mixing import a\nfrom .model import X\n",
        "mixing/__init__.py": "",
        "mixing/a.py": "from .b import x\n\ndef f():\n    from .c import y\n    return y\n",
        "mixing/b.py": "from . import d, e\nfrom ..model import X\nfrom ..engines import voice\n",
        "mixing/c.py": "from .a import f\n",
        "mixing/d.py": "",
        "mixing/e.py": "",
        "mixing/alone.py": "",
        "engines/__init__.py": "",
        "engines/voice.py": "",
        "feed/fonts/x.woff2": "font",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(recipe, "_PACKAGE", tmp_path)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """Let every file be read again."""
    for remembered in (code_digest, recipe._beside, recipe._code):
        remembered.cache_clear()


def changed_by(package: Path, file: str, *modules: str) -> bool:
    """Whether the digest of the modules changes with the file."""
    before = code_digest(*modules)
    (package / file).write_bytes((package / file).read_bytes() + b"# changed\n")
    forget()
    return code_digest(*modules) != before


@pytest.mark.parametrize("file", ["a", "b", "c", "d", "e", "__init__"])
def test_the_digest_changes_with_a_sibling(package: Path, file: str) -> None:
    assert changed_by(package, f"mixing/{file}.py", "mixing.a")


@pytest.mark.parametrize(
    "file",
    [
        "mixing/alone.py",
        "model.py",
        "top.py",
        "engines/__init__.py",
        "engines/voice.py",
        "feed/fonts/x.woff2",
    ],
)
def test_the_digest_does_not_change_with_anything_else(package: Path, file: str) -> None:
    assert not changed_by(package, file, "mixing.a")


def test_a_module_of_no_package_stands_for_itself(package: Path) -> None:
    assert changed_by(package, "top.py", "top")
    assert not changed_by(package, "model.py", "top")
    assert not changed_by(package, "mixing/a.py", "top")


def test_a_list_of_members_does_not_bind_one_to_the_others(package: Path) -> None:
    (package / "engines/__init__.py").write_text("from . import voice, other\n")
    (package / "engines/other.py").write_text("")
    forget()
    assert changed_by(package, "engines/__init__.py", "engines.voice")
    assert not changed_by(package, "engines/other.py", "engines.voice")


def test_a_folder_of_data_counts_whole(package: Path) -> None:
    assert changed_by(package, "feed/fonts/x.woff2", "feed/fonts")
    before = code_digest("feed/fonts")
    (package / "feed/fonts/x.woff2").rename(package / "feed/fonts/y.woff2")
    forget()
    assert code_digest("feed/fonts") != before


def test_line_ends_do_not_count(package: Path) -> None:
    before = code_digest("mixing.b")
    path = package / "mixing/b.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    forget()
    assert code_digest("mixing.b") == before


def test_a_module_that_is_not_there_is_a_bug(package: Path) -> None:
    with pytest.raises(FileNotFoundError):
        code_digest("mixing.nothing")


def siblings(path: Path) -> set[Path]:
    """The modules of its own package that a module imports, as Python's parser sees them."""
    if path.stem == "__init__":
        return set()
    found = {path.parent / "__init__.py"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {path.parent / f"{name.replace('.', '/')}.py" for name in names if name}
    return {one for one in found if one.is_file()}


@pytest.mark.parametrize("package_name", ["mixing", "engines", "feed", "reading"])
def test_every_module_is_followed_as_the_parser_would(package_name: str) -> None:
    for path in sorted((PACKAGE / package_name).glob("[!_]*.py")):
        expected: set[Path] = set()
        waiting = [path]
        while waiting:
            one = waiting.pop()
            if one not in expected:
                expected.add(one)
                waiting += siblings(one)
        assert recipe._files_of(f"{package_name}.{path.stem}") == expected


def test_every_digest_in_the_plan_is_of_something() -> None:
    calls = re.findall(
        r"code_digest\(([^)]*)\)", "".join((PACKAGE / name).read_text(encoding="utf-8") for name in PLANS)
    )
    names = {name for call in calls for name in re.findall(r'"([^"]+)"', call)}
    assert len(names) > 8
    for name in names:
        assert recipe._files_of(name), name


def test_versions_of_libraries() -> None:
    assert set(library_versions("numpy", "pyyaml")) == {"numpy", "pyyaml"}
