"""Faults in single samples: flat tops, clicks, and peaks between samples that are too high.

Each is looked for in a window: a stretch of one channel that begins with the last ``LEAD_SAMPLES`` of the
stretch before, so that nothing at a seam is missed, and nothing is found twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .filtering import Samples
from .truepeak import BLOCK_SAMPLES, block_true_peaks

Places = npt.NDArray[np.int64]

LEAD_SAMPLES: Final = 3072
REACH: Final = 512  # a click is judged with what follows it, so a little later
FIRST_BLOCK: Final = LEAD_SAMPLES // BLOCK_SAMPLES - 2  # where the previous window ended

FULL_SCALE: Final = 0.999
LEAST_TOP: Final = 0.05  # below, equal samples are quiet sound in coarse steps
LEAST_RUN: Final = 3
LEAST_CORNER: Final = 0.002  # a slow wave has flat tops too, but no corners: 65 steps of 16 bits

CLICK_RATIO: Final = 25.0  # times the roughness around it: noise reaches 5, a voice's pulses 15
LEAST_CLICK: Final = 0.03
AROUND_SAMPLES: Final = 240  # 5 ms
APART_SAMPLES: Final = 960  # one click rings for a while


@dataclass(frozen=True, slots=True)
class Run:
    """Equal samples in a row: where in the channel, how many, and their magnitude."""

    at: int
    samples: int
    magnitude: float


def flat_runs(window: Samples, start: int) -> Iterator[Run]:
    """Yield the flat tops that end in a window whose first sample is number ``start`` of its channel.

    A flat top has a corner at its start or end. One that reaches the window's last sample belongs to the
    next, so silence is added after the last window. Samples beyond full scale are flat when played.
    """
    held: Samples = np.clip(window, -1, 1)
    magnitude = np.abs(held)
    equal = (held[1:] == held[:-1]) & (magnitude[1:] > LEAST_TOP)
    places = np.flatnonzero(equal)
    if not len(places):
        return
    for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
        first, last = int(run[0]), int(run[-1]) + 1
        if last - first + 1 < LEAST_RUN or not LEAD_SAMPLES - 1 <= last < len(window) - 1:
            continue
        before = abs(float(held[first]) - float(held[max(first - 1, 0)]))
        after = abs(float(held[last]) - float(held[last + 1]))
        over = float(np.abs(window[first : last + 1]).max()) > 1.0
        if over or max(before, after) >= LEAST_CORNER:
            yield Run(start + first, last - first + 1, float(magnitude[first]))


def clicks(window: Samples) -> Places:
    """Return where clicks are in a window: samples that their neighbours do not predict.

    A cubic through two samples on either side predicts speech; its error, compared with the error 5 ms
    before or after (the larger one: speech may begin or end here), shows a click or a cut.
    """
    error = np.zeros_like(window)
    middle, near, far = window[2:-2], window[1:-3] + window[3:-1], window[:-4] + window[4:]
    error[2:-2] = middle - (4 * near - far) / 6
    places = np.flatnonzero(np.abs(error) > LEAST_CLICK)
    places = places[(places >= LEAD_SAMPLES - REACH) & (places < len(window) - REACH)]
    if not len(places):
        return places
    total = np.concatenate([[0.0], np.cumsum(np.square(error, dtype=np.float64))])
    before = total[places - 3] - total[places - 3 - AROUND_SAMPLES]
    after = total[places + 4 + AROUND_SAMPLES] - total[places + 4]
    rough = np.sqrt(np.maximum(np.maximum(before, after), 0) / AROUND_SAMPLES)
    found = places[np.abs(error[places]) > CLICK_RATIO * rough]
    apart: Places = found[np.diff(found, prepend=-APART_SAMPLES) >= APART_SAMPLES]
    return apart


def high_peaks(window: Samples, highest: float, limit: float) -> tuple[float, Places]:
    """Return the true peak of a window (or ``highest``, the peak so far, if that is higher), and the
    starts of its blocks whose true peak exceeds ``limit``.

    A window cuts the sound at both ends, which rings: the first blocks and the last two do not count,
    as the windows before and after contain them away from their ends.
    """
    peaks = block_true_peaks(window, min(highest, limit))
    peaks[:FIRST_BLOCK] = peaks[-2:] = 0
    return max(highest, float(peaks.max())), np.flatnonzero(peaks > limit) * BLOCK_SAMPLES
