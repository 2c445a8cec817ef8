"""Chime and sting, synthesized, and a station's own sounds, all at one loudness below speech.

The notes are of the pentatonic scale and high enough for a horn that carries 350 Hz to 6 kHz.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from . import SAMPLE_RATE_HZ
from .clip import SPEECH_LUFS, faded, levelled, resampled, trimmed
from .filtering import Samples, to_pcm
from .soundfiles import read_mono

CUE_OFFSET_LU: Final = -3.0  # music seems louder than speech at the same LUFS
LONGEST_SOUND_S: Final = 15.0

# A struck bar: (frequency ratio, share, time to fall to 1/e in seconds)
BELL: Final = ((1.0, 1.0, 0.55), (2.0, 0.45, 0.32), (3.01, 0.22, 0.18), (5.43, 0.08, 0.07))
WOOD: Final = ((1.0, 1.0, 0.09), (3.93, 0.25, 0.03))
CHIME_NOTES: Final = ((523.25, 0.0), (659.26, 0.28), (783.99, 0.56), (1046.50, 0.84))  # C E G C, in Hz and s
CHIME_S: Final = 2.3
STING_NOTES: Final = ((783.99, 0.0), (1174.66, 0.13))  # G D
STING_S: Final = 0.55
ATTACK_S: Final = 0.004
RELEASE_S: Final = 0.15


def chime() -> Samples:
    """Return four rising bell notes, 2.3 s."""
    return struck(CHIME_NOTES, BELL, CHIME_S)


def sting() -> Samples:
    """Return two short notes of a wooden bar, 0.55 s."""
    return struck(STING_NOTES, WOOD, STING_S)


BUILTIN: Final[dict[str, Callable[[], Samples]]] = {"chime": chime, "sting": sting}


@cache
def builtin_sound(name: str) -> bytes:
    """Return the pcm of a built-in sound (one of ``BUILTIN``)."""
    return cue(BUILTIN[name]())


def sound_from_file(path: Path) -> bytes:
    """Return the pcm of a station's own sound (any file ``soundfiles.py`` opens), mono, 48 kHz, trimmed.

    Raises SoundError for a file that is missing, not sound, silent, or longer than 15 s.
    """
    samples, rate_hz = read_mono(path, LONGEST_SOUND_S)
    return cue(resampled(trimmed(samples, rate_hz), rate_hz))


def cue(samples: Samples) -> bytes:
    """Return pcm of a sound at the loudness of cues, starting and ending at zero."""
    return to_pcm(levelled(faded(samples), SPEECH_LUFS + CUE_OFFSET_LU))


def struck(
    notes: tuple[tuple[float, float], ...], bar: tuple[tuple[float, float, float], ...], length_s: float
) -> Samples:
    """Return notes, each (frequency in Hz, start in s), struck on a bar with these partials."""
    seconds = np.arange(round(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    total = np.zeros_like(seconds)
    for frequency_hz, start_s in notes:
        since = seconds - start_s
        sounding = since >= 0
        t = since[sounding]
        tone = sum(
            share * np.exp(-t / decay_s) * np.sin(2 * np.pi * ratio * frequency_hz * t)
            for ratio, share, decay_s in bar
        )
        total[sounding] += tone * np.minimum(t / ATTACK_S, 1)
    total *= np.minimum((length_s - seconds) / RELEASE_S, 1)
    return np.asarray(total / np.abs(total).max(), np.float32)
