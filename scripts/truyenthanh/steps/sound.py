"""A cue: the built-in sound, or the station's own file."""

from dataclasses import dataclass
from typing import Final

from ..errors import SoundError
from .content_files import naming, planned_file
from .libraries import SOUND_LIBRARIES
from .step import Kind, MakeContext, NoInputs, Output


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """``sound`` is the name of a built-in sound, or the sha256 of the station's own file."""

    sound: str


def make(settings: SoundSettings, inputs: NoInputs, context: MakeContext) -> Output:
    """Return the cue as PCM."""
    from ..mixing.sounds import builtin_sound, sound_from_file

    if context.reads is None:
        return Output({"pcm": builtin_sound(settings.sound)})
    path = planned_file(context, settings.sound)
    try:
        return Output({"pcm": sound_from_file(path)})
    except SoundError as error:
        raise naming(error, path) from error


SOUND: Final[Kind[SoundSettings, NoInputs, NoInputs]] = Kind(
    "sound", SoundSettings, make, is_slow=True, is_sound=True, libraries=SOUND_LIBRARIES
)
