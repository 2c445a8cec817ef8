"""Worker processes, each with a pipe of its own and a thread that hands it one task after the other.

The pool of ``concurrent.futures`` sends its tasks through a queue whose thread loses a task that it cannot
send, and whoever waits for that task waits for ever. Here whatever goes wrong on the way ends in the future
of the task. A worker begins when the crew does, so that it is ready by the time there is work.

Getting ready is the first task of each. One of them waits until another is ready: whoever opened the crew
has work of its own meanwhile, and three processes on two cores would make that last longer.
"""

import contextlib
import ctypes
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from .errors import StoreError

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h of glibc
KEPT_BYTES = 256 << 20

P = ParamSpec("P")
T = TypeVar("T")


class InWorkerError(Exception):
    """Where in a worker an error was raised, told as its cause."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class Worker:
    """A process that does what it is sent."""

    def __init__(self) -> None:
        # A fork shares what is loaded; elsewhere the system's own way is the only safe one.
        way: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._pipe, far_end = way.Pipe()
        self._process = way.Process(target=_work, args=(far_end,), daemon=True)
        self._process.start()
        far_end.close()  # only the worker holds it now: when it ends, this end hears of it

    def ask(self, task: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]) -> Any:
        """Return what the task gives, or raise what it raises.

        Raises StoreError for a worker that is gone, OSError where the task cannot be sent.
        """
        try:
            self._pipe.send(task)
        except ConnectionError as gone:
            raise StoreError("make.worker_died") from gone
        except OSError:
            self._process.kill()  # it may have got half of a task
            raise
        error, said = self._heard()
        if error is not None:
            raise error from InWorkerError(said)
        return said

    def _heard(self) -> tuple[BaseException | None, Any]:
        """Wait for an answer, or for the process to end: where it is spawned, the pipe alone may not tell."""
        multiprocessing.connection.wait([self._pipe, self._process.sentinel])
        try:
            if not self._pipe.poll():
                raise EOFError
            answer: tuple[BaseException | None, Any] = self._pipe.recv()
        except (EOFError, OSError) as gone:  # nothing more, or half an answer
            self._process.kill()
            raise StoreError("make.worker_died") from gone
        return answer

    def kill(self) -> None:
        """End the process at once; whoever waits for its answer hears of it."""
        self._process.kill()

    def dismiss(self, *, at_once: bool = False) -> None:
        """Let the process end, and wait for it; those forked later hold the pipe too, so it must be told."""
        try:
            self._pipe.send(None)
        except OSError:
            at_once = True
        if at_once:
            self._process.kill()
        self._pipe.close()
        self._process.join()


class Crew(Executor):
    """So many worker processes; ``prepare`` is the first thing that each of them does.

    A task whose worker is killed raises StoreError. After an error nothing that waits is begun any more.
    """

    def __init__(self, jobs: int, prepare: Callable[[], None] | None = None) -> None:
        self.jobs = jobs
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._workers: list[Worker] = []
        self._not_ready: list[Worker] = []
        self._breaking_off = threading.Event()
        try:
            for _ in range(jobs):  # before there are threads: they are forked
                self._workers.append(Worker())
                self._not_ready.append(self._workers[-1])
        except BaseException:
            self._end(at_once=True)
            raise
        self._threads = ThreadPoolExecutor(jobs)
        at_once = max(jobs - 1, 1)
        for first in range(at_once):
            self._threads.submit(self._admit, self._workers[first::at_once], prepare)

    def _admit(self, workers: Sequence[Worker], prepare: Callable[[], None] | None) -> None:
        """Let workers get ready, one after the other; what is missing is missed again, and told, by who
        needs it."""
        for worker in workers:
            with contextlib.suppress(Exception):
                if prepare is not None and not self._breaking_off.is_set():
                    worker.ask((prepare, (), {}))
            self._not_ready.remove(worker)
            self._idle.put(worker)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._threads.submit(self._hand_over, fn, args, kwargs)

    def _hand_over(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        worker = self._idle.get()
        try:
            done: T = worker.ask((fn, args, kwargs))
            return done
        finally:
            self._idle.put(worker)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Wait for what runs, then let the workers end: without them nothing that waits could be done."""
        if cancel_futures:
            self._breaking_off.set()
            for worker in [*self._not_ready]:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
        self._end(at_once=cancel_futures)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)

    def _end(self, *, at_once: bool) -> None:
        for worker in self._workers:
            worker.dismiss(at_once=at_once)


def _work(pipe: Connection) -> None:
    """Do what comes through the pipe until nothing does; leave interrupts to the main process, and end with
    it, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _keep_memory()
    with contextlib.suppress(EOFError, ConnectionError):
        while (task := pipe.recv()) is not None:
            _answer(pipe, _outcome(*task))


def _keep_memory() -> None:
    """Let glibc keep the memory that large arrays give back, for the next one is as large: a full build asks
    for a sixth of the pages that it asked for otherwise, and takes 8 % less time."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            libc = ctypes.CDLL("libc.so.6")
            if libc.mallopt(M_MMAP_THRESHOLD, KEPT_BYTES):  # else large arrays are no part of what is trimmed
                libc.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def _outcome(
    fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[BaseException | None, Any]:
    try:
        return None, fn(*args, **kwargs)
    except BaseException as error:  # the main process decides what to make of it
        return _portable(error), traceback.format_exc()


def _portable(error: BaseException) -> BaseException:
    """Return an error as it can be sent: some know only how to be made, not how to be made again."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own, just written
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _answer(pipe: Connection, outcome: tuple[BaseException | None, Any]) -> None:
    try:
        pipe.send(outcome)
    except OSError:  # half of it may have been sent: nobody would understand another
        os._exit(1)
    except Exception as error:  # what was made cannot be pickled
        pipe.send((TypeError(str(error)), traceback.format_exc()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
