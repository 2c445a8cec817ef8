"""Any sound file finished as a master, through the command, measured by ffmpeg."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from commands import inside, truyenthanh
from speechlike import Samples, ffmpeg_decodes, ffmpeg_reads, sentence
from test_soundfiles import write_m4a

from truyenthanh.mixing import FRAME_SAMPLES
from truyenthanh.mixing.loudness import energies, loudness_range_lu, true_peak_dbtp
from truyenthanh.mixing.sample_buffer import WINDOW_SAMPLES

pytestmark = pytest.mark.slow(8)

RATE_HZ = 44_100
MASTERS = ("podcast", "radio", "loudspeaker")


def recording(seconds: float, rate_hz: int = RATE_HZ, noise_db: float = -60) -> Samples:
    """Return somebody speaking in a room, with pauses."""
    pieces = [
        np.pad(sentence(2.4, seed, rate_hz), (0, rate_hz // 2)) for seed in range(int(seconds / 2.9) + 1)
    ]
    whole = np.concatenate(pieces)[: int(seconds * rate_hz)]
    noise = np.random.default_rng(1).standard_normal(len(whole)) * 10 ** (noise_db / 20)
    return (0.3 * whole + noise).astype(np.float32)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 s of speech at 44.1 kHz on two channels, with an offset and a hum."""
    path = tmp_path_factory.mktemp("vào") / "bản thu.wav"
    samples = recording(12)
    hum = 0.05 * np.sin(2 * np.pi * 20 * np.arange(len(samples)) / RATE_HZ) + 0.05
    soundfile.write(path, np.column_stack([samples + hum, samples + hum]), RATE_HZ)
    return path


def finished(folder: Path, name: str, source: Path, out: str) -> Path:
    run = inside(folder, "master", name, str(source), out)
    assert run.returncode == 0, run.stderr
    assert out in run.stdout
    return folder / out


@pytest.mark.parametrize("ending", ["mp3", "wav"])
@pytest.mark.parametrize("name", MASTERS)
def test_every_master_meets_its_level_and_peak_in_either_file(
    tmp_path: Path, source: Path, name: str, ending: str
) -> None:
    path = finished(tmp_path, name, source, f"ra.{ending}")
    read, info = ffmpeg_reads(path), soundfile.info(path)
    assert info.samplerate == 48_000
    assert info.channels == (1 if ending == "mp3" and name != "radio" else 2)
    assert read["peak"] <= -0.95  # it prints tenths
    if name == "loudspeaker":
        power = float((ffmpeg_decodes(path).astype(np.float64) ** 2).mean())
        assert 10 * np.log10(power) == pytest.approx(-13.5, abs=0.2)
    else:
        level = -23.0 if name == "radio" else -19.0 if ending == "mp3" else -16.0
        assert read["lufs"] == pytest.approx(level, abs=0.11)
    assert info.frames / 48_000 == pytest.approx(12 + 0.168, abs=0.03)
    samples, _ = soundfile.read(path, always_2d=True)
    for edge in (samples[:2400], samples[-2400:]):
        assert np.abs(edge).max() < 10 ** (-60 / 20)


def test_offset_and_hum_are_gone_and_the_voice_is_not(tmp_path: Path, source: Path) -> None:
    samples, _ = soundfile.read(finished(tmp_path, "radio", source, "ra.wav"))
    power = np.abs(np.fft.rfft(samples[:, 0])) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / 48_000)
    assert abs(samples[:, 0].mean()) < 1e-4
    assert power[hertz < 25].sum() < 1e-3 * power.sum()  # it was more than the voice
    assert power[(hertz > 100) & (hertz < 4000)].sum() > 0.95 * power.sum()


def test_a_phones_m4a_an_mp3_and_one_channel_of_two_that_cancel(tmp_path: Path) -> None:
    samples = recording(5)
    write_m4a(tmp_path / "a.m4a", samples)
    soundfile.write(tmp_path / "b.mp3", samples, RATE_HZ)
    soundfile.write(tmp_path / "c.wav", np.column_stack([samples, -samples]), RATE_HZ)
    for source in ("a.m4a", "b.mp3", "c.wav"):
        path = finished(tmp_path, "podcast", tmp_path / source, f"{source}.mp3")
        assert ffmpeg_reads(path)["lufs"] == pytest.approx(-19, abs=0.11)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path, source: Path) -> None:
    one = finished(tmp_path, "loudspeaker", source, "a.mp3")
    assert truyenthanh(tmp_path, "master", "loudspeaker", str(source), "b.mp3").returncode == 0
    assert (tmp_path / "b.mp3").read_bytes() == one.read_bytes()


def test_a_voice_that_wanders_is_evened_out_for_the_podcast_and_left_alone_on_the_radio(
    tmp_path: Path,
) -> None:
    samples = recording(36)
    swell = 8 * np.sin(2 * np.pi * np.arange(len(samples)) / (18 * RATE_HZ))
    soundfile.write(tmp_path / "a.wav", (0.4 * samples * 10 ** (swell / 20)).astype(np.float32), RATE_HZ)
    ranges = {
        name: ffmpeg_reads(finished(tmp_path, name, tmp_path / "a.wav", f"{name}.wav"))["lra"]
        for name in ("podcast", "radio")
    }
    assert ranges["radio"] > 9
    assert ranges["podcast"] < 0.7 * ranges["radio"]


@pytest.mark.parametrize(("name", "apart_db"), [("radio", -45), ("loudspeaker", -25)])
def test_windows_leave_no_seam(tmp_path: Path, name: str, apart_db: float) -> None:
    """What stands around the seam of two windows is what the same sound gives elsewhere in a window."""
    samples, shift = recording(66, 48_000), 7 * 48_000 // FRAME_SAMPLES * FRAME_SAMPLES
    soundfile.write(tmp_path / "a.wav", samples, 48_000, subtype="FLOAT")
    whole, _ = soundfile.read(finished(tmp_path, name, tmp_path / "a.wav", "a-ra.wav"), dtype="float32")
    soundfile.write(tmp_path / "b.wav", samples[shift:], 48_000, subtype="FLOAT")
    later, _ = soundfile.read(finished(tmp_path, name, tmp_path / "b.wav", "b-ra.wav"), dtype="float32")
    seam = slice(WINDOW_SAMPLES - 24_000, WINDOW_SAMPLES + 24_000)
    there, here = whole[seam, 0], later[seam.start - shift : seam.stop - shift, 0]
    gain = float(there @ here) / float(here @ here)
    assert 20 * np.log10(np.abs(there - gain * here).max() / np.abs(there).max()) < apart_db
    assert np.abs(np.diff(there)).max() < 0.4


def test_a_recording_that_was_clipped_stays_below_the_peak(tmp_path: Path) -> None:
    loud = np.clip(3 * recording(6), -1, 1)
    soundfile.write(tmp_path / "a.wav", loud, RATE_HZ)
    samples, _ = soundfile.read(finished(tmp_path, "podcast", tmp_path / "a.wav", "ra.mp3"), dtype="float32")
    assert true_peak_dbtp(samples) <= -1.0
    assert loudness_range_lu(energies(samples)) < 8


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bass", "a.wav", "b.mp3"], "radio, loudspeaker"),
        (["radio", "a.wav", "b.ogg"], ".mp3, .wav"),
        (["radio", "none.wav", "b.wav"], "none.wav"),
        (["radio", "text.wav", "b.wav"], "text.wav"),
        (["radio", "silent.wav", "b.wav"], "silent.wav"),
        (["radio", "a.wav", "a.wav"], "tên khác"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_touched(
    tmp_path: Path, source: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "a.wav").write_bytes(source.read_bytes())
    (tmp_path / "text.wav").write_text("không phải âm thanh")
    soundfile.write(tmp_path / "silent.wav", np.zeros(48_000), 48_000)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    run = inside(tmp_path, "master", *arguments)
    assert run.returncode == 1
    assert words in run.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
