"""Each master on sections of several kinds, measured by ffmpeg as well."""

import io
import os
import subprocess
import sys
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from speechlike import body, clips, ffmpeg_decodes, ffmpeg_reads, opening, sentence

from truyenthanh.errors import SoundError
from truyenthanh.mixing import lowdata
from truyenthanh.mixing.clip import level_clip
from truyenthanh.mixing.filtering import amplitude, from_pcm, to_pcm
from truyenthanh.mixing.findings import BELOW_BAND_SHARE
from truyenthanh.mixing.limiter import limit
from truyenthanh.mixing.loudness import energies, integrated_lufs, slot_powers, true_peak_dbtp
from truyenthanh.mixing.masters import EDGE_SAMPLES, Finished, finish, in_voicing, level_of
from truyenthanh.mixing.mp3 import decode, frame_bytes, write_mp3
from truyenthanh.mixing.profiles import MASTERS, Master
from truyenthanh.mixing.sounds import builtin_sound
from truyenthanh.mixing.stitch import stitch
from truyenthanh.mixing.wav import Bext, write_wav

ALL = pytest.mark.parametrize("master", MASTERS.values(), ids=MASTERS)
BEXT = Bext("", "", "", datetime(2023, 4, 3), -23, 5, -3, -20, -21)


@cache
def sections() -> dict[str, bytes]:
    chime = builtin_sound("chime")
    return {
        "opening": stitch([(chime, 300), (clips()[4], 500)]).pcm,
        "body": body().pcm,
        "two sentences": opening().pcm,
        "one word": stitch([(level_clip(sentence(0.25, 3), 22_050), 0)]).pcm,
        "a chime": stitch([(chime, 0)]).pcm,
        "a sting": stitch([(builtin_sound("sting"), 0)]).pcm,
        "mostly pause": stitch([(clips()[1], 4000)]).pcm,
    }


@cache
def finished(master: str, section: str) -> Finished:
    return finish(sections()[section], MASTERS[master])


def heard(master: Master, made: Finished) -> np.ndarray:
    if master.name == "lowdata":
        return lowdata.decode(made.audio)
    return from_pcm(made.audio) if master.bitrate_kbps is None else decode(made.audio, master.bitrate_kbps)


def episode(path: Path, master: Master, parts: tuple[str, ...]) -> list[Finished]:
    """Write an episode of sections to ``path``."""
    made = [finished(master.name, part) for part in parts]
    with path.open("wb") as out:
        if master.bitrate_kbps is None:
            samples = sum(len(section.audio) // 2 for section in made)
            write_wav(out, [section.audio for section in made], samples, BEXT)
        elif master.name == "lowdata":
            frames = sum(len(section.audio) for section in made) // lowdata.FRAME_BYTES
            lowdata.write_mp3(out, b"", [section.audio for section in made], frames)
        else:
            frames = sum(len(section.audio) for section in made) // frame_bytes(master.bitrate_kbps)
            write_mp3(out, b"", [section.audio for section in made], frames, master.bitrate_kbps)
    return made


@pytest.mark.parametrize("section", ["opening", "body", "two sentences", "mostly pause"])
@pytest.mark.parametrize("drive_db", [0.0, 6.0, 12.0])
def test_the_level_of_limited_speech_is_known_without_filtering_it_again(
    section: str, drive_db: float
) -> None:
    voiced = in_voicing(from_pcm(sections()[section]), MASTERS["radio"])
    limited = limit(voiced.sound * np.float32(amplitude(drive_db)), -8.0)
    known = level_of(slot_powers(limited), voiced.weighting)
    assert known == pytest.approx(integrated_lufs(energies(limited)), abs=0.03)


@ALL
def test_ffmpeg_measures_an_episode_at_its_target(tmp_path: Path, master: Master) -> None:
    path = tmp_path / f"episode.{master.extension}"
    made = episode(path, master, ("opening", "body", "two sentences"))
    theirs = ffmpeg_reads(path)
    slots = np.concatenate([np.frombuffer(section.energies, "<f4") for section in made])
    assert integrated_lufs(slots, master.channels) == pytest.approx(theirs["lufs"], abs=0.1)
    assert theirs["peak"] <= master.true_peak_dbtp + 0.05  # it prints tenths
    if master.measure == "lufs":
        assert theirs["lufs"] == pytest.approx(master.level, abs=master.tolerance)
    else:
        power = float((ffmpeg_decodes(path).astype(np.float64) ** 2).mean())
        assert 10 * np.log10(power) == pytest.approx(master.level, abs=master.tolerance)


@ALL
@pytest.mark.parametrize(("section", "within"), [("body", 0.1), ("opening", 0.5), ("two sentences", 0.5)])
def test_a_section_of_speech_meets_the_target_by_itself(master: Master, section: str, within: float) -> None:
    made = finished(master.name, section)
    level = (
        made.figures["lufs"] + 10 * np.log10(master.channels)
        if master.measure == "lufs"
        else 10 * np.log10(made.figures["mean_square"])
    )
    assert level == pytest.approx(master.level, abs=within)


@ALL
@pytest.mark.parametrize("section", ["opening", "body", "one word", "a chime", "a sting", "mostly pause"])
def test_every_section_is_below_the_peak_bounded_by_silence_and_as_long_as_before(
    master: Master, section: str
) -> None:
    made = finished(master.name, section)
    samples = heard(master, made)
    assert true_peak_dbtp(samples) <= master.true_peak_dbtp
    assert made.figures["true_peak_dbtp"] == pytest.approx(true_peak_dbtp(samples), abs=0.001)
    assert len(samples) == len(sections()[section]) // 2 == made.figures["samples"]
    assert made.figures["mean_square"] == pytest.approx(
        float((samples.astype(np.float64) ** 2).mean()), rel=1e-4
    )
    assert len(made.energies) == 4 * len(samples) // 192
    for edge in (samples[:960], samples[-960:]):
        assert np.abs(edge).max() < 10 ** (-70 / 20)
    if master.bitrate_kbps is None:
        assert not samples[:EDGE_SAMPLES].any()
        assert not samples[-EDGE_SAMPLES:].any()


@pytest.mark.parametrize("name", ["podcast", "radio"])
def test_a_chime_alone_stays_below_speech(name: str) -> None:
    below = finished(name, "a chime").figures["lufs"] - finished(name, "body").figures["lufs"]
    assert -3.5 < below < -1.5


def test_the_horn_gets_its_band_and_nothing_below_it() -> None:
    samples = heard(MASTERS["loudspeaker"], finished("loudspeaker", "body"))
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / 48_000)
    assert power[hertz < 200].sum() < 2e-4 * power.sum()
    assert power[hertz < 250].sum() < BELOW_BAND_SHARE * power.sum()
    assert power[hertz > 6300].sum() < 1e-4 * power.sum()
    assert power[(hertz > 300) & (hertz < 6000)].sum() > 0.98 * power.sum()


def test_the_horn_gets_peaks_twelve_decibels_above_its_mean() -> None:
    figures = finished("loudspeaker", "body").figures
    crest_db = figures["true_peak_dbtp"] - 10 * np.log10(figures["mean_square"])
    assert 11.3 < crest_db < 12.6


@ALL
def test_pauses_do_not_pump(master: Master) -> None:
    spans = body().spans
    samples = heard(master, finished(master.name, "body"))
    loud = float(np.sqrt((samples[spans[0][0] : spans[0][1]] ** 2).mean()))
    for (_, end), (start, _) in pairwise(spans):
        pause = samples[end + 2400 : start - 2400]
        assert 20 * np.log10(float(np.sqrt((pause**2).mean())) / loud + 1e-9) < -50


@ALL
def test_the_same_section_gives_the_same_bytes(master: Master) -> None:
    assert finish(sections()["two sentences"], master) == finished(master.name, "two sentences")


@ALL
def test_both_ends_are_silenced_whatever_comes(master: Master) -> None:
    tone = 0.1 * np.sin(np.arange(100 * 1152) * 0.1).astype(np.float32)
    samples = heard(master, finish(to_pcm(tone), master))
    quiet_db = -60 if master.rate_hz == 48_000 else -55  # whose blocks ring twice as long
    for edge in (samples[:960], samples[-960:]):
        assert np.abs(edge).max() < 10 ** (quiet_db / 20)
    assert np.abs(samples[4800:-4800]).max() > 0.05


@ALL
def test_hot_peaky_sound_is_brought_below_the_peak(master: Master) -> None:
    drums = np.zeros(48_000, np.float32)
    for at in range(0, 48_000, 9600):
        burst = np.random.default_rng(at).standard_normal(400) * np.exp(-np.arange(400) / 60)
        drums[at : at + 400] += 0.3 * burst.astype(np.float32)
    section = stitch([(to_pcm(drums), 100), (clips()[0], 100)]).pcm
    assert finish(section, master).figures["true_peak_dbtp"] <= master.true_peak_dbtp


@ALL
def test_a_silent_section_is_refused(master: Master) -> None:
    with pytest.raises(SoundError, match=master.name):
        finish(stitch([]).pcm, master)


def test_what_is_not_whole_frames_is_our_bug() -> None:
    with pytest.raises(ValueError, match="whole frames"):
        finish(sections()["body"][:-2], MASTERS["radio"])


def test_a_level_that_cannot_be_kept_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truyenthanh.mixing.mp3.level_loss_db", lambda _: -2.0)
    with pytest.raises(SoundError) as caught:
        finish(sections()["two sentences"], MASTERS["podcast"])
    assert caught.value.key == "mixing.level_missed"
    assert "podcast" in str(caught.value)


def test_a_peak_that_cannot_be_kept_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("truyenthanh.mixing.masters.true_peak_dbtp", lambda _: -0.5)
    with pytest.raises(SoundError) as caught:
        finish(sections()["two sentences"], MASTERS["radio"])
    assert caught.value.key == "mixing.peak_missed"


def test_the_masters_are_those_of_the_contract() -> None:
    names = {
        name: (m.suffix, m.extension, m.channels, m.bitrate_kbps, m.level) for name, m in MASTERS.items()
    }
    assert names == {
        "podcast": ("podcast", "mp3", 1, 96, -19.0),
        "radio": ("phat-thanh", "wav", 2, None, -23.0),
        "loudspeaker": ("loa", "mp3", 1, 128, -13.5),
        "lowdata": ("nhe", "mp3", 1, 32, -19.0),
    }


def test_whole_and_joined_sections_measure_alike() -> None:
    whole = io.BytesIO()
    parts = [finished("podcast", name) for name in ("opening", "body")]
    whole.write(b"".join(part.audio for part in parts))
    joined = decode(whole.getvalue(), 96)
    apart = np.concatenate([decode(part.audio, 96) for part in parts])
    assert np.abs(joined - apart).max() < 10 ** (-70 / 20)


FINISHED_ELSEWHERE = """
import hashlib, sys
from truyenthanh.mixing.masters import finish
from truyenthanh.mixing.profiles import MASTERS
pcm = sys.stdin.buffer.read()
for master in MASTERS.values():
    done = finish(pcm, master)
    print(master.name, hashlib.sha256(done.audio + done.energies).hexdigest(), done.figures)
"""


def test_bytes_do_not_depend_on_how_many_threads_numpy_uses() -> None:
    """BLAS shares out a product among them, and where it does, the last bits of the sums move."""
    pcm = body().pcm

    def finished(threads: int) -> bytes:
        command = [sys.executable, "-c", FINISHED_ELSEWHERE]
        many = {"OPENBLAS_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
        return subprocess.run(
            command, input=pcm, env=os.environ | many, capture_output=True, check=True
        ).stdout

    alone = finished(1)
    assert len(alone.splitlines()) == len(MASTERS)
    assert finished(2) == finished(3) == alone
