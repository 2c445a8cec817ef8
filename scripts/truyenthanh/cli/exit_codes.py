"""The exit codes, as scripts around the program rely on them."""

from typing import Final

DONE: Final = 0
MENDABLE: Final = 1  # something the user can mend, or what a check found
WRONG_USAGE: Final = 2
BUG: Final = 3  # ours; the traceback is in a log whose path was printed
INTERRUPTED: Final = 130  # 128 + SIGINT, as a shell says it
