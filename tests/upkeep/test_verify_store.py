"""What is damaged in the store is named and removed, and the next build gives the same again."""

import shutil
from pathlib import Path

import pytest
from building import build
from commands import published

from truyenthanh.build import BuildListener
from truyenthanh.store.store import store_folder
from truyenthanh.upkeep.verify_store import verify_store

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
STATION = "xa-mot"


@pytest.fixture
def built_root(site: Path, tmp_path: Path) -> Path:
    shutil.copytree(site, tmp_path / "site")
    return tmp_path / "site"


def test_a_damaged_entry_of_any_kind_is_named_and_removed_and_made_again(built_root: Path) -> None:
    store, before = store_folder(built_root), published(built_root)
    damaged = [
        *sorted((store / "blobs").glob("??/*"))[:3],
        *sorted((store / "records").glob("??/*"))[:3],
        store / "last" / f"{STATION}.json",
    ]
    for path in damaged[::2]:
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)
    for path in damaged[1::2]:
        path.write_bytes(path.read_bytes()[:-1])
    count, bad = verify_store(store, 2, lambda *_: None)
    assert count > 100
    assert set(bad) == {path.relative_to(store).as_posix() for path in damaged}
    assert not [path for path in damaged if path.exists()]
    assert verify_store(store, 2, lambda *_: None)[1] == ()
    build(built_root, [], None, 2, SILENT)
    assert published(built_root) == before
    assert (store / "last" / f"{STATION}.json").exists()


def test_a_store_that_is_not_there_is_whole(tmp_path: Path) -> None:
    assert verify_store(tmp_path / "nowhere", 2, lambda *_: None) == (0, ())
