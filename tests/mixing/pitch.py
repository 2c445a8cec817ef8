"""Fundamental frequency by autocorrelation (de Cheveigné and Kawahara 2002, YIN: the difference function
over its running mean): it hears periods, so a voice without its fundamental has the same pitch."""

import numpy as np
import numpy.typing as npt

from truyenthanh.mixing.filtering import Samples

RATE_HZ = 48_000
STEP = 480  # 10 ms
WIDTH = 1440  # 30 ms
SHORTEST, LONGEST = RATE_HZ // 300, RATE_HZ // 60  # periods, in samples
APERIODICITY = 0.22
MULTIPLES = 0.05


def pitch_hz(samples: Samples) -> npt.NDArray[np.float64]:
    """Return the pitch every 10 ms; NaN where there is none."""
    power = float((samples**2).mean())
    starts = range(0, len(samples) - WIDTH - LONGEST - 1, STEP)
    return np.array(
        [pitch_at(samples[at : at + WIDTH + LONGEST + 1].astype(np.float64), power) for at in starts]
    )


def pitch_at(piece: npt.NDArray[np.float64], power: float) -> float:
    """Return the pitch at the start of ``piece``."""
    head = piece[:WIDTH]
    if float((head**2).mean()) < 0.01 * power:
        return np.nan
    size = 4096
    crossed = np.fft.irfft(np.conj(np.fft.rfft(head, size)) * np.fft.rfft(piece, size), size)[: LONGEST + 1]
    squares = np.concatenate([[0.0], np.cumsum(piece**2)])
    energy = squares[WIDTH : WIDTH + LONGEST + 1] - squares[: LONGEST + 1]
    difference = energy[0] + energy - 2 * crossed
    lags = np.arange(1, LONGEST + 1)
    normal = difference[1:] * lags / np.maximum(np.cumsum(difference[1:]), 1e-12)
    normal = np.concatenate([[1.0], normal])
    best = float(normal[SHORTEST:].min())
    if best > APERIODICITY:
        return np.nan
    # the shortest of the periods that fit about as well as the best: multiples of a period fit too
    lag = SHORTEST + int(np.flatnonzero(normal[SHORTEST:] < best + MULTIPLES)[0])
    while lag < LONGEST - 1 and normal[lag + 1] < normal[lag]:
        lag += 1
    left, mid, right = normal[lag - 1 : lag + 2]
    bend = left - 2 * mid + right
    return float(RATE_HZ / (lag + (0.5 * (left - right) / bend if bend > 0 else 0)))
