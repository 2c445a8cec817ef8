"""What an edit of the program makes again: just the steps whose code it can change."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from places import PACKAGE
from project import write_project

from truyenthanh.code_digest import CodeDigests
from truyenthanh.content.project import read_project
from truyenthanh.engines import ENGINES
from truyenthanh.planning.plan import plan_stations
from truyenthanh.script.reading_cache import ReadingCache
from truyenthanh.steps.kinds import KINDS

SOUND = {"sound", "clip", "recording", "passage", "section", "master"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package; whoever edits a file of it puts it back."""
    folder = tmp_path_factory.mktemp("package") / "truyenthanh"
    copytree(PACKAGE, folder, ignore=ignore_patterns("__pycache__"))
    return folder


def digests(package: Path) -> dict[str, str]:
    """Return what every kind of step would say of its code; of clips, what each engine's would."""
    code = CodeDigests(package.parent / "store", package)
    found = {}
    for kind in KINDS:
        if kind.name == "clip":
            for engine in ("espeak", "google", "piper"):
                found[f"clip {engine}"] = code.of(("steps.clip", f"engines.{engine}"), kind.data)
        elif kind.module is not None:
            found[kind.name] = code.of((kind.module,), kind.data)
    code.save()
    return found


def remade(package: Path, file: str, edit: Callable[[str], str]) -> set[str]:
    """Return the kinds of steps that an edit of one file makes again."""
    path, before = package / file, digests(package)
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(edit(text), encoding="utf-8")
        after = digests(package)
    finally:
        path.write_text(text, encoding="utf-8")
    return {name for name, digest in after.items() if digest != before[name]}


def with_code(text: str) -> str:
    return f"{text}\n\nchanged = 1\n"


def with_words(text: str) -> str:
    """Return a module with other comments and docstrings, and the same code."""
    tree = ast.parse(text)
    docstring = ast.get_docstring(tree, clean=False)
    changed = text.replace(docstring, f"{docstring} And more.", 1) if docstring else text
    return f"# A comment before all.\n{changed}\n# A comment after all.\n"


def test_a_comment_or_a_docstring_makes_nothing_again(tmp_path: Path) -> None:
    """In any module: all of them are given other words at once."""
    copytree(PACKAGE, tmp_path / "truyenthanh", ignore=ignore_patterns("__pycache__"))
    before = digests(tmp_path / "truyenthanh")
    for path in (tmp_path / "truyenthanh").rglob("*.py"):
        path.write_text(with_words(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert digests(tmp_path / "truyenthanh") == before


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ("feed/site.py", {"page", "episode_page"}),
        ("feed/structured.py", {"page", "episode_page"}),
        ("steps/page_frame.py", {"page", "episode_page"}),
        ("steps/page.py", {"page"}),
        ("feed/templates/index.html.j2", {"page", "episode_page", "comparison"}),
        ("feed/rss.py", {"feed"}),
        ("feed/comparison.py", {"comparison"}),
        ("engines/espeak_library.py", {"clip espeak"}),
        ("engines/piper_runtime.py", {"clip piper"}),
        ("engines/google_reply.py", {"clip google"}),
        ("engines/__init__.py", set()),
        ("mixing/limiter.py", {"master"}),
        ("mixing/stitch.py", {"passage"}),
        ("mixing/recorded.py", {"recording"}),
        ("packing/sheets.py", {"pack"}),
        ("approval/approved_version.py", {"approved"}),
        ("planning/plan.py", set()),
        ("making/scheduler.py", set()),
        ("cli/edge.py", set()),
        ("model/station.py", set()),
        ("messages.py", set()),
        ("store/store.py", set()),
    ],
)
def test_code_makes_again_what_it_can_change(copy: Path, file: str, kinds: set[str]) -> None:
    assert remade(copy, file, with_code) == kinds


def test_code_of_mixing_that_levelling_a_clip_does_not_use_makes_no_clip_again(copy: Path) -> None:
    used = CodeDigests().closure(["mixing.clip"])
    others = [path for path in (copy / "mixing").glob("[!_]*.py") if f"mixing.{path.stem}" not in used]
    assert len(others) > 15
    for path in others:
        again = remade(copy, f"mixing/{path.name}", with_code)
        assert not [name for name in again if name.startswith("clip")], path.name


@pytest.mark.parametrize("engine", ["espeak", "gtts"])
def test_a_clip_names_the_code_of_the_engine_that_speaks(tmp_path: Path, engine: str) -> None:
    project = read_project(write_project(tmp_path))
    (plan,) = plan_stations(project, [project.stations["xa-mot"]], engine)
    module = ENGINES[engine].__name__.removeprefix("truyenthanh.")
    expected = CodeDigests().of(("steps.clip", module))
    assert {step.made_by["code"] for step in plan.steps.values() if step.kind.name == "clip"} == {expected}


def test_no_code_asks_a_service_again(tmp_path: Path) -> None:
    (kind,) = [kind for kind in KINDS if kind.is_online]
    assert kind.name == "service_speech"
    assert kind.module is None
    project = read_project(write_project(tmp_path))
    (plan,) = plan_stations(project, [project.stations["xa-mot"]], "gtts")
    speech = [step for step in plan.steps.values() if step.kind is kind]
    assert len(speech) > 8
    for step in speech:
        assert set(step.recipe({})) == {"kind", "settings", "inputs"}
        assert "version" not in str(step.settings).lower()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kinds_of_sound_and_kinds_of_pages_share_no_code_that_matters(kind: object) -> None:
    code = CodeDigests()
    if kind.name in SOUND and kind.module:  # type: ignore[attr-defined]
        assert not [one for one in code.closure([kind.module]) if one.startswith(("feed.", "packing."))]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- what is loaded


LIGHT = {"yaml", "click"}
HEAVY = {"numpy", "soxr", "soundfile", "pydub", "feedgen", "lxml", "jinja2", "PIL", "gtts", "requests"}
HEAVY |= {"lameenc", "mutagen", "piper", "onnxruntime", "av", "starlette", "uvicorn", "segno", "docx"}


def loaded(root: Path, *arguments: str) -> set[str]:
    """Return what a command of the program has imported, but for the standard library."""
    code = (
        "import sys; from truyenthanh.cli.edge import main; code = main(sys.argv[1:]); "
        "print(); print(code, *sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    code_and_modules = run.stdout.splitlines()[-1].split()
    assert code_and_modules[0] == "0", run.stdout + run.stderr
    return set(code_and_modules[1:]) - set(sys.stdlib_module_names)


def test_status_loads_no_heavy_library(site: Path) -> None:
    assert loaded(site, "status") & HEAVY == set()


def test_a_build_in_which_nothing_is_new_loads_less_still(site: Path) -> None:
    loaded(site, "build")
    assert loaded(site, "build") & (HEAVY | {"yaml", "filelock"}) == set()


def test_a_plan_reads_every_module_of_its_closures_once(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    project, readings = read_project(root), ReadingCache(tmp_path / "store")
    plan_stations(project, list(project.stations.values()), "espeak", None, readings)
    readings.save()
    assert (tmp_path / "store" / "source_files.json").stat().st_size < 200_000
