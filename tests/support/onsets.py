"""Where sound begins after a pause, by the energy of decoded samples: what captions are held against."""

from typing import Any

import numpy as np
import numpy.typing as npt

RATE_HZ = 48_000
CLOSE_S = 0.060  # a listener does not notice that a sentence lights up a little early
QUIET_S = 0.2  # every sentence follows a pause that is longer
SLOT = RATE_HZ // 200
PREVIEW_MASTER = 10 ** (-50 / 20)
Heard = npt.NDArray[np.bool_]


def sounding(samples: npt.NDArray[np.float32]) -> Heard:
    """Return, every 5 ms, whether anything is heard."""
    slots = samples[: len(samples) // SLOT * SLOT].reshape(-1, SLOT)
    heard: Heard = np.abs(slots).max(axis=1) > PREVIEW_MASTER
    return heard


def starts(heard: Heard) -> npt.NDArray[np.float64]:
    """Return the seconds at which sound begins after a pause."""
    places = np.flatnonzero(heard)
    gaps = np.diff(places, prepend=-RATE_HZ)
    return places[gaps * SLOT > QUIET_S * RATE_HZ] * SLOT / RATE_HZ


def misses(segments: list[dict[str, Any]], heard: Heard) -> list[float]:
    """Return how far each segment's start is from the nearest place where sound begins, in seconds."""
    begun = starts(heard)
    return [float(np.abs(begun - segment["startTime"]).min()) for segment in segments]
