"""The small cover as a file of its own: pages show it."""

from dataclasses import dataclass
from typing import Final, Generic

from ..recipe import StepResult
from ..store.store import read_blob
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class ThumbnailSettings:
    """The cover says all."""


@dataclass(frozen=True, slots=True)
class ThumbnailInputs(Generic[T]):
    """The cover."""

    cover: T


def make(settings: ThumbnailSettings, inputs: ThumbnailInputs[StepResult], context: MakeContext) -> Output:
    """Return the small cover that was made with the large one."""
    return Output({"file": read_blob(context.store, inputs.cover.blobs["small"])})


THUMBNAIL: Final[Kind[ThumbnailSettings, ThumbnailInputs[Step], ThumbnailInputs[StepResult]]] = Kind(
    "thumbnail", ThumbnailSettings, make
)
