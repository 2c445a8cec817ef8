"""The store gives back what was kept, or nothing: never a torn, flipped or foreign result."""

import hashlib
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from truyenthanh.errors import StoreError
from truyenthanh.recipe import StepResult, digest
from truyenthanh.store import atomic_files
from truyenthanh.store.atomic_files import STALE_S, atomic_file, sweep, sync_and_hash, write_atomic
from truyenthanh.store.store import (
    DamagedBlobError,
    find,
    keep,
    last_recipes,
    locked,
    note_file,
    read_blob,
    recorded_recipe,
    remember_recipes,
    store_folder,
)


def recipe(word: str, *inputs: str) -> dict[str, object]:
    return {"kind": "clip", "settings": {"clauses": (word,)}, "inputs": list(inputs)}


RECIPE = recipe("một")
BLOBS = {"sound": b"\x00\x01" * 500, "blocks": b"[1,2]"}
FIGURES = {"samples": 500, "peak": -3.25}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_folder(tmp_path)


@pytest.fixture
def kept(store: Path) -> StepResult:
    return keep(store, RECIPE, BLOBS, FIGURES)


def blob_file(store: Path, made: StepResult, name: str = "sound") -> Path:
    return next((store / "blobs").rglob(made.blobs[name]))


def record_file(store: Path, made: StepResult) -> Path:
    return next((store / "records").rglob(f"{made.recipe}.json"))


# ---------------------------------------------------------------- whole


def test_what_is_kept_is_found(store: Path, kept: StepResult) -> None:
    assert find(store, digest(RECIPE)) == kept
    assert {name: read_blob(store, sha) for name, sha in kept.blobs.items()} == BLOBS
    assert (kept.figures, kept.sizes, kept.kept) == (FIGURES, {"sound": 1000, "blocks": 5}, True)


def test_what_was_never_kept_is_not_found(store: Path, kept: StepResult) -> None:
    assert find(store, digest(recipe("hai"))) is None
    assert find(store, digest(recipe("một", kept.identity))) is None
    assert find(store / "elsewhere", kept.recipe) is None


def test_blobs_of_the_same_bytes_are_one_file(store: Path, kept: StepResult) -> None:
    other = keep(store, recipe("hai"), BLOBS, {})
    assert other.blobs == kept.blobs
    assert len([path for path in (store / "blobs").rglob("*") if path.is_file()]) == 2


def test_a_published_file_is_noted_without_its_bytes(store: Path) -> None:
    noted = note_file(store, RECIPE, hashlib.sha256(b"x").hexdigest(), 1, FIGURES)
    assert find(store, noted.recipe) == noted
    assert not noted.kept
    assert not (store / "blobs").exists()


def test_the_recipe_is_recorded(store: Path, kept: StepResult) -> None:
    expected = {"kind": "clip", "settings": {"clauses": ["một"]}, "inputs": []}
    assert recorded_recipe(store, kept.recipe) == expected
    assert recorded_recipe(store, "0" * 64) is None


def test_the_last_recipes_of_a_station(store: Path) -> None:
    assert last_recipes(store, "xa-mot") == {}
    remember_recipes(store, "xa-mot", {"point-01/01": "abc"})
    assert last_recipes(store, "xa-mot") == {"point-01/01": "abc"}
    assert last_recipes(store, "xa-hai") == {}


@pytest.mark.parametrize("raw", [b"", b"[1]", b"{", b"\xff", b'{"a": 1}', b"[" * 100_000])
def test_damaged_last_recipes_are_none(store: Path, raw: bytes) -> None:
    write_atomic(store / "last/xa-mot.json", raw)
    assert last_recipes(store, "xa-mot") == {}


# ---------------------------------------------------------------- damaged


@pytest.mark.parametrize("name", BLOBS)
def test_a_torn_or_missing_blob_is_not_found(store: Path, kept: StepResult, name: str) -> None:
    path = blob_file(store, kept, name)
    path.write_bytes(path.read_bytes()[:-1])
    assert find(store, kept.recipe) is None
    path.unlink()
    assert find(store, kept.recipe) is None


@pytest.mark.parametrize("at", [0, 499, 999])
def test_a_flipped_blob_is_never_read_and_is_removed_and_named(
    store: Path, kept: StepResult, at: int
) -> None:
    path = blob_file(store, kept)
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)
    with pytest.raises(DamagedBlobError) as caught:
        read_blob(store, kept.blobs["sound"])
    assert kept.blobs["sound"][:12] in str(caught.value)
    assert not path.exists()
    assert find(store, kept.recipe) is None
    assert keep(store, RECIPE, BLOBS, FIGURES) == kept
    assert read_blob(store, kept.blobs["sound"]) == BLOBS["sound"]


def test_a_missing_blob_is_named(store: Path, kept: StepResult) -> None:
    blob_file(store, kept).unlink()
    with pytest.raises(DamagedBlobError, match=kept.blobs["sound"][:12]):
        read_blob(store, kept.blobs["sound"])


def test_a_record_flipped_anywhere_is_never_served(store: Path, kept: StepResult) -> None:
    path = record_file(store, kept)
    raw = path.read_bytes()
    for at in range(len(raw)):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        assert find(store, kept.recipe) is None, at
        assert recorded_recipe(store, kept.recipe) is None, at


def test_a_record_torn_anywhere_is_never_served(store: Path, kept: StepResult) -> None:
    path = record_file(store, kept)
    raw = path.read_bytes()
    for length in range(len(raw)):
        path.write_bytes(raw[:length])
        assert find(store, kept.recipe) is None


@pytest.mark.parametrize("raw", [b"[]", b"{}", b"null", b'"x"', b"\n{}", b"0\n{}", b"", b"[" * 100_000])
def test_a_record_of_another_shape_is_none(store: Path, kept: StepResult, raw: bytes) -> None:
    record_file(store, kept).write_bytes(raw)
    assert find(store, kept.recipe) is None
    assert recorded_recipe(store, kept.recipe) is None


def test_the_record_of_another_recipe_is_not_served(store: Path, kept: StepResult) -> None:
    other = keep(store, recipe("hai"), {"sound": b"hai"}, {})
    record_file(store, kept).write_bytes(record_file(store, other).read_bytes())
    assert find(store, kept.recipe) is None


def test_who_makes_again_what_is_damaged_is_told_and_it_is_removed(store: Path, kept: StepResult) -> None:
    told: list[StoreError] = []
    record, blob = record_file(store, kept), blob_file(store, kept)
    blob.write_bytes(blob.read_bytes()[:-1])
    assert find(store, kept.recipe) is None
    assert blob.exists()  # status only looks
    assert find(store, kept.recipe, told.append) is None
    record.write_bytes(record.read_bytes()[:-1])
    assert find(store, kept.recipe, told.append) is None
    assert find(store, kept.recipe, told.append) is None
    names = [kept.blobs["sound"][:12], kept.recipe[:12]]
    assert [name in str(error) for name, error in zip(names, told, strict=True)] == [True, True]
    assert not blob.exists()
    assert not record.exists()


# ---------------------------------------------------------------- several at once, interrupted


def _keep_many(store: Path, barrier: "multiprocessing.synchronize.Barrier") -> None:
    barrier.wait()
    for number in range(20):
        keep(store, recipe(str(number)), {"sound": b"%d" % number * 1000}, {})


def test_several_processes_keep_the_same(store: Path) -> None:
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(3)
    workers = [context.Process(target=_keep_many, args=(store, barrier)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    for number in range(20):
        found = find(store, digest(recipe(str(number))))
        assert found is not None
        assert read_blob(store, found.blobs["sound"]) == b"%d" % number * 1000
    assert not list(store.rglob("*.part"))


def test_a_recipe_is_locked_for_one_at_a_time(store: Path) -> None:
    inside: list[str] = []

    def enter() -> None:
        with locked(store, "ab" * 32):
            inside.append("second")

    with locked(store, "ab" * 32):
        other = threading.Thread(target=enter)
        other.start()
        other.join(0.2)
        inside.append("first")
    other.join(10)
    assert inside == ["first", "second"]


def test_writing_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a/b.txt"
    write_atomic(path, b"old")

    def fail() -> None:
        with atomic_file(path) as file:
            file.write(b"ne")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"old"
    assert [one.name for one in path.parent.iterdir()] == ["b.txt"]


def test_what_is_settled_is_known_by_all_its_bytes(tmp_path: Path) -> None:
    data = bytes(range(256)) * 5000
    with atomic_file(tmp_path / "b.wav") as file:
        file.write(data)
        assert sync_and_hash(file) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (tmp_path / "b.wav").read_bytes() == data


def test_all_that_was_written_is_on_the_disk_when_its_digest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "fsync", lambda number: synced.append((number, os.fstat(number).st_size)))
    with (tmp_path / "b.wav").open("wb") as file:
        file.write(b"heard")
        sync_and_hash(file)
        assert synced == [(file.fileno(), len(b"heard"))]


def test_a_disk_that_cannot_sync_settles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = iter([OSError(28, "No space left on device")])

    def full_once(descriptor: int) -> None:
        for error in refused:
            raise error

    def write_pack() -> None:
        with atomic_file(tmp_path / "b.wav") as file:
            file.write(b"new")
            sync_and_hash(file)

    monkeypatch.setattr(os, "fsync", full_once)
    with pytest.raises(OSError, match="space"):
        write_pack()
    assert not list(tmp_path.iterdir())


def test_a_disk_that_cannot_sync_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.txt"
    write_atomic(path, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["b.txt"]


def test_what_a_killed_process_left_is_swept_and_a_living_one_s_is_not(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = tmp_path / f".abc.{dead.pid}-1.part"
    mine = tmp_path / f".abc.{os.getpid()}-1.part"
    other = tmp_path / ".odd.part"
    for path in (left, mine, other):
        path.write_bytes(b"x")
    sweep(tmp_path)
    assert not left.exists()
    assert mine.exists()
    assert other.exists()
    sweep(tmp_path / "nowhere")


def test_where_no_process_can_be_asked_for_only_what_is_old_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_files, "ASKABLE", False)
    for name, age_s in (("fresh", 0), ("young", STALE_S - 100), ("old", STALE_S + 100)):
        path = tmp_path / f".{name}.1-1.part"
        path.touch()
        os.utime(path, (time.time() - age_s,) * 2)
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".fresh.1-1.part", ".young.1-1.part"}
