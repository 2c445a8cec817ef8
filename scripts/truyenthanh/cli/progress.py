"""The one progress display: a line on standard error that changes while a command works.

If standard error is not a terminal there is no such line, so that logs stay short: what a command is about
to do is announced once, if at all.
"""

import shutil
import sys
import time
from math import inf
from typing import TYPE_CHECKING, Final, Self, TextIO

import click

from ..messages import Message, say

if TYPE_CHECKING:  # a no-op build makes no step
    from ..steps.step import Step

TICK_S: Final = 0.1  # between two updates of the line


class Progress:
    """A line that changes in place, and lines that stay above it. Leaving the context clears the line."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to ``stream``, or to standard error."""
        self._stream = stream
        self._is_live = (stream or sys.stderr).isatty()
        self._is_shown = False
        self._shown_at_s = -inf

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def announce(self, text: str) -> None:
        """Write what is about to start, if no progress line will show it."""
        if not self._is_live:
            self._write(f"{text}\n")

    def note(self, text: object) -> None:
        """Write a line that stays."""
        self.clear()
        self._write(f"{text}\n")

    def show(self, key: str, /, *, at_once: bool = False, **facts: object) -> None:
        """Change the line to a message, at most once per tick unless ``at_once``."""
        now_s = time.monotonic()
        if self._is_live and (at_once or now_s - self._shown_at_s >= TICK_S):
            self._is_shown, self._shown_at_s = True, now_s
            self._write(f"\r{_as_wide_as_the_terminal(say(key, **facts))}")

    def clear(self) -> None:
        """Clear the line, if anything is on it."""
        if self._is_shown:
            self._is_shown = False
            self._write(f"\r{_as_wide_as_the_terminal('')}\r")

    def _write(self, text: str) -> None:
        click.echo(text, nl=False, file=self._stream, err=True)


class StepProgress(Progress):
    """How many of the steps are made, and which kind was made last."""

    def __init__(self) -> None:
        super().__init__()
        self._total = self._done = 0

    def planned(self, total: int) -> None:
        """Set the number of steps to make, at most."""
        self._total, self._done = total, 0
        if total:
            self.note(say("build.planned", count=total))

    def made(self, step: "Step") -> None:
        """Count a step that was made."""
        self._done += 1
        kind = Message(f"kind.{step.kind.name}")
        self.show("build.progress", done=self._done, total=self._total, kind=kind)


def _as_wide_as_the_terminal(text: str) -> str:
    """Return the text cut or padded to just under a line, so that it covers the previous text."""
    width = shutil.get_terminal_size().columns - 1
    return f"{text[:width]:<{width}}"
