"""Measurements of any sound file, whoever made it. ``findings.py`` judges them.

The file is decoded once, stretch by stretch. Faults in single samples are looked for at its own sample rate
(``defect_detectors.py``); loudness, silence and spectrum are measured at 48 kHz (``meters.py``). Two hours
need no more memory than their 4 ms slots.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from .containers import Container, container_of
from .filtering import Samples
from .loudness import Levels
from .meters import Course, Faults, SampleMeter, SlotMeter, Stereo
from .silence import Silences, silences
from .soundfiles import opened
from .spectrum import Spectrum

STRETCH_SAMPLES: Final = 1 << 18

OnProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of a file."""

    container: Container
    sample_rate_hz: int
    channels: int
    seconds: float
    header_seconds: float | None
    bitrate_kbps: float
    levels: Levels
    silences: Silences
    faults: Faults
    stereo: Stereo | None
    spectrum: Spectrum


def measure(path: Path, heard: OnProgress = lambda _: None) -> tuple[Quality, Course]:
    """Return a file's figures and its course. ``heard`` is called with the seconds measured so far.

    Raises SoundError if the file is missing or does not hold sound up to its end.
    """
    with opened(path) as sound:
        rate_hz, channels = sound.rate_hz, sound.channels
        container = container_of(path, sound.kind, sound.header_samples)
        samples, slots = SampleMeter(rate_hz, channels), SlotMeter(rate_hz, channels)
        for stretch in stretches(sound.blocks, channels):
            whole = np.nan_to_num(stretch, posinf=1.0, neginf=-1.0)
            samples.broken += int(stretch.size - np.isfinite(stretch).sum())
            samples.add(whole)
            slots.add(whole)
            heard(samples.total / rate_hz)
        samples.close()
        slots.close()
    course = slots.course()
    levels = slots.levels(course, samples.true_peak)
    header = container.header_samples
    quality = Quality(
        container=container,
        sample_rate_hz=rate_hz,
        channels=channels,
        seconds=round(samples.total / rate_hz, 3),
        header_seconds=None if header is None else round(header / rate_hz, 3),
        bitrate_kbps=round(container.bytes * 8 * rate_hz / max(samples.total, 1) / 1000, 1),
        levels=levels,
        silences=silences(course.energies, levels.integrated_lufs),
        faults=samples.faults(slots.ends_dbfs()),
        stereo=samples.stereo(),
        spectrum=slots.spectrum.result(),
    )
    return quality, course


def stretches(blocks: Iterable[Samples], channels: int) -> Iterator[Samples]:
    """Yield blocks as stretches of one length; the last may be shorter."""
    held, count = [np.zeros((0, channels), np.float32)], 0
    for block in blocks:
        held.append(block)
        count += len(block)
        if count >= STRETCH_SAMPLES:
            whole = np.concatenate(held)
            for start in range(0, count - STRETCH_SAMPLES + 1, STRETCH_SAMPLES):
                yield whole[start : start + STRETCH_SAMPLES]
            held, count = [whole[count - count % STRETCH_SAMPLES :]], count % STRETCH_SAMPLES
    if count:
        yield np.concatenate(held)
