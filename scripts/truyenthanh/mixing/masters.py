"""A stitched section becomes a mastered one: at its level, below its peak, encoded, decoded and measured.

Clips come at one speech level, so a master's gain is constant, and a section is trimmed by half a
decibel at most: a section of nothing but a chime stays as far below speech as the chime was made.
Measured is what a listener's decoder puts out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from ..errors import SoundError
from . import FRAME_SAMPLES, lowdata
from .clip import SPEECH_LUFS
from .clipping import cut_peaks
from .filtering import Samples, amplitude, from_pcm, to_pcm
from .horn import for_horns
from .leveller import levelled_evenly, levelling_gains_db, needs_levelling
from .limiter import limit
from .loudness import (
    SILENCE_LUFS,
    Energies,
    energies,
    integrated_lufs,
    slot_powers,
    true_peak_dbtp,
    weighting_of,
)
from .mp3 import decode, encode_section
from .profiles import Master
from .windowed_meters import frame_powers

TRIM_DB: Final = 0.5
SECTION_BELOW_CLIPS_LU: Final = 0.3  # blocks of 400 ms extend past the ends of sentences
PAUSES_DB: Final = 3.0  # the most that pauses may raise a section levelled by RMS
PAUSE_GATE_DB: Final = -10.0  # below the mean is a pause, as in BS.1770-4
SILENT_POWER: Final = 1e-12
EDGE_SAMPLES: Final = 2 * FRAME_SAMPLES  # 48 ms of digital zero at both ends
LEVEL_ROUNDS: Final = 10
USUAL_SLOPE: Final = 0.8  # level gained per decibel of gain while the limiter works: measured on speech
LEAST_SLOPE: Final = 0.2
LEVEL_CLOSE_DB: Final = 0.03
ENCODINGS: Final = 4  # the first and three with a lower ceiling
CEILING_MARGIN_DB: Final = 0.02

VOICINGS: Final[dict[str, Callable[[Samples], Samples]]] = {
    "loudspeaker": for_horns,
    "lowdata": lowdata.for_low_data,
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finished:
    """A mastered section.

    ``audio`` is MP3 frames to join, or mono pcm for a WAV master (one channel, written twice).
    ``energies`` are little-endian float32, one per 4 ms (loudness.py), of the section as it decodes.
    ``figures``: ``true_peak_dbtp`` and ``mean_square`` (full scale 1.0) of the decoded samples, their
    number ``samples``, the section's ``lufs`` per channel and the ``gain_db`` it was given.
    """

    audio: bytes
    energies: bytes
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Voiced(Generic[T]):
    """A section's samples, or a programme's buffer, in its master's voicing.

    ``level`` is in the master's own measure; ``weighting`` is that of its slots (loudness.py), None if the
    level is an RMS.
    """

    sound: T
    level: float
    weighting: Energies | None


@dataclass(frozen=True, slots=True)
class Aim:
    """The gain of a section before the limiter, and the level it should decode at."""

    gain_db: float
    level: float


def finish(pcm: bytes, master: Master) -> Finished:
    """Return a section as ``master``: ``pcm`` is whole frames bounded by silence, as ``stitch`` makes them.

    Raises SoundError for a silent section, or if the decoded level or true peak misses the master's.
    """
    stitched = from_pcm(pcm)
    if len(stitched) % FRAME_SAMPLES or len(stitched) <= 2 * EDGE_SAMPLES:
        raise ValueError(f"{len(stitched)} samples are not a section of whole frames")
    if not stitched.any():
        raise SoundError("mixing.silent_section", master=master.name)
    voiced = in_voicing(stitched, master)
    del stitched
    aim = aim_of(voiced, master)
    ceiling_dbtp = master.ceiling_dbtp
    for _ in range(ENCODINGS):
        mastered, level = brought_to(voiced, aim, ceiling_dbtp, master)
        audio, heard = as_decoded(bounded(mastered), master)
        peak_dbtp = true_peak_dbtp(heard)
        if peak_dbtp <= master.true_peak_dbtp:
            return measured(audio, heard, peak_dbtp, Aim(aim.gain_db, level), master)
        ceiling_dbtp -= peak_dbtp - master.true_peak_dbtp + CEILING_MARGIN_DB
    raise SoundError("mixing.peak_missed", master=master.name, peak=peak_dbtp, most=master.true_peak_dbtp)


def in_voicing(stitched: Samples, master: Master) -> Voiced[Samples]:
    """Return a section processed for horns or for low data, evened out, or unchanged."""
    samples = VOICINGS[master.name](stitched) if master.name in VOICINGS else stitched
    if master.measure == "rms":
        return Voiced(samples, level_of(slot_powers(samples), None), None)
    slots = energies(samples)
    if master.name == "podcast" and needs_levelling(slots):
        samples = levelled_evenly(samples, levelling_gains_db(slots))
        slots = energies(samples)
    return Voiced(samples, integrated_lufs(slots), weighting_of(slots, slot_powers(samples)))


def aim_of(voiced: Voiced[Samples], master: Master) -> Aim:
    """Return the gain that brings a section of this level to its target, within bounds, and the level then.

    Loudness ignores pauses, so in ``lufs`` masters the gain differs by ``TRIM_DB`` at most from what clips
    at the speech level need; their target is per channel (two equal ones add 3.01 LU). RMS counts pauses:
    they may raise the speech between them by ``PAUSES_DB`` at most.
    """
    if master.measure == "rms":
        gain_db = wanted_gain_db(voiced.level, speaking_level(frame_powers(voiced.sound)), master)
        return Aim(gain_db, voiced.level + gain_db)
    target = master.level - 10 * float(np.log10(master.channels))
    usual_db = target - SPEECH_LUFS + SECTION_BELOW_CLIPS_LU
    if voiced.level <= SILENCE_LUFS:  # shorter than a gating block
        return Aim(usual_db, SILENCE_LUFS)
    gain_db = min(max(target - voiced.level, usual_db - TRIM_DB), usual_db + TRIM_DB)
    return Aim(gain_db, voiced.level + gain_db)


def wanted_gain_db(level_dbfs: float, speaking_dbfs: float, master: Master) -> float:
    """Return the gain that brings an RMS to the master's level; pauses raise it by ``PAUSES_DB`` at most."""
    return master.level - max(level_dbfs, speaking_dbfs - PAUSES_DB)


def speaking_level(powers: npt.NDArray[np.float64]) -> float:
    """Return the RMS of frames in dBFS, leaving out pauses."""
    return dbfs(float(powers[powers >= powers.mean() * 10 ** (PAUSE_GATE_DB / 10)].mean()))


def dbfs(power: float) -> float:
    """Return a mean square in dB of full scale."""
    return 10 * float(np.log10(max(power, SILENT_POWER)))


def mean_square(samples: Samples) -> float:
    """Return the mean square of whole frames."""
    return float(frame_powers(samples).mean())


def brought_to(
    voiced: Voiced[Samples], aim: Aim, ceiling_dbtp: float, master: Master
) -> tuple[Samples, float]:
    """Return a section below the ceiling at the level aimed at, and that level."""

    def attempt(gain_db: float) -> tuple[Samples, float]:
        raised = softened(voiced.sound * np.float32(amplitude(gain_db)), ceiling_dbtp, master)
        limited = limit(raised, ceiling_dbtp)
        return limited, level_of(slot_powers(limited), voiced.weighting)

    return reached(aim, attempt)


def level_of(powers: Energies, weighting: Energies | None) -> float:
    """Return the level of sound whose slots have these powers: LUFS of one channel, or RMS in dBFS if
    there is no weighting. For intermediate results: the decoded sound is measured exactly (``measured``)."""
    if weighting is None:
        return dbfs(float(powers.mean(dtype=np.float64)))
    return integrated_lufs(weighting * powers)


def reached(aim: Aim, attempt: Callable[[float], tuple[T, float]]) -> tuple[T, float]:
    """Return what ``attempt`` gives at the gain that meets the aim, and its level then.

    Gain makes up for what limiting takes. The harder the limiter works, the less a decibel brings, so each
    step follows the secant of the last two, the first one the usual slope. If speech among long pauses
    cannot be that loud below the ceiling, the highest level reached is returned: only the whole file must
    meet the master's level.
    """
    gain_db, slope = aim.gain_db, USUAL_SLOPE
    before: tuple[float, float] | None = None
    for _ in range(LEVEL_ROUNDS):
        limited, level = attempt(gain_db)
        if abs(aim.level - level) < LEVEL_CLOSE_DB:
            break
        if before is not None and gain_db != before[0]:
            slope = min((level - before[1]) / (gain_db - before[0]), 1.0)
            if slope < LEAST_SLOPE:
                break
        before = gain_db, level
        gain_db += (aim.level - level) / slope
    return limited, level


def softened(samples: Samples, ceiling_dbtp: float, master: Master) -> Samples:
    """Return speech for horns with its pulses cut: a limiter alone would flatten such loud speech."""
    return cut_peaks(samples, amplitude(ceiling_dbtp)) if master.measure == "rms" else samples


def bounded(samples: Samples) -> Samples:
    """Return ``samples`` with 48 ms of digital zero at both ends, where filters have left their tails."""
    samples[:EDGE_SAMPLES] = 0
    samples[-EDGE_SAMPLES:] = 0
    return samples


def as_decoded(samples: Samples, master: Master) -> tuple[bytes, Samples]:
    """Return the section as stored, and as it will be heard."""
    if master.bitrate_kbps is None:
        pcm = to_pcm(samples)
        return pcm, from_pcm(pcm)
    if master.rate_hz == lowdata.RATE_HZ:
        frames = lowdata.encode_section(samples)
        return frames, lowdata.decode(frames)
    frames = encode_section(samples, master.bitrate_kbps, master.channels)
    return frames, decode(frames, master.bitrate_kbps, master.channels)


def measured(audio: bytes, heard: Samples, peak_dbtp: float, aim: Aim, master: Master) -> Finished:
    """Return the section with its figures. Raises SoundError if it is not at the level aimed at."""
    slots = energies(heard)
    power = mean_square(heard)
    lufs = integrated_lufs(slots)
    level = lufs if master.measure == "lufs" else dbfs(power)
    if abs(level - aim.level) > master.tolerance:
        raise SoundError("mixing.level_missed", master=master.name, level=level, aim=aim.level)
    figures = {
        "true_peak_dbtp": round(peak_dbtp, 3),
        "mean_square": power,
        "samples": float(len(heard)),
        "lufs": round(lufs, 3),
        "gain_db": round(aim.gain_db, 3),
    }
    return Finished(audio, slots.astype("<f4").tobytes(), figures)
