"""The record of an approved version, published with its files, which lets that version stay on air."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic

from ..approval.approved_version import record_bytes
from ..feed.entries import Mistake
from ..model import Revision
from ..recipe import Digested, StepResult
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class ApprovedRecordSettings:
    """What a plan knows about an approved version.

    ``said`` is what the manifest says about every audio file besides its measurements.
    """

    text: str
    audio: Mapping[str, str]  # master -> path
    texts: tuple[str, ...]  # paths
    said: Mapping[str, object]
    is_omnibus: bool
    heard: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class ApprovedSettings:
    """The episode, and what is known about it before it is made (``ApprovedRecordSettings``)."""

    episode: Digested
    approved: Digested


@dataclass(frozen=True, slots=True)
class ApprovedInputs(Generic[T]):
    """The sections of the episode, its audio files by master, and its texts in the order of their paths."""

    sections: tuple[T, ...]
    audio: Mapping[str, T]
    texts: tuple[T, ...]


def make(settings: ApprovedSettings, inputs: ApprovedInputs[StepResult], context: MakeContext) -> Output:
    """Return the record."""
    about: ApprovedRecordSettings = settings.approved.value
    texts = zip(about.texts, inputs.texts, strict=True)
    record = {
        "text": about.text,
        "episode": settings.episode.value,
        "sections": [one.figures for one in inputs.sections],
        "audio": about.audio,
        "files": {
            **{path: _audio_entry(inputs.audio[master], about) for master, path in about.audio.items()},
            **{path: _entry(one) for path, one in texts},
        },
        "is_omnibus": about.is_omnibus,
        "heard": about.heard,
        "mistakes": about.mistakes,
        "revisions": about.revisions,
    }
    return Output({"file": record_bytes(record)})


def _audio_entry(made: StepResult, about: ApprovedRecordSettings) -> dict[str, object]:
    return {**_entry(made), **made.figures, **about.said}


def _entry(made: StepResult) -> dict[str, object]:
    return {"sha256": made.blobs["file"], "bytes": made.sizes["file"]}


APPROVED: Final[Kind[ApprovedSettings, ApprovedInputs[Step], ApprovedInputs[StepResult]]] = Kind(
    "approved", ApprovedSettings, make
)
