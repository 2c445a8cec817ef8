"""An episode's file: its mastered sections joined and tagged, and their figures combined."""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO, Final

import numpy as np

from ..errors import SoundError
from ..model import ChapterMark, Episode
from . import FRAME_SAMPLES, SAMPLE_RATE_HZ, lowdata
from .filtering import amplitude, from_pcm, to_pcm
from .findings import programme_findings, verdict
from .loudness import Energies, Levels, integrated_lufs, loudness_range_lu, max_momentary, max_short_term
from .mp3 import write_mp3
from .profiles import Master
from .silence import silences
from .tags import Tags, id3_tag
from .wav import Bext, write_wav

# How far a whole file may miss its level, in LU or dB, as EBU R 128 allows: a section is trimmed by half
# a decibel at most, so that a programme that is little more than a chime stays softer than speech.
EPISODE_TOLERANCE: Final = 1.0
MOST_TRIM_DB: Final = 0.2
LEAST_TRIM_DB: Final = 0.05
LEVELS: Final = ("integrated_lufs", "true_peak_dbtp", "rms_dbfs")
SYNTHETIC_VOICE: Final = "Giọng đọc nhân tạo, do máy tính tạo ra (AI-generated voice)"


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """What the file's tags say."""

    master: Master
    episode: Episode
    artist: str
    album: str
    track_count: int
    is_synthetic: bool  # False if people speak every sentence
    chapters: tuple[ChapterMark, ...]
    cover_jpeg: bytes | None


@dataclass(frozen=True, slots=True)
class MasteredSection:
    """A finished section: a function that reads its audio when needed, and its measurements."""

    audio: Callable[[], bytes]
    energies: bytes
    true_peak_dbtp: float
    mean_square: float
    samples: int


def write_episode(out: BinaryIO, file: EpisodeFile, sections: Sequence[MasteredSection]) -> dict[str, Any]:
    """Write the episode to ``out`` and return its figures (see ``write_programme``)."""
    return write_programme(out, file.master, sections, tags(file), file.episode.id)


def write_programme(
    out: BinaryIO, master: Master, sections: Sequence[MasteredSection], tags: Tags, name: str
) -> dict[str, Any]:
    """Write sections joined into one file, one of them in memory at a time, and return its figures.

    The figures are ``seconds``, ``integrated_lufs`` and ``loudness_range_lu`` as a meter reads the
    file, ``true_peak_dbtp``, ``rms_dbfs`` of one channel over the whole file, the silences at its ends
    and the longest within it, and the verdict on them (``qc``). Raises SoundError, before a byte is
    written, for a programme that misses its master's target; ``name`` is the programme's name in the error.
    """
    figures = combined(sections, master)
    gain_db = trim_db(figures, master)
    figures |= {key: round(figures[key] + gain_db, 2) for key in LEVELS}
    check_target(figures, master, name)
    samples = sum(section.samples for section in sections)
    audio = (section.audio() for section in sections)
    energies = joined_energies(sections) * np.float32(amplitude(gain_db) ** 2)
    if master.bitrate_kbps is None:
        trimmed = (louder(pcm, gain_db) for pcm in audio)
        write_wav(out, trimmed, samples, bext(tags, name, energies, figures, master))
    else:
        tag, frame_count = id3_tag(measured(tags, figures)), samples // FRAME_SAMPLES
        if master.rate_hz == lowdata.RATE_HZ:
            lowdata.write_mp3(out, tag, audio, frame_count)
        else:
            write_mp3(out, tag, audio, frame_count, master.bitrate_kbps, master.channels)
    return {**figures, **judged(energies, figures, master)}


def judged(energies: Energies, figures: dict[str, float], master: Master) -> dict[str, Any]:
    """Return the silences of a programme, and the verdict on what is known without decoding."""
    channels = master.channels
    still = silences(energies, figures["integrated_lufs"], channels)
    levels = Levels(
        integrated_lufs=figures["integrated_lufs"],
        loudness_range_lu=figures["loudness_range_lu"],
        max_momentary_lufs=max_momentary(energies, channels),
        max_short_term_lufs=max_short_term(energies, channels),
        true_peak_dbtp=figures["true_peak_dbtp"],
        rms_dbfs=figures["rms_dbfs"],
    )
    found = programme_findings(levels, still, figures["seconds"], master)
    kinds = [{"kind": one.kind, "value": one.value, "limit": one.limit} for one in found]
    return {**asdict(still), "qc": {"verdict": verdict(found), "findings": kinds}}


def trim_db(figures: dict[str, float], master: Master) -> float:
    """Return the gain that brings a file of PCM samples exactly to its loudness; 0.0 for an encoded one.

    Sections meet the target one by one; joined, they may miss it by some hundredths, for a chime is
    softer than speech. PCM can still be changed, encoded frames cannot. A miss of less than half of a
    meter's last digit is left: changing ten minutes takes half a second.
    """
    if master.bitrate_kbps is not None or master.measure != "lufs":
        return 0.0
    missed_db = master.level - figures["integrated_lufs"]
    if abs(missed_db) <= LEAST_TRIM_DB:
        return 0.0
    gain_db = min(max(missed_db, -MOST_TRIM_DB), MOST_TRIM_DB)
    return min(gain_db, max(master.true_peak_dbtp - figures["true_peak_dbtp"], 0.0))


def louder(pcm: bytes, gain_db: float) -> bytes:
    """Return pcm with a gain applied; pcm itself if the gain is zero."""
    return to_pcm(from_pcm(pcm) * np.float32(amplitude(gain_db))) if gain_db else pcm


def measured(tags: Tags, figures: dict[str, float]) -> Tags:
    """Return the tags with the measured levels, for players that adjust loudness."""
    peak = 10 ** (figures["true_peak_dbtp"] / 20)
    return replace(tags, integrated_lufs=figures["integrated_lufs"], track_peak=peak)


def combined(sections: Sequence[MasteredSection], master: Master) -> dict[str, float]:
    """Return the figures of the joined sections, rounded as they are published."""
    samples = sum(section.samples for section in sections)
    energies = joined_energies(sections)
    mean_square = sum(section.mean_square * section.samples for section in sections) / samples
    return {
        "seconds": round(samples / SAMPLE_RATE_HZ, 3),
        "integrated_lufs": round(integrated_lufs(energies, master.channels), 2),
        "loudness_range_lu": round(loudness_range_lu(energies, master.channels), 2),
        "true_peak_dbtp": round(max(section.true_peak_dbtp for section in sections), 2),
        "rms_dbfs": round(10 * math.log10(max(mean_square, 1e-10)), 2),
    }


def check_target(figures: dict[str, float], master: Master, name: str) -> None:
    """Raise SoundError for a programme whose level or peak misses its master's."""
    if master.measure == "lufs":
        level, unit = figures["integrated_lufs"], "LUFS"
        missed = abs(level - master.level)
    else:  # RMS counts pauses: a slow programme may be lower, its sections met their aims
        level, unit = figures["rms_dbfs"], "dBFS RMS"
        missed = level - master.level
    if missed > EPISODE_TOLERANCE:
        facts = {"episode": name, "master": master.name, "level": level, "target": master.level, "unit": unit}
        raise SoundError("mixing.episode_level", facts)
    if figures["true_peak_dbtp"] > master.true_peak_dbtp:
        facts = {"episode": name, "master": master.name, "peak": figures["true_peak_dbtp"]}
        raise SoundError("mixing.episode_peak", facts, limit=master.true_peak_dbtp)


def joined_energies(sections: Sequence[MasteredSection]) -> Energies:
    """Return the energies of the whole file: sections are bounded by silence, so nothing rings across."""
    return np.concatenate([np.frombuffer(section.energies, "<f4") for section in sections])


def tags(file: EpisodeFile) -> Tags:
    """Return what a player shows of the episode."""
    episode = file.episode
    return Tags(
        title=episode.title,
        artist=file.artist,
        album=file.album,
        track=episode.number,
        track_count=file.track_count,
        date=episode.published,
        lyrics=words(episode),
        comment=episode.description,
        chapters=file.chapters,
        cover_jpeg=file.cover_jpeg,
        synthetic_voice=SYNTHETIC_VOICE if file.is_synthetic else None,
    )


def words(episode: Episode) -> str:
    """Return everything that is said, one paragraph per section."""
    return "\n\n".join(" ".join(one.written for one in section.utterances) for section in episode.sections)


def bext(tags: Tags, name: str, energies: Energies, figures: dict[str, float], master: Master) -> Bext:
    """Return what a playout system reads about the programme."""
    return Bext(
        description=": ".join(filter(None, (tags.album, tags.title))),
        originator=tags.artist,
        originator_reference=name,
        originated=tags.date,
        loudness_lufs=figures["integrated_lufs"],
        loudness_range_lu=figures["loudness_range_lu"],
        true_peak_dbtp=figures["true_peak_dbtp"],
        max_momentary_lufs=max_momentary(energies, master.channels),
        max_short_term_lufs=max_short_term(energies, master.channels),
    )
