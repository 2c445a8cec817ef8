"""The chain for horns on real speech: band, tones, pauses, noise, blocks, and what is heard above noise."""

from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from pitch import pitch_hz
from speechlike import sentence

from truyenthanh.engines import ENGINES
from truyenthanh.mixing import clipping, compression, noise, shaping, voicing
from truyenthanh.mixing.clip import level_clip
from truyenthanh.mixing.clipping import cut_peaks
from truyenthanh.mixing.compression import compressed
from truyenthanh.mixing.filtering import Samples, amplitude, filtered, from_pcm, to_pcm
from truyenthanh.mixing.findings import BELOW_BAND_SHARE, HORN_BAND_SHARE
from truyenthanh.mixing.horn import CONTEXT_SAMPLES, GRID_SAMPLES, band, for_horns, in_blocks
from truyenthanh.mixing.limiter import limit
from truyenthanh.mixing.masters import EDGE_SAMPLES, finish
from truyenthanh.mixing.mp3 import decode
from truyenthanh.mixing.profiles import MASTERS
from truyenthanh.mixing.shaping import shaped
from truyenthanh.mixing.sounds import builtin_sound
from truyenthanh.mixing.stitch import Stitched, stitch
from truyenthanh.model import Voice

TEXT = (
    "Ma, má, mà, mả, mã, mạ.",
    "Chuyển đổi số là toàn diện, mọi nơi, mọi chỗ, không còn cái gọi là nửa này nửa kia.",
    "Phòng kế toán có thể làm nhưng phòng tổ chức cán bộ thì chưa làm.",
)
VOICES = {"vi+f1": 40, "vi+m3": 50, "vi+f3": 60}
ALL = pytest.mark.parametrize("voice", VOICES)


@cache
def spoken(voice: str) -> Stitched:
    said = [ENGINES["espeak"].speak((line,), Voice(voice, rate=150, pitch=VOICES[voice])) for line in TEXT]
    return stitch([(level_clip(sound.samples, sound.rate_hz), 400) for sound in said])


@cache
def plain(voice: str) -> Samples:
    return from_pcm(spoken(voice).pcm)


@cache
def heard(voice: str) -> Samples:
    return mastered(spoken(voice).pcm)


def mastered(pcm: bytes) -> Samples:
    return decode(finish(pcm, MASTERS["loudspeaker"]).audio, 128)


def decibels(samples: npt.NDArray[np.float32]) -> float:
    return 10 * float(np.log10((samples.astype(np.float64) ** 2).mean() + 1e-12))


def inside(voice: str) -> npt.NDArray[np.bool_]:
    """Which samples lie in a sentence."""
    mask = np.zeros(len(plain(voice)), bool)
    for start, end in spoken(voice).spans:
        mask[start:end] = True
    return mask


@ALL
def test_it_has_the_band_the_level_and_the_peaks_of_a_horn(voice: str) -> None:
    samples = heard(voice)
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / 48_000)
    assert power[hertz < 200].sum() < 1e-3 * power.sum()
    assert power[hertz < 250].sum() < BELOW_BAND_SHARE * power.sum()
    assert power[hertz < 300].sum() < 0.03 * power.sum()
    assert power[(hertz > 300) & (hertz < 6000)].sum() > 0.965 * power.sum()
    assert decibels(samples) == pytest.approx(-13.5, abs=0.5)
    assert np.abs(samples).max() < amplitude(-1.0)
    assert len(samples) == len(plain(voice))


@ALL
def test_the_tones_survive(voice: str) -> None:
    before, after = pitch_hz(plain(voice)), pitch_hz(heard(voice))
    voiced = ~np.isnan(before) & ~np.isnan(after)
    assert voiced.sum() > 0.4 * (~np.isnan(before)).sum()
    off = np.abs(12 * np.log2(after[voiced] / before[voiced]))
    assert np.median(off) <= 0.1  # semitones
    assert (off > 12 * np.log2(1.2)).mean() <= 0.05


@ALL
def test_pauses_are_silent_and_both_ends_clean(voice: str) -> None:
    samples, spans = heard(voice), spoken(voice).spans
    speech = decibels(samples[inside(voice)])
    for (_, end), (start, _) in pairwise(spans):
        assert decibels(samples[end + 1440 : start - 1440]) - speech < -50
    assert np.abs(samples[: EDGE_SAMPLES - 480]).max() < 1e-3
    assert np.abs(samples[-EDGE_SAMPLES:]).max() < 1e-3


@pytest.mark.parametrize("noise_db", [-50, -40, -30])
def test_the_noise_of_a_recording_is_not_raised_above_its_place(noise_db: float) -> None:
    samples, said = plain("vi+f1"), inside("vi+f1")
    hiss = np.random.default_rng(1).standard_normal(len(samples)).astype(np.float32)
    hiss *= np.float32(10 ** ((decibels(samples[said]) + noise_db) / 20))
    noisy = samples + hiss
    noisy[:3456] = noisy[-4608:] = 0
    made = mastered(to_pcm(noisy))
    (_, first), (second, _), *_ = spoken("vi+f1").spans
    pause = slice(first + 2400, second - 2400)
    assert decibels(made[pause]) - decibels(made[said]) < noise_db + 1


def test_where_blocks_fall_does_not_matter() -> None:
    samples = np.concatenate([plain(voice) for voice in VOICES])
    samples[300_000:] += 1e-3 * np.random.default_rng(2).standard_normal(len(samples) - 300_000).astype(
        np.float32
    )

    def chain(piece: Samples) -> Samples:
        return compressed(filtered(shaped(piece), band()))

    whole = chain(samples)
    assert len(samples) > 4 * CONTEXT_SAMPLES
    for block in (100 * GRID_SAMPLES, 173 * GRID_SAMPLES):
        assert np.abs(in_blocks(samples, chain, block) - whole).max() < 1e-5 * np.abs(whole).max()
    assert np.abs(for_horns(samples) - whole).max() < 1e-5 * np.abs(whole).max()


def test_nothing_moves_in_time() -> None:
    click = np.zeros(48_000, np.float32)
    click[24_000] = 0.5
    made = for_horns(click)
    assert len(made) == 48_000
    assert int(np.abs(made).argmax()) == 24_000
    assert np.abs(made[: 24_000 - 1152]).max() < 1e-3 * np.abs(made).max()
    assert np.abs(made[24_000 + 1152 :]).max() < 1e-3 * np.abs(made).max()


def test_a_chime_stays_a_chime() -> None:
    section = stitch([(builtin_sound("chime"), 300), (level_clip(sentence(3, 1), 22_050), 300)])
    made = from_pcm(section.pcm)
    out = for_horns(made)
    (begin, end), (start, stop) = section.spans
    assert decibels(out[begin:end]) < decibels(out[start:stop]) + 1
    power = np.abs(np.fft.rfft(out[begin:end])) ** 2
    hertz = np.fft.rfftfreq(end - begin, 1 / 48_000)
    notes = sum(
        float(power[np.abs(hertz - ratio * note) < 12].sum())
        for note in (523.25, 659.26, 783.99, 1046.5)
        for ratio in (1, 2, 3.01, 5.43)
    )
    assert notes > 0.9 * power.sum()
    assert len(mastered(stitch([(builtin_sound("chime"), 0)]).pcm))


def band_levels(samples: Samples) -> npt.NDArray[np.float64]:
    """Return the levels of ten third-octaves from 400 Hz to 3.2 kHz in dB, every 16 ms."""
    rows = samples[: len(samples) // 768 * 768].reshape(-1, 768).astype(np.float64)
    rows = np.concatenate([rows[:-1], rows[1:]], axis=1) * np.hanning(1536)
    power = np.abs(np.fft.rfft(rows)) ** 2
    hertz = np.fft.rfftfreq(1536, 1 / 48_000).clip(1)
    centres = 400 * 2 ** (np.arange(10) / 3)
    bands = [power[:, np.abs(np.log2(hertz / centre)) < 1 / 6].sum(axis=1) for centre in centres]
    return np.asarray(10 * np.log10(np.stack(bands) + 1e-9))


def glimpses(played: Samples, clean: Samples, noise_db: float) -> float:
    """Return the share of speech that stands 3 dB above noise (Cooke 2006), a horn playing at one power.

    The noise has the spectrum of speech; ``noise_db`` is its level above the horn's.
    """
    heard_samples = filtered(played, band())
    heard_samples *= np.float32(0.06 / np.sqrt((heard_samples**2).mean()))
    spectrum = np.fft.rfft(np.random.default_rng(3).standard_normal(len(clean)))
    spectrum /= np.maximum(np.fft.rfftfreq(len(clean), 1 / 48_000) / 500, 1) ** 1.5
    hiss = np.fft.irfft(spectrum, len(clean))
    hiss *= 0.06 * amplitude(noise_db) / hiss.std()
    levels = band_levels(clean)
    speech = levels > levels.max(axis=1, keepdims=True) - 35
    return float((band_levels(heard_samples) > band_levels(hiss.astype(np.float32)) + 3)[speech].mean())


@ALL
@pytest.mark.parametrize("noise_db", [-9.0, -4.0])
def test_more_is_heard_above_three_decibels_more_noise_at_the_same_power(voice: str, noise_db: float) -> None:
    clean = plain(voice)
    assert glimpses(heard(voice), clean, noise_db + 3) > glimpses(clean, clean, noise_db)


def test_formants_are_sharpened_where_speech_is_voiced() -> None:
    bins = np.arange(shaping.BINS)
    vowel = 2 + np.cos(2 * np.pi * bins / 20) - bins / shaping.BINS
    hiss = 0.002 * vowel * (bins > 100)
    gain = shaping.sharpening_db(np.asarray(np.stack([vowel, hiss] * 3) * 100, np.float32))
    assert gain[0, 20] > 0.5 > -0.5 > gain[0, 30]  # a peak, a valley
    assert np.abs(gain[1]).max() < 0.1 * np.abs(gain[0]).max()


def test_a_sound_that_begins_is_raised_and_one_that_dies_away_is_lowered() -> None:
    power = np.full((300, len(shaping.BANDS_HZ)), 1e-4, np.float32)
    power[100:200, 3] = 1e-3
    levels = shaping.decibels_of(power)
    gain = shaping.onset_db(levels, power, levels.max(axis=0, keepdims=True))
    assert gain[[60, 160, 250], 3] == pytest.approx(0, abs=0.01)  # steady
    assert gain[100, 3] == pytest.approx(10 * shaping.ONSET, abs=0.1)
    assert gain[200, 3] == pytest.approx(-10 * shaping.ONSET, abs=0.1)
    assert gain[30:, 4] == pytest.approx(0, abs=0.01)


def test_after_a_pause_a_sound_gains_no_more_than_an_onset_may() -> None:
    power = np.zeros((100, len(shaping.BANDS_HZ)), np.float32)
    power[50:] = 1e-2
    levels = shaping.decibels_of(power)
    assert shaping.onset_db(levels, power, levels[-1:]).max() <= shaping.ONSET * shaping.MOST_ONSET_DB + 1e-4


def test_a_frame_that_stands_out_is_made_more_of_and_a_steady_sound_is_left() -> None:
    power = np.full((100, len(shaping.BANDS_HZ)), 1e-4, np.float32)
    power[20:40, 3] = 1e-3  # a sound
    power[60, [3, -2]] = 1e-3  # a frame
    power[80, 3] = 1e-5  # a dip
    gain = shaping.contrast_db(power)
    assert gain[[10, 30, 50, 95], 3] == pytest.approx(0, abs=1e-3)
    assert gain[60, 3] > 2 > gain[60, -2] > 1
    assert gain[80, 3] < -4
    assert (gain[[18, 41, 59, 61], 3] < [0, 0, -1, -1]).sum() == 4
    assert np.abs(shaping.contrast_db(np.zeros((30, len(shaping.BANDS_HZ)), np.float32))).max() == 0


def test_high_bands_are_drawn_together_more_than_low_ones() -> None:
    drawn = shaping.between(*shaping.FLATTENING)
    assert (np.diff(drawn) > 0).all()
    assert drawn[[0, -1]] == pytest.approx(shaping.FLATTENING, abs=0.01)


def test_voicing_is_high_level_with_few_zero_crossings() -> None:
    hertz = np.arange(100, dtype=np.float32) * 50
    vowel, hiss, low = np.zeros((3, 100), np.float32)
    vowel[10], hiss[80], low[10] = 1, 1, 0.01
    likely = voicing.voicing(np.stack([vowel, hiss, low]), hertz, 5)
    assert likely == pytest.approx([1, 1 / 8, 1 / 10], rel=0.01)


def test_a_soft_sound_gains_on_a_loud_one() -> None:
    power = np.full(6000, 10**-7.5)  # the noise of a recording
    for start, dbfs in ((200, -24), (2000, -39), (4000, -54)):
        power[start : start + 300] = 10 ** (dbfs / 10)
    gain = compression.gains_db(power)
    assert gain[[350, 2150, 4150]] == pytest.approx([0, 9, 16], abs=0.5)
    assert gain[700] < 0  # a pause


def test_the_envelope_rises_at_once_and_falls_slowly() -> None:
    level = np.array([-60.0, -20, -60, -60, -20.5])
    assert compression.released(level) == pytest.approx([-60, -20, -22, -24, -20.5])


def test_the_noise_is_the_lowest_level_nearby_but_no_digital_silence() -> None:
    level = np.full(100, -30.0)
    level[40], level[70:] = -50, -120
    silent = level < -100
    lowest = noise.lowest_nearby(level, silent, 2, 10)
    assert lowest[30:51] == pytest.approx(np.full(21, -50))
    assert lowest[20] == lowest[69] == -30
    assert lowest[90] == -np.inf


def test_a_pulse_is_cut_within_the_band_and_what_is_around_it_stays() -> None:
    at = np.arange(48_000)
    samples = (0.2 * np.sin(at * 0.1)).astype(np.float32)
    samples[20_000:20_200] += (np.hanning(200) * np.sin(np.arange(200) * 0.25)).astype(np.float32)
    before = samples.copy()
    cut = cut_peaks(samples, 0.6)
    assert (samples == before).all()
    assert np.abs(cut).max() < 0.65
    assert (cut[:19_900] == samples[:19_900]).all()
    assert (cut[20_300:] == samples[20_300:]).all()
    added = np.abs(np.fft.rfft((cut - samples)[19_000:21_048])) ** 2
    assert added[round(9000 / 48_000 * 2048) :].sum() < 1e-3 * added.sum()
    around = slice(20_000, 20_030)
    assert np.abs(limit(samples, -4.4) - samples)[around].max() > np.abs(cut - samples)[around].max()
    assert cut_peaks(samples, 2.0) is samples
    assert clipping.low_pass().sum() == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("pitch", [120.0, 190.0, 225.0, 245.0])
def test_the_fundamental_of_a_high_voice_does_not_come_through(pitch: float) -> None:
    at = np.arange(6 * 48_000) / 48_000
    turns = 2 * np.pi * np.cumsum(pitch * (1 + 0.03 * np.sin(2 * np.pi * 2 * at))) / 48_000
    voice = np.sum([np.sin(order * turns) / order**1.5 for order in range(1, 25)], axis=0)
    syllables = np.clip(2 * np.sin(2 * np.pi * 3 * at) + 0.5, 0, 1)
    made = for_horns((0.05 * voice * syllables).astype(np.float32))
    power = np.abs(np.fft.rfft(made)) ** 2
    hertz = np.fft.rfftfreq(len(made), 1 / 48_000)
    assert power[hertz < 250].sum() < BELOW_BAND_SHARE * power.sum()
    assert power[(hertz >= 300) & (hertz <= 6000)].sum() > HORN_BAND_SHARE * power.sum()
