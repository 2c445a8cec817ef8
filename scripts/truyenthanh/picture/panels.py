"""The two panels of a sheet, waveform and loudness, and the time below them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ..messages import figure, say
from ..mixing.loudness import HOP_SLOTS, MOMENTARY_SLOTS, OFFSET_LU, SHORT_TERM_SLOTS, sliding_means
from ..mixing.meters import Course
from ..mixing.profiles import Master
from ..mixing.silence import SLOT_S
from .shapes import Area, Disc, Line, Point, Words

Shape = Area | Line | Disc | Words
Values = npt.NDArray[np.float64]

LEFT: Final = 84
RIGHT: Final = 1560
WAVE_HEIGHT: Final = 220
LOUDNESS_HEIGHT: Final = 240
LOUDEST: Final = 0.0
QUIETEST: Final = -60.0

FAINT, GRID = "#5f7682", "#d5dee3"
WAVE, SOFT, STRONG, TARGET = "#4f8fa8", "#b9d3de", "#0b5c7a", "#1f7a3f"


@dataclass(frozen=True, slots=True)
class Clock:
    """The mapping from times to columns."""

    seconds: float

    def x(self, at_s: float) -> float:
        """Return the column of a time."""
        return LEFT + (RIGHT - LEFT) * min(max(at_s / self.seconds, 0), 1)


def waveform(course: Course, top: float) -> Iterator[Shape]:
    """Yield the highest and the lowest sample of every column, with lines at full scale."""
    middle, half = top + WAVE_HEIGHT / 2, WAVE_HEIGHT / 2 - 4
    starts = _starts(len(course.highs))
    xs = np.linspace(LEFT, RIGHT, len(starts))
    highs = middle - half * np.clip(np.maximum.reduceat(course.highs, starts), -1, 1)
    lows = middle - half * np.clip(np.minimum.reduceat(course.lows, starts), -1, 1)
    lows = np.maximum(lows, highs + 1)  # silence is drawn as a line
    yield Area((*_points(xs, highs), *_points(xs[::-1], lows[::-1])), WAVE)
    yield Words((LEFT - 10, middle + 5), "0", 14, FAINT, anchor="end")
    for sign in (1, -1):
        yield Line(((LEFT, middle - sign * half), (RIGHT, middle - sign * half)), GRID)
        yield Words((LEFT - 10, middle - sign * half + 5), "100%", 14, FAINT, anchor="end")


def loudness_scale(top: float) -> Iterator[Shape]:
    """Yield a line for every ten LUFS."""
    for level in range(int(QUIETEST), 1, 10):
        y = _height(np.array([level]), top)[0]
        yield Line(((LEFT, y), (RIGHT, y)), GRID)
        yield Words((LEFT - 10, y + 5), figure(level), 14, FAINT, anchor="end")
    yield Words((LEFT, top - 9), say("qc.loudness_axis"), 14, FAINT)


def loudness_curves(course: Course, clock: Clock, top: float) -> Iterator[Shape]:
    """Yield the loudness of 400 ms and of 3 s, each in the middle of its window."""
    for slots, colour, width in ((MOMENTARY_SLOTS, SOFT, 1.5), (SHORT_TERM_SLOTS, STRONG, 3)):
        means = sliding_means(course.energies, slots)
        if len(means) < 2:
            continue
        lufs = OFFSET_LU + 10 * np.log10(np.maximum(means, 1e-12))
        starts = _starts(len(lufs))
        middles = (np.arange(len(lufs)) * HOP_SLOTS + slots / 2) * SLOT_S
        xs = np.array([clock.x(at) for at in middles[starts]])
        yield Line(_points(xs, _height(np.maximum.reduceat(lufs, starts), top)), colour, width)


def target_line(master: Master | None, top: float) -> Iterator[Shape]:
    """Yield the target level of a master, if it is a loudness."""
    if master is None or master.measure != "lufs":
        return
    y = float(_height(np.array([master.level]), top)[0])
    for x in np.arange(LEFT, RIGHT - 8, 16):
        yield Line(((float(x), y), (float(x) + 9, y)), TARGET, 2)
    text = say("qc.target", level=master.level)
    yield Words((RIGHT, top - 9), text, 14, TARGET, anchor="end")


def times_below(clock: Clock, top: float) -> Iterator[Shape]:
    """Yield the time marks, at most 14, at round intervals."""
    steps = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
    step = next((one for one in steps if clock.seconds / one <= 14), 7200)
    for number in range(int(clock.seconds / step) + 1):
        x = clock.x(number * step)
        yield Line(((x, top), (x, top + 6)), FAINT)
        yield Words((x, top + 24), clock_time(number * step, tenths=step < 1), 14, FAINT, anchor="middle")


def clock_time(seconds: float, *, tenths: bool = False) -> str:
    """Return a time in readable form."""
    shown = round(seconds, 1) if tenths else float(int(seconds))
    minutes, rest = divmod(round(shown * 10), 600)
    clock = figure(rest / 10, "04.1f") if tenths else f"{rest // 10:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{clock}" if minutes >= 60 else f"{minutes}:{clock}"


def _starts(count: int) -> npt.NDArray[np.int64]:
    """Return where the columns of a panel begin among ``count`` values."""
    return np.unique(np.linspace(0, count, RIGHT - LEFT, endpoint=False).astype(np.int64))


def _height(lufs: Values, top: float) -> Values:
    share = (LOUDEST - np.clip(lufs, QUIETEST, LOUDEST)) / (LOUDEST - QUIETEST)
    return np.asarray(top + 4 + share * (LOUDNESS_HEIGHT - 8))


def _points(xs: Values, ys: Values) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in zip(xs, ys, strict=True))
