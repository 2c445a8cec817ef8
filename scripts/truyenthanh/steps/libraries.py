"""The libraries that several kinds of steps use."""

from typing import Final

SOUND_LIBRARIES: Final = ("numpy", "soxr", "soundfile")
