"""One tree of errors; each says what is wrong, where, and what to do.

::

    TruyenthanhError            something the user can fix: exit code 1
    ├── ContentError            a file in content/ cannot be used: file, line, field
    │   └── TableError          one of our own word tables in reading/tables/ cannot be used
    ├── EngineError             a voice did not speak
    ├── SoundError              a sound cannot be read, or a master missed its target
    ├── StoreError              the store or the disk refused
    ├── PublicationError        audio/ or feed/ could not be changed, or is damaged
    ├── ServeError              what is published cannot be served, or not at this address
    ├── LogError                a log sheet cannot be imported, or a report cannot be written
    └── PackError               a pack for an operator could not be written completely

An error carries the key of its message and the facts that fill it in; the catalogues word it in the
reader's language. Any other exception that escapes is a bug of ours (exit code 3).
"""

from collections.abc import Mapping
from typing import Final

from .messages import Message

_WHERE: Final = {  # by what is known besides the file: the line, the field
    (False, False): "content.in_file",
    (True, False): "content.in_line",
    (False, True): "content.in_field",
    (True, True): "content.in_line_and_field",
}


class TruyenthanhError(Exception):
    """Base of everything the user can fix. Its ``str()`` is the whole message."""

    def __init__(self, key: str, facts: Mapping[str, object] | None = None, /, **more: object) -> None:
        self.key = key
        self.facts = {**(facts or {}), **more}
        super().__init__(key, self.facts)  # both as args, so that pickling keeps both

    @property
    def message(self) -> Message:
        """The whole message, to be used as a fact of another."""
        return Message(self.key, self.facts)

    def __str__(self) -> str:
        return str(self.message)


class ContentError(TruyenthanhError):
    """A content file cannot be used. Facts: ``file``, ``line``, ``field``, and those of the message."""

    @property
    def message(self) -> Message:
        """The whole message, with the place in the file before it."""
        places = {name: self.facts[name] for name in ("file", "line", "field") if self.facts.get(name)}
        if "file" not in places:
            return super().message
        return Message(_WHERE["line" in places, "field" in places], {**places, "what": super().message})


class TableError(ContentError):
    """A word table of the reading cannot be used. Facts: ``file``, ``line``, and the column as ``field``."""


class EngineError(TruyenthanhError):
    """A voice did not speak: which one, what went wrong, and what to do."""


class SoundError(TruyenthanhError):
    """A sound cannot be read, or a finished passage missed its master's target."""


class StoreError(TruyenthanhError):
    """The store or the disk under it refused."""


class PublicationError(TruyenthanhError):
    """``audio/`` or ``feed/`` could not be changed; the published files are as before."""


class DamagedFileError(PublicationError):
    """A published file is no longer as published. Facts: ``file``, and the actual ``sha256``."""


class ServeError(TruyenthanhError):
    """What is published cannot be served: there is nothing yet, or the address is in use."""


class LogError(TruyenthanhError):
    """A log sheet cannot be imported. Facts: ``file``, ``row``, ``column``, and those of the message."""

    @property
    def message(self) -> Message:
        """The whole message, with the row and column before it."""
        places = {name: self.facts[name] for name in ("file", "row", "column") if self.facts.get(name)}
        if "row" not in places:
            return super().message
        key = "airlog.in_cell" if "column" in places else "airlog.in_row"
        return Message(key, {**places, "what": super().message})


class PackError(TruyenthanhError):
    """A pack could not be written; if it was started, a file in it says that it is incomplete."""
