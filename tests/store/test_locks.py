"""Who holds a station is known to who comes second; who is dead holds nothing."""

import json
import multiprocessing
import os
import platform
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from truyenthanh.cli.commands import truyenthanh
from truyenthanh.errors import PublicationError
from truyenthanh.publishing.places import Places
from truyenthanh.publishing.publication import publishing
from truyenthanh.store.locks import Holder, described, hold_lock, hold_signed_lock

STATION = "xa-mot"


def busy_with(path: Path) -> Holder | None:
    """Return who holds the lock, as somebody who does not wait is told; it must be held."""

    class BusyError(Exception):
        pass

    told: list[Holder | None] = []

    def busy(holder: Holder | None) -> None:
        told.append(holder)
        raise BusyError

    def try_it() -> None:
        try:
            with hold_signed_lock(path, busy):
                pass
        except BusyError:
            return

    other = threading.Thread(target=try_it)
    other.start()
    other.join(10)
    (holder,) = told
    return holder


def test_a_plain_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    path, held = tmp_path / "locks" / "a.lock", []

    def wait_for_it() -> None:
        with hold_lock(path):
            held.append("second")

    other = threading.Thread(target=wait_for_it)
    with hold_lock(path):
        other.start()
        other.join(0.2)
        held.append("first")
    other.join(10)
    assert held == ["first", "second"]


def test_the_holder_is_named_with_process_machine_and_time(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "a.lock"
    with hold_signed_lock(path, lambda _: None):
        holder = busy_with(path)
    assert holder is not None
    assert (holder.pid, holder.host) == (os.getpid(), platform.node())
    assert f"{os.getpid()}" in described(holder)
    assert holder.since[11:19] in described(holder)


def test_who_let_go_is_not_taken_for_the_next_holder(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with hold_signed_lock(path, lambda _: None):
        pass
    with FileLock(path):  # somebody who has not signed yet
        assert busy_with(path) is None


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"pid": "x", "host": 1, "since": 2}', b"\xff", b"null"])
def test_a_damaged_note_is_nobody(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.lock"
    with hold_signed_lock(path, lambda _: None):
        path.with_suffix(".holder.json").write_bytes(raw)
        assert busy_with(path) is None


def test_the_note_of_a_dead_process_locks_nothing_and_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = json.dumps({"pid": dead.pid, "host": platform.node(), "since": "2026-01-01T00:00:00+07:00"})
    path.with_suffix(".holder.json").write_text(left)
    with hold_signed_lock(path, lambda _: pytest.fail("nobody holds it")):
        path.with_suffix(".holder.json").write_text(left)
        assert busy_with(path) is None


def _hold_and_die(path: Path) -> None:
    with hold_signed_lock(path, lambda _: None):
        os._exit(9)


def test_a_holder_that_dies_locks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    process = multiprocessing.get_context("fork").Process(target=_hold_and_die, args=(path,))
    process.start()
    process.join(10)
    with hold_signed_lock(path, lambda _: pytest.fail("its holder is dead")):
        pass


def test_a_disk_that_takes_no_note_takes_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.with_suffix(".holder.json").mkdir()
    with hold_signed_lock(path, lambda _: None):
        assert busy_with(path) is None


def test_who_waits_is_told_for_whom(tmp_path: Path) -> None:
    places, told = Places(tmp_path, STATION), list[str]()

    def second() -> None:
        with publishing(places, told.append):
            told.append("in")

    with publishing(places):
        other = threading.Thread(target=second)
        other.start()
        other.join(0.3)
        assert len(told) == 1
        assert str(os.getpid()) in told[0]
    other.join(10)
    assert told[1:] == ["in"]


def test_who_does_not_wait_is_refused_and_told_who_builds(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(site / "content", tmp_path / "content")
    code: list[int] = []
    with publishing(Places(tmp_path, STATION)):
        other = threading.Thread(target=lambda: code.append(_build_without_waiting(tmp_path)))
        other.start()
        other.join(20)
    assert code == [1]
    said = capsys.readouterr().err
    assert STATION in said
    assert str(os.getpid()) in said
    assert platform.node() in said


def _build_without_waiting(root: Path) -> int:
    try:
        truyenthanh.main(["build", "--no-wait", "--root", str(root)], standalone_mode=False)
    except PublicationError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
