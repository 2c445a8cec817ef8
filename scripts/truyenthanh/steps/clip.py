"""One utterance, spoken by an engine, as PCM at the speech level."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic

from ..engines import ENGINES, SERVICES
from ..model import Voice
from ..recipe import StepResult
from ..store.store import read_blob
from .libraries import SOUND_LIBRARIES
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class ClipSettings:
    """Who says what; ``recipe`` is the engine's own (``Engine.recipe``), empty for a service."""

    engine: str
    clauses: tuple[str, ...]
    voice: Voice
    recipe: Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class ClipInputs(Generic[T]):
    """``speech`` is what a service sent; None if the engine speaks by itself."""

    speech: T | None = None


def make(settings: ClipSettings, inputs: ClipInputs[StepResult], context: MakeContext) -> Output:
    """Return the utterance as PCM at the speech level."""
    from ..mixing.clip import level_clip

    if inputs.speech is None:
        said = ENGINES[settings.engine].speak(settings.clauses, settings.voice, context.pacing)
    elif inputs.speech.figures.get("levelled"):
        return Output({"pcm": read_blob(context.store, inputs.speech.blobs["pcm"])})
    else:
        sent = [read_blob(context.store, sha256) for _, sha256 in sorted(inputs.speech.blobs.items())]
        said = SERVICES[settings.engine].decode(sent, settings.clauses, settings.voice)
    return Output({"pcm": level_clip(said.samples, said.rate_hz)})


def _code_of(settings: ClipSettings) -> tuple[str, ...]:
    """Return the module of the engine that speaks: editing one engine leaves the clips of others alone."""
    return (ENGINES[settings.engine].__name__.partition(".")[2],)


CLIP: Final[Kind[ClipSettings, ClipInputs[Step], ClipInputs[StepResult]]] = Kind(
    "clip", ClipSettings, make, is_slow=True, is_sound=True, libraries=SOUND_LIBRARIES, code_of=_code_of
)
