"""Speed of the masters on one core, in times real time: ``make bench``."""

import os

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import time

from truyenthanh.engines import ENGINES
from truyenthanh.making.workers import keep_memory
from truyenthanh.mixing.clip import level_clip
from truyenthanh.mixing.masters import finish
from truyenthanh.mixing.profiles import MASTERS
from truyenthanh.mixing.stitch import SAMPLE_BYTES, SAMPLES_PER_MS, stitch

TEXT = "Chuyển đổi số là toàn diện, mọi nơi, mọi chỗ, không còn cái gọi là nửa này nửa kia."
MINUTE_MS = 60_000
RUNS = 9


def minute() -> bytes:
    """Return a section of about a minute of the embedded voice."""
    sound = ENGINES["espeak"].speak((TEXT,), ENGINES["espeak"].default_voice("announcer"))
    clip = level_clip(sound.samples, sound.rate_hz)
    length_ms = len(clip) // SAMPLE_BYTES // SAMPLES_PER_MS + 400
    return stitch([(clip, 400)] * (MINUTE_MS // length_ms)).pcm


def main() -> None:
    keep_memory()  # as a build's workers do
    section = minute()
    seconds = len(section) / SAMPLE_BYTES / SAMPLES_PER_MS / 1000
    for name, master in MASTERS.items():
        took = []
        for _ in range(RUNS):
            start = time.process_time()
            finish(section, master)
            took.append(time.process_time() - start)
        print(f"{name:<12} {seconds / min(took):6.0f} times real time on one core")


if __name__ == "__main__":
    main()
