"""Worker processes of the standard library, prepared while a build is still being planned.

On Linux and macOS a server process loads what all workers need and forks them (``forkserver``); on Windows
each loads it by itself (``spawn``). A killed worker breaks the whole pool: the build says so, and what was
finished by then is in the store.
"""

import contextlib
import ctypes
import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from ..errors import StoreError

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h of glibc
KEPT_BYTES = 256 << 20
PRELOAD: Final = "truyenthanh.making.preload"  # modules to be imported before the first task
PRELOAD_SPEECH: Final = "truyenthanh.making.preload_speech"
QUICK_EXIT: Final = "truyenthanh.making.quick_exit"
START_METHOD: Final = "spawn" if sys.platform == "win32" else "forkserver"
MOST_WORKERS: Final = 61 if sys.platform == "win32" else 1024  # Windows waits for no more at once


@dataclass(frozen=True, slots=True)
class Workers:
    """What makes steps: an executor (``concurrent.futures``), and how many tasks it runs at once."""

    executor: Executor
    jobs: int


@contextlib.contextmanager
def workers(jobs: int, preload: str | None = None) -> Iterator[Workers]:
    """Give ``jobs`` worker processes that have imported a module, ``preload``, before their first task.

    After an error or an interrupt queued tasks are not started, and running ones are waited for. Raises
    StoreError if a worker was killed.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would not be forked with the rest
    way = multiprocessing.get_context(START_METHOD)
    if START_METHOD == "forkserver":
        _start_server(preload)
    jobs, prepared = min(jobs, MOST_WORKERS), (preload, dict(os.environ))
    pool = ProcessPoolExecutor(jobs, mp_context=way, initializer=_prepare, initargs=prepared)
    try:
        yield Workers(pool, jobs)
    except BaseException as error:
        pool.shutdown(cancel_futures=True)
        if isinstance(error, BrokenExecutor):
            raise StoreError("make.worker_died") from error
        raise
    pool.shutdown()


def _start_server(preload: str | None) -> None:
    """Start the process that forks workers, without waiting until it has loaded everything."""
    from multiprocessing import forkserver

    multiprocessing.set_forkserver_preload([*([preload] if preload else ()), QUICK_EXIT])
    forkserver.ensure_running()


def _prepare(preload: str | None, environment: Mapping[str, str]) -> None:
    """Prepare a worker: it leaves interrupts to the main process, and ends when that ends.

    Its environment is the main process's: the server may have been started under another one.
    """
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    keep_memory()
    if preload is not None:
        with contextlib.suppress(Exception):  # a step that needs what is missing will report it
            import_module(preload)
    gc.freeze()  # else a collection would copy the memory that workers share


def keep_memory() -> None:
    """Let glibc keep the memory that large arrays free, since the next one is as large: a full build then
    asks for a sixth of the pages, and takes 8 % less time."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            libc = ctypes.CDLL("libc.so.6")
            if libc.mallopt(M_MMAP_THRESHOLD, KEPT_BYTES):  # otherwise trimming does not cover large arrays
                libc.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
