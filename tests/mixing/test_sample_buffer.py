"""A tape in the memory and one on the disk hold the same, and are measured as one array is."""

from collections.abc import Callable

import numpy as np
import pytest
from speechlike import sentence

from truyenthanh.mixing import FRAME_SAMPLES
from truyenthanh.mixing.filtering import Samples
from truyenthanh.mixing.loudness import energies, true_peak_dbtp
from truyenthanh.mixing.sample_buffer import (
    IN_MEMORY_SAMPLES,
    WINDOW_SAMPLES,
    FileTape,
    MemoryTape,
    SampleBuffer,
    processed,
    tape_for,
    windows,
)
from truyenthanh.mixing.windowed_meters import energies_of, frame_powers_of, true_peak_of

EVERY = pytest.mark.parametrize("kind", [MemoryTape, FileTape])


def speech() -> Samples:
    """Return 75 s: three windows, the last one shorter."""
    one = np.concatenate([sentence(5, seed, 48_000) for seed in range(15)])
    return one[: len(one) // FRAME_SAMPLES * FRAME_SAMPLES]


SPEECH = speech()


def tape_of(kind: Callable[[], SampleBuffer], samples: Samples, step: int = 100_003) -> SampleBuffer:
    tape = kind()
    for start in range(0, len(samples), step):
        tape.append(samples[start : start + step])
    return tape


@EVERY
def test_what_was_recorded_is_read_back_and_beyond_is_silence(kind: Callable[[], SampleBuffer]) -> None:
    tape = tape_of(kind, SPEECH)
    assert tape.samples == len(SPEECH)
    np.testing.assert_array_equal(tape.read(0, len(SPEECH)), SPEECH)
    np.testing.assert_array_equal(tape.read(99_000, 201_000), SPEECH[99_000:201_000])
    np.testing.assert_array_equal(tape.read(-100, 50), np.pad(SPEECH[:50], (100, 0)))
    np.testing.assert_array_equal(tape.read(len(SPEECH) - 7, len(SPEECH) + 5), np.pad(SPEECH[-7:], (0, 5)))
    for start, end in ((-30, -10), (len(SPEECH) + 3, len(SPEECH) + 9), (4, 4)):
        np.testing.assert_array_equal(tape.read(start, end), np.zeros(end - start, np.float32))
    tape.read(0, 10)[:] = 1  # a reader's copy
    np.testing.assert_array_equal(tape.read(0, 10), SPEECH[:10])


@EVERY
def test_windows_and_what_is_made_of_them_cover_the_tape_once(kind: Callable[[], SampleBuffer]) -> None:
    tape = tape_of(kind, SPEECH)
    assert [start for start, _ in windows(tape)] == [0, WINDOW_SAMPLES, 2 * WINDOW_SAMPLES]
    shifted = np.concatenate(list(processed(tape, lambda window: np.roll(window, 3), 5)))
    np.testing.assert_array_equal(shifted, np.pad(SPEECH, (3, 0))[: len(SPEECH)])


@EVERY
def test_a_tape_measures_as_an_array_does(kind: Callable[[], SampleBuffer]) -> None:
    tape = tape_of(kind, SPEECH)
    np.testing.assert_allclose(energies_of(tape), energies(SPEECH), rtol=1e-3, atol=1e-9)
    rows = SPEECH.astype(np.float64).reshape(-1, FRAME_SAMPLES)
    np.testing.assert_allclose(frame_powers_of(tape), (rows**2).mean(axis=1), rtol=1e-5)
    assert true_peak_of(tape) == pytest.approx(true_peak_dbtp(SPEECH), abs=1e-4)


def test_a_peak_that_stands_at_a_seam_is_not_made_higher_by_it() -> None:
    tone = np.sin(2 * np.pi * 5000 * np.arange(WINDOW_SAMPLES + 60_000) / 48_000 + 0.4).astype(np.float32)
    tone[:1000] *= np.linspace(0, 1, 1000, dtype=np.float32)
    tone[-1000:] *= np.linspace(1, 0, 1000, dtype=np.float32)
    assert true_peak_of(tape_of(MemoryTape, tone)) == pytest.approx(true_peak_dbtp(tone), abs=0.001)


def test_long_sound_goes_to_the_disk() -> None:
    assert isinstance(tape_for(IN_MEMORY_SAMPLES), MemoryTape)
    assert isinstance(tape_for(IN_MEMORY_SAMPLES + 1), FileTape)
