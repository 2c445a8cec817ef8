"""A person's recording as PCM at the speech level, and the position of each of its sentences."""

from dataclasses import dataclass
from typing import Final

from ..errors import SoundError
from .content_files import naming, planned_file
from .libraries import SOUND_LIBRARIES
from .step import Kind, MakeContext, NoInputs, Output


@dataclass(frozen=True, slots=True)
class RecordingSettings:
    """``sound`` is the sha256 of the file, ``syllables`` the number of syllables in each sentence."""

    sound: str
    syllables: tuple[int, ...]


def make(settings: RecordingSettings, inputs: NoInputs, context: MakeContext) -> Output:
    """Return the recording, trimmed and levelled, and the spans of its sentences in samples."""
    from ..mixing.recorded import recorded

    path = planned_file(context, settings.sound)
    try:
        said = recorded(path, settings.syllables)
    except SoundError as error:
        raise naming(error, path) from error
    return Output({"pcm": said.pcm}, {"spans": [list(span) for span in said.spans]})


RECORDING: Final[Kind[RecordingSettings, NoInputs, NoInputs]] = Kind(
    "recording",
    RecordingSettings,
    make,
    is_slow=True,
    is_sound=True,
    libraries=SOUND_LIBRARIES,
    extras=("av",),
)
