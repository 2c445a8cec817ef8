"""An engine's sound becomes a clip: 48 kHz, trimmed to its speech, at the speech level."""

from typing import Final

import numpy as np
import soxr

from ..errors import SoundError
from . import SAMPLE_RATE_HZ
from .filtering import Samples, amplitude, to_pcm
from .loudness import MOMENTARY_SLOTS, SILENCE_LUFS, energies, integrated_lufs, loudness_of

SPEECH_LUFS: Final = -23.0  # mono; leaves room for a voice's peaks
PAD_MS: Final = 10  # silence kept around the speech
FADE_MS: Final = 5
TRIM_DB: Final = -50.0  # this far below a clip's peak is silence
PEAK_DBFS: Final = -0.2


def level_clip(samples: Samples, rate_hz: int) -> bytes:
    """Return pcm of one utterance: resampled, trimmed to 10 ms around its speech, at −23 LUFS.

    ``samples`` is mono float32, full scale 1.0. Clips shorter than 400 ms are levelled by their total
    energy, as BS.1770's blocks do not fit. Raises SoundError if there is nothing to hear.
    """
    if not len(samples) or not np.isfinite(samples).all():
        raise SoundError("mixing.clip_without_sound")
    return to_pcm(levelled(faded(resampled(trimmed(samples, rate_hz), rate_hz)), SPEECH_LUFS))


def trimmed(samples: Samples, rate_hz: int) -> Samples:
    """Return the stretch that is not silence with exactly ``PAD_MS`` around it, zero-padded if need be."""
    magnitude = np.abs(samples)
    heard = np.flatnonzero(magnitude > float(magnitude.max()) * amplitude(TRIM_DB))
    if not len(heard):
        raise SoundError("mixing.clip_without_sound")
    pad = rate_hz * PAD_MS // 1000
    first, end = int(heard[0]) - pad, int(heard[-1]) + 1 + pad
    kept = samples[max(first, 0) : end]
    return np.pad(kept, (max(-first, 0), max(end - len(samples), 0)))


def resampled(samples: Samples, rate_hz: int) -> Samples:
    """Return ``samples`` at 48 kHz (soxr, high quality)."""
    if rate_hz == SAMPLE_RATE_HZ:
        return samples
    return np.asarray(soxr.resample(samples, rate_hz, SAMPLE_RATE_HZ, quality="HQ"), np.float32)


def faded(samples: Samples) -> Samples:
    """Return ``samples`` starting and ending at zero, by a quarter of a sine."""
    length = min(SAMPLE_RATE_HZ * FADE_MS // 1000, len(samples) // 2)
    ramp = np.sin(np.linspace(0, np.pi / 2, length, endpoint=False, dtype=np.float32))
    out = samples.astype(np.float32, copy=True)
    out[:length] *= ramp
    out[len(out) - length :] *= ramp[::-1]
    return out


def levelled(samples: Samples, level_lufs: float) -> Samples:
    """Return ``samples`` at a loudness, or as near to it as their peak allows without clipping.

    They are measured at full scale, as the absolute gate is meant for programmes, not for faint clips.
    """
    full: Samples = samples / np.abs(samples).max()
    gain = amplitude(level_lufs - clip_lufs(full))
    full *= np.float32(min(gain, amplitude(PEAK_DBFS)))
    return full


def clip_lufs(samples: Samples) -> float:
    """Return the gated loudness, or the ungated one if shorter than a gating block."""
    slots = energies(samples)
    if len(slots) >= MOMENTARY_SLOTS:
        return integrated_lufs(slots)
    return loudness_of(float(slots.mean())) if len(slots) else SILENCE_LUFS
