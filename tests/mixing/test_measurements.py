"""The figures of a file beside those of ffmpeg's meter; sounds whose figures are known; long files."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from planted import RATE_HZ, ffmpeg, sine, stereo, write_pcm
from speechlike import Samples, ffmpeg_reads, sentence, write_wave

from truyenthanh.errors import SoundError
from truyenthanh.mixing.containers import container_of
from truyenthanh.mixing.loudness import SLOT_SAMPLES
from truyenthanh.mixing.measurements import Quality, measure
from truyenthanh.mixing.meters import SampleMeter

MOST_MEMORY = """
import sys, tracemalloc
from pathlib import Path
from truyenthanh.mixing.measurements import measure
tracemalloc.start()
measure(Path(sys.argv[1]))
print(tracemalloc.get_traced_memory()[1])
"""


def spoken(rate_hz: int, channels: int) -> Samples:
    """Return speech of two loudnesses, its channels unlike each other."""
    one = np.concatenate([sentence(9, 1, rate_hz), 0.3 * sentence(9, 2, rate_hz, 220)])
    if channels == 1:
        return one
    return stereo(one, np.roll(one, rate_hz // 100) * np.float32(0.6))


def figures(path: Path) -> Quality:
    return measure(path)[0]


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("name", ["a.wav", "a.mp3"])
def test_ffmpeg_reads_the_same(tmp_path: Path, name: str, rate_hz: int, channels: int) -> None:
    path = ffmpeg(tmp_path / name, spoken(rate_hz, channels), "-ar", str(rate_hz), rate_hz=rate_hz)
    ours, theirs = figures(path), ffmpeg_reads(path)
    assert (ours.sample_rate_hz, ours.channels) == (rate_hz, channels)
    assert ours.levels.integrated_lufs == pytest.approx(theirs["lufs"], abs=0.1)
    assert ours.levels.loudness_range_lu == pytest.approx(theirs["lra"], abs=0.15)
    assert ours.levels.true_peak_dbtp == pytest.approx(theirs["peak"], abs=0.2)


def test_six_channels_have_their_weights(tmp_path: Path) -> None:
    dice = np.random.default_rng(1)
    six = np.asarray(dice.standard_normal((3 * RATE_HZ, 6)) * 0.03, np.float32)
    options = ("-af", "pan=5.1|c0=c0|c1=c1|c2=c2|c3=c3|c4=c4|c5=c5", "-c:a", "pcm_f32le")
    path = ffmpeg(tmp_path / "a.wav", six, *options)
    assert figures(path).levels.integrated_lufs == pytest.approx(ffmpeg_reads(path)["lufs"], abs=0.1)


def test_a_tone_has_the_figures_it_was_made_with(tmp_path: Path) -> None:
    quiet = np.zeros(RATE_HZ, np.float32)
    tone = np.concatenate([quiet, sine(997, 0.1, 4 * RATE_HZ), quiet, quiet, sine(997, 0.1, RATE_HZ), quiet])
    quality = figures(write_pcm(tmp_path / "a.wav", stereo(tone, tone)))
    assert quality.seconds == 9
    assert quality.bitrate_kbps == pytest.approx(1536, abs=1)
    silences = quality.silences
    assert (silences.silence_start_s, silences.silence_end_s) == pytest.approx((1, 1), abs=0.09)
    assert (silences.longest_gap_s, silences.gap_at_s) == pytest.approx((2, 5), abs=0.09)
    assert quality.levels.max_momentary_lufs == pytest.approx(-20, abs=0.1)  # Tech 3341: −23 dBFS, −23 LUFS
    assert quality.levels.rms_dbfs == pytest.approx(-25.56, abs=0.02)
    assert quality.levels.speaking_dbfs == pytest.approx(-23.01, abs=0.1)
    assert quality.stereo is not None
    assert (quality.stereo.correlation, quality.stereo.mono_loss_db) == (1, 0)
    assert quality.spectrum.horn_band_share > 0.99


@pytest.mark.parametrize(
    ("factor", "correlation", "loss_db", "weaker_db"),
    [(1, 1, 0, 0), (-1, -1, 100, 0), (0.5, 1, 0.46, 6.02), (0, 0, 3.01, 100)],
)
def test_two_channels_are_compared(
    tmp_path: Path, factor: float, correlation: float, loss_db: float, weaker_db: float
) -> None:
    speech = sentence(2, 1, RATE_HZ)
    found = figures(write_wave(tmp_path / "a.wav", stereo(speech, np.float32(factor) * speech))).stereo
    assert found is not None
    assert found.correlation == pytest.approx(correlation, abs=0.01)
    for value, expected in ((found.mono_loss_db, loss_db), (found.weaker_channel_db, weaker_db)):
        assert value > 50 if expected == 100 else value == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(("hertz", "heard"), [(50, True), (62, False), (500, False)])
def test_only_a_line_at_50_hz_is_hum(tmp_path: Path, hertz: float, heard: bool) -> None:
    speech = sentence(10, 1, RATE_HZ)
    quality = figures(write_wave(tmp_path / "a.wav", speech + sine(hertz, 0.02, len(speech))))
    assert (quality.spectrum.hum_dbfs > -60) is heard
    if heard:
        assert quality.spectrum.hum_dbfs == pytest.approx(-37, abs=0.3)


@pytest.mark.parametrize("rate_hz", [16_000, 44_100, 48_000])
def test_nothing_is_lost_or_found_twice_at_a_seam(tmp_path: Path, rate_hz: int) -> None:
    """Faults at every distance from the end of a stretch (2^18 samples)."""
    for shift in (-1100, -520, -3, -2, -1, 0, 1, 2, 515, 1000):
        samples = sine(300, 0.2, 300_000)
        at = (1 << 18) + shift
        samples[at] += 0.4
        samples[at + 3000 : at + 3006] = 1
        found = figures(write_wave(tmp_path / "a.wav", samples, rate_hz)).faults
        assert found.clipped_runs == 1, shift
        assert found.clipped_at_s == pytest.approx((round((at + 3000) / rate_hz, 2),))
        assert round(at / rate_hz, 2) in found.clicks_at_s, shift


def test_the_true_peak_does_not_see_where_the_file_was_cut_for_measuring(tmp_path: Path) -> None:
    samples = sine(1000, 0.5, 1_200_000)
    quality = figures(write_wave(tmp_path / "a.wav", samples))
    assert quality.levels.true_peak_dbtp == pytest.approx(-6.02, abs=0.06)


def test_slow_waves_have_no_flat_tops_and_noise_and_onsets_no_clicks(tmp_path: Path) -> None:
    dice = np.random.default_rng(3)
    noise = (0.2 * dice.standard_normal(5 * RATE_HZ)).astype(np.float32)
    noise[: RATE_HZ // 2] = noise[-RATE_HZ // 2 :] = 0
    noise[2 * RATE_HZ : 3 * RATE_HZ] = 0
    for samples in (sine(20, 0.99, 3 * RATE_HZ), sine(60, 1.0, 3 * RATE_HZ), np.clip(noise, -0.999, 0.99)):
        found = figures(write_pcm(tmp_path / "a.wav", samples)).faults
        assert (found.clipped_runs, found.flat_tops, found.clicks) == (0, 0, 0)


def test_the_length_and_the_course_are_those_of_the_file(tmp_path: Path) -> None:
    heard: list[float] = []
    quality, course = measure(write_wave(tmp_path / "a.wav", spoken(44_100, 2), 44_100), heard.append)
    assert quality.seconds == 18
    assert len(course.energies) == len(course.lows) == len(course.highs)
    assert len(course.energies) == pytest.approx(18 * RATE_HZ / SLOT_SAMPLES, abs=2)
    assert course.highs.max() == pytest.approx(0.5, abs=0.05)
    assert heard == sorted(heard)
    assert heard[-1] == 18


def test_a_long_file_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    second = sentence(1, 1, RATE_HZ)
    path = tmp_path / "a.wav"
    with soundfile.SoundFile(path, "w", RATE_HZ, 2, "PCM_16") as out:
        for _ in range(150):
            out.write(stereo(second, second))
    told = subprocess.run(  # alone: a thread that another test left behind would count too
        [sys.executable, "-c", MOST_MEMORY, str(path)], capture_output=True, text=True, check=True
    )
    assert int(told.stdout) < 40e6  # 150 s of two channels in float32 are 58 MB


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="không có"):
        measure(tmp_path / "không có.wav")


def test_an_mp3_inside_other_tags_is_counted_whole(tmp_path: Path) -> None:
    path = ffmpeg(tmp_path / "a.mp3", sentence(5, 1, RATE_HZ), "-b:a", "64k")
    before = container_of(path, "mp3", None)
    ape = b"APETAGEX" + (2000).to_bytes(4, "little") + (48).to_bytes(4, "little") + bytes(16)
    path.write_bytes(path.read_bytes() + bytes(16) + ape + b"TAG" + bytes(125))
    after = container_of(path, "mp3", None)
    assert (after.junk_bytes, after.missing_bytes) == (0, 0)
    assert (after.counted_samples, after.header_samples) == (before.counted_samples, before.header_samples)
    assert before.counted_samples == 5 * RATE_HZ


@pytest.mark.parametrize("cut", [-3500, -500, -200, -1, 0, 1, 10, 100, 300, 470, 700, 3000, 3200])
def test_a_high_peak_is_found_wherever_a_file_was_cut_for_measuring(cut: int) -> None:
    samples = np.zeros((90_000, 1), np.float32)
    samples[40_000:40_002] = 0.8  # between the two it is higher
    meter = SampleMeter(48_000, 1)
    for stretch in np.split(samples, [40_001 + cut]):
        meter.add(stretch)
    meter.close()
    assert meter.true_peak > 0.95
    (found_s,) = meter.faults((0.0, 0.0)).high_peaks_at_s
    assert found_s == pytest.approx(40_000 / 48_000, abs=0.011)
