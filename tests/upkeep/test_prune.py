"""Only what nothing needs goes from the store; a kill in the middle, or a build beside it, costs nothing."""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from building import build
from commands import published
from project import edit
from ready import linked

from truyenthanh.build import BuildListener
from truyenthanh.cli.edge import main
from truyenthanh.errors import StoreError
from truyenthanh.publishing.places import Places
from truyenthanh.publishing.publication import publishing
from truyenthanh.recipe import digest
from truyenthanh.store.store import (
    GENERATIONS,
    find,
    generation_files,
    keep,
    read_generation,
    remember_recipes,
    store_folder,
)
from truyenthanh.upkeep.prune import Pruned, prune

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
STATION = "xa-mot"


def recipe(word: str) -> dict[str, object]:
    return {"kind": "clip", "settings": {"clauses": (word,)}, "inputs": {}}


def spoken(store: Path, *words: str) -> None:
    """Make a build that uses these words."""
    recipes = {}
    for word in words:
        made = keep(store, recipe(word), {"pcm": word.encode() * 1000}, {})
        recipes[word] = made.recipe
    remember_recipes(store, STATION, recipes)


def there(store: Path, word: str) -> bool:
    return find(store, digest(recipe(word))) is not None


def pruned(
    root: Path, builds: int = 3, stations: tuple[str, ...] = (STATION,), *, dry: bool = False
) -> Pruned:
    return prune(root, stations, builds, lambda _: None, dry_run=dry)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A store of four builds, each of which said one word of its own, and a word that no build said."""
    store = store_folder(tmp_path)
    for word in ("một", "hai", "ba", "bốn"):
        spoken(store, "chung", word)
    keep(store, recipe("thử"), {"pcm": b"try" * 1000}, {})
    return tmp_path


@pytest.mark.parametrize(("builds", "gone"), [(1, 4), (2, 3), (3, 2), (4, 1), (GENERATIONS, 1)])
def test_what_the_last_builds_used_is_kept_and_the_rest_goes(root: Path, builds: int, gone: int) -> None:
    store = store_folder(root)
    told = pruned(root, builds, dry=True)
    assert all(there(store, word) for word in ("thử", "một", "hai", "ba", "bốn", "chung"))
    assert pruned(root, builds) == told
    assert told.files == 2 * gone  # a record and a blob each
    assert told.bytes > gone * 3000
    assert [there(store, word) for word in ("thử", "một", "hai", "ba", "bốn", "chung")] == (
        [False] * gone + [True] * (6 - gone)
    )
    again = pruned(root, builds)
    assert (again.files, again.bytes) == (0, 0)
    assert (again.kept_files, again.kept_bytes) == (told.kept_files, told.kept_bytes)


def test_a_blob_that_two_records_name_stays_while_one_of_them_does(root: Path) -> None:
    store = store_folder(root)
    other = keep(store, recipe("khác"), {"pcm": "bốn".encode() * 1000}, {})
    pruned(root, 1)
    assert there(store, "bốn")
    assert find(store, other.recipe) is None


def test_no_more_builds_are_remembered_than_can_be_kept(tmp_path: Path) -> None:
    store = store_folder(tmp_path)
    for number in range(GENERATIONS + 3):
        remember_recipes(store, STATION, {"a": str(number)})
    files = generation_files(store, STATION)
    assert [(read_generation(path, STATION) or {})["a"] for path in files] == [
        str(number) for number in range(GENERATIONS + 2, 2, -1)
    ]
    assert len(list((store / "last").iterdir())) == GENERATIONS


def test_the_last_builds_of_a_station_that_is_gone_keep_nothing(root: Path) -> None:
    pruned(root, stations=("xa-hai",))
    store = store_folder(root)
    assert not [path for kind in ("blobs", "records") for path in (store / kind).glob("??/*")]
    assert not list((store / "last").iterdir())


def test_a_station_that_is_still_published_keeps_what_it_used(root: Path) -> None:
    manifest = root / f"audio/{STATION}/manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}")
    pruned(root, stations=())
    assert there(store_folder(root), "bốn")


@pytest.mark.parametrize("damage", ["flip", "cut"])
def test_nothing_goes_while_it_is_not_known_what_a_build_used(root: Path, damage: str) -> None:
    path = generation_files(store_folder(root), STATION)[1]
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] if damage == "cut" else raw[:-3] + bytes([raw[-3] ^ 1]) + raw[-2:])
    with pytest.raises(StoreError, match=rf"{STATION}\.1\.json"):
        pruned(root)
    assert all(there(store_folder(root), word) for word in ("thử", "một", "bốn"))
    pruned(root)  # it was removed, and said so


@pytest.mark.parametrize("steps", range(12))
def test_a_kill_in_the_middle_leaves_no_record_without_its_blobs(
    root: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    unlink, left = Path.unlink, steps

    def counted(path: Path, missing_ok: bool = False) -> None:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", counted)
        with contextlib.suppress(Killed):
            pruned(root, 1)
    store = store_folder(root)
    for path in (store / "records").glob("??/*"):
        assert find(store, path.stem) is not None
    pruned(root, 1)
    assert len(list((store / "records").glob("??/*"))) == 2


def test_it_waits_for_a_build_and_says_for_whom(root: Path) -> None:
    heard: list[str] = []
    with publishing(Places(root, STATION)):
        waits = {"keep": 1, "waiting": heard.append, "dry_run": False}
        other = threading.Thread(target=prune, args=(root, (STATION,)), kwargs=waits)
        other.start()
        other.join(0.3)
        assert other.is_alive()
        assert str(os.getpid()) in heard[0]
        assert there(store_folder(root), "một")
    other.join(10)
    assert not there(store_folder(root), "một")


def test_temporary_files_of_the_dead_go_and_locks_stay(root: Path) -> None:
    """Who waits for a lock has its file open: another one in its place would be another lock."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    store = store_folder(root)
    (store / "locks").mkdir(exist_ok=True)
    (store / "tmp" / f".x.{dead.pid}-1.part").write_bytes(b"x")
    (store / "locks" / "ab.lock").touch()
    pruned(root)
    assert [path.name for path in (store / "locks").iterdir()] == ["ab.lock"]
    assert not list((store / "tmp").iterdir())


def test_a_build_after_pruning_makes_nothing_and_an_edit_undone_costs_what_was_pruned(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = linked(site, tmp_path / "site")
    before, path = published(root), "content/series/thu/points/01.yaml"
    edit(root, path, "trên loa", "qua loa")
    build(root, [], None, 2, SILENT)
    edited = published(root)
    assert main(["prune", "--root", str(root), "--keep", "1"]) == 0
    assert "MB" in capsys.readouterr().out
    assert published(root) == edited
    (one,) = build(root, [], None, 2, SILENT)
    assert not one.made
    edit(root, path, "qua loa", "trên loa")
    (one,) = build(root, [], None, 2, SILENT)
    assert {made.kind.name for made in one.made} >= {"clip", "section", "master"}
    assert published(root) == before
