"""Where in the spectrum a programme's power is: in the band of a horn, below it, in mains hum."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from . import SAMPLE_RATE_HZ
from .filtering import Samples

FFT_SIZE: Final = 32_768  # 1.46 Hz apart: mains hum stands out from a voice
HANN_POWER: Final = 0.375  # the mean square of its window
HORN_HZ: Final = (300, 6000)
BELOW_HORN_HZ: Final = 250
MAINS_HZ: Final = 50
LINE_HZ: Final = 4  # how far the window spreads a spectral line
AROUND_HZ: Final = 14  # … and the surroundings it is compared with
LINE_RATIO: Final = 8.0
SILENCE_DBFS: Final = -120.0


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Shares of all power (0 to 1), and the level of hum at 50 Hz; −120 if none stands out."""

    horn_band_share: float
    below_band_share: float
    hum_dbfs: float


class SpectrumMeter:
    """Adds up the power of every channel by frequency (Welch, without overlap)."""

    def __init__(self) -> None:
        self._power = np.zeros(FFT_SIZE // 2 + 1)
        self._windows = 0
        self._hann = np.hanning(FFT_SIZE).astype(np.float32)

    def add(self, channels: Samples) -> None:
        """Add samples at 48 kHz of shape (channels, n)."""
        for channel in channels:
            windows = -(-len(channel) // FFT_SIZE)
            rows = np.pad(channel, (0, windows * FFT_SIZE - len(channel))).reshape(windows, FFT_SIZE)
            transformed = np.fft.rfft(rows * self._hann)
            self._power += np.square(np.abs(transformed)).sum(axis=0)
            self._windows += windows

    def result(self) -> Spectrum:
        """Return the figures of all that was added."""
        scale = 2 / (FFT_SIZE**2 * HANN_POWER * max(self._windows, 1))
        power = self._power * scale
        hertz = np.fft.rfftfreq(FFT_SIZE, 1 / SAMPLE_RATE_HZ)
        total = max(float(power.sum()), 1e-15)
        low, high = HORN_HZ
        return Spectrum(
            round(float(power[(hertz >= low) & (hertz <= high)].sum()) / total, 4),
            round(float(power[(hertz > 0) & (hertz < BELOW_HORN_HZ)].sum()) / total, 5),
            round(hum_dbfs(power, hertz), 1),
        )


def hum_dbfs(power: npt.NDArray[np.float64], hertz: npt.NDArray[np.floating[Any]]) -> float:
    """Return the level of the line at 50 Hz if it stands out from its surroundings."""
    away = np.abs(hertz - MAINS_HZ)
    line, around = power[away <= LINE_HZ], power[(away > LINE_HZ) & (away <= AROUND_HZ)]
    background = float(np.median(around)) * len(line)
    hum = float(line.sum()) - background
    return 10 * float(np.log10(hum)) if hum > max(LINE_RATIO * background, 1e-12) else SILENCE_DBFS
