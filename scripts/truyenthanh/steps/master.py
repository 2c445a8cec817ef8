"""A passage finished for one kind of listening: mastered, encoded and measured."""

from dataclasses import dataclass
from typing import Final, Generic

from ..mixing.profiles import Master
from ..recipe import StepResult
from ..store.store import read_blob
from .libraries import SOUND_LIBRARIES
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class MasterSettings:
    """The master to produce."""

    master: Master


@dataclass(frozen=True, slots=True)
class MasterInputs(Generic[T]):
    """The stitched passage."""

    passage: T


def make(settings: MasterSettings, inputs: MasterInputs[StepResult], context: MakeContext) -> Output:
    """Return the passage as encoded for its file, its loudness energies, and its figures."""
    from ..mixing.masters import finish

    finished = finish(read_blob(context.store, inputs.passage.blobs["pcm"]), settings.master)
    return Output({"audio": finished.audio, "energies": finished.energies}, finished.figures)


MASTER: Final[Kind[MasterSettings, MasterInputs[Step], MasterInputs[StepResult]]] = Kind(
    "master", MasterSettings, make, is_slow=True, is_sound=True, libraries=(*SOUND_LIBRARIES, "lameenc")
)
