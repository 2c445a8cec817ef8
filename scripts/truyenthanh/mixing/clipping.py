"""Cut peaks off within the band: a limiter's gain lowers whole syllables, a cut only the pulses.

A voice that was shaped for horns has short high pulses. Lowering them by a gain over a few milliseconds
also lowers the sound around them; plain clipping does not, but adds sound above the band. So the excess
that clipping would cut off is filtered to the band of the horn and then subtracted. As the filter leaves part
of each peak, this is done a few times (clipping and filtering, as in crest-factor reduction: J. Armstrong,
"Peak-to-average power reduction for OFDM by repeated clipping and frequency domain filtering", 2002).
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from . import SAMPLE_RATE_HZ
from .filtering import Samples

EDGE_HZ: Final = 5800
TAPS: Final = 49  # 1 ms
KAISER_BETA: Final = 5.0
OVERCUT: Final = 1.3  # the filter leaves part of a peak, so cut more
ROUNDS: Final = 4


def cut_peaks(samples: Samples, ceiling: float) -> Samples:
    """Return ``samples`` with nearly everything beyond ±``ceiling`` cut off; the limiter does the rest."""
    out = samples
    for _ in range(ROUNDS):
        over = np.flatnonzero(np.abs(out) > ceiling)
        if not len(over):
            break
        out = out.copy() if out is samples else out
        places, excess = gathered(out, over, ceiling)
        out[places] -= np.float32(OVERCUT) * np.convolve(excess, low_pass(), mode="same").astype(np.float32)
    return out


def gathered(
    samples: Samples, over: npt.NDArray[np.intp], ceiling: float
) -> tuple[npt.NDArray[np.intp], Samples]:
    """Return the places within the filter's reach of the peaks ``over``, and the excess there.

    Separate stretches are put side by side; the reach around each is empty, so none rings into another.
    """
    gaps = np.flatnonzero(np.diff(over) > 2 * TAPS)
    starts = np.maximum(over[np.concatenate([[0], gaps + 1])] - TAPS, 0)
    ends = np.minimum(over[np.append(gaps, len(over) - 1)] + TAPS + 1, len(samples))
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    places = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
    there = samples[places]
    return places, there - np.clip(there, -ceiling, ceiling)


@cache
def low_pass() -> Samples:
    """Return the taps of a short linear-phase low-pass."""
    place = np.arange(TAPS) - TAPS // 2
    edge = 2 * EDGE_HZ / SAMPLE_RATE_HZ
    return np.asarray(edge * np.sinc(edge * place) * np.kaiser(TAPS, KAISER_BETA), np.float32)
