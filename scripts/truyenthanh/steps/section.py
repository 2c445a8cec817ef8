"""The length of a section and the position of each of its items, from its passages."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Generic

from ..recipe import StepResult
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class SectionSettings:
    """None: the passages say everything."""


@dataclass(frozen=True, slots=True)
class SectionInputs(Generic[T]):
    """The passages in order."""

    passages: tuple[T, ...]


def make(settings: SectionSettings, inputs: SectionInputs[StepResult], context: MakeContext) -> Output:
    """Return the length of the section and the spans of its items, in samples."""
    lengths = (passage.figures["samples"] for passage in inputs.passages)
    starts = list(accumulate(lengths, initial=0))
    spans = [
        [begin + start, begin + end]
        for begin, passage in zip(starts, inputs.passages, strict=False)
        for start, end in passage.figures["spans"]
    ]
    return Output({}, {"samples": starts[-1], "spans": spans})


SECTION: Final[Kind[SectionSettings, SectionInputs[Step], SectionInputs[StepResult]]] = Kind(
    "section",
    SectionSettings,
    make,
    is_slow=True,  # not itself, but the files that contain it
    is_sound=True,
)
