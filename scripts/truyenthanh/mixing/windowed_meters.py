"""Measure a buffer window by window: the same figures as for an array, in little memory."""

from typing import Final

import numpy as np
import numpy.typing as npt

from . import FRAME_SAMPLES
from .filtering import Samples, decibels
from .loudness import MEMORY_TAPS, SLOT_SAMPLES, Energies, energies, slot_powers
from .sample_buffer import SampleBuffer, windows
from .truepeak import BLOCK_SAMPLES, SILENCE_DBTP, block_true_peaks

ENERGY_CONTEXT: Final = -(-MEMORY_TAPS // SLOT_SAMPLES) * SLOT_SAMPLES
PEAK_CONTEXT: Final = 2 * BLOCK_SAMPLES

Powers = npt.NDArray[np.float64]


def energies_of(tape: SampleBuffer) -> Energies:
    """Return the K-weighted energies of a buffer's slots of 4 ms (loudness.py)."""
    found = [
        energies(window[:-ENERGY_CONTEXT], lead=ENERGY_CONTEXT) for _, window in windows(tape, ENERGY_CONTEXT)
    ]
    return np.concatenate(found) if found else np.zeros(0, np.float32)


def slot_powers_of(tape: SampleBuffer) -> Energies:
    """Return the mean square of every slot of 4 ms, unweighted."""
    return np.concatenate([slot_powers(window) for _, window in windows(tape)])


def frame_powers_of(tape: SampleBuffer) -> Powers:
    """Return the mean square of every frame of 24 ms."""
    return np.concatenate([frame_powers(window) for _, window in windows(tape)])


def frame_powers(samples: Samples) -> Powers:
    """Return the mean square of every frame: short sums, so that float32 loses nothing."""
    rows = samples.reshape(-1, FRAME_SAMPLES)
    return np.asarray(np.einsum("ij,ij->i", rows, rows) / FRAME_SAMPLES, np.float64)


def true_peak_of(tape: SampleBuffer) -> float:
    """Return the true peak of a buffer in dBTP.

    A stretch that is cut off rings at its ends, so the blocks of the context are not counted.
    """
    return decibels(
        max((window_peak(window) for _, window in windows(tape, PEAK_CONTEXT)), default=0.0), SILENCE_DBTP
    )


def window_peak(window: Samples) -> float:
    """Return the true peak of a window without its context, as a ratio."""
    kept = window[PEAK_CONTEXT:-PEAK_CONTEXT]
    loudest = float(max(kept.max(initial=0.0), -kept.min(initial=0.0)))
    count = -(-len(kept) // BLOCK_SAMPLES)
    return float(block_true_peaks(window, loudest)[2 : 2 + count].max(initial=0.0))
