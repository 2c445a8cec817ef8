"""Hold a lock, so that two processes do not do the same work or write the same file at once.

The operating system does the locking: it frees the lock when its holder ends, however that happens. A note
beside it may say who the holder is; a note left behind locks nothing.
"""

import contextlib
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ..messages import say
from .plain_records import from_plain
from .processes import has_ended


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a lock: its number, its machine, since when (local time, ISO 8601)."""

    pid: int
    host: str
    since: str


@contextlib.contextmanager
def hold_lock(lock_file: Path) -> Iterator[None]:
    """Hold the lock, waiting if another process has it."""
    from filelock import FileLock

    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock_file):
        yield


@contextlib.contextmanager
def hold_signed_lock(lock_file: Path, busy: Callable[[Holder | None], None]) -> Iterator[None]:
    """Hold the lock, with a note beside it that names the holder.

    If another process has it, ``busy`` is called with that holder before waiting; it may raise instead.
    """
    from filelock import FileLock, Timeout

    lock_file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(lock_file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        busy(_holder(lock_file))
        lock.acquire()
    try:
        with contextlib.suppress(OSError):  # a full disk: the lock works without its note
            _sign(lock_file)
        yield
    finally:
        with contextlib.suppress(OSError):
            _note(lock_file).write_bytes(b"")
        lock.release()


def described(holder: Holder | None) -> str:
    """Return who holds a lock in words."""
    if holder is None:
        return say("holding.unknown")
    return say("holding.holder", pid=holder.pid, host=holder.host, since=holder.since[11:19])


def _sign(lock_file: Path) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    me = Holder(os.getpid(), platform.node(), since)
    _note(lock_file).write_bytes(json.dumps(asdict(me)).encode())


def _holder(lock_file: Path) -> Holder | None:
    """Return who signed the lock; None if nobody has yet, or if the note is from a dead process."""
    try:
        holder = from_plain(Holder, json.loads(_note(lock_file).read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None
    return None if _is_gone(holder) else holder


def _is_gone(holder: Holder) -> bool:
    """Whether the holder is a process of this machine that has ended, as far as that can be checked."""
    return holder.host == platform.node() and has_ended(holder.pid)


def _note(lock_file: Path) -> Path:
    return lock_file.with_suffix(".holder.json")
