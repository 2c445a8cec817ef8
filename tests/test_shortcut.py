"""A build that finds everything as the last one left it says so at once; whatever differs is seen."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import built, published, truyenthanh
from project import edit

from truyenthanh import shortcut as unchanged
from truyenthanh.shortcut import UpToDateCheck
from truyenthanh.store.sealed_json import read_sealed, sealed_bytes

MANIFEST = "audio/xa-mot/manifest.json"
POINT = "content/series/thu/points/01.yaml"


@pytest.fixture(scope="module")
def left(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that a build has left; not to be changed."""
    root = tmp_path_factory.mktemp("left") / "xã"
    shutil.copytree(site, root)
    built(root)  # at another place, and by the program as it is
    return root


@pytest.fixture
def project(left: Path, tmp_path: Path) -> Path:
    root = tmp_path / "xã"
    shutil.copytree(left, root)
    return root


def stands(root: Path, stations: list[str] | None = None, engine: str | None = None) -> bool:
    return UpToDateCheck(root, stations or [], engine, None).outcomes() is not None


def test_what_was_left_stands_wherever_the_project_is_moved(project: Path) -> None:
    assert stands(project)


def test_the_short_way_says_what_the_long_way_says(project: Path) -> None:
    short = truyenthanh(project, "build")
    shutil.rmtree(project / ".cache/store/unchanged")
    before = published(project)
    long = truyenthanh(project, "build")
    assert (short.stdout, short.stderr) == (long.stdout, long.stderr)
    assert "Không có gì phải làm" in short.stdout
    assert published(project) == before


def keep_the_time(root: Path) -> None:
    """Change one letter of a text, and nothing else that a folder shows."""
    path = root / POINT
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Nghe", b"Nghi"))
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def shorten_a_file(root: Path) -> None:
    path = root / "feed/xa-mot/feed.xml"
    path.write_bytes(path.read_bytes()[:-1])


def begin_a_swap(root: Path) -> None:
    (root / "feed/xa-mot/.staging").mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a letter, the time kept": keep_the_time,
    "a new file of content": lambda root: (root / "content/new.txt").write_bytes(b""),
    "a file of content moved": lambda root: (root / POINT).rename(root / "content/series/thu/points/9.yaml"),
    "a published file gone": lambda root: (root / "feed/xa-mot/index.html").unlink(),
    "a published file cut short": shorten_a_file,
    "a manifest gone": lambda root: (root / "audio/xa-mot/manifest.json").unlink(),
    "a manifest changed": lambda root: edit(root, MANIFEST, '"station": "', '"station": " '),
    "a swap broken off": begin_a_swap,
    "the store deleted": lambda root: shutil.rmtree(root / ".cache"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_differs_is_seen(project: Path, change: str) -> None:
    CHANGES[change](project)
    assert not stands(project)


@pytest.mark.parametrize("place", [3, 70, 400, -3])
def test_a_damaged_note_is_not_believed(project: Path, place: int) -> None:
    (note,) = project.glob(".cache/store/unchanged/*.json")
    body = bytearray(note.read_bytes())
    body[place] ^= 1
    note.write_bytes(body)
    assert not stands(project)


def test_what_was_not_asked_for_does_not_stand(project: Path) -> None:
    assert not stands(project, ["xa-hai"])
    assert not stands(project, engine="gtts")
    assert UpToDateCheck(project, [], None, "2023-04-04").outcomes() is None


@pytest.mark.parametrize("part", [0, 1, 2])
def test_another_program_looks_for_itself(project: Path, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = unchanged.program()
    mine[part] = "another"
    monkeypatch.setattr(unchanged, "program", lambda: mine)
    assert not stands(project)


def test_content_that_cannot_be_read_never_stands(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (note,) = project.glob(".cache/store/unchanged/*.json")
    body = read_sealed(note)
    body["sources"]["content"] = None
    note.write_bytes(sealed_bytes(json.dumps(body, ensure_ascii=False)))
    monkeypatch.setattr(unchanged, "content", lambda _: None)
    assert not stands(project)


def test_what_was_edited_while_it_was_built_is_not_noted(project: Path) -> None:
    asked = UpToDateCheck(project, [], None, None)
    outcomes = asked.outcomes()
    assert outcomes is not None
    shutil.rmtree(project / ".cache/store/unchanged")
    keep_the_time(project)
    asked.note(outcomes)
    assert not list(project.glob(".cache/store/unchanged/*"))


def test_what_another_build_published_meanwhile_is_not_noted(project: Path) -> None:
    asked = UpToDateCheck(project, [], None, None)
    outcomes = asked.outcomes()
    assert outcomes is not None
    shutil.rmtree(project / ".cache/store/unchanged")
    edit(project, MANIFEST, '"station": "', '"station":  "')
    asked.note(outcomes)
    assert not list(project.glob(".cache/store/unchanged/*"))


def test_the_short_way_loads_nothing_heavy(project: Path) -> None:
    code = (
        "import sys; from truyenthanh.cli.edge import main; code = main(['build']); "
        "heavy = {'yaml', 'numpy', 'jinja2', 'filelock'}; "
        "heavy |= {'truyenthanh.planning.plan', 'truyenthanh.reading'}; "
        "print(code, sorted(heavy & set(sys.modules)))"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "0 []"


def test_the_order_in_which_a_disk_lists_its_files_is_no_difference(
    left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, walk = unchanged.content(left), os.walk

    def backwards(top: str) -> Iterator[tuple[str, list[str], list[str]]]:
        for parent, folders, names in walk(top):
            folders.sort(reverse=True)
            yield parent, folders, sorted(names, reverse=True)

    monkeypatch.setattr(os, "walk", backwards)
    assert unchanged.content(left) == before
