"""Waits that end early when their thread should stop.

A voice from the network spends its time waiting, in a thread that no signal reaches. The starter of that
thread gives it an event to watch; a thread without one waits for the full time.
"""

import threading
import time
from concurrent.futures import CancelledError
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, TypeVar

T = TypeVar("T")

LOOK_EVERY_S: Final = 0.05

_here = threading.local()


def stop_with(stopped: threading.Event) -> None:
    """Make the waits of this thread end as soon as ``stopped`` is set."""
    _here.stopped = stopped


def pause(seconds: float) -> None:
    """Return after ``seconds``. Raises ``CancelledError`` as soon as this thread should stop."""
    stopped: threading.Event | None = getattr(_here, "stopped", None)
    if stopped is None:
        time.sleep(seconds)
    elif stopped.wait(seconds):
        raise CancelledError


def receive(queue: "SimpleQueue[T]", seconds: float) -> T:
    """Return the next item of ``queue``. Raises ``TimeoutError`` after ``seconds``, or as ``pause`` does."""
    end_s = time.monotonic() + seconds
    while (left_s := end_s - time.monotonic()) > 0:
        with suppress(Empty):
            return queue.get(timeout=min(left_s, LOOK_EVERY_S))
        pause(0)
    raise TimeoutError
