"""The meter against EBU Tech 3341 and 3342, and against ffmpeg's."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from speechlike import body, ffmpeg_reads, opening, sentence, write_wave

from truyenthanh.mixing.filtering import from_pcm
from truyenthanh.mixing.loudness import (
    SILENCE_LUFS,
    energies,
    integrated_lufs,
    loudness_range_lu,
    max_momentary,
    max_short_term,
    slot_powers,
    true_peak_dbtp,
    weighting_of,
)

Samples = npt.NDArray[np.float32]


def tone(*parts: tuple[float, float], hertz: float = 1000) -> Samples:
    """Return a sine at each (level in dBFS, seconds) in turn."""
    levels = np.concatenate([np.full(round(s * 48_000), 10 ** (db / 20)) for db, s in parts])
    return np.asarray(levels * np.sin(2 * np.pi * hertz * np.arange(len(levels)) / 48_000), np.float32)


@pytest.mark.parametrize(
    ("case", "parts", "lufs"),
    [
        (1, [(-23, 20)], -23),
        (2, [(-33, 20)], -33),
        (3, [(-36, 10), (-23, 60), (-36, 10)], -23),
        (4, [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        (5, [(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
)
def test_tech_3341_signals_in_two_channels(case: int, parts: list[tuple[float, float]], lufs: float) -> None:
    assert integrated_lufs(energies(tone(*parts)), channels=2) == pytest.approx(lufs, abs=0.03)


def test_tech_3341_case_6_five_channels_by_their_weights() -> None:
    sides, centre, surround = (energies(tone((db, 20))) for db in (-28, -24, -30))
    together = 2 * sides + centre + 2 * 1.41 * surround
    assert integrated_lufs(together) == pytest.approx(-23, abs=0.02)


def test_tech_3341_cases_9_and_12_short_term_and_momentary() -> None:
    short_term = np.tile(tone((-20, 1.34), (-30, 1.66)), 5)
    momentary = np.tile(tone((-20, 0.18), (-30, 0.22)), 25)
    assert max_short_term(energies(short_term), 2) == pytest.approx(-23, abs=0.1)
    assert max_momentary(energies(momentary), 2) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize(
    ("parts", "lra"),
    [
        ([(-20, 20), (-30, 20)], 10),
        ([(-20, 20), (-15, 20)], 5),
        ([(-40, 20), (-20, 20)], 20),
        ([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15),
    ],
)
def test_tech_3342_signals(parts: list[tuple[float, float]], lra: float) -> None:
    assert loudness_range_lu(energies(tone(*parts)), 2) == pytest.approx(lra, abs=0.1)


@pytest.mark.parametrize("hertz", [30, 60, 200, 1000, 3000, 12_000])
def test_ffmpeg_hears_the_weighting_alike(tmp_path: Path, hertz: float) -> None:
    samples = tone((-20, 5), hertz=hertz)
    theirs = ffmpeg_reads(write_wave(tmp_path / "tone.wav", samples))["lufs"]
    assert integrated_lufs(energies(samples)) == pytest.approx(theirs, abs=0.06)


@pytest.mark.parametrize("seed", [1, 2])
def test_ffmpeg_agrees_on_speech(tmp_path: Path, seed: int) -> None:
    samples = np.concatenate([sentence(9, seed, 48_000), 0.2 * sentence(9, seed + 9, 48_000, 220)])
    theirs = ffmpeg_reads(write_wave(tmp_path / "speech.wav", samples))
    ours = energies(samples)
    assert integrated_lufs(ours) == pytest.approx(theirs["lufs"], abs=0.06)  # it prints tenths
    assert loudness_range_lu(ours) == pytest.approx(theirs["lra"], abs=0.15)
    assert true_peak_dbtp(samples) == pytest.approx(theirs["peak"], abs=0.15)


def test_an_episode_measures_as_its_sections_do_one_after_the_other() -> None:
    sections = [from_pcm(section.pcm) for section in (opening(), body(), opening())]
    joined = np.concatenate([energies(section) for section in sections])
    whole = energies(np.concatenate(sections))
    assert len(joined) == len(whole)
    for measure in (integrated_lufs, loudness_range_lu, max_momentary, max_short_term):
        assert measure(joined) == pytest.approx(measure(whole), abs=0.01)


def test_two_equal_channels_are_three_decibels_louder() -> None:
    slots = energies(sentence(3, 1, 48_000))
    assert integrated_lufs(slots, 2) - integrated_lufs(slots) == pytest.approx(3.01, abs=0.02)


@pytest.mark.parametrize("samples", [np.zeros(96_000, np.float32), np.zeros(0, np.float32), tone((-3, 0.2))])
def test_silence_and_what_is_too_short_have_the_figure_of_silence(samples: Samples) -> None:
    slots = energies(samples)
    assert integrated_lufs(slots) == SILENCE_LUFS
    assert max_short_term(slots) == SILENCE_LUFS
    assert loudness_range_lu(slots) == 0


def test_what_fades_below_all_hearing_has_no_weighting() -> None:
    fading = (0.1 * np.exp(-np.arange(96_000) / 900) * np.sin(np.arange(96_000) * 0.02)).astype(np.float32)
    powers = slot_powers(fading)
    weighting = weighting_of(energies(fading), powers)
    assert 0.5 < weighting[0] < 2
    assert weighting[(powers > 0) & (powers < 1e-13)].max() == 0
