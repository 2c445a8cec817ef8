"""What tells espeak's speakers apart: median pitch, tone contours, and where their energy lies."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "engines"))

from tones import SYLLABLES, pitch_hz, tone_contours, tone_distances

from truyenthanh.engines import espeak
from truyenthanh.model import Voice

SENTENCE = "Công nghệ thông tin là công cụ, còn chuyển đổi số là thay đổi cách làm việc."
OTHERS = (Voice("vi"), Voice("vi-vn-x-south"), Voice(espeak.TONELESS_LANGUAGE))
HORN_HZ = (1000, 4000)


def line(name: str, voice: Voice) -> str:
    said = espeak.speak((SENTENCE,), voice)
    median_hz = float(np.median(pitch_hz(said.samples, said.rate_hz)))
    apart = sorted(tone_distances(voice).values())
    power = np.abs(np.fft.rfft(said.samples)) ** 2
    hertz = np.fft.rfftfreq(len(said.samples), 1 / said.rate_hz)
    share = power[(hertz > HORN_HZ[0]) & (hertz < HORN_HZ[1])].sum() / power.sum()
    base = 12 * np.log2(median_hz)
    contours = "  ".join(
        f"{word} " + " ".join(f"{value - base:+.0f}" for value in contour)
        for word, (contour, _) in tone_contours(voice, points=3).items()
    )
    return (
        f"{name:<10} {voice.name:<16} {median_hz:4.0f} Hz  tones apart {apart[0]:.1f} (median "
        f"{apart[len(apart) // 2]:.1f})  1-4 kHz {share:4.0%}   {contours}"
    )


def main() -> None:
    print(f"F0 of a sentence; contours of {', '.join(SYLLABLES)} in semitones from it: begin, middle, end")
    for role, voice in espeak.SPEAKERS.items():
        print(line(role, voice))
    for voice in OTHERS:
        print(line("-", voice))


if __name__ == "__main__":
    main()
