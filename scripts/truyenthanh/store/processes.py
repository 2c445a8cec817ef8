"""Whether a process that left something behind has ended."""

import os
import sys
from pathlib import Path

ASKABLE = sys.platform != "win32"  # asking for a process by signal would end it there


def has_ended(pid: int) -> bool:
    """Return whether a process of this machine has ended; False if that cannot be asked.

    One that has ended may stay listed until it is waited for: a zombie.
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
    except OSError:  # no such file system, or the process has just gone
        return False
    return state.split()[:1] == ["Z"]
