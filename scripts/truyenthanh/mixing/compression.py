"""Dynamic range compression: loud and soft sounds are brought closer together (the DRC of SSDRC).

Zorilă, Kandia, Stylianou (Interspeech 2012, 2.2): the temporal envelope is smoothed dynamically, at once
when it rises and within about 2 ms when it falls (eq. 7-8), goes through a static characteristic of
output over input level (eq. 9-10), and the ratio of the two is the gain (eq. 11). Here:

- The envelope is the power of slots of 1 ms over a window of a pitch period, where the paper takes
  Hilbert's; it falls by 2 dB per ms, a recursion that numpy computes in one go: the running maximum
  of level plus time.
- The reference of 0 dB is the level of clips, where the paper takes 30 % of the utterance's maximum.
- The characteristic is a curve of this shape through points of our own: soft sounds down to 30 dB below
  speech are raised strongly, as a listener in noise needs consonants most.
- What is not above the noise of the recording is not raised: the noise is the lowest level within a
  second, and the gain grows from there. So hiss between words stays as far below them, and never pumps.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from .filtering import Samples
from .noise import SILENCE_DBFS, lowest_nearby

Levels = npt.NDArray[np.float64]

SLOT_SAMPLES: Final = 48  # 1 ms
PERIOD_SLOTS: Final = 15  # 15 ms; half of the weight is within 6 ms, a pitch period
RELEASE_DB: Final = 2.0  # per slot
SMOOTHING_SLOTS: Final = 5
REFERENCE_DBFS: Final = -24.0  # of speech at −23 LUFS
INPUT_DB: Final = (-120.0, -60.0, -45.0, -30.0, -15.0, 0.0, 20.0)
OUTPUT_DB: Final = (-130.0, -55.0, -28.0, -14.0, -6.0, 0.0, 5.0)
NOISE_SLOTS: Final = 1000  # to either side
NOISE_AVERAGING_SLOTS: Final = 41
MOST_NOISE_DB: Final = -28.0  # anything louder is not noise but speech without a pause
NOISE_SPREAD_DB: Final = 5.0  # how far noise rises above its lowest level
EXPANSION: Final = 2.0
LOWEST_GAIN_DB: Final = -3.0  # of noise
SILENT_POWER: Final = 1e-12
CONTEXT_SAMPLES: Final = (NOISE_SLOTS + 200) * SLOT_SAMPLES


def compressed(samples: Samples) -> Samples:
    """Return ``samples`` compressed, in place on the timeline."""
    return with_gain(samples, gains_db(powers(samples)))


def powers(samples: Samples) -> Levels:
    """Return the mean square of every slot; the last one is padded with silence."""
    whole = np.pad(samples, (0, -len(samples) % SLOT_SAMPLES)).reshape(-1, SLOT_SAMPLES)
    return np.asarray(np.einsum("ij,ij->i", whole, whole) / SLOT_SAMPLES, np.float64)


def gains_db(power: Levels) -> Levels:
    """Return the gain of every slot."""
    level = released(level_db(averaged(power, PERIOD_SLOTS)))
    gain = np.interp(level, INPUT_DB, OUTPUT_DB) - level
    above = level - noise_db(power) - NOISE_SPREAD_DB
    gain = np.minimum(gain, np.maximum(EXPANSION * above, LOWEST_GAIN_DB))
    return averaged(gain, SMOOTHING_SLOTS)


def noise_db(power: Levels) -> Levels:
    """Return the level of the recording's noise around every slot."""
    level = level_db(averaged(power, NOISE_AVERAGING_SLOTS))
    silent = level_db(power) < SILENCE_DBFS - REFERENCE_DBFS
    return np.minimum(lowest_nearby(level, silent, NOISE_AVERAGING_SLOTS // 2, NOISE_SLOTS), MOST_NOISE_DB)


def released(level: Levels) -> Levels:
    """Return ``level`` falling by at most ``RELEASE_DB`` per slot: e(n) = max(x(n), e(n − 1) − r)."""
    fallen = RELEASE_DB * np.arange(len(level))
    return np.asarray(np.maximum.accumulate(level + fallen) - fallen)


def level_db(power: Levels) -> Levels:
    """Return powers in dB above the level of speech."""
    return 10 * np.log10(power + SILENT_POWER) - REFERENCE_DBFS


def averaged(values: Levels, slots: int) -> Levels:
    """Return every value averaged with its neighbours by a Hann window; end values are repeated."""
    weights = np.hanning(slots + 2)[1:-1]
    room = np.pad(values, slots // 2, mode="edge")
    return np.convolve(room, weights / weights.sum(), mode="valid")


def with_gain(samples: Samples, gain_db: Levels) -> Samples:
    """Return ``samples`` with the gain of every slot, linearly interpolated between the slots' middles."""
    gain = (10 ** (gain_db / 20)).astype(np.float32)
    half = SLOT_SAMPLES // 2
    ramp = ((np.arange(SLOT_SAMPLES) + 0.5) / SLOT_SAMPLES).astype(np.float32)
    lines = gain[:-1, None] + np.diff(gain)[:, None] * ramp
    every = np.concatenate([np.full(half, gain[0]), lines.reshape(-1), np.full(half, gain[-1])])
    return np.asarray(samples * every[: len(samples)])
