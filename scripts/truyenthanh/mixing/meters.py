"""Meters that a file runs through: single samples at its own rate, slots of 4 ms at 48 kHz."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import soxr

from . import SAMPLE_RATE_HZ
from .defect_detectors import FULL_SCALE, LEAD_SAMPLES, clicks, flat_runs, high_peaks
from .filtering import Samples, amplitude, decibels
from .loudness import (
    MEMORY_TAPS,
    SLOT_SAMPLES,
    Energies,
    Levels,
    energies,
    integrated_lufs,
    loudness_range_lu,
    max_momentary,
    max_short_term,
)
from .spectrum import SpectrumMeter

FLOOR_DB: Final = -120.0
PEAK_LIMIT_DBTP: Final = -1.0  # of all masters; where it is exceeded is noted
MOST_PLACES: Final = 20
EDGE_S: Final = 0.02  # a sound that starts or ends abruptly is not a click
FLAT_NEAR_PEAK: Final = 0.97
SPEAKING_SLOTS: Final = 6  # 24 ms
SPEAKING_GATE_DB: Final = -10.0  # below the mean is a pause, as in BS.1770-4
SURROUND_WEIGHTS: Final = {5: (1, 1, 1, 1.41, 1.41), 6: (1, 1, 1, 0, 1.41, 1.41)}  # BS.1770-4, table 3


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults in single samples, with the first twenty places of each; ``first``, ``last``: RMS of 4 ms."""

    sample_peak_dbfs: float
    clipped_runs: int
    clipped_at_s: tuple[float, ...]
    flat_tops: int  # clipped, then lowered
    flat_at_s: tuple[float, ...]
    clicks: int
    clicks_at_s: tuple[float, ...]
    high_peaks_at_s: tuple[float, ...]  # true peaks above −1 dBTP
    dc_offset: float  # of the channel with the most, full scale 1.0
    broken_samples: int  # not a number, or infinite
    first_dbfs: float
    last_dbfs: float


@dataclass(frozen=True, slots=True)
class Stereo:
    """How the first two channels are related; ``mono_loss_db`` is lost when they are mixed."""

    correlation: float
    mono_loss_db: float
    weaker_channel_db: float  # below the stronger one


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a file in slots of 4 ms: energies (all channels), lowest and highest samples."""

    energies: Energies
    lows: Samples
    highs: Samples


class SampleMeter:
    """Measures single samples, at the file's own rate."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz, self._lead = rate_hz, np.zeros((LEAD_SAMPLES, channels), np.float32)
        self.total = self.broken = 0
        self.true_peak = self._peak = 0.0
        self._sums = np.zeros(channels)
        self._products = np.zeros((channels, channels))
        self._flat: list[tuple[float, float]] = []  # magnitude, second
        self._clicks: list[float] = []
        self._high: list[float] = []

    def add(self, stretch: Samples) -> None:
        """Measure the next stretch."""
        self._look(stretch)
        self.total += len(stretch)
        self._sums += stretch.sum(axis=0, dtype=np.float64)
        self._products += np.einsum("ij,ik->jk", stretch, stretch, dtype=np.float64)
        self._peak = max(self._peak, float(np.abs(stretch).max(initial=0)))

    def close(self) -> None:
        """Examine the very end."""
        self._look(np.zeros_like(self._lead))

    def _look(self, stretch: Samples) -> None:
        window = np.concatenate([self._lead, stretch])
        start = self.total - LEAD_SAMPLES
        for channel in np.ascontiguousarray(window.T):
            self._flat += [(run.magnitude, run.at / self._rate_hz) for run in flat_runs(channel, start)]
            self._clicks += [(start + int(at)) / self._rate_hz for at in clicks(channel)]
            known = max(self.true_peak, float(np.abs(channel).max()))
            highest, places = high_peaks(channel, known, amplitude(PEAK_LIMIT_DBTP))
            self.true_peak = max(self.true_peak, highest)
            self._high += [max(start + int(at), 0) / self._rate_hz for at in places]
        self._lead = window[-LEAD_SAMPLES:]

    def faults(self, ends_dbfs: tuple[float, float]) -> Faults:
        """Return what was found."""
        clipped = [at for magnitude, at in self._flat if magnitude >= FULL_SCALE]
        top = FLAT_NEAR_PEAK * self._peak
        flat = [at for magnitude, at in self._flat if top <= magnitude < FULL_SCALE and not clipped]
        end_s = self.total / self._rate_hz - EDGE_S
        inner = [at for at in self._clicks if EDGE_S < at < end_s]
        return Faults(
            sample_peak_dbfs=round(decibels(self._peak, FLOOR_DB), 2),
            clipped_runs=len(clipped),
            clipped_at_s=places(clipped),
            flat_tops=len(flat),
            flat_at_s=places(flat),
            clicks=len(inner),
            clicks_at_s=places(inner),
            high_peaks_at_s=places(self._high),
            dc_offset=round(float(np.abs(self._sums).max()) / max(self.total, 1), 5),
            broken_samples=self.broken,
            first_dbfs=ends_dbfs[0],
            last_dbfs=ends_dbfs[1],
        )

    def stereo(self) -> Stereo | None:
        """Return how two channels are related; None if there is only one, or both are silent."""
        powers = np.diag(self._products)
        if len(powers) < 2 or powers[:2].max() <= 0:
            return None
        left, right, both = float(powers[0]), float(powers[1]), float(self._products[0, 1])
        dead = min(left, right) <= 0
        mixed = (left + right + 2 * both) / 4
        return Stereo(
            correlation=0.0 if dead else round(both / float(np.sqrt(left * right)), 3),
            mono_loss_db=apart_db((left + right) / 2, mixed),
            weaker_channel_db=apart_db(max(left, right), min(left, right)),
        )


class SlotMeter:
    """Measures slots of 4 ms, at 48 kHz."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._stream = None
        if rate_hz != SAMPLE_RATE_HZ:
            self._stream = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, channels, "float32", "HQ")
        self._channels = channels
        self._weights = SURROUND_WEIGHTS.get(channels, (1,) * channels)
        self._held = np.zeros((MEMORY_TAPS, channels), np.float32)
        self._slots: list[tuple[Energies, Samples, Samples, Samples]] = []
        self.spectrum = SpectrumMeter()

    def add(self, stretch: Samples, *, last: bool = False) -> None:
        """Measure the next stretch."""
        if self._stream is not None:
            stretch = self._stream.resample_chunk(np.ascontiguousarray(stretch), last=last)
        held = np.concatenate([self._held, stretch.reshape(-1, self._channels)])
        count = (len(held) - MEMORY_TAPS) // SLOT_SAMPLES
        end = MEMORY_TAPS + count * SLOT_SAMPLES
        self._held = held[count * SLOT_SAMPLES :]
        if not count:
            return
        columns = np.ascontiguousarray(held[:end].T)
        energy = sum(
            np.float32(weight) * energies(column, MEMORY_TAPS)
            for weight, column in zip(self._weights, columns, strict=True)
        )
        fresh = columns[:, MEMORY_TAPS:]
        cut = fresh.reshape(self._channels, count, SLOT_SAMPLES)
        power = np.einsum("cij,cij->i", cut, cut) / (SLOT_SAMPLES * self._channels)
        self._slots.append((np.asarray(energy), power, cut.min(axis=(0, 2)), cut.max(axis=(0, 2))))
        self.spectrum.add(fresh)

    def close(self) -> None:
        """Measure what the resampler still holds."""
        if self._stream is not None:
            self.add(np.zeros((0, self._channels), np.float32), last=True)

    def course(self) -> Course:
        """Return the course of the file."""
        return Course(*(self._all(part) for part in (0, 2, 3)))

    def ends_dbfs(self) -> tuple[float, float]:
        """Return the RMS of the first and of the last slot."""
        powers = self._all(1)
        return (
            (power_db(float(powers[0])), power_db(float(powers[-1]))) if len(powers) else (FLOOR_DB, FLOOR_DB)
        )

    def levels(self, course: Course, true_peak: float) -> Levels:
        """Return how loud the file was."""
        slots, powers = course.energies, self._all(1)
        frames = powers[: len(powers) // SPEAKING_SLOTS * SPEAKING_SLOTS].reshape(-1, SPEAKING_SLOTS)
        means = frames.mean(axis=1) if len(frames) else np.zeros(1)
        speaking = means[means >= means.mean() * 10 ** (SPEAKING_GATE_DB / 10)]
        return Levels(
            integrated_lufs=round(integrated_lufs(slots), 2),
            loudness_range_lu=round(loudness_range_lu(slots), 2),
            max_momentary_lufs=round(max_momentary(slots), 2),
            max_short_term_lufs=round(max_short_term(slots), 2),
            true_peak_dbtp=round(decibels(true_peak, FLOOR_DB), 2),
            rms_dbfs=power_db(float(powers.mean(dtype=np.float64)) if len(powers) else 0.0),
            speaking_dbfs=power_db(float(speaking.mean())),
        )

    def _all(self, part: int) -> npt.NDArray[np.float32]:
        return np.concatenate([slot[part] for slot in self._slots] or [np.zeros(0, np.float32)])


def power_db(power: float) -> float:
    """Return a mean square in dB, rounded, never below the floor."""
    return round(max(10 * float(np.log10(power)), FLOOR_DB), 2) if power > 0 else FLOOR_DB


def apart_db(power: float, other: float) -> float:
    """Return how many dB one power is above another, 99 at most."""
    return round(min(power_db(power) - power_db(other), 99.0), 2)


def places(seconds: list[float]) -> tuple[float, ...]:
    """Return the first places, each at least half a second after the one before."""
    kept: list[float] = []
    for at in sorted(seconds):
        if not kept or at - kept[-1] >= 0.5:
            kept.append(round(at, 2))
        if len(kept) == MOST_PLACES:
            break
    return tuple(kept)
