"""Even out speech of varying loudness: by half of the difference, slowly, and never in a pause.

A voice levelled clip by clip does not need this. A person's recording of a whole point may: people turn
away, tire, come nearer. The gain follows the loudness of speech over a second or so, and is interpolated
across pauses from the speech around them, so that the room noise does not come and go.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from .filtering import Samples
from .loudness import SLOT_SAMPLES, Energies, loudness_range_lu

EVEN_LU: Final = 6.0  # a loudness range up to this is left as it is (speech alone has 2 to 4)
RATIO: Final = 2.0
MOST_DB: Final = 6.0
WINDOW_SLOTS: Final = 251  # 1 s, of a Hann window
SPEECH_GATE_DB: Final = -15.0  # below the mean is a pause
CHUNK_SLOTS: Final = 4096

Gains = npt.NDArray[np.float64]


def needs_levelling(slots: Energies) -> bool:
    """Whether a section's loudness range (EBU Tech 3342) is wider than that of even speech."""
    return loudness_range_lu(slots) > EVEN_LU


def levelling_gains_db(slots: Energies) -> Gains:
    """Return the gain in dB for every slot of 4 ms."""
    power = slots.astype(np.float64)
    window = np.hanning(WINDOW_SLOTS + 2)[1:-1]
    speech = power > power.mean() * 10 ** (SPEECH_GATE_DB / 10)
    weight = smoothed(speech.astype(np.float64), window)
    level = smoothed(np.where(speech, power, 0.0), window) / np.maximum(weight, 1e-9)
    heard = np.flatnonzero(speech)
    level_db = 10 * np.log10(np.maximum(level[heard], 1e-12))
    target_db = 10 * np.log10(power[heard].mean())
    wanted = np.clip((target_db - level_db) * (1 - 1 / RATIO), -MOST_DB, MOST_DB)
    carried = np.interp(np.arange(len(power)), heard, wanted)
    return smoothed(carried, window) / smoothed(np.ones(len(power)), window)


def smoothed(values: Gains, window: Gains) -> Gains:
    """Return ``values`` smoothed by a window, in place, the same number."""
    half = len(window) // 2
    return np.asarray(np.convolve(values, window)[half : half + len(values)])


def levelled_evenly(samples: Samples, gains_db: Gains) -> Samples:
    """Return ``samples`` with a gain for every slot, interpolated between the slots' middles."""
    gains = 10 ** (gains_db / 20)
    centres = (np.arange(len(gains)) + 0.5) * SLOT_SAMPLES
    out = np.empty_like(samples)
    for start in range(0, len(samples), CHUNK_SLOTS * SLOT_SAMPLES):
        piece = samples[start : start + CHUNK_SLOTS * SLOT_SAMPLES]
        gain = np.interp(np.arange(start, start + len(piece)), centres, gains)
        out[start : start + len(piece)] = piece * gain.astype(np.float32)
    return out
