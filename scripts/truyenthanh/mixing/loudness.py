"""Loudness by ITU-R BS.1770-4, EBU R 128, Tech 3341 and Tech 3342.

The unit of measurement is the *energy* of a 4 ms slot: the mean square of its K-weighted samples. Four
milliseconds divide both an MP3 frame (24 ms) and the hop of the standard's blocks (100 ms), so the
energies of an episode are those of its sections, one after the other: measured once, combined exactly.

Every level here is floored at ``SILENCE_LUFS``, the absolute gate of BS.1770-4, so that silence has a
figure that JSON can hold.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from .filtering import Samples, Spectrum, filtered_blocks
from .truepeak import true_peak_dbtp as true_peak_dbtp

Energies = npt.NDArray[np.float32]
Blocks = npt.NDArray[np.float64]

SLOT_SAMPLES: Final = 192  # 4 ms
HOP_SLOTS: Final = 25  # 100 ms: blocks of 400 ms that overlap by 75 % (BS.1770-4, Annex 1)
MOMENTARY_SLOTS: Final = 100  # 400 ms (Tech 3341, 2.2)
SHORT_TERM_SLOTS: Final = 750  # 3 s (Tech 3341, 2.2)
SILENT_POWER: Final = 1e-12  # no 16-bit sample is lower
SILENCE_LUFS: Final = -70.0  # the absolute gate (BS.1770-4, Annex 1, eq. 5)
RELATIVE_GATE_LU: Final = -10.0  # BS.1770-4, Annex 1, eq. 6
RANGE_GATE_LU: Final = -20.0  # Tech 3342, 3
OFFSET_LU: Final = -0.691  # BS.1770-4, Annex 1, eq. 2

# The K-weighting at 48 kHz, (b0, b1, b2, a1, a2): a high shelf for the head, then a high-pass
SHELF: Final = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
HIGH_PASS: Final = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
FFT_SIZE: Final = 32_768
MEMORY_TAPS: Final = 4096  # the weighting's response has fallen below −150 dB after these 85 ms


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud a programme is, as a meter reads the whole of it.

    ``rms_dbfs`` is that of one channel; ``speaking_dbfs`` leaves its pauses out, None if not measured.
    """

    integrated_lufs: float
    loudness_range_lu: float
    max_momentary_lufs: float
    max_short_term_lufs: float
    true_peak_dbtp: float
    rms_dbfs: float
    speaking_dbfs: float | None = None


@cache
def k_weighting() -> Spectrum:
    """Return the K-weighting on the grid of a real FFT (BS.1770-4, Annex 1, tables 1 and 2)."""
    z = np.exp(-2j * np.pi * np.arange(FFT_SIZE // 2 + 1) / FFT_SIZE)
    response = np.ones_like(z)
    for b0, b1, b2, a1, a2 in (SHELF, HIGH_PASS):
        response *= (b0 + b1 * z + b2 * z**2) / (1 + a1 * z + a2 * z**2)
    return np.asarray(response, np.complex64)


def energies(samples: Samples, lead: int = 0) -> Energies:
    """Return the K-weighted mean square of every whole 4 ms slot of mono 48 kHz samples (full scale 1.0).

    The first ``lead`` samples have been measured before: they only provide the filter's history.
    """
    out = np.empty((len(samples) - lead) // SLOT_SAMPLES, np.float32)
    span = (lead, len(samples))
    for start, block in filtered_blocks(samples, k_weighting(), MEMORY_TAPS, 0, span):
        powers = slot_powers(block)
        first = (start - lead) // SLOT_SAMPLES
        out[first : first + len(powers)] = powers
    return out


def slot_powers(samples: Samples) -> Energies:
    """Return the mean square of every whole 4 ms slot, unweighted."""
    slots = samples[: len(samples) // SLOT_SAMPLES * SLOT_SAMPLES].reshape(-1, SLOT_SAMPLES)
    return np.asarray(np.einsum("ij,ij->i", slots, slots) / np.float32(SLOT_SAMPLES))


def weighting_of(slots: Energies, powers: Energies) -> Energies:
    """Return the ratio of K-weighted to plain power of every slot; 0 for silence.

    It is a property of the sound: gain and limiter change the level, but hardly this ratio. So the
    loudness of ``weighting * slot_powers(changed)`` is that of ``energies(changed)`` to 0.01 LU, in a
    twentieth of the time.
    """
    return np.asarray(np.divide(slots, powers, out=np.zeros_like(slots), where=powers > SILENT_POWER))


def loudness_of(mean_square: float, channels: int = 1) -> float:
    """Return the loudness of a K-weighted mean square in equal channels (BS.1770-4, Annex 1, eq. 2)."""
    total = mean_square * channels
    return max(OFFSET_LU + 10 * float(np.log10(total)), SILENCE_LUFS) if total > 0 else SILENCE_LUFS


def integrated_lufs(energies: Energies, channels: int = 1) -> float:
    """Return the gated loudness of a programme (BS.1770-4, Annex 1, eq. 3-7).

    ``channels`` equal channels are summed: two add 3.01 LU. A programme shorter than one block of
    400 ms has none and is reported as silence.
    """
    blocks = sliding_means(energies, MOMENTARY_SLOTS)
    loud = blocks[blocks > gate(SILENCE_LUFS, channels)]
    if not len(loud):
        return SILENCE_LUFS
    relative = float(loud.mean()) * 10 ** (RELATIVE_GATE_LU / 10)
    return loudness_of(float(loud[loud > relative].mean()), channels)


def loudness_range_lu(energies: Energies, channels: int = 1) -> float:
    """Return the loudness range (Tech 3342, 3): from the 10th to the 95th percentile of gated short-term
    loudness; 0.0 for less than one window of 3 s."""
    blocks = sliding_means(energies, SHORT_TERM_SLOTS)
    loud = blocks[blocks > gate(SILENCE_LUFS, channels)]
    if not len(loud):
        return 0.0
    kept = np.sort(loud[loud >= float(loud.mean()) * 10 ** (RANGE_GATE_LU / 10)])
    low, high = (kept[round((len(kept) - 1) * share)] for share in (0.10, 0.95))
    return float(10 * np.log10(high / low))


def max_momentary(energies: Energies, channels: int = 1) -> float:
    """Return the loudest 400 ms in LUFS (Tech 3341, 2.2)."""
    return loudest(energies, MOMENTARY_SLOTS, channels)


def max_short_term(energies: Energies, channels: int = 1) -> float:
    """Return the loudest 3 s in LUFS (Tech 3341, 2.2)."""
    return loudest(energies, SHORT_TERM_SLOTS, channels)


def loudest(energies: Energies, slots: int, channels: int) -> float:
    """Return the loudest window of ``slots`` in LUFS; silence if none fits."""
    blocks = sliding_means(energies, slots)
    return loudness_of(float(blocks.max()), channels) if len(blocks) else SILENCE_LUFS


def sliding_means(energies: Energies, slots: int) -> Blocks:
    """Return the mean energy of every whole window of ``slots``, one every 100 ms."""
    total = np.concatenate(([0.0], np.cumsum(energies, dtype=np.float64)))
    means: Blocks = (total[slots::HOP_SLOTS] - total[: max(len(total) - slots, 0) : HOP_SLOTS]) / slots
    return np.maximum(means, 0)


def gate(level_lufs: float, channels: int) -> float:
    """Return the K-weighted mean square per channel that has this loudness."""
    return float(10 ** ((level_lufs - OFFSET_LU) / 10)) / channels
