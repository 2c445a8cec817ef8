"""A zip for operators: everything a station publishes in one master, with the sheets to print."""

import hashlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Generic

from ..errors import DamagedFileError
from ..mixing.profiles import Master
from ..recipe import StepResult
from .step import Figures, Kind, MakeContext, Step, T

if TYPE_CHECKING:
    from pathlib import Path

    from ..packing.contents import PackFile, Programme


@dataclass(frozen=True, slots=True)
class PackedEpisode:
    """An episode as a pack names it: an operator knows it by the words in ``first`` and ``last``;
    ``text`` is the digest of everything said in it."""

    id: str
    number: int
    title: str
    first: str
    last: str
    text: str


@dataclass(frozen=True, slots=True)
class PackSettings:
    """The station, and its episodes in play order with the paths of their files."""

    station: str
    artist: str
    master: Master
    contents: tuple[PackedEpisode, ...]
    audio: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackInputs(Generic[T]):
    """The audio files, in play order."""

    audio: tuple[T, ...]


def write(
    settings: PackSettings, inputs: PackInputs[StepResult], context: MakeContext, out: BinaryIO
) -> Figures:
    """Write the zip to ``out``; the sound files are in staging, or published already."""
    from ..packing.archive import write_zip
    from ..packing.contents import pack_of

    assert context.file is not None
    staging = context.file.parent
    write_zip(out, pack_of(_programme(settings, inputs)), lambda to, file: _copy(to, file, staging))
    return {}


def _copy(out: IO[bytes], file: "PackFile", staging: "Path") -> None:
    if file.path is None:
        out.write(file.data)
        return
    name = file.path.split("/", 2)[2]
    places = (staging / name, staging.parent / name)
    data = next(place for place in places if place.is_file()).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != file.sha256:
        raise DamagedFileError("publication.damaged_file", file=file.path, sha256=found)
    out.write(data)


def _programme(settings: PackSettings, inputs: PackInputs[StepResult]) -> "Programme":
    from ..packing.contents import Programme, sound_version
    from ..packing.programme_items import Item

    master, items, versions = settings.master, [], {}
    for one, path, made in zip(settings.contents, settings.audio, inputs.audio, strict=True):
        level = made.figures["rms_dbfs" if master.measure == "rms" else "integrated_lufs"]
        about = (made.blobs["file"], made.sizes["file"], made.figures["seconds"], level)
        items.append(Item(one.id, one.number, one.title, path, *about, one.first, one.last))
        versions[one.id] = one.text, sound_version(made.figures["sections"])
    return Programme(
        settings.station, settings.artist, master.name, master.suffix, tuple(items), versions, {}
    )


PACK: Final[Kind[PackSettings, PackInputs[Step], PackInputs[StepResult]]] = Kind(
    "pack", PackSettings, write=write, is_slow=True, libraries=("jinja2",), data=("packing/sheets",)
)
