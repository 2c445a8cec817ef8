"""Speech for the horns of a commune: the band that they carry, loud and soft brought nearer together."""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from . import SAMPLE_RATE_HZ
from .filtering import Samples, filtered

LOW_HZ: Final = 360  # half-way down the edge, which leaves nothing below 300 Hz
HIGH_HZ: Final = 6000
BAND_TAPS: Final = 1201  # edges about 120 Hz wide; rings 12.5 ms to either side, into the section's lead
KAISER_BETA: Final = 6.0  # 60 dB down outside
SLOT_SAMPLES: Final = 192
SMOOTHING_SLOTS: Final = 17  # 68 ms: slower than a pitch period, faster than a syllable
THRESHOLD_DBFS: Final = -40.0  # some 15 dB below speech that comes at −23 LUFS
RATIO: Final = 2.0
CHUNK_SLOTS: Final = 4096


def for_horns(samples: Samples) -> Samples:
    """Return ``samples`` in the band of a horn, gently compressed; the level is left to the master."""
    return compressed(filtered(samples, band()))


@cache
def band() -> npt.NDArray[np.float64]:
    """Return the taps of a linear-phase band-pass."""
    place = np.arange(BAND_TAPS) - BAND_TAPS // 2
    high, low = (2 * edge / SAMPLE_RATE_HZ for edge in (HIGH_HZ, LOW_HZ))
    taps = high * np.sinc(high * place) - low * np.sinc(low * place)
    return np.asarray(taps * np.kaiser(BAND_TAPS, KAISER_BETA))


def compressed(samples: Samples) -> Samples:
    """Return ``samples`` with their envelope above the threshold brought together by ``RATIO``.

    Below the threshold the gain stays what it is there, so a pause is not raised above its place.
    """
    gains = gain_of(envelope_dbfs(samples))
    out = np.empty_like(samples)
    centres = (np.arange(len(gains)) + 0.5) * SLOT_SAMPLES
    for start in range(0, len(samples), CHUNK_SLOTS * SLOT_SAMPLES):
        piece = samples[start : start + CHUNK_SLOTS * SLOT_SAMPLES]
        gain = np.interp(np.arange(start, start + len(piece)), centres, gains)
        out[start : start + len(piece)] = piece * gain
    return out


def envelope_dbfs(samples: Samples) -> npt.NDArray[np.float64]:
    """Return the smoothed mean square of every 4 ms in dBFS; digital silence is −120."""
    slots = samples.reshape(-1, SLOT_SAMPLES)
    power = np.einsum("ij,ij->i", slots, slots).astype(np.float64) / SLOT_SAMPLES
    window = np.hanning(SMOOTHING_SLOTS + 2)[1:-1]
    smooth = np.convolve(power, window / window.sum(), mode="full")
    half = SMOOTHING_SLOTS // 2
    return np.asarray(10 * np.log10(np.maximum(smooth[half : half + len(power)], 1e-12)))


def gain_of(level_dbfs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the compressor's gain as a ratio for each level."""
    above_db = np.maximum(level_dbfs - THRESHOLD_DBFS, 0)
    return np.asarray(10 ** (above_db * (1 / RATIO - 1) / 20))
