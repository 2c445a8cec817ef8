"""CPU seconds of a process and of all that it started, worker processes of a server included (Linux).

Workers are forked by a server that nobody waits for, so they are not among the children that ``os.times``
knows: the server is asked while it lives, and inherited when its starter has ended.
"""

import ctypes
import os
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_s() -> float:
    """Return the CPU seconds of this process and of all that it started, ended or not."""
    return sum(os.times()[:4]) + sum(map(_cpu_s_of, family(os.getpid())[1:]))


def adopt_orphans() -> None:
    """Become the parent of whatever a child leaves behind, so that ``wait_for_all`` can wait for it."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wait_for_all() -> None:
    """Wait until every child has ended, the adopted ones too."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def family(pid: int) -> list[int]:
    """Return a process and all that live below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        below = [int(child) for child in children.read_text().split()]
    except OSError:
        below = []
    return [pid, *(one for child in below for one in family(child))]


def _cpu_s_of(pid: int) -> float:
    """Return the CPU seconds of a living process and of its children that were waited for (proc(5), stat)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS
