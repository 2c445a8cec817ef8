"""Find the sections in a published file: sessions are joined from published files.

An MP3's sections are whole frames of one size, and their digests are known, so a section ends where the
digest of its frames matches. A WAV's level was moved by some hundredths of a decibel when it was written;
its sections are where they are in any MP3 of the episode.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import soundfile

from . import FRAME_SAMPLES, lowdata, mp3
from .containers import after_id3
from .episode import MasteredSection
from .filtering import Samples, from_pcm
from .frames import frame_at
from .loudness import energies, true_peak_dbtp
from .masters import mean_square
from .profiles import Master


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a section is in a file: its first frame (24 ms each) and how many it has."""

    start: int
    frames: int


def find_sections(path: Path, digests: Sequence[str]) -> tuple[Cut, ...]:
    """Return where the sections with these digests are in an MP3 file, in order.

    Raises ValueError if they are not there, or something is between them.
    """
    sound, size = sound_of(path)
    cuts, start = [], 0
    for digest in digests:
        running = hashlib.sha256()
        for frame in range(start, len(sound) // size):
            running.update(sound[frame * size : (frame + 1) * size])
            if running.copy().hexdigest() == digest:
                cuts.append(Cut(start, frame + 1 - start))
                start = frame + 1
                break
        else:
            raise ValueError(f"no frames with the digest {digest[:12]}")
    return tuple(cuts)


def joined_cuts(cuts: Sequence[Cut], counts: Sequence[int]) -> tuple[Cut, ...]:
    """Return consecutive cuts joined into fewer: ``counts`` is how many cuts (at least one) make each."""
    ends = list(accumulate(counts, initial=0))
    groups = [cuts[first:last] for first, last in pairwise(ends)]
    return tuple(Cut(group[0].start, sum(cut.frames for cut in group)) for group in groups)


def sound_of(path: Path) -> tuple[bytes, int]:
    """Return the frames of one of our MP3 files after its tag and Info frame, and the size of each.

    Raises ValueError for any other file.
    """
    with path.open("rb") as file:
        file.seek(after_id3(file))
        data = file.read()
    begin = frame_at(data, 0).size
    return data[begin:], frame_at(data, begin).size


def cut_out(path: Path, cut: Cut, master: Master) -> bytes:
    """Return a section of a file: MP3 frames, or mono pcm of a WAV."""
    if master.bitrate_kbps is not None:
        sound, size = sound_of(path)
        return sound[cut.start * size : (cut.start + cut.frames) * size]
    start, count = cut.start * FRAME_SAMPLES, cut.frames * FRAME_SAMPLES
    samples, _ = soundfile.read(path, count, start, dtype="int16", always_2d=True)
    return np.ascontiguousarray(samples[:, 0], "<i2").tobytes()


def wav_frames(path: Path) -> int:
    """Return how many frames of 24 ms a WAV holds. Raises ValueError if it is not a whole number."""
    count, rest = divmod(int(soundfile.info(path).frames), FRAME_SAMPLES)
    if rest:
        raise ValueError(f"{rest} samples are no frame")
    return count


def as_section(path: Path, cut: Cut, master: Master) -> MasteredSection:
    """Return a section of a file, measured as it decodes; its audio is read again when it is needed."""
    heard = decoded(cut_out(path, cut, master), master)
    return MasteredSection(
        audio=lambda: cut_out(path, cut, master),
        energies=energies(heard).astype("<f4").tobytes(),
        true_peak_dbtp=true_peak_dbtp(heard),
        mean_square=mean_square(heard),
        samples=len(heard),
    )


def decoded(audio: bytes, master: Master) -> Samples:
    """Return a section decoded to 48 kHz, one channel."""
    if master.bitrate_kbps is None:
        return from_pcm(audio)
    if master.rate_hz == lowdata.RATE_HZ:
        return lowdata.decode(audio)
    return mp3.decode(audio, master.bitrate_kbps, master.channels)
