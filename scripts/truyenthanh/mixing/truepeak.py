"""True peak by four-fold oversampling (ITU-R BS.1770-4, Annex 2).

How far a peak between two samples can exceed the samples around it is limited: by the sum of the
interpolator's magnitudes, and by what the bend of the signal adds to a straight line between the two. So
blocks too low to matter are never oversampled, and nothing is missed.
Blocks are short, 5 ms: the peaks of speech are in its glottal pulses, and little around them is as high.
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from .filtering import Samples, decibels, rows_of

OVERSAMPLING: Final = 4
TAPS: Final = 24  # per phase; Annex 2 shows 12, these are accurate to 20 kHz
KAISER_BETA: Final = 6.0
FFT_SIZE: Final = 256
BLOCK_SAMPLES: Final = FFT_SIZE - TAPS  # what one transform yields
SILENCE_DBTP: Final = -120.0
GROUP_BLOCKS: Final = 512  # transformed at a time: two megabytes
LEAD_SAMPLES: Final = TAPS // 2 - 1  # before the block in a window

Places = npt.NDArray[np.intp]


@cache
def interpolator() -> npt.NDArray[np.float64]:
    """Return the three fractional phases of the interpolator, each of ``TAPS`` taps summing to 1."""
    centre = TAPS // 2 - 1
    place = np.arange(TAPS) - centre - np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    reach = TAPS / 2
    window = np.i0(KAISER_BETA * np.sqrt(np.maximum(1 - (place / reach) ** 2, 0)))
    taps = np.sinc(place) * window
    return np.asarray(taps / taps.sum(axis=1, keepdims=True))


@cache
def spectra() -> npt.NDArray[np.complex64]:
    """Return the spectra of the three phases, time-reversed into filters that look ahead."""
    return np.fft.rfft(interpolator()[:, ::-1], FFT_SIZE).astype(np.complex64)


@cache
def overshoot_bound() -> float:
    """Return the most by which a true peak can exceed the samples around it, as a ratio."""
    return float(np.abs(interpolator()).sum(axis=1).max())


@cache
def bend_bound() -> float:
    """Return the most by which a true peak can exceed the samples beside it, per unit of the greatest
    second difference around it.

    Each phase is a point on the straight line between the two samples plus a filter of second differences:
    its taps minus the line's, summed twice.
    """
    centre = TAPS // 2 - 1
    left = interpolator().copy()
    share = left @ (np.arange(TAPS) - centre)  # of the later sample: the centre of the phase
    left[:, centre] -= 1 - share
    left[:, centre + 1] -= share
    return float(np.abs(np.cumsum(np.cumsum(left, axis=1), axis=1)).sum(axis=1).max())


def true_peak_dbtp(samples: Samples) -> float:
    """Return the true peak in dB relative to full scale 1.0; silence is −120."""
    if not len(samples):
        return SILENCE_DBTP
    peak = float(max(samples.max(), -samples.min()))
    return decibels(float(block_true_peaks(samples, peak).max()), SILENCE_DBTP)


def block_true_peaks(samples: Samples, threshold: float) -> Samples:
    """Return the peak of every block of ``BLOCK_SAMPLES`` (``window_peaks``)."""
    peaks = np.empty(-(-len(samples) // BLOCK_SAMPLES), np.float32)
    for first in range(0, len(peaks), GROUP_BLOCKS):
        group = peaks[first : first + GROUP_BLOCKS]
        windows = rows_of(samples, first * BLOCK_SAMPLES - LEAD_SAMPLES, len(group), FFT_SIZE, BLOCK_SAMPLES)
        group[:] = window_peaks(windows, threshold)
    return peaks


def window_peaks(windows: Samples, threshold: float) -> Samples:
    """Return the peak of the block in each row of ``FFT_SIZE`` samples: the true peak if it could exceed
    ``threshold``, otherwise the peak of the samples it depends on, which is then below it too."""
    peaks = np.maximum(windows.max(axis=1), -windows.min(axis=1))
    hot = np.flatnonzero(peaks * overshoot_bound() > threshold)
    hot = hot[peaks[hot] + bend_bound() * most_bend(windows[hot]) > threshold]
    if len(hot):
        peaks[hot] = oversampled(windows[hot]).max(axis=1)
    return np.asarray(peaks)


def most_bend(windows: Samples) -> Samples:
    """Return the greatest second difference of each row."""
    bends = np.diff(windows, 2)
    return np.asarray(np.maximum(bends.max(axis=1), -bends.min(axis=1)))


def peak_envelope(samples: Samples) -> Samples:
    """Return, for each sample, the highest magnitude among itself and the three points between it and
    the next."""
    blocks = -(-len(samples) // BLOCK_SAMPLES)
    windows = rows_of(samples, -LEAD_SAMPLES, blocks, FFT_SIZE, BLOCK_SAMPLES)
    return envelopes(windows, np.arange(blocks)).reshape(-1)[: len(samples)]


def envelopes(windows: Samples, blocks: Places) -> Samples:
    """Return a row for each of these ``blocks``: the ``oversampled`` peaks of its window."""
    out = np.empty((len(blocks), BLOCK_SAMPLES), np.float32)
    for first in range(0, len(blocks), GROUP_BLOCKS):
        out[first : first + GROUP_BLOCKS] = oversampled(windows[blocks[first : first + GROUP_BLOCKS]])
    return out


def any_above(windows: Samples, blocks: Places, threshold: float) -> bool:
    """Whether a true peak in one of these blocks is above ``threshold``."""
    groups = (blocks[first : first + GROUP_BLOCKS] for first in range(0, len(blocks), GROUP_BLOCKS))
    return any(window_peaks(windows[group], threshold).max() > threshold for group in groups)


def oversampled(windows: Samples) -> Samples:
    """Return the peak magnitudes of rows of ``FFT_SIZE`` samples, for their ``BLOCK_SAMPLES`` middle ones."""
    peaks = np.abs(windows[:, LEAD_SAMPLES : LEAD_SAMPLES + BLOCK_SAMPLES])
    transformed = np.fft.rfft(windows)
    for spectrum in spectra():
        phase = np.fft.irfft(transformed * spectrum, FFT_SIZE)[:, TAPS - 1 : TAPS - 1 + BLOCK_SAMPLES]
        np.maximum(peaks, np.abs(phase, out=phase), out=peaks)
    return peaks
