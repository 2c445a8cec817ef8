"""Workers do what they are sent; whatever goes wrong with one is told, and nobody waits for ever."""

import os
import signal
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

import pytest

from truyenthanh.errors import SoundError, StoreError
from truyenthanh.making.workers import PRELOAD, PRELOAD_SPEECH, workers

SOON_S = 20


def fail() -> None:
    raise SoundError("mixing.silent_section", master="radio")


def vanish() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def touch(path: Path) -> None:
    path.touch()


def tell(after_s: float) -> int:
    time.sleep(after_s)
    return os.getpid()


def is_loaded(module: str) -> bool:
    return module in sys.modules


def gone(pids: set[int]) -> bool:
    """Wait until these processes have ended."""
    until = time.monotonic() + SOON_S
    while any(Path(f"/proc/{pid}/exe").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.01)
    return not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


def test_tasks_are_done_by_other_processes_that_are_gone_afterwards() -> None:
    with workers(2) as made_by:
        assert made_by.jobs == 2
        pids = {made_by.executor.submit(tell, 0.1).result(SOON_S) for _ in range(4)}
        assert list(made_by.executor.map(abs, [-1, -2, -3])) == [1, 2, 3]
    assert 1 <= len(pids) <= 2
    assert os.getpid() not in pids
    assert gone(pids)


def test_each_worker_has_loaded_what_it_needs() -> None:
    with workers(1, PRELOAD) as made_by:
        for module in ("truyenthanh.mixing.masters", "truyenthanh.feed.site", "truyenthanh.steps.kinds"):
            assert made_by.executor.submit(is_loaded, module).result(SOON_S), module


def test_a_preparation_that_fails_leaves_the_work_to_be_done() -> None:
    with workers(1, "truyenthanh.nothing_of_this_name") as made_by:
        assert made_by.executor.submit(abs, -1).result(SOON_S) == 1


def test_workers_have_the_environment_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    with workers(1) as made_by:  # the server is there from now on
        assert made_by.executor.submit(os.getenv, "TRUYENTHANH_TRIED").result(SOON_S) is None
    monkeypatch.setenv("TRUYENTHANH_TRIED", "yes")
    with workers(1) as made_by:
        assert made_by.executor.submit(os.getenv, "TRUYENTHANH_TRIED").result(SOON_S) == "yes"


def test_no_more_workers_are_asked_for_than_the_system_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses a pool of more than 61 processes, and such machines exist."""
    monkeypatch.setattr("truyenthanh.making.workers.MOST_WORKERS", 2)
    with workers(5) as made_by:
        assert made_by.jobs == 2
        assert len({made_by.executor.submit(tell, 0.1).result(SOON_S) for _ in range(5)}) <= 2


def test_an_error_arrives_with_the_place_where_it_was_raised() -> None:
    with workers(1) as made_by:
        with pytest.raises(SoundError) as caught:
            made_by.executor.submit(fail).result(SOON_S)
        assert caught.value.facts == {"master": "radio"}
        assert 'raise SoundError("mixing.silent_section"' in "".join(traceback.format_exception(caught.value))
        assert made_by.executor.submit(abs, -1).result(SOON_S) == 1


def ask_three_and_kill_one(pids: set[int]) -> None:
    with workers(3) as made_by:
        asked = [made_by.executor.submit(tell, 0.2) for _ in range(3)]
        pids |= {one.result(SOON_S) for one in asked}
        made_by.executor.submit(vanish).result(SOON_S)


def kill_one_that_waits() -> None:
    with workers(1) as made_by:
        os.kill(made_by.executor.submit(os.getpid).result(SOON_S), signal.SIGKILL)
        made_by.executor.submit(tell, 0.1).result(SOON_S)


def test_a_worker_that_is_killed_is_missed_at_once_and_all_end() -> None:
    pids: set[int] = set()
    with pytest.raises(StoreError) as caught:
        ask_three_and_kill_one(pids)
    assert caught.value.key == "make.worker_died"
    assert len(pids) > 1
    assert gone(pids)


def test_a_worker_killed_while_it_waits_is_missed_at_the_next_task() -> None:
    with pytest.raises(StoreError):
        kill_one_that_waits()


def test_after_an_error_queued_tasks_are_not_started(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), workers(1) as made_by:
        made_by.executor.submit(time.sleep, 0.5)
        queued = [made_by.executor.submit(touch, tmp_path / f"{number}") for number in range(20)]
        raise KeyboardInterrupt
    assert sum(one.cancelled() for one in queued) >= 17
    assert len(list(tmp_path.iterdir())) <= 3


ORPHANS = """\
import os, sys, time
from truyenthanh.making.workers import PRELOAD, PRELOAD_SPEECH, workers

if __name__ == "__main__":
    with workers(2) as made_by:
        pids = {made_by.executor.submit(os.getpid).result(20) for _ in range(4)}
        made_by.executor.submit(time.sleep, 600)
        print(*pids, flush=True)
        sys.stdin.read()
"""


def test_workers_end_with_a_main_process_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, script], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        assert process.stdout is not None
        pids = {int(pid) for pid in process.stdout.readline().split()}
        process.kill()
    assert pids
    assert gone(pids)


INTERRUPTED = """\
import os, signal, sys, time
from truyenthanh.making.workers import workers

if __name__ == "__main__":
    # a shell starts what runs in the background with interrupts ignored, and workers would inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with workers(1) as made_by:
        worker = made_by.executor.submit(os.getpid).result(20)
        time.sleep(0.1)  # it may still be sending its answer, and what is raised then is caught
        os.kill(worker, signal.SIGINT)  # while it waits
        time.sleep(0.1)
        busy = made_by.executor.submit(time.sleep, 0.3)
        time.sleep(0.1)
        os.kill(worker, signal.SIGINT)  # while it works
        busy.result(20)
        print(made_by.executor.submit(os.getpid).result(20) == worker)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there os.kill ends a process, whatever it ignores")
def test_interrupts_are_left_to_the_main_process(tmp_path: Path) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    run = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "True\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there workers are spawned anyway")
def test_workers_that_are_spawned_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truyenthanh.making.workers.START_METHOD", "spawn")
    with workers(1, PRELOAD_SPEECH) as made_by:
        assert made_by.executor.submit(is_loaded, "truyenthanh.mixing.masters").result(SOON_S)
        with pytest.raises(SoundError):
            made_by.executor.submit(fail).result(SOON_S)
