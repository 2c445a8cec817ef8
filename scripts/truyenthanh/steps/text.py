"""What is said in an episode, to be read: the transcripts that are no captions."""

from typing import Final

from ..recipe import StepResult
from .captions import TranscriptInputs, TranscriptSettings, make
from .step import Kind, Step

TEXT: Final[Kind[TranscriptSettings, TranscriptInputs[Step], TranscriptInputs[StepResult]]] = Kind(
    "text", TranscriptSettings, make
)
