"""Sounds for the tests of mixing: made by arithmetic, the same every time, and an independent meter."""

import re
import subprocess
from functools import cache
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import soundfile

from truyenthanh.mixing.clip import level_clip
from truyenthanh.mixing.stitch import Stitched, stitch

Samples = npt.NDArray[np.float32]
FORMANTS_HZ = ((700, 1200, 2600), (300, 2300, 3000), (400, 800, 2400), (500, 1700, 2500))


def sentence(seconds: float, seed: int, rate_hz: int = 22_050, pitch_hz: float = 130) -> Samples:
    """Return syllables of gliding pitch through changing formants, with hiss between: close to speech in
    spectrum, peaks and pauses."""
    dice = np.random.default_rng(seed)
    pieces: list[npt.NDArray[np.float64]] = []
    while sum(map(len, pieces)) < seconds * rate_hz:
        pieces.append(syllable(dice, rate_hz, pitch_hz))
        pieces.append(dice.standard_normal(rate_hz // 40) * 0.02)
        if dice.random() < 0.12:
            pieces.append(np.zeros(rate_hz // 6))
    whole = np.concatenate(pieces)[: round(seconds * rate_hz)]
    return np.asarray(0.5 * whole / np.abs(whole).max(), np.float32)


def syllable(dice: np.random.Generator, rate_hz: int, pitch_hz: float) -> npt.NDArray[np.float64]:
    """Return one voiced syllable of 120-220 ms."""
    t = np.arange(round(dice.uniform(0.12, 0.22) * rate_hz)) / rate_hz
    glide = pitch_hz * (1 + dice.uniform(-0.3, 0.3) * t / t[-1])
    phase = 2 * np.pi * np.cumsum(glide) / rate_hz
    formants = FORMANTS_HZ[int(dice.integers(len(FORMANTS_HZ)))]
    tone = np.zeros_like(t)
    for harmonic in range(1, int(5000 / pitch_hz)):
        near = sum(1 / (1 + ((harmonic * pitch_hz - f) / 90) ** 2) / (1 + f / 800) for f in formants)
        tone += (near + 0.004) * np.cos(harmonic * phase + 0.04 * harmonic**2)
    return np.asarray(tone * np.sqrt(np.maximum(np.sin(np.pi * t / t[-1]), 0)) * dice.uniform(0.5, 1))


@cache
def clips() -> tuple[bytes, ...]:
    """Return six levelled clips of two voices."""
    lengths = (3.1, 1.4, 4.7, 0.9, 2.6, 5.2)
    return tuple(
        level_clip(sentence(length, seed, pitch_hz=(120, 210)[seed % 2]), 22_050)
        for seed, length in enumerate(lengths)
    )


@cache
def body() -> Stitched:
    """Return a section of some 20 s."""
    return stitch([(clip, 350) for clip in clips()])


@cache
def opening() -> Stitched:
    """Return a short section."""
    return stitch([(clips()[1], 400), (clips()[3], 600)])


def ffmpeg_reads(path: Path) -> dict[str, float]:
    """Return what ffmpeg's ebur128 filter measures: ``lufs``, ``lra``, ``peak`` (true, dBFS)."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", "-hide_banner", "-i", str(path)]
    command += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    run = subprocess.run(command, capture_output=True, check=True)
    text = run.stderr.decode(errors="replace")  # ffmpeg cuts a long tag within a letter
    summary = text[text.rindex("Summary:") :]
    found = {
        "lufs": re.search(r"I:\s+(\S+) LUFS", summary),
        "lra": re.search(r"LRA:\s+(\S+) LU", summary),
        "peak": re.search(r"Peak:\s+(\S+) dBFS", summary),
    }
    return {name: float(match[1]) for name, match in found.items() if match}


def ffmpeg_decodes(path: Path) -> Samples:
    """Return a file's first channel as ffmpeg decodes it."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "f32le"]
    command += ["-af", "pan=mono|c0=c0", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, "<f4")


def write_wave(path: Path, samples: Samples, rate_hz: int = 48_000) -> Path:
    """Write samples, mono or (n, channels), as a float WAV file."""
    soundfile.write(path, samples, rate_hz, subtype="FLOAT")
    return path
