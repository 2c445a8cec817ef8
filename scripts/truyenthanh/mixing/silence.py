"""The silences before, after and within a programme, from its 4 ms energies."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from . import SAMPLE_RATE_HZ
from .loudness import SLOT_SAMPLES, Energies, gate

QUIET_LUFS: Final = -60.0
BELOW_PROGRAMME_LU: Final = 40.0  # so the noise of a quiet recording is not heard
SLOT_S: Final = SLOT_SAMPLES / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Silences:
    """Silence at both ends and the longest gap between sounds, with its place; in seconds."""

    silence_start_s: float
    silence_end_s: float
    longest_gap_s: float
    gap_at_s: float


def silences(energies: Energies, integrated_lufs: float, channels: int = 1) -> Silences:
    """Return the silences of a programme of this loudness; a silent one is all silence at the start."""
    quiet_lufs = max(QUIET_LUFS, integrated_lufs - BELOW_PROGRAMME_LU)
    heard = np.flatnonzero(energies > gate(quiet_lufs, channels))
    if not len(heard):
        return Silences(round(len(energies) * SLOT_S, 3), 0.0, 0.0, 0.0)
    gaps = np.diff(heard) - 1
    longest, at = (int(gaps.max()), int(heard[gaps.argmax()]) + 1) if len(gaps) else (0, 0)
    return Silences(
        round(int(heard[0]) * SLOT_S, 3),
        round((len(energies) - 1 - int(heard[-1])) * SLOT_S, 3),
        round(longest * SLOT_S, 3),
        round(at * SLOT_S, 3) if longest else 0.0,
    )
