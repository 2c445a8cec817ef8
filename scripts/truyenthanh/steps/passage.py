"""Clips, pauses and cues stitched into a passage, and the position of each of its items."""

from dataclasses import dataclass
from typing import Final, Generic

from ..recipe import StepResult
from ..store.store import read_blob
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """For each piece: the pause after it, and how many of the section's items it holds."""

    pauses_ms: tuple[int, ...]
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PassageInputs(Generic[T]):
    """The pieces in order: clips, recordings, cues."""

    pieces: tuple[T, ...]


def make(settings: PassageSettings, inputs: PassageInputs[StepResult], context: MakeContext) -> Output:
    """Return the passage as PCM, its length and the spans of its items in samples."""
    from ..mixing.stitch import SAMPLE_BYTES, stitch

    pcms = [read_blob(context.store, piece.blobs["pcm"]) for piece in inputs.pieces]
    stitched = stitch(list(zip(pcms, settings.pauses_ms, strict=True)))
    spans: list[list[int]] = []
    for piece, count, (start, end) in zip(inputs.pieces, settings.items, stitched.spans, strict=True):
        inner = piece.figures["spans"] if count > 1 else [[0, end - start]]
        spans += [[start + first, start + last] for first, last in inner]
    return Output({"pcm": stitched.pcm}, {"samples": len(stitched.pcm) // SAMPLE_BYTES, "spans": spans})


PASSAGE: Final[Kind[PassageSettings, PassageInputs[Step], PassageInputs[StepResult]]] = Kind(
    "passage", PassageSettings, make, is_slow=True, is_sound=True, libraries=("pydub",)
)
