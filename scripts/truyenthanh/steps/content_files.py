"""The files of ``content/`` that a step opens: checked against the plan, and named as editors know them."""

from pathlib import Path

from ..errors import SoundError
from ..store.atomic_files import file_sha256
from .step import MakeContext


def planned_file(context: MakeContext, sha256: str) -> Path:
    """Return the file to read. Raises SoundError if it has changed since it was planned."""
    assert context.reads is not None
    if file_sha256(context.reads) != sha256:
        raise SoundError("makers.sound_changed", file=shown(context.reads))
    return context.reads


def shown(path: Path) -> str:
    """Return a content file's name as its editor knows it."""
    return path.as_posix().rpartition("/content/")[2].join(("content/", ""))


def naming(error: SoundError, path: Path) -> SoundError:
    """Return a sound error that also names the content file it is about."""
    return SoundError(error.key, {**error.facts, "file": shown(path)})
