"""What is said in an episode, timed to its files: captions here, texts to read in ``text.py``."""

from dataclasses import dataclass
from typing import Final, Generic

from ..recipe import Digested, StepResult
from .records import published_episode
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class TranscriptSettings:
    """``form`` is one of ``addresses.TRANSCRIPTS``; the series supplies the speakers' names."""

    episode: Digested
    series: Digested
    form: str
    language: str


@dataclass(frozen=True, slots=True)
class TranscriptInputs(Generic[T]):
    """The sections of the episode."""

    sections: tuple[T, ...]


def make(settings: TranscriptSettings, inputs: TranscriptInputs[StepResult], context: MakeContext) -> Output:
    """Return the transcript in the form asked for."""
    from ..feed.transcript import written

    published = published_episode(settings.episode.value, inputs.sections, {})
    return Output({"file": written(published, settings.series.value, settings.form, settings.language)})


CAPTIONS: Final[Kind[TranscriptSettings, TranscriptInputs[Step], TranscriptInputs[StepResult]]] = Kind(
    "captions", TranscriptSettings, make
)
