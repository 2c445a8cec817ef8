"""Linear filters by FFT, block by block, so that a two-hour programme needs no more memory than a minute."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Spectrum = npt.NDArray[np.complex64]

BLOCK_MULTIPLE_SAMPLES = 192  # blocks end where 4 ms slots end (loudness.py)


def from_pcm(pcm: bytes) -> Samples:
    """Return pcm as float32, full scale 1.0."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    samples /= 32768
    return samples


def to_pcm(samples: Samples) -> bytes:
    """Return float32 samples as pcm, rounded to the nearest step and held within full scale."""
    steps = samples * np.float32(32768)
    np.rint(steps, out=steps)
    return np.clip(steps, -32768, 32767, out=steps).astype("<i2").tobytes()


def spectrum_of(taps: npt.NDArray[np.float64], fft_size: int) -> Spectrum:
    """Return the spectrum ``filtered_blocks`` takes for an FIR filter."""
    return np.fft.rfft(taps, fft_size).astype(np.complex64)


def filtered_blocks(
    samples: Samples, spectrum: Spectrum, taps: int, delay: int, span: tuple[int, int] | None = None
) -> Iterator[tuple[int, Samples]]:
    """Yield (start, block) of the filter's output over ``span`` of ``samples`` (overlap-save).

    ``taps`` is how many samples of the past the filter needs; ``delay`` is taken off the output, so a
    linear-phase filter of 2d + 1 taps stays in place with ``delay`` d. Outside ``samples`` is silence.
    """
    begin, end = span or (0, len(samples))
    fft_size = 2 * (len(spectrum) - 1)
    history = taps - 1
    step = (fft_size - history) // BLOCK_MULTIPLE_SAMPLES * BLOCK_MULTIPLE_SAMPLES
    window = np.zeros(fft_size, np.float32)
    for start in range(begin, end, step):
        first = start + delay - history
        piece = samples[max(first, 0) : max(first + fft_size, 0)]
        at = max(-first, 0)
        window[:at] = 0
        window[at : at + len(piece)] = piece
        window[at + len(piece) :] = 0
        block: Samples = np.fft.irfft(np.fft.rfft(window) * spectrum, fft_size).astype(np.float32, copy=False)
        yield start, block[history : history + min(step, end - start)]


def filtered(samples: Samples, taps: npt.NDArray[np.float64], fft_size: int = 32_768) -> Samples:
    """Return ``samples`` through a linear-phase FIR filter, in place on the timeline, same length."""
    out = np.empty(len(samples), np.float32)
    spectrum = spectrum_of(taps, fft_size)
    for start, block in filtered_blocks(samples, spectrum, len(taps), len(taps) // 2):
        out[start : start + len(block)] = block
    return out


def decibels(ratio: float, floor_db: float) -> float:
    """Return an amplitude ratio in dB, never below ``floor_db``."""
    return max(20 * float(np.log10(ratio)), floor_db) if ratio > 0 else floor_db


def amplitude(level_db: float) -> float:
    """Return the amplitude ratio of a level in dB."""
    return float(10 ** (level_db / 20))
