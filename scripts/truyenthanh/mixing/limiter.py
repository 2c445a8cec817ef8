"""A look-ahead limiter on the true peak.

The gain that each sample needs is held for the width of the smoothing and then smoothed, so the
smoothed gain is never above what any sample needs. Stretches that stay below the ceiling are not touched.
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from .filtering import Samples, amplitude, filtered
from .truepeak import (
    BLOCK_SAMPLES,
    FFT_SIZE,
    LEAD_SAMPLES,
    TAPS,
    Places,
    any_above,
    block_true_peaks,
    envelopes,
)

LOOK_AHEAD_SAMPLES: Final = 144  # 3 ms to either side: less than a voice's period, whose pulses it lowers
MARGIN_BLOCKS: Final = 4 * LOOK_AHEAD_SAMPLES // BLOCK_SAMPLES + 2  # two rounds' reach
ROUNDS: Final = 10  # a varying gain changes the peaks between samples a little: check again
SLACK: Final = amplitude(0.02)
SMOOTHING_FFT: Final = 8192


def limit(samples: Samples, ceiling_dbtp: float) -> Samples:
    """Return ``samples`` with no true peak above the ceiling by more than 0.05 dB; the input is kept.

    Returns the input itself if there is nothing to do. Only blocks with a peak and those around them are
    processed, in one go, side by side: the gain is one where two stretches meet.
    """
    ceiling = amplitude(ceiling_dbtp)
    blocks = with_margin(block_true_peaks(samples, ceiling * SLACK) > ceiling * SLACK)
    if not len(blocks):
        return samples
    count = -(-len(samples) // BLOCK_SAMPLES)
    room = np.zeros(count * BLOCK_SAMPLES + TAPS, np.float32)
    room[LEAD_SAMPLES : LEAD_SAMPLES + len(samples)] = samples
    windows = np.lib.stride_tricks.sliding_window_view(room, FFT_SIZE)[::BLOCK_SAMPLES]
    out = room[LEAD_SAMPLES : LEAD_SAMPLES + count * BLOCK_SAMPLES]
    rows = out.reshape(-1, BLOCK_SAMPLES)
    for _ in range(ROUNDS):
        envelope = envelopes(windows, blocks)
        rows[blocks] *= gain_below(envelope.reshape(-1), ceiling).reshape(envelope.shape)
        if not any_above(windows, blocks, ceiling * SLACK):
            break
    return out[: len(samples)]


def with_margin(hot: npt.NDArray[np.bool_]) -> Places:
    """Return the numbers of the blocks that are ``hot`` or within ``MARGIN_BLOCKS`` of one."""
    near = hot.copy()
    for distance in range(1, MARGIN_BLOCKS + 1):
        near[distance:] |= hot[:-distance]
        near[:-distance] |= hot[distance:]
    return np.flatnonzero(near)


def gain_below(envelope: Samples, ceiling: float) -> Samples:
    """Return the smooth gain that keeps ``envelope`` below ``ceiling``; an excess within the slack is
    ignored."""
    needed = (ceiling / np.maximum(envelope, ceiling)).astype(np.float32, copy=False)
    needed[envelope <= ceiling * SLACK] = 1
    dip = sliding_minimum(needed, LOOK_AHEAD_SAMPLES)
    np.subtract(1, dip, out=dip)  # so that the gain is one beyond the ends
    gain = filtered(dip, smoothing(), fft_size=SMOOTHING_FFT)
    return np.subtract(1, gain, out=gain)


@cache
def smoothing() -> npt.NDArray[np.float64]:
    """Return a Hann window as wide as the hold, with sum one."""
    window = np.hanning(2 * LOOK_AHEAD_SAMPLES + 3)[1:-1]
    return np.asarray(window / window.sum())


def sliding_minimum(samples: Samples, half: int) -> Samples:
    """Return the minimum over ``half`` samples to either side; beyond the ends is 1.0.

    Windows are doubled until they are wide enough: eleven passes instead of hundreds.
    """
    lowest = np.pad(samples, half, constant_values=1)
    width, span = 2 * half + 1, 1
    while span < width:
        shift = min(span, width - span)
        lowest = np.minimum(lowest[:-shift], lowest[shift:])
        span += shift
    return lowest
