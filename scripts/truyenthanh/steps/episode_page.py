"""The page of an episode."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic

from ..recipe import Digested, StepResult
from .page_frame import PAGE_DATA, PAGE_LIBRARIES, FrameSettings, frame_of
from .records import audio_files, published_episode
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePageSettings(FrameSettings):
    """The episode, the paths of its files by master, its neighbours, and the notes to show about it."""

    episode: Digested
    audio: Mapping[str, str]
    around: Digested
    notes: Digested


@dataclass(frozen=True, slots=True)
class EpisodePageInputs(Generic[T]):
    """The sections of the episode, and its audio files by master."""

    sections: tuple[T, ...]
    audio: Mapping[str, T]


def make(
    settings: EpisodePageSettings, inputs: EpisodePageInputs[StepResult], context: MakeContext
) -> Output:
    """Return the page."""
    from ..feed.site import write_episode_page

    files = audio_files(settings.audio, inputs.audio)
    published = published_episode(settings.episode.value, inputs.sections, files)
    around, notes = settings.around.value, settings.notes.value
    return Output({"file": write_episode_page(frame_of(settings), published, around, notes)})


EPISODE_PAGE: Final[Kind[EpisodePageSettings, EpisodePageInputs[Step], EpisodePageInputs[StepResult]]] = Kind(
    "episode_page", EpisodePageSettings, make, libraries=PAGE_LIBRARIES, data=PAGE_DATA
)
