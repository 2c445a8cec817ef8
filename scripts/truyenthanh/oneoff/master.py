"""Finish any sound file as one of the masters: a person's recording, another station's programme."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SoundError
from ..mixing.profiles import master_for
from ..store.atomic_files import atomic_file

if TYPE_CHECKING:
    from ..mixing.longform import FinishedFile

TITLE_CHARACTERS = 80


def remaster(name: str, source: Path, out: Path, told: Callable[[str], None]) -> "FinishedFile":
    """Write the sound of ``source`` to ``out``, an MP3 or WAV by its extension, as the master of this name.

    ``told`` is called with each stage (``longform.finish_file``). Raises ContentError for an unknown master
    or extension, SoundError for a file that is not sound; ``out`` is then unchanged.
    """
    from ..mixing.longform import finish_file
    from ..mixing.tags import Tags

    master = master_for(name, out.name)
    if out.exists() and source.exists() and out.samefile(source):
        raise SoundError("remaster.same_file")
    tags = Tags(title=source.stem[:TITLE_CHARACTERS], artist="")
    with atomic_file(out) as file:
        return finish_file(source, file, master, tags, told)
