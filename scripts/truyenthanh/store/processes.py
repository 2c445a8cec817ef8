"""Tell whether a process that left something behind has ended."""

import os
import sys
from pathlib import Path

ASKABLE = sys.platform != "win32"  # there, signalling a process to test it would end it


def has_ended(pid: int) -> bool:
    """Return whether a process of this machine has ended; False if that cannot be checked.

    An ended process stays listed until its parent waits for it: a zombie. It counts as ended.
    """
    if not ASKABLE:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
    except OSError:  # no such file system, or the process has just ended
        return False
    return state.split()[:1] == ["Z"]
