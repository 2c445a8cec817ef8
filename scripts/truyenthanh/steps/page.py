"""The index of a station's pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic

from ..recipe import Digested, StepResult
from .page_frame import PAGE_DATA, PAGE_LIBRARIES, FrameSettings, frame_of
from .records import audio_files
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings(FrameSettings):
    """The episodes as the list names them, the paths of the files it offers for each, and of the packs."""

    episodes: Digested
    audio: tuple[Mapping[str, str], ...]
    notes: Digested
    packs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PageInputs(Generic[T]):
    """The audio files that the list offers for each episode, and the packs, by master."""

    audio: tuple[Mapping[str, T], ...]
    packs: Mapping[str, T]


def make(settings: PageSettings, inputs: PageInputs[StepResult], context: MakeContext) -> Output:
    """Return the index."""
    from ..feed.entries import Listed, PackOffered
    from ..feed.site import write_index

    of_each = zip(settings.episodes.value, settings.audio, inputs.audio, strict=True)
    listed = [Listed(entry, audio_files(paths, made)) for entry, paths, made in of_each]
    packs = [
        PackOffered(master, path, inputs.packs[master].sizes["file"])
        for master, path in settings.packs.items()
    ]
    return Output({"file": write_index(frame_of(settings), listed, settings.notes.value, packs)})


PAGE: Final[Kind[PageSettings, PageInputs[Step], PageInputs[StepResult]]] = Kind(
    "page", PageSettings, make, libraries=PAGE_LIBRARIES, data=PAGE_DATA
)
