"""Workers do what they are sent; whatever goes wrong with one is told, and nobody waits for ever."""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

import pytest

from truyenthanh.errors import SoundError, StoreError
from truyenthanh.making.preload import preload, preload_speech
from truyenthanh.making.workers import Crew

SOON_S = 20


def fail() -> None:
    raise SoundError("mixing.silent_section", master="radio")


def vanish() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def lock() -> threading.Lock:
    return threading.Lock()


def touch(path: Path) -> None:
    path.touch()


def test_tasks_are_done_by_other_processes() -> None:
    with Crew(2) as crew:
        done = {crew.submit(os.getpid).result(SOON_S) for _ in range(10)}
        assert list(crew.map(abs, [-1, -2, -3])) == [1, 2, 3]
    assert 1 <= len(done) <= 2
    assert os.getpid() not in done


def test_each_worker_prepares_first(tmp_path: Path) -> None:
    with Crew(1, partial(touch, tmp_path / "ready")) as crew:
        assert crew.submit(os.path.exists, tmp_path / "ready").result(SOON_S)


def tally(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")


def pids_of(crew: Crew, count: int) -> set[int]:
    """Return who works, each of them once."""
    asked = [crew.submit(tell, 0.2) for _ in range(count)]
    return {one.result(SOON_S) for one in asked}


def gone(pids: set[int]) -> bool:
    """Wait until these processes have ended."""
    until = time.monotonic() + SOON_S
    while any(Path(f"/proc/{pid}/exe").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.01)
    return not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


def tell(after_s: float) -> int:
    time.sleep(after_s)
    return os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each is spawned")
def test_what_one_has_loaded_the_others_are_forked_with(tmp_path: Path) -> None:
    with Crew(3, partial(tally, tmp_path / "ready")) as crew:
        pids = pids_of(crew, 3)
    assert len(pids) == 3
    assert len((tmp_path / "ready").read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("which", [0, 1, 2])
def test_whichever_is_killed_is_missed_and_all_end(which: int) -> None:
    with Crew(3) as crew:
        pids = pids_of(crew, 3)
        os.kill(sorted(pids)[which], signal.SIGKILL)
        asked = [crew.submit(tell, 0.2) for _ in range(3)]
        assert sum(isinstance(one.exception(SOON_S), StoreError) for one in asked) >= 1
    assert gone(pids)


def test_what_breaks_off_does_not_wait_until_all_are_ready() -> None:
    begun = time.monotonic()
    with suppress(KeyboardInterrupt), Crew(2, partial(time.sleep, 60)):
        raise KeyboardInterrupt
    assert time.monotonic() - begun < SOON_S


def test_where_none_ever_is_ready_whoever_has_a_task_hears_of_it() -> None:
    with Crew(3, vanish) as crew:
        for one in [crew.submit(abs, -1) for _ in range(4)]:
            assert isinstance(one.exception(SOON_S), StoreError)


def test_a_preparation_that_fails_leaves_the_work_to_be_done() -> None:
    with Crew(1, fail) as crew:
        assert crew.submit(abs, -1).result(SOON_S) == 1


def test_an_error_arrives_with_the_place_where_it_was_raised() -> None:
    with Crew(1) as crew:
        with pytest.raises(SoundError) as caught:
            crew.submit(fail).result(SOON_S)
        assert caught.value.facts == {"master": "radio"}
        assert 'raise SoundError("mixing.silent_section"' in "".join(traceback.format_exception(caught.value))
        assert crew.submit(abs, -1).result(SOON_S) == 1


def test_a_worker_that_is_killed_is_missed_at_once() -> None:
    with Crew(2) as crew, pytest.raises(StoreError):
        crew.submit(vanish).result(SOON_S)


def test_a_result_that_cannot_be_sent_is_an_error() -> None:
    with Crew(1) as crew:
        with pytest.raises(TypeError, match="pickle"):
            crew.submit(lock).result(SOON_S)
        assert crew.submit(abs, -1).result(SOON_S) == 1


def test_a_task_that_cannot_be_sent_is_an_error() -> None:
    full = OSError(28, "No space left on device")
    with Crew(1) as crew:
        with (
            patch("multiprocessing.connection.Connection._send", side_effect=full),
            pytest.raises(OSError, match="space"),
        ):
            crew.submit(abs, -1).result(SOON_S)
        with pytest.raises(StoreError):  # nobody knows what that worker has heard
            crew.submit(abs, -1).result(SOON_S)


class ClosedError(Exception):
    """An error that cannot be made again of what it says."""

    def __init__(self, shop: str, since: str) -> None:
        super().__init__(f"{shop} is closed since {since}")


def find_it_closed() -> None:
    raise ClosedError("Hàng Bài", "Monday")


def answer_by_half() -> None:
    """Let this process die in the middle of its answers."""

    def half(self: Connection, data: bytes) -> None:
        os.write(self.fileno(), bytes(data[: len(data) // 2]))
        os._exit(1)

    Connection._send = half  # type: ignore[attr-defined]


def test_an_error_that_cannot_be_sent_keeps_its_words() -> None:
    with Crew(1) as crew, pytest.raises(RuntimeError, match="ClosedError: Hàng Bài is closed") as caught:
        crew.submit(find_it_closed).result(SOON_S)
    assert "find_it_closed" in "".join(traceback.format_exception(caught.value))


def test_half_an_answer_is_a_worker_that_died() -> None:
    with Crew(1, answer_by_half) as crew, pytest.raises(StoreError) as caught:
        crew.submit(abs, -1).result(SOON_S)
    assert caught.value.key == "make.worker_died"


def test_a_worker_killed_while_it_waits_is_missed_at_the_next_task() -> None:
    with Crew(1) as crew:
        os.kill(crew.submit(os.getpid).result(SOON_S), signal.SIGKILL)
        with pytest.raises(StoreError):
            crew.submit(abs, -1).result(SOON_S)


def test_after_an_error_nothing_that_waits_is_begun(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), Crew(1) as crew:
        crew.submit(time.sleep, 0.2)
        waiting = [crew.submit(touch, tmp_path / f"{number}") for number in range(20)]
        raise KeyboardInterrupt
    assert sum(one.cancelled() for one in waiting) >= 19
    assert len(list(tmp_path.iterdir())) <= 1


class Unreadable:
    """A task's argument that cannot be read where it arrives."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return open, ("/nowhere/at/all",)


def test_a_task_that_cannot_be_read_is_an_error_of_its_own() -> None:
    with Crew(2) as crew:
        for one in [crew.submit(repr, Unreadable()) for _ in range(4)]:
            assert isinstance(one.exception(SOON_S), FileNotFoundError)
        assert crew.submit(abs, -1).result(SOON_S) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each is spawned")
def test_where_no_more_can_be_forked_fewer_do_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, left = os.fork, iter([True])

    def forks_once() -> int:
        if next(left, False):
            return fork()
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", forks_once)
    with Crew(3) as crew:
        assert len({crew.submit(os.getpid).result(SOON_S) for _ in range(6)}) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each is spawned")
@pytest.mark.parametrize("breaks_off", [False, True])
def test_nothing_is_left_of_a_crew_even_where_children_are_ignored(breaks_off: bool) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with suppress(KeyboardInterrupt), Crew(3) as crew:
            pids = pids_of(crew, 3)
            if breaks_off:
                raise KeyboardInterrupt
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert len(pids) == 3
    soon = time.monotonic() + SOON_S  # who is killed goes when the system gets to it
    while left := [pid for pid in pids if Path(f"/proc/{pid}").exists()]:  # not even what nobody asked for
        assert time.monotonic() < soon, left
        time.sleep(0.01)


def test_what_nearly_every_build_needs_can_be_loaded() -> None:
    """A crew passes over what cannot be: it would only be slower."""
    preload()
    preload_speech()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are spawned anyway")
def test_workers_that_are_spawned_do_the_same() -> None:
    with patch("truyenthanh.making.workers.sys.platform", "darwin"), Crew(1, preload) as crew:
        assert crew.submit(abs, -1).result(SOON_S) == 1
        with pytest.raises(SoundError):
            crew.submit(fail).result(SOON_S)
