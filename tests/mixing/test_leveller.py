"""Evening out a voice that comes and goes: half the way, and pauses stay as far below speech as they were."""

import numpy as np
import pytest
from speechlike import Samples, body, sentence

from truyenthanh.mixing.filtering import from_pcm
from truyenthanh.mixing.leveller import levelled_evenly, levelling_gains_db, needs_levelling
from truyenthanh.mixing.loudness import energies, integrated_lufs, loudness_range_lu
from truyenthanh.mixing.masters import in_voicing
from truyenthanh.mixing.profiles import MASTERS

NOISE_DB = -60


def wandering(depth_db: float = 8.0) -> Samples:
    """Return 40 s of speech in a room, whose speaker sways by ``depth_db`` to either side every 20 s."""
    pieces = [np.pad(sentence(2.6, seed, 48_000), (0, 19_200)) for seed in range(14)]
    whole = np.concatenate(pieces)
    swell = depth_db * np.sin(2 * np.pi * np.arange(len(whole)) / (20 * 48_000))
    noise = np.random.default_rng(1).standard_normal(len(whole)) * 10 ** (NOISE_DB / 20)
    return (0.2 * whole * 10 ** (swell / 20) + noise).astype(np.float32)


def even(samples: Samples) -> Samples:
    """Return a voice evened out, whether it needs that or not."""
    return levelled_evenly(samples, levelling_gains_db(energies(samples)))


def test_a_voice_that_wanders_is_brought_half_the_way_together() -> None:
    samples = wandering()
    before = loudness_range_lu(energies(samples))
    after = loudness_range_lu(energies(even(samples)))
    assert before > 10
    assert after == pytest.approx(before / 2, abs=1.5)


def test_an_even_voice_is_left_to_the_sample() -> None:
    for samples in (from_pcm(body().pcm), wandering(1.0)):
        assert not needs_levelling(energies(samples))
        assert in_voicing(samples, MASTERS["podcast"]).sound is samples


def test_a_podcast_gets_a_wandering_voice_evened_out_and_its_level_after_that() -> None:
    samples, podcast = wandering(), MASTERS["podcast"]
    voiced = in_voicing(samples, podcast)
    np.testing.assert_array_equal(voiced.sound, even(samples))
    assert voiced.level == integrated_lufs(energies(even(samples)))
    assert abs(voiced.level - integrated_lufs(energies(samples))) > 0.1
    for master in (podcast, MASTERS["radio"]):
        steady = in_voicing(from_pcm(body().pcm), master)
        assert steady.level == integrated_lufs(energies(from_pcm(body().pcm)))


def test_the_loudness_of_the_whole_stays_about_what_it_was() -> None:
    samples = wandering()
    levelled = even(samples)
    assert integrated_lufs(energies(levelled)) == pytest.approx(integrated_lufs(energies(samples)), abs=1.5)


def test_a_pause_moves_with_the_speech_around_it_and_no_further() -> None:
    gains = levelling_gains_db(energies(wandering()))
    for pause in range(1, 14):
        middle = int((pause * 3.0 - 0.2) * 250)
        around = gains[[middle - 100, middle + 100]]
        assert around.min() - 0.6 < gains[middle] < around.max() + 0.6
    assert np.abs(np.diff(gains)).max() < 0.15  # 4 ms: no step that can be heard


def test_silence_before_and_after_is_not_raised() -> None:
    samples = np.pad(wandering(), 96_000)
    levelled = even(samples)
    assert not levelled[:90_000].any()
    gains = levelling_gains_db(energies(samples))
    assert np.ptp(gains[:400]) < 0.2
