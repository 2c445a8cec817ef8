"""Worker processes, each with a pipe of its own and a thread that hands it one task after the other.

The pool of ``concurrent.futures`` sends its tasks through a queue whose thread loses a task that it cannot
send, and whoever waits for that task waits for ever. Here whatever goes wrong on the way ends in the future
of the task. Workers begin when the crew does, so that they are ready by the time there is work.

Where processes can be forked, one of them loads what all need and forks the others: on two cores, a second
one that loads the same makes a build of one sentence a tenth longer.
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
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from ..errors import StoreError

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h of glibc
KEPT_BYTES = 256 << 20

P = ParamSpec("P")
T = TypeVar("T")
Prepare = Callable[[], None] | None

INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
_forking = threading.Lock()


class InWorkerError(Exception):
    """Where in a worker an error was raised, told as its cause."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class Worker:
    """A process that does what it is sent; ``process`` is there where this one has started it.

    It is sent tasks, pickled, and at last nothing: an empty message.
    """

    def __init__(self, pipe: Connection, process: BaseProcess | None) -> None:
        self._pipe, self._process = pipe, process
        self._pid: int | None = None

    def preload(self) -> bool:
        """Wait until the process is ready; return whether it is, and has not ended or was never begun."""
        with contextlib.suppress(StoreError):
            self._pid = self._heard()
        return self._pid is not None

    def ask(self, task: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]) -> Any:
        """Return what the task gives, or raise what it raises.

        Raises StoreError for a worker that is gone, OSError where the task cannot be sent.
        """
        try:
            self._pipe.send(task)
        except ConnectionError as gone:
            raise StoreError("make.worker_died") from gone
        except OSError:
            self.kill()  # it may have got half of a task
            raise
        error, said = self._heard()
        if error is not None:
            raise error from InWorkerError(said)
        return said

    def _heard(self) -> Any:
        """Wait for an answer, or for the process to end: where it is spawned, the pipe alone may not tell."""
        multiprocessing.connection.wait([self._pipe, *([self._process.sentinel] if self._process else ())])
        try:
            if not self._pipe.poll():
                raise EOFError
            return self._pipe.recv()
        except (EOFError, OSError) as gone:  # nothing more, or half an answer
            self.kill()
            self._pid = None  # from now on it may be another's
            raise StoreError("make.worker_died") from gone

    def kill(self) -> None:
        """End the process at once; whoever waits for its answer hears of it."""
        if self._process is not None:
            self._process.kill()
        elif self._pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def dismiss(self) -> None:
        """Let the process end, and wait for it. It must be told: the workers of a later crew hold this end
        of its pipe too, so closing it may tell nothing."""
        try:
            self._pipe.send_bytes(b"")
        except OSError:
            self.kill()
        if self._process is None:
            with contextlib.suppress(EOFError, OSError):
                while True:  # what was under way, then the end
                    self._pipe.recv_bytes()
        self._pipe.close()
        if self._process is not None:
            self._process.join()


class Crew(Executor):
    """So many worker processes, which have done ``prepare`` before their first task.

    A task whose worker is killed raises StoreError. After an error nothing that waits is begun any more.
    """

    def __init__(self, jobs: int, prepare: Prepare = None) -> None:
        self.jobs = jobs
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)  # it begins them when they are needed: nothing runs yet
        self._workers = _forked(jobs, prepare) if sys.platform == "linux" else _spawned(jobs, prepare)
        self._not_ready = list(self._workers)
        self._one_is_ready = False
        try:
            for worker in self._workers:
                self._threads.submit(self._admit, worker)
        except BaseException:
            self.shutdown(cancel_futures=True)
            raise

    def _admit(self, worker: Worker) -> None:
        """Give tasks to a worker when it is ready. One that never will be is left out, unless all are: then
        whoever has a task hears of it."""
        is_ready = worker.preload()
        if is_ready:
            self._one_is_ready = True
        self._not_ready.remove(worker)
        if is_ready or not (self._not_ready or self._one_is_ready):
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
            for worker in [*self._not_ready]:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
        for worker in reversed(self._workers):  # the first ends after those that it forked
            worker.dismiss()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)


def _spawned(jobs: int, prepare: Prepare) -> list[Worker]:
    """Return workers each of which begins in the system's own way, and loads what it needs itself."""
    way, workers = multiprocessing.get_context("spawn"), []
    try:
        for _ in range(jobs):
            pipe, far_end = way.Pipe()
            process = way.Process(target=_work_alone, args=(far_end, prepare), daemon=True)
            process.start()
            far_end.close()  # only the worker holds it now: when it ends, this end hears of it
            workers.append(Worker(pipe, process))
    except BaseException:
        for worker in workers:
            worker.kill()
            worker.dismiss()
        raise
    return workers


def _forked(jobs: int, prepare: Prepare) -> list[Worker]:
    """Return workers of which the first forks the others, so that they share what it has loaded.

    To be called before there are threads. An interrupt waits until the first one can leave it to this one.
    """
    way = multiprocessing.get_context("fork")
    with _forking:  # else another crew's workers would hold these pipes, and none would hear of an end
        pipes = [way.Pipe() for _ in range(jobs)]
        near, far = [one for one, _ in pipes], [one for _, one in pipes]
        first = way.Process(target=_lead, args=(near, far, prepare), daemon=True)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
        try:
            first.start()
        finally:
            _close(far)  # only the workers hold them now: when one ends, this end hears of it
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return [Worker(pipe, None if number else first) for number, pipe in enumerate(near)]


def _work_alone(pipe: Connection, prepare: Prepare) -> None:
    _begin(prepare)
    _serve(pipe)


def _lead(near: Sequence[Connection], far: Sequence[Connection], prepare: Prepare) -> None:
    """Get ready, fork the other workers, work like them, and end after them."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _close(near)
    _begin(prepare)
    others = []
    for number in range(1, len(far)):
        try:
            others.append(os.fork())
        except OSError:  # fewer will do; those that are not there are told by their pipes
            break
        if not others[-1]:
            _close([one for one in far if one is not far[number]])
            try:
                _serve(far[number])
            except BaseException:
                traceback.print_exc()
            os._exit(0)
    _close(far[1:])
    _serve(far[0])
    for pid in others:
        os.waitpid(pid, 0)


def _begin(prepare: Prepare) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would not be forked with the rest
    keep_memory()
    with contextlib.suppress(Exception):  # what is missing is missed again, and told, by who needs it
        if prepare is not None:
            prepare()


def _serve(pipe: Connection) -> None:
    """Do what comes through the pipe until nothing does; leave interrupts to the main process, and end with
    it, however it ended. The first thing said is who is ready."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with pipe, contextlib.suppress(EOFError, OSError):
        pipe.send(os.getpid())
        while task := pipe.recv_bytes():
            _answer(pipe, _outcome(task))


def _close(pipes: Sequence[Connection]) -> None:
    for pipe in pipes:
        pipe.close()


def keep_memory() -> None:
    """Let glibc keep the memory that large arrays give back, for the next one is as large: a full build asks
    for a sixth of the pages that it asked for otherwise, and takes 8 % less time."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            libc = ctypes.CDLL("libc.so.6")
            if libc.mallopt(M_MMAP_THRESHOLD, KEPT_BYTES):  # else large arrays are no part of what is trimmed
                libc.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def _outcome(task: bytes) -> tuple[BaseException | None, Any]:
    try:
        fn, args, kwargs = pickle.loads(task)  # noqa: S301 -- from the process that has begun this one
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
