"""True peak and the limiter that holds it."""

import numpy as np
import pytest
from speechlike import sentence

from truyenthanh.mixing.limiter import SLACK, gain_below, limit, sliding_minimum
from truyenthanh.mixing.truepeak import (
    BLOCK_SAMPLES,
    SILENCE_DBTP,
    TAPS,
    bend_bound,
    block_true_peaks,
    interpolator,
    peak_envelope,
    true_peak_dbtp,
)


@pytest.mark.parametrize("degrees", [0, 45, 60, 67.5])
@pytest.mark.parametrize("divisor", [4, 6, 8])
def test_tech_3341_cases_15_to_19_a_sine_peaks_between_its_samples(degrees: float, divisor: int) -> None:
    at = np.arange(48_000)
    rise = np.minimum(1, np.minimum(at, at[::-1]) / 4800)
    sine = (0.5 * rise * np.sin(2 * np.pi * at / divisor + np.radians(degrees))).astype(np.float32)
    assert -6.02 - 0.4 <= true_peak_dbtp(sine) <= -6.02 + 0.2


def test_the_blocks_that_are_skipped_hold_no_peak() -> None:
    for seed in range(4):
        samples = sentence(2, seed, 48_000)
        everywhere = float(peak_envelope(samples).max())
        assert true_peak_dbtp(samples) == pytest.approx(20 * np.log10(everywhere), abs=1e-4)


@pytest.mark.parametrize("place", [0, 5, BLOCK_SAMPLES - 1, BLOCK_SAMPLES, 2 * BLOCK_SAMPLES, 2999])
def test_a_peak_between_blocks_or_at_an_end_is_found(place: int) -> None:
    samples = np.zeros(3000, np.float32)
    samples[place] = 0.5
    samples[min(place + 1, 2999)] = 0.5  # the true peak lies between the two
    assert true_peak_dbtp(samples) > -6.1 + (1.5 if place < 2999 else 0)


@pytest.mark.parametrize(
    ("low", "high"), [(BLOCK_SAMPLES - 1, BLOCK_SAMPLES), (BLOCK_SAMPLES, BLOCK_SAMPLES - 1)]
)
def test_a_block_is_looked_at_for_its_neighbours_sake(low: int, high: int) -> None:
    samples = np.zeros(3000, np.float32)
    samples[low], samples[high] = 0.2, 0.5
    everywhere = float(peak_envelope(samples).max())
    assert everywhere > 0.501
    assert true_peak_dbtp(samples) == pytest.approx(20 * np.log10(everywhere), abs=1e-4)


@pytest.mark.parametrize("side", ["before", "behind"])
def test_what_lies_around_a_block_makes_it_high_by_the_taps_that_reach_it(side: str) -> None:
    half = interpolator()[1]
    samples = np.zeros(3 * BLOCK_SAMPLES, np.float32)
    if side == "behind":
        samples[2 * BLOCK_SAMPLES :][: TAPS // 2] = 0.5 * np.sign(half[TAPS // 2 :])
    else:
        samples[BLOCK_SAMPLES - 11 : BLOCK_SAMPLES] = 0.5 * np.sign(half[:11])
    true = float(peak_envelope(samples).reshape(3, -1)[1].max())
    assert true > 0.1
    assert block_true_peaks(samples, true - 1e-4)[1] == pytest.approx(true)


KINDS = {
    "noise": np.random.default_rng(1).standard_normal(40_000) / 4,
    "near half the rate": 0.5 * np.sin(np.arange(40_000) * 3.1),
    "a tone": 0.5 * np.sin(np.arange(40_000) * 0.9),
    "pulses": np.repeat(np.random.default_rng(2).standard_normal(400) / 4, 100)
    * (np.arange(40_000) % 100 < 2),
    "speech": sentence(1, 5, 48_000)[:40_000],
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_block_is_passed_over_whatever_the_signal(kind: str) -> None:
    samples = KINDS[kind].astype(np.float32)
    rows = -(-len(samples) // BLOCK_SAMPLES)
    padded = np.zeros(rows * BLOCK_SAMPLES, np.float32)
    padded[: len(samples)] = samples
    true = peak_envelope(padded).reshape(rows, -1).max(axis=1)
    for threshold in np.quantile(true, [0.1, 0.5, 0.9, 0.99]):
        found = block_true_peaks(samples, float(threshold))
        above = true > threshold + 1e-6
        np.testing.assert_allclose(found[above], true[above], rtol=1e-5)
        assert (found[~above] <= threshold + 1e-6).all()


@pytest.mark.parametrize("phase", [0, 1, 2])
def test_a_bend_adds_what_the_bound_says_and_no_more(phase: int) -> None:
    centre = TAPS // 2 - 1
    left = interpolator()[phase].copy()
    share = left @ (np.arange(TAPS) - centre)
    left[centre : centre + 2] -= [1 - share, share]
    worst = np.cumsum(np.cumsum(np.sign(np.cumsum(np.cumsum(left)))[::-1]))[::-1]  # whose bends are all ±1
    excess = abs(
        float(interpolator()[phase] @ worst) - (1 - share) * worst[centre] - share * worst[centre + 1]
    )
    assert excess <= bend_bound() * (1 + 1e-6)
    if phase == 1:
        assert excess == pytest.approx(bend_bound(), rel=0.05)


def test_silence_has_a_figure() -> None:
    assert true_peak_dbtp(np.zeros(5000, np.float32)) == SILENCE_DBTP
    assert true_peak_dbtp(np.zeros(0, np.float32)) == SILENCE_DBTP


@pytest.mark.parametrize("drive_db", [1, 6, 15])
@pytest.mark.parametrize("ceiling_dbtp", [-1.0, -3.0])
def test_nothing_passes_the_ceiling(drive_db: float, ceiling_dbtp: float) -> None:
    loud = sentence(4, 7, 48_000) * np.float32(2 * 10 ** (drive_db / 20))
    limited = limit(loud, ceiling_dbtp)
    assert true_peak_dbtp(limited) <= ceiling_dbtp + 0.05
    assert true_peak_dbtp(limited) >= ceiling_dbtp - 0.2  # and no more is taken than needed


@pytest.mark.parametrize("kind", ["noise", "a tone"])
def test_a_moving_gain_is_looked_at_again_for_the_peaks_it_shifts(kind: str) -> None:
    at = np.arange(40_000)
    tone = 1.5 * np.sin(at * 1.7) * (1 + 0.5 * np.sin(at * 0.003))
    loud = {"noise": np.random.default_rng(3).standard_normal(len(at)), "a tone": tone}[kind]
    assert true_peak_dbtp(limit(loud.astype(np.float32), -1.0)) == pytest.approx(-1.0, abs=0.06)


def test_what_passes_the_ceiling_by_no_more_than_the_slack_is_left_alone() -> None:
    ceiling = 0.89
    envelope = np.linspace(0, ceiling * SLACK, 2000, dtype=np.float32)
    assert (gain_below(envelope, ceiling) == 1).all()
    envelope[1000] = ceiling * 2
    assert gain_below(envelope, ceiling)[1000] == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize("place", [0, 1, BLOCK_SAMPLES // 2, BLOCK_SAMPLES - 1])
def test_wherever_in_its_block_a_peak_stands_the_gain_around_it_is_smooth(place: int) -> None:
    samples = 0.2 + 0.1 * np.sin(np.arange(40_000) * 0.05).astype(np.float32)
    samples[50 * BLOCK_SAMPLES + place] = 1.5
    gain = limit(samples, -1.0) / samples
    assert np.abs(np.diff(gain)).max() < 0.005


def test_what_is_low_enough_is_not_touched() -> None:
    quiet = sentence(2, 7, 48_000)
    assert limit(quiet, -1.0) is quiet


def test_only_the_neighbourhood_of_a_peak_is_touched_and_the_input_is_kept() -> None:
    samples = 0.1 * np.sin(np.arange(96_000) * 0.05).astype(np.float32)
    samples[50_000] = 1.5
    before = samples.copy()
    limited = limit(samples, -1.0)
    assert (samples == before).all()
    changed = np.flatnonzero(np.abs(limited - samples) > 1e-6)
    assert 49_000 < changed[0] < 50_000 < changed[-1] < 51_000
    there = np.abs(samples) > 0.01
    there[50_000] = False
    gain = limited[there] / samples[there]
    assert gain.min() < 0.65
    assert np.abs(np.diff(gain)).max() < 0.02  # smooth


def test_the_sliding_minimum_is_the_minimum() -> None:
    values = np.random.default_rng(1).random(300).astype(np.float32)
    for half in (1, 2, 7, 50):
        plain = [values[max(at - half, 0) : at + half + 1].min() for at in range(300)]
        assert (sliding_minimum(values, half) == np.array(plain)).all()


@pytest.mark.parametrize("apart", [700, 3 * BLOCK_SAMPLES, 2000, 12 * BLOCK_SAMPLES, 30_000])
def test_peaks_out_of_each_others_reach_are_lowered_as_each_alone(apart: int) -> None:
    wave = 0.6 + 0.2 * np.sin(np.arange(60_000) * 0.05).astype(np.float32)
    first, second = wave.copy(), wave.copy()
    first[10_000] = second[10_000 + apart] = 1.6
    both = np.maximum(first, second)
    gain = limit(first, -1.0) / first * (limit(second, -1.0) / second)
    np.testing.assert_allclose(limit(both, -1.0), both * gain, atol=1e-6)


def test_stretches_that_meet_are_gathered_without_a_step() -> None:
    loud = sentence(4, 7, 48_000) * np.float32(4)
    limited = limit(loud, -1.0)
    there = np.abs(loud) > 0.02
    gain = limited[there] / loud[there]
    assert gain.max() <= 1 + 1e-6
    far = np.ones(len(loud), bool)
    for place in np.flatnonzero(peak_envelope(loud) > 10 ** (-1 / 20)):
        far[max(place - 400, 0) : place + 400] = False
    assert far.sum() > 10_000
    np.testing.assert_allclose(limited[far], loud[far], rtol=1e-6)
