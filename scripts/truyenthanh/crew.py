"""Worker processes, each with a pipe of its own and a thread that hands it one task after the other.

The pool of ``concurrent.futures`` sends its tasks through a queue whose thread loses a task that it cannot
send, and whoever waits for that task waits for ever. Here whatever goes wrong on the way ends in the future
of the task. A worker begins when the crew does, so that it is ready by the time there is work.
"""

import contextlib
import ctypes
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

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

    def __init__(self, prepare: Callable[[], None] | None) -> None:
        # A fork shares what is loaded; elsewhere the system's own way is the only safe one.
        way: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._pipe, far_end = way.Pipe()
        self._process = way.Process(target=_work, args=(far_end, prepare), daemon=True)
        self._process.start()
        far_end.close()  # only the worker holds it now: when it ends, this end hears of it

    def ask(self, task: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]) -> Any:
        """Return what the task gives, or raise what it raises.

        Raises BrokenExecutor for a worker that is gone, OSError where the task cannot be sent.
        """
        try:
            self._pipe.send(task)
            error, said = self._pipe.recv()
        except (EOFError, ConnectionError) as gone:
            raise BrokenExecutor("a worker process has ended") from gone
        except OSError:
            self._process.kill()  # it may have got half of a task
            raise
        if error is not None:
            raise error from InWorkerError(said)
        return said

    def dismiss(self) -> None:
        """Let the process end, and wait for it; those forked later hold the pipe too, so it must be told."""
        try:
            self._pipe.send(None)
        except OSError:
            self._process.kill()
        self._pipe.close()
        self._process.join()


class Crew(Executor):
    """So many worker processes; ``prepare`` is the first thing that each of them does."""

    def __init__(self, jobs: int, prepare: Callable[[], None] | None = None) -> None:
        self.jobs = jobs
        self._workers = [Worker(prepare) for _ in range(jobs)]  # before there are threads: they are forked
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(jobs)

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
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
        for worker in self._workers:
            worker.dismiss()


def _work(pipe: Connection, prepare: Callable[[], None] | None) -> None:
    """Do what comes through the pipe until nothing does; leave interrupts to the main process, and end with
    it, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # numpy would start as many threads as there are cores in every worker, which wait for each other spinning
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _keep_memory()
    with contextlib.suppress(Exception):  # what is missing is missed again, and told, by who needs it
        if prepare is not None:
            prepare()
    with contextlib.suppress(EOFError, ConnectionError):
        while (task := pipe.recv()) is not None:
            _answer(pipe, _outcome(*task))


def _keep_memory() -> None:
    """Let glibc keep the memory that large arrays give back: the next one is as large, and pages asked of the
    system anew cost a fifth of the time that it spends on a build."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            libc = ctypes.CDLL("libc.so.6")
            libc.mallopt(M_MMAP_THRESHOLD, KEPT_BYTES)
            libc.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def _outcome(
    fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[BaseException | None, Any]:
    try:
        return None, fn(*args, **kwargs)
    except BaseException as error:  # the main process decides what to make of it
        return error, traceback.format_exc()


def _answer(pipe: Connection, outcome: tuple[BaseException | None, Any]) -> None:
    try:
        pipe.send(outcome)
    except OSError:  # half of it may have been sent: nobody would understand another
        os._exit(1)
    except Exception as error:  # it cannot be pickled
        pipe.send((TypeError(str(error)), traceback.format_exc()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
