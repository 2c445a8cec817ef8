"""What is measured of a tape, window by window: the same figures as of an array, in little memory."""

from typing import Final

import numpy as np
import numpy.typing as npt

from . import FRAME_SAMPLES
from .filtering import Samples
from .loudness import MEMORY_TAPS, SLOT_SAMPLES, Energies, energies
from .tape import Tape, windows
from .truepeak import SILENCE_DBTP, TAPS, true_peak_dbtp

ENERGY_CONTEXT: Final = -(-MEMORY_TAPS // SLOT_SAMPLES) * SLOT_SAMPLES
PEAK_CONTEXT: Final = TAPS

Powers = npt.NDArray[np.float64]


def energies_of(tape: Tape) -> Energies:
    """Return the K-weighted energies of a tape's slots of 4 ms (loudness.py)."""
    found = [
        energies(window[:-ENERGY_CONTEXT], lead=ENERGY_CONTEXT) for _, window in windows(tape, ENERGY_CONTEXT)
    ]
    return np.concatenate(found) if found else np.zeros(0, np.float32)


def frame_powers_of(tape: Tape) -> Powers:
    """Return the mean square of every frame of 24 ms."""
    return np.concatenate([frame_powers(window) for _, window in windows(tape)])


def frame_powers(samples: Samples) -> Powers:
    """Return the mean square of every frame: short sums, so that float32 loses nothing."""
    rows = samples.reshape(-1, FRAME_SAMPLES)
    return np.asarray(np.einsum("ij,ij->i", rows, rows) / FRAME_SAMPLES, np.float64)


def true_peak_of(tape: Tape) -> float:
    """Return the true peak of a tape in dBTP."""
    return max((true_peak_dbtp(window) for _, window in windows(tape, PEAK_CONTEXT)), default=SILENCE_DBTP)
