"""Linear filters by FFT, block by block, so that two hours need no more memory than a minute."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Spectrum = npt.NDArray[np.complex64]

BLOCK_MULTIPLE_SAMPLES: Final = 192  # blocks end where 4 ms slots end (loudness.py)
GROUP_BLOCKS: Final = 4  # transformed at a time: nearly twice as fast as one by one, using two megabytes


def from_pcm(pcm: bytes) -> Samples:
    """Return pcm as float32, full scale 1.0."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    samples /= 32768
    return samples


def to_pcm(samples: Samples) -> bytes:
    """Return float32 samples as pcm, rounded to the nearest step and clipped to full scale."""
    steps = samples * np.float32(32768)
    np.rint(steps, out=steps)
    return np.clip(steps, -32768, 32767, out=steps).astype("<i2").tobytes()


def spectrum_of(taps: npt.NDArray[np.float64], fft_size: int) -> Spectrum:
    """Return the spectrum of an FIR filter, as ``filtered_blocks`` takes it."""
    return np.fft.rfft(taps, fft_size).astype(np.complex64)


def filtered_blocks(
    samples: Samples, spectrum: Spectrum, taps: int, delay: int, span: tuple[int, int] | None = None
) -> Iterator[tuple[int, Samples]]:
    """Yield (start, block) of the filter's output over ``span`` of ``samples`` (overlap-save).

    ``taps`` is how many past samples the filter needs; ``delay`` is removed from the output, so a
    linear-phase filter of 2d + 1 taps stays in place with ``delay`` d. ``samples`` are surrounded by silence.
    """
    begin, end = span or (0, len(samples))
    fft_size = 2 * (len(spectrum) - 1)
    history = taps - 1
    step = (fft_size - history) // BLOCK_MULTIPLE_SAMPLES * BLOCK_MULTIPLE_SAMPLES
    for start in range(begin, end, GROUP_BLOCKS * step):
        count = min(-(-(end - start) // step), GROUP_BLOCKS)
        rows = rows_of(samples, start + delay - history, count, fft_size, step)
        blocks = np.fft.irfft(np.fft.rfft(rows) * spectrum, fft_size)[:, history : history + step]
        yield start, blocks.astype(np.float32, copy=False).reshape(-1)[: end - start]


def rows_of(samples: Samples, first: int, count: int, size: int, step: int) -> Samples:
    """Return a view of ``count`` rows of ``size`` samples; the first starts at sample ``first``, each of
    the others ``step`` after the one before. Beyond the ends is silence."""
    room = np.zeros((count - 1) * step + size, np.float32)
    begin, end = max(first, 0), min(first + len(room), len(samples))
    if begin < end:
        room[begin - first : end - first] = samples[begin:end]
    return np.lib.stride_tricks.sliding_window_view(room, size)[::step]


def filtered(samples: Samples, taps: npt.NDArray[np.float64], fft_size: int = 32_768) -> Samples:
    """Return ``samples`` through a linear-phase FIR filter, in place on the timeline, same length."""
    out = np.empty(len(samples), np.float32)
    spectrum = spectrum_of(taps, fft_size)
    for start, block in filtered_blocks(samples, spectrum, len(taps), len(taps) // 2):
        out[start : start + len(block)] = block
    return out


def product(rows: Samples, table: Samples) -> Samples:
    """Return the matrix product of ``rows`` (n, k) and ``table`` (k, m).

    Not by ``@``: the last bits of BLAS results depend on the number of its threads, and so would the bytes
    of a master.
    """
    return np.asarray(np.einsum("nk,km->nm", rows, table))


def decibels(ratio: float, floor_db: float) -> float:
    """Return an amplitude ratio in dB, never below ``floor_db``."""
    return max(20 * float(np.log10(ratio)), floor_db) if ratio > 0 else floor_db


def amplitude(level_db: float) -> float:
    """Return the amplitude ratio of a level in dB."""
    return float(10 ** (level_db / 20))
