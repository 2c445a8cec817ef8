"""An episode's file in one master: mastered passages joined and tagged, and their figures combined."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Generic

from ..mixing.profiles import Master
from ..recipe import Digested, StepResult
from ..script.timeline import chapter_marks
from ..store.store import read_blob
from .records import section_layouts
from .step import Figures, Kind, MakeContext, Step, T

if TYPE_CHECKING:
    from ..mixing.episode import MasteredSection


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """What its tags say; ``passages`` is the number of passages in each section."""

    episode: Digested
    artist: str
    album: str
    track_count: int
    master: Master
    passages: tuple[int, ...]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class AudioInputs(Generic[T]):
    """The mastered passages of all sections in order, the sections, and the cover if the tags carry one."""

    mastered: tuple[T, ...]
    sections: tuple[T, ...]
    cover: T | None


def write(
    settings: AudioSettings, inputs: AudioInputs[StepResult], context: MakeContext, out: BinaryIO
) -> Figures:
    """Write the file to ``out`` and return its figures."""
    from ..mixing.episode import EpisodeFile, write_episode

    file = EpisodeFile(
        master=settings.master,
        episode=settings.episode.value,
        artist=settings.artist,
        album=settings.album,
        track_count=settings.track_count,
        is_synthetic=settings.synthetic,
        chapters=chapter_marks(settings.episode.value, section_layouts(inputs.sections)),
        cover_jpeg=read_blob(context.store, inputs.cover.blobs["small"]) if inputs.cover else None,
    )
    figures = write_episode(out, file, [mastered_section(context.store, made) for made in inputs.mastered])
    sections = [made.blobs["audio"] for made in inputs.mastered]
    return {**figures, "sections": sections, "passages": list(settings.passages)}


def mastered_section(store: Path, made: StepResult) -> "MasteredSection":
    """Return a finished passage whose audio is read from the store only when it is needed."""
    from ..mixing.episode import MasteredSection

    return MasteredSection(
        audio=functools.partial(read_blob, store, made.blobs["audio"]),
        energies=read_blob(store, made.blobs["energies"]),
        true_peak_dbtp=made.figures["true_peak_dbtp"],
        mean_square=made.figures["mean_square"],
        samples=int(made.figures["samples"]),
    )


AUDIO: Final[Kind[AudioSettings, AudioInputs[Step], AudioInputs[StepResult]]] = Kind(
    "audio", AudioSettings, write=write, is_slow=True, libraries=("mutagen", "numpy", "lameenc")
)
