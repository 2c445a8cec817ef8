"""Open any sound file, block by block: WAV, FLAC, OGG and MP3 with libsndfile, others with FFmpeg.

PyAV brings FFmpeg's decoders in its wheel (the extra ``m4a``); it is used only for what libsndfile does
not know, such as a phone's M4A, AMR or 3GP. A two-hour file is never in memory as a whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile

from ..errors import SoundError
from ..system import reason, reason_of
from .filtering import Samples

BLOCK_SAMPLES: Final = 1 << 16
RATES_HZ: Final = (4000, 768_000)
KINDS: Final = {"wavex": "wav"}  # libsndfile's names that differ from the usual ones
CANCELLED: Final = 0.1  # a sound on one channel alone leaves a quarter of its power in the mean


@dataclass(frozen=True, slots=True)
class OpenSound:
    """A file being read: its sample rate, its channels, and its samples.

    ``blocks`` yields float32 arrays of shape (samples, channels), full scale 1.0, once. It raises
    SoundError if the file ends in something that is not sound. ``kind`` is what it decodes as
    ("mp3", "wav", …); ``header_samples`` is its length according to the header.
    """

    rate_hz: int
    channels: int
    blocks: Iterator[Samples]
    kind: str
    header_samples: int | None


@contextmanager
def opened(path: Path) -> Iterator[OpenSound]:
    """Give the sound of a file. Raises SoundError for a file that is missing or holds no readable sound."""
    if not path.is_file():
        raise SoundError("mixing.no_sound_file", file=path)
    try:
        file = soundfile.SoundFile(path)
    except soundfile.SoundFileError as problem:
        with _opened_by_ffmpeg(path, problem) as sound:
            yield sound
        return
    with file:
        _check_rate(path, file.samplerate)
        blocks, kind = _guarded(_blocks_of(file), path), str(file.format).lower()
        yield OpenSound(
            int(file.samplerate), int(file.channels), blocks, KINDS.get(kind, kind), int(file.frames)
        )


def read_mono(path: Path, longest_s: float) -> tuple[Samples, int]:
    """Return all of a file as one channel, and its rate in Hz.

    Raises SoundError for a file that is not sound, silent, or longer than ``longest_s``.
    """
    with opened(path) as sound:
        blocks, total = [np.zeros((0, sound.channels), np.float32)], 0
        for block in sound.blocks:
            total += len(block)
            if total > longest_s * sound.rate_hz:
                raise SoundError("mixing.sound_too_long", file=path, most=longest_s)
            blocks.append(block)
    samples = mixed_down(np.concatenate(blocks))
    if not np.isfinite(samples).all() or not samples.any():
        raise SoundError("mixing.silent_sound", file=path)
    return samples, sound.rate_hz


def mixed_down(samples: Samples) -> Samples:
    """Return the mean of the channels, or the strongest of them if they cancel each other.

    A microphone with its two wires swapped on one side gives such a file.
    """
    mean: Samples = samples.mean(axis=1, dtype=np.float32)
    powers = np.einsum("ij,ij->j", samples, samples)
    if float(np.einsum("i,i->", mean, mean)) < CANCELLED * float(powers.max(initial=0.0)):
        return np.ascontiguousarray(samples[:, int(powers.argmax())])
    return mean


def _blocks_of(file: soundfile.SoundFile) -> Iterator[Samples]:
    while len(block := file.read(BLOCK_SAMPLES, dtype="float32", always_2d=True)):
        yield block


def _guarded(blocks: Iterator[Samples], path: Path) -> Iterator[Samples]:
    try:
        yield from blocks
    except (OSError, soundfile.SoundFileError) as problem:
        raise _refusal(path, problem) from problem


def _check_rate(path: Path, rate_hz: int) -> None:
    """Refuse a rate that only a damaged header has: a second at 1 Hz would become hours at 48 kHz."""
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise SoundError("mixing.not_a_sound", file=path, reason=reason("system.rate", rate=rate_hz))


def _refusal(path: Path, problem: Exception) -> SoundError:
    return SoundError("mixing.not_a_sound", file=path, reason=reason_of(problem))


# ---------------------------------------------------------------- formats that libsndfile does not know


@contextmanager
def _opened_by_ffmpeg(path: Path, problem: Exception) -> Iterator[OpenSound]:
    try:
        import av
    except ImportError as missing:
        if path.suffix.lower() in (".wav", ".mp3", ".flac", ".ogg"):  # FFmpeg would not read these either
            raise _refusal(path, problem) from problem
        raise SoundError("mixing.no_decoder", file=path) from missing
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            stream: Any = container.streams.best("audio")
            if getattr(stream, "rate", None) is None:  # a damaged header may leave a stream without a codec
                raise _refusal(path, problem) from problem
            _check_rate(path, stream.rate)
            length = stream.duration and round(stream.duration * stream.time_base * stream.rate)
            kind = path.suffix.lower().removeprefix(".") or str(container.format.name)
            blocks = _ffmpeg_blocks(container, stream, path)
            yield OpenSound(int(stream.rate), int(stream.channels), blocks, kind, length)
    except av.FFmpegError as error:
        raise _refusal(path, error) from error


def _ffmpeg_blocks(container: Any, stream: Any, path: Path) -> Iterator[Samples]:
    import av

    planar = av.AudioResampler(format="fltp")  # same rate and channels, as float32
    try:
        for frame in container.decode(stream):
            for piece in planar.resample(frame):
                yield np.ascontiguousarray(piece.to_ndarray().T)
        for piece in planar.resample(None):
            yield np.ascontiguousarray(piece.to_ndarray().T)
    except av.FFmpegError as error:
        raise _refusal(path, error) from error
