import numpy as np
import pytest
from speechlike import sentence

from truyenthanh.errors import SoundError
from truyenthanh.mixing.clip import level_clip, trimmed
from truyenthanh.mixing.filtering import from_pcm
from truyenthanh.mixing.loudness import energies, integrated_lufs, loudness_of

PAD = 480  # 10 ms


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("gain", [1.0, 0.003, 0.00003])
def test_a_clip_stands_at_the_speech_level_whatever_it_came_with(rate_hz: int, gain: float) -> None:
    samples = from_pcm(level_clip(sentence(3, 1, rate_hz) * np.float32(gain), rate_hz))
    assert integrated_lufs(energies(samples)) == pytest.approx(-23, abs=0.02)


def test_a_short_clip_is_levelled_by_its_whole_energy() -> None:
    tone = np.sin(np.arange(4800) / 48_000 * 2 * np.pi * 800).astype(np.float32)  # 100 ms
    samples = from_pcm(level_clip(tone, 48_000))
    assert loudness_of(float(energies(samples).mean())) == pytest.approx(-23, abs=0.1)


def test_a_clip_of_less_than_a_slot_is_still_a_clip() -> None:
    assert level_clip(np.ones(20, np.float32) * 0.5, 48_000)


def test_silence_around_speech_becomes_a_pad_of_known_length() -> None:
    tone = np.sin(np.arange(48_000) / 48_000 * 2 * np.pi * 1000 + 1.0).astype(np.float32)
    padded = np.concatenate([np.zeros(30_000, np.float32), tone, np.full(9_000, 1e-4, np.float32)])
    assert len(level_clip(padded, 48_000)) // 2 == pytest.approx(48_000 + 2 * PAD, abs=4)
    assert len(level_clip(tone, 48_000)) // 2 == pytest.approx(48_000 + 2 * PAD, abs=4)


def test_a_clip_starts_and_ends_at_zero() -> None:
    samples = from_pcm(level_clip(sentence(2, 3), 22_050))
    assert np.abs(samples[:24]).max() < 0.001
    assert np.abs(samples[-24:]).max() < 0.001


def test_peaks_stay_below_full_scale_even_if_the_level_must_give_way() -> None:
    clicks = np.zeros(48_000, np.float32)
    clicks[::4000] = 1
    samples = from_pcm(level_clip(clicks, 48_000))
    assert 0.9 < np.abs(samples).max() < 0.99


def test_pitch_and_length_survive_resampling() -> None:
    tone = np.sin(np.arange(22_050) / 22_050 * 2 * np.pi * 5000).astype(np.float32)
    samples = from_pcm(level_clip(tone, 22_050))[PAD + 4800 : PAD + 4800 + 24_000]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    assert int(spectrum.argmax()) == 2500  # half a second: two lines a hertz
    assert np.delete(spectrum, slice(2450, 2550)).max() < spectrum.max() * 10 ** (-80 / 20)


def test_the_same_sound_gives_the_same_clip() -> None:
    assert level_clip(sentence(2, 5), 22_050) == level_clip(sentence(2, 5), 22_050)


@pytest.mark.parametrize(
    "samples", [np.zeros(0, np.float32), np.zeros(5000, np.float32), np.full(500, np.nan, np.float32)]
)
def test_nothing_to_hear_is_an_error(samples: np.ndarray) -> None:
    with pytest.raises(SoundError) as caught:
        level_clip(samples, 22_050)
    assert caught.value.key == "mixing.clip_without_sound"
    assert str(caught.value)


def test_exactly_the_pad_is_kept_around_the_first_and_last_sample_that_is_heard() -> None:
    speech = np.full(1000, 0.5, np.float32)
    room = np.pad(speech, 5000)
    np.testing.assert_array_equal(trimmed(room, 48_000), np.pad(speech, PAD))
    np.testing.assert_array_equal(trimmed(speech, 48_000), np.pad(speech, PAD))
