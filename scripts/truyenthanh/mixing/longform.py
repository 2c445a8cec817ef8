"""Any sound file finished as a master, however long: read into a buffer, voiced, levelled, written.

This does window by window what ``masters.py`` does to a section. The programme is encoded in one run,
decoded and measured as a listener's player would, and encoded again with a lower ceiling if that overshot.
"""

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from ..errors import SoundError
from . import FRAME_SAMPLES, lowdata
from .episode import MasteredSection, write_programme
from .filtering import Samples, amplitude, to_pcm
from .findings import Finding, judge
from .horn import CONTEXT_SAMPLES as HORN_CONTEXT
from .horn import for_horns
from .leveller import levelled_evenly, levelling_gains_db, needs_levelling
from .limiter import LOOK_AHEAD_SAMPLES, ROUNDS, limit
from .loudness import SLOT_SAMPLES, integrated_lufs, weighting_of
from .masters import (
    CEILING_MARGIN_DB,
    EDGE_SAMPLES,
    ENCODINGS,
    Aim,
    Voiced,
    level_of,
    reached,
    softened,
    speaking_level,
    wanted_gain_db,
)
from .measurements import Quality, measure
from .mp3 import frames_of
from .profiles import Master
from .sample_buffer import SampleBuffer, processed, recorded_on, tape_for, windows
from .source import laid_on_tape
from .tags import Tags
from .windowed_meters import energies_of, frame_powers_of, slot_powers_of, true_peak_of

RESAMPLING_CONTEXT: Final = 4 * FRAME_SAMPLES
LIMITER_CONTEXT: Final = 2 * LOOK_AHEAD_SAMPLES * ROUNDS + FRAME_SAMPLES  # rounds depend on those before

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """A finished file: its measurements, and the findings."""

    quality: Quality
    findings: tuple[Finding, ...]


def finish_file(source: Path, out: BinaryIO, master: Master, tags: Tags, told: Told) -> FinishedFile:
    """Write the sound of ``source`` to ``out`` as ``master``, and return its figures.

    ``told`` is called with the name of each stage: ``reading``, ``shaping``, ``levelling``, ``writing``.
    Raises SoundError for a file that is not sound, or if the result misses the master's level or peak.
    """
    told("reading")
    tape = laid_on_tape(source)
    told("shaping")
    shaped = voiced(tape, master)
    aim = aim_of(shaped, master)
    ceiling_dbtp = master.ceiling_dbtp
    with tempfile.TemporaryDirectory(prefix="truyenthanh-") as folder:
        path = Path(folder) / f"finished.{master.extension}"
        for _ in range(ENCODINGS):
            told("levelling")
            limited, level = reached(aim, partial(at_gain, shaped, ceiling_dbtp, master))
            told("writing")
            write(limited, path, master, tags, source.stem)
            quality, _course = measure(path)
            over_db = quality.levels.true_peak_dbtp - master.true_peak_dbtp
            if over_db <= 0:
                check_level(quality, replace(aim, level=level), master)
                with path.open("rb") as file:
                    shutil.copyfileobj(file, out)
                return FinishedFile(quality, judge(quality, master))
            ceiling_dbtp -= over_db + CEILING_MARGIN_DB
    peak, most = quality.levels.true_peak_dbtp, master.true_peak_dbtp
    raise SoundError("mixing.peak_missed", master=master.name, peak=peak, most=most)


def voiced(tape: SampleBuffer, master: Master) -> Voiced[SampleBuffer]:
    """Return the buffer in the master's voicing: processed for horns, evened out, or unchanged."""
    if master.name == "loudspeaker":
        tape = recorded_on(tape_for(tape.samples), processed(tape, for_horns, HORN_CONTEXT))
    elif master.name == "lowdata":
        tape = recorded_on(tape_for(tape.samples), processed(tape, lowdata.for_low_data, RESAMPLING_CONTEXT))
    if master.measure == "rms":
        return Voiced(tape, level_of(slot_powers_of(tape), None), None)
    slots = energies_of(tape)
    if master.name == "podcast" and needs_levelling(slots):
        tape = recorded_on(tape_for(tape.samples), evened(tape, levelling_gains_db(slots)))
        slots = energies_of(tape)
    return Voiced(tape, integrated_lufs(slots), weighting_of(slots, slot_powers_of(tape)))


def evened(tape: SampleBuffer, gains_db: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Iterator[Samples]:
    """Yield the windows of a buffer with a gain for every slot."""
    for start, window in windows(tape, SLOT_SAMPLES):
        first = start // SLOT_SAMPLES
        around = np.pad(gains_db, 1, mode="edge")[first : first + len(window) // SLOT_SAMPLES]
        yield levelled_evenly(window, around)[SLOT_SAMPLES:-SLOT_SAMPLES]


def aim_of(shaped: Voiced[SampleBuffer], master: Master) -> Aim:
    """Return the gain that brings a programme to its target, however large."""
    if master.measure == "rms":
        gain_db = wanted_gain_db(shaped.level, speaking_level(frame_powers_of(shaped.sound)), master)
    else:
        gain_db = master.level - 10 * float(np.log10(master.channels)) - shaped.level
    return Aim(gain_db, shaped.level + gain_db)


def at_gain(
    shaped: Voiced[SampleBuffer], ceiling_dbtp: float, master: Master, gain_db: float
) -> tuple[SampleBuffer, float]:
    """Return the buffer at a gain and below the ceiling, silent at its edges, and its resulting level."""
    tape, gain = shaped.sound, np.float32(amplitude(gain_db))

    def work(window: Samples) -> Samples:
        return limit(softened(window * gain, ceiling_dbtp, master), ceiling_dbtp)

    blocks = processed(tape, work, LIMITER_CONTEXT)
    limited = recorded_on(tape_for(tape.samples), edged(blocks, tape.samples))
    return limited, level_of(slot_powers_of(limited), shaped.weighting)


def edged(blocks: Iterator[Samples], samples: int) -> Iterator[Samples]:
    """Yield blocks with 48 ms of digital zero at both ends of the whole."""
    at = 0
    for block in blocks:
        block[: max(EDGE_SAMPLES - at, 0)] = 0
        block[max(samples - EDGE_SAMPLES - at, 0) :] = 0
        at += len(block)
        yield block


def write(tape: SampleBuffer, path: Path, master: Master, tags: Tags, name: str) -> None:
    """Write a finished buffer to ``path``."""
    with path.open("wb") as out:
        write_programme(out, master, sections_of(tape, master), tags, name)


def sections_of(tape: SampleBuffer, master: Master) -> Sequence[MasteredSection]:
    """Return a buffer's windows as sections of one programme: their pcm, or their share of its frames."""
    pieces = pieces_of(tape, master)
    slots, powers, peak = energies_of(tape), frame_powers_of(tape), true_peak_of(tape)
    return [
        MasteredSection(
            audio=lambda: next(pieces),
            energies=slots[start // SLOT_SAMPLES :][: len(window) // SLOT_SAMPLES].astype("<f4").tobytes(),
            true_peak_dbtp=peak,
            mean_square=float(powers[start // FRAME_SAMPLES :][: len(window) // FRAME_SAMPLES].mean()),
            samples=len(window),
        )
        for start, window in windows(tape)
    ]


def pieces_of(tape: SampleBuffer, master: Master) -> Iterator[bytes]:
    """Yield the bytes to write for each window, in order."""
    blocks = (window for _, window in windows(tape))
    if master.bitrate_kbps is None:
        yield from map(to_pcm, blocks)
        return
    if master.rate_hz == lowdata.RATE_HZ:
        yield lowdata.encode_section(tape.read(0, tape.samples))
        yield from itertools.repeat(b"")
    frames = frames_of(blocks, tape.samples // FRAME_SAMPLES, master.bitrate_kbps, master.channels)
    count = sum(1 for _ in windows(tape))
    for number in range(count):
        last = number == count - 1
        yield b"".join(frames) if last else next(frames)  # the encoder flushes at the end


def check_level(quality: Quality, aim: Aim, master: Master) -> None:
    """Raise SoundError if the file does not have the level aimed at."""
    level = quality.levels.rms_dbfs
    aimed = aim.level
    if master.measure == "lufs":
        level, aimed = quality.levels.integrated_lufs, aim.level + 10 * float(np.log10(master.channels))
    if abs(level - aimed) > master.tolerance:
        facts = {"level": level, "aim": aimed}
        raise SoundError("mixing.level_missed", facts, master=master.name)
