"""Workers do what they are sent; whatever goes wrong with one is told, and nobody waits for ever."""

import os
import signal
import threading
import traceback
from concurrent.futures import BrokenExecutor
from pathlib import Path
from unittest.mock import patch

import pytest

from truyenthanh.crew import Crew
from truyenthanh.errors import SoundError

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
    assert done
    assert os.getpid() not in done


def test_each_worker_prepares_first(tmp_path: Path) -> None:

    with Crew(1, lambda: touch(tmp_path / "ready")) as crew:
        assert crew.submit(os.path.exists, tmp_path / "ready").result(SOON_S)


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
    with Crew(2) as crew, pytest.raises(BrokenExecutor):
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
        with pytest.raises(BrokenExecutor):  # nobody knows what that worker has heard
            crew.submit(abs, -1).result(SOON_S)
