"""Read any sound file into a buffer: one channel, 48 kHz, without rumble, at the speech level.

What a station receives comes at any rate and level, with hum, an offset, or channels that cancel. Here it
becomes like a clip, so that a master treats it the same way.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import soxr

from ..errors import SoundError
from . import FRAME_SAMPLES, LEAD_MS, SAMPLE_RATE_HZ, TAIL_MS
from .clip import FADE_MS, SPEECH_LUFS
from .filtering import Samples, amplitude, filtered
from .loudness import SILENCE_LUFS, integrated_lufs
from .sample_buffer import SampleBuffer, processed, tape_for
from .soundfiles import CANCELLED, opened
from .windowed_meters import energies_of

RUMBLE_HZ: Final = 40  # below every voice: wind, handling, mains, an offset
RUMBLE_TAPS: Final = 4801  # 20 Hz wide; reaches 50 ms to either side
CHANNEL_ALL: Final = -1
LONGEST_S: Final = 6 * 3600.0


def laid_on_tape(path: Path) -> SampleBuffer:
    """Return the sound of a file between the silences that bound a section, a whole number of frames.

    Raises SoundError for a file that is not sound, silent, or longer than six hours.
    """
    with opened(path) as sound:
        rate_hz = sound.rate_hz
    channel, length = channel_to_take(path)
    rough = tape_for(round(length / rate_hz * SAMPLE_RATE_HZ))
    for block in resampled_blocks(path, channel):
        rough.append(block)
    clean = tape_for(rough.samples)
    for block in processed(rough, without_rumble, RUMBLE_TAPS // 2):
        clean.append(block)
    level = integrated_lufs(energies_of(clean))
    if level <= SILENCE_LUFS:
        raise SoundError("mixing.silent_sound", file=path)
    return bounded(clean, amplitude(SPEECH_LUFS - level))


def channel_to_take(path: Path) -> tuple[int, int]:
    """Return which channel to use, ``CHANNEL_ALL`` for the mean of all, and the length in samples.

    A single one is used if the channels cancel each other.
    """
    with opened(path) as sound:
        powers, mean_power, length = np.zeros(sound.channels), 0.0, 0
        for block in sound.blocks:
            if not np.isfinite(block).all():
                raise SoundError("mixing.silent_sound", file=path)
            length += len(block)
            if length > LONGEST_S * sound.rate_hz:
                raise SoundError("mixing.sound_too_long", file=path, most=LONGEST_S)
            powers += np.einsum("ij,ij->j", block, block)
            mean = block.mean(axis=1)
            mean_power += float(np.einsum("i,i->", mean, mean))
    if not powers.any():
        raise SoundError("mixing.silent_sound", file=path)
    cancelled = mean_power < CANCELLED * float(powers.max())
    return (int(powers.argmax()) if cancelled else CHANNEL_ALL), length


def resampled_blocks(path: Path, channel: int) -> Iterator[Samples]:
    """Yield a file at 48 kHz, block by block."""
    with opened(path) as sound:
        stream = soxr.ResampleStream(sound.rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")
        for block in sound.blocks:
            mono = block.mean(axis=1, dtype=np.float32) if channel == CHANNEL_ALL else block[:, channel]
            yield np.asarray(stream.resample_chunk(np.ascontiguousarray(mono)), np.float32)
        yield np.asarray(stream.resample_chunk(np.zeros(0, np.float32), last=True), np.float32)


@cache
def rumble_taps() -> npt.NDArray[np.float64]:
    """Return the taps of a linear-phase high-pass."""
    place = np.arange(RUMBLE_TAPS) - RUMBLE_TAPS // 2
    edge = 2 * RUMBLE_HZ / SAMPLE_RATE_HZ
    low = edge * np.sinc(edge * place) * np.blackman(RUMBLE_TAPS)
    taps = -low / low.sum()
    taps[RUMBLE_TAPS // 2] += 1
    return np.asarray(taps)


def without_rumble(samples: Samples) -> Samples:
    """Return ``samples`` without frequencies below ``RUMBLE_HZ``."""
    return filtered(samples, rumble_taps())


def bounded(tape: SampleBuffer, gain: float) -> SampleBuffer:
    """Return the buffer at a gain, faded at its ends, between silences, a whole number of frames."""
    lead, tail, fade = (ms * SAMPLE_RATE_HZ // 1000 for ms in (LEAD_MS, TAIL_MS, FADE_MS))
    total = -(-(lead + tape.samples + tail) // FRAME_SAMPLES) * FRAME_SAMPLES
    out = tape_for(total)
    out.append(np.zeros(lead, np.float32))
    ramp = np.sin(np.linspace(0, np.pi / 2, fade, endpoint=False, dtype=np.float32))
    step = 1 << 20
    for start in range(0, tape.samples, step):
        end = min(start + step, tape.samples)
        block = tape.read(start, end) * np.float32(gain)
        place = np.arange(start, end)
        block *= np.interp(place, np.arange(fade), ramp).astype(np.float32)
        block *= np.interp(tape.samples - 1 - place, np.arange(fade), ramp).astype(np.float32)
        out.append(block)
    out.append(np.zeros(total - out.samples, np.float32))
    return out
