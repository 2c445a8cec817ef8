"""The exit codes, which scripts around the program rely on."""

from typing import Final

DONE: Final = 0
MENDABLE: Final = 1  # something the user can fix, or a finding of a check
WRONG_USAGE: Final = 2
BUG: Final = 3  # ours; the traceback is in a log whose path is printed
INTERRUPTED: Final = 130  # 128 + SIGINT, as in shells
