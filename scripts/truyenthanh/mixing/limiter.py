"""A look-ahead limiter on the true peak.

The gain that each sample needs is held for as long as the smoothing is wide and then smoothed, so the
smoothed gain is never above what any sample needs. Stretches that stay below the ceiling are not touched.
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from .filtering import Samples, amplitude, filtered
from .truepeak import BLOCK_SAMPLES, peak_envelope, runs_above

LOOK_AHEAD_SAMPLES: Final = 144  # 3 ms to either side: within the period of a voice, whose pulses it lowers
MARGIN_BLOCKS: Final = 2 * LOOK_AHEAD_SAMPLES // BLOCK_SAMPLES + 2
ROUNDS: Final = 10  # a moving gain shifts the peaks between samples a little: look again
SLACK: Final = amplitude(0.02)
FFT_SIZE: Final = 8192


def limit(samples: Samples, ceiling_dbtp: float) -> Samples:
    """Return ``samples`` with no true peak above the ceiling by more than 0.05 dB; the input is kept.

    Returns the input itself where there is nothing to do.
    """
    ceiling = amplitude(ceiling_dbtp)
    out = samples
    for _ in range(ROUNDS):
        runs = runs_above(out, ceiling * SLACK, MARGIN_BLOCKS)
        if not runs:
            break
        out = out.copy() if out is samples else out
        for start, end in runs:
            out[start:end] *= gain_below(peak_envelope(out, start, end), ceiling)
    return out


def gain_below(envelope: Samples, ceiling: float) -> Samples:
    """Return the smooth gain that keeps ``envelope`` below ``ceiling``."""
    needed = np.minimum(ceiling / np.maximum(envelope, ceiling), 1).astype(np.float32)
    dip = 1 - sliding_minimum(needed, LOOK_AHEAD_SAMPLES)  # so that beyond the ends the gain is one
    return (1 - filtered(dip, smoothing(), fft_size=FFT_SIZE)).astype(np.float32)


@cache
def smoothing() -> npt.NDArray[np.float64]:
    """Return a Hann window as wide as the hold, of sum one."""
    window = np.hanning(2 * LOOK_AHEAD_SAMPLES + 3)[1:-1]
    return np.asarray(window / window.sum())


def sliding_minimum(samples: Samples, half: int) -> Samples:
    """Return the minimum over ``half`` samples to either side, 1.0 lying beyond the ends.

    Windows are doubled until they are wide enough: eleven passes where a plain search takes hundreds.
    """
    lowest = np.pad(samples, half, constant_values=1)
    width, span = 2 * half + 1, 1
    while span < width:
        shift = min(span, width - span)
        lowest = np.minimum(lowest[:-shift], lowest[shift:])
        span += shift
    return lowest
