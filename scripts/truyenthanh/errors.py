"""One tree of errors; every one says what is wrong, where, and what to do.

::

    TruyenthanhError            something the user can mend: exit code 1
    ├── ContentError            a file in content/ cannot be used: file, line, field
    ├── EngineError             a voice did not speak
    ├── SoundError              a sound cannot be read, or a master missed its target
    ├── StoreError              the store or the disk refused
    ├── PublicationError        audio/ or feed/ could not be changed, or is damaged
    ├── LogError                a log sheet, the log or a report cannot be taken over or written
    └── ServeError              what is published cannot be shown, or not at this address

An error carries the key of its message and the facts that fill it in; the words are in
``messages.py``, in the reader's language. Anything else that escapes is a bug of ours (exit code 3).
"""

from collections.abc import Mapping

from .messages import say


class TruyenthanhError(Exception):
    """Base of everything the user can mend. ``str()`` of it is the whole message."""

    def __init__(self, key: str, facts: Mapping[str, object] | None = None, /, **more: object) -> None:
        self.key = key
        self.facts = {**(facts or {}), **more}
        super().__init__(key, self.facts)  # both as args, so that it crosses a process boundary whole

    def __str__(self) -> str:
        return say(self.key, **self.facts)


class ContentError(TruyenthanhError):
    """A content file cannot be used. Facts: ``file``, ``line``, ``field`` and those of the message."""

    def __str__(self) -> str:
        file, line, field = (self.facts.get(name) for name in ("file", "line", "field"))
        if file is None:
            return super().__str__()
        where = say("content.line", line=line) if line else ""
        what = say("content.field", field=field) if field else ""
        return f"{file}{where}{what}: {super().__str__()}"


class EngineError(TruyenthanhError):
    """A voice did not speak: which, what it said, and what to do."""


class SoundError(TruyenthanhError):
    """A sound cannot be read, or a finished section missed its master's target."""


class StoreError(TruyenthanhError):
    """The store or the disk under it refused."""


class PublicationError(TruyenthanhError):
    """``audio/`` or ``feed/`` could not be changed; what stood there still stands."""


class LogError(TruyenthanhError):
    """A log sheet cannot be taken over. Facts: ``file``, ``row``, ``column`` and those of the message."""

    def __str__(self) -> str:
        row, column = (self.facts.get(name) for name in ("row", "column"))
        if row is None:
            return super().__str__()
        where = say("airlog.cell", **self.facts) if column else say("airlog.row", **self.facts)
        return f"{where}: {super().__str__()}"


class ServeError(TruyenthanhError):
    """What is published cannot be shown: there is nothing yet, or the address is taken."""
