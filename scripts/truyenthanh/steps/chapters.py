"""The chapters of an episode as JSON, for podcast players."""

from dataclasses import dataclass
from typing import Final, Generic

from ..recipe import Digested, StepResult
from .records import published_episode
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class ChaptersSettings:
    """The episode that the chapters belong to."""

    episode: Digested


@dataclass(frozen=True, slots=True)
class ChaptersInputs(Generic[T]):
    """The sections of the episode."""

    sections: tuple[T, ...]


def make(settings: ChaptersSettings, inputs: ChaptersInputs[StepResult], context: MakeContext) -> Output:
    """Return the chapters."""
    from ..feed.chapters import chapters_json

    return Output({"file": chapters_json(published_episode(settings.episode.value, inputs.sections, {}))})


CHAPTERS: Final[Kind[ChaptersSettings, ChaptersInputs[Step], ChaptersInputs[StepResult]]] = Kind(
    "chapters", ChaptersSettings, make
)
