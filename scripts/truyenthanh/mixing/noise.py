"""The noise of a recording: the lowest level nearby, ignoring digital silence."""

from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

Levels = TypeVar("Levels", npt.NDArray[np.float32], npt.NDArray[np.float64])

SILENCE_DBFS: Final = -84.0  # no recording is lower: only silence between clips, or a filter's tail in it


def lowest_nearby(level: Levels, silent: npt.NDArray[np.bool_], averaged: int, reach: int) -> Levels:
    """Return the lowest ``level`` within ``reach`` rows to either side of every row.

    ``silent`` says which rows are digital silence. Levels are averages over ``averaged`` rows to either
    side, so those that silence has lowered are ignored too; −inf if there are no others.
    """
    touched = sliding_maximum(silent.astype(np.int8), averaged) > 0
    counted = np.where(touched.reshape(-1, *[1] * (level.ndim - 1)), np.inf, level).astype(level.dtype)
    lowest = -sliding_maximum(-counted, reach)
    return np.asarray(np.where(np.isinf(lowest), -np.inf, lowest), level.dtype)


def sliding_maximum(values: npt.NDArray[Any], reach: int) -> npt.NDArray[Any]:
    """Return the maximum over ``reach`` rows to either side; windows are doubled until wide enough."""
    room = [(reach, reach)] + [(0, 0)] * (values.ndim - 1)
    highest = np.pad(values, room, mode="edge")
    width, span = 2 * reach + 1, 1
    while span < width:
        shift = min(span, width - span)
        highest = np.maximum(highest[:-shift], highest[shift:])
        span += shift
    return highest
