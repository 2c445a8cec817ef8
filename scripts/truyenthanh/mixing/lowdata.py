"""Sections as frames of 24 kHz and 32 kb/s, for listeners who pay per megabyte: joined like the others.

At 24 kHz (MPEG-2 layer III) a frame holds 576 samples: 24 ms again, in 96 bytes. The delays of encoder and
decoder add up to less than two such frames, so a section is encoded without its last 48 ms, which are
silent, and n frames come out of n; two silent frames at the very end hold what the delay pushes out. The
Info header does not fit into 96 bytes and has a 64 kb/s frame to itself, as LAME writes it.

Formats: ISO 13818-3, 2.4.1; Xing/Info and LAME tag: gabriel.mp3-tech.org/mp3infotag.html (rev. 1).
"""

import io
from collections.abc import Iterable
from functools import cache
from typing import BinaryIO, Final

import lameenc
import numpy as np
import soundfile
import soxr

from . import FRAME_SAMPLES, SAMPLE_RATE_HZ
from .filtering import Samples, amplitude, to_pcm
from .frames import Frame, are_frames
from .mp3 import ENCODER_DELAY_SAMPLES, ENCODER_QUALITY, level_loss_db, tagged

RATE_HZ: Final = 24_000
LOW_FRAME_SAMPLES: Final = 576
BITRATE_KBPS: Final = 32
FRAME_BYTES: Final = 96
TAIL_FRAMES: Final = 2  # silent: not encoded, but added at the end of a file
INFO_BYTES: Final = 192
SIDE_INFO_END: Final = 4 + 9  # one channel
PADDING_SAMPLES: Final = TAIL_FRAMES * LOW_FRAME_SAMPLES - ENCODER_DELAY_SAMPLES


def encode_section(samples: Samples) -> bytes:
    """Return 48 kHz samples (n × 1152 of them, the last 48 ms silent) as exactly n MP3 frames of one size.

    The level that LAME loses is compensated first. Raises ValueError if the length does not fit or the
    frames cannot be joined.
    """
    count, rest = divmod(len(samples), FRAME_SAMPLES)
    if rest or count <= 2 * TAIL_FRAMES:
        raise ValueError(f"{len(samples)} samples are not five or more whole frames")
    low = thinned(samples)
    gain = np.float32(amplitude(level_loss_db(BITRATE_KBPS)))
    frames = encoded(to_pcm(low[: len(low) - TAIL_FRAMES * LOW_FRAME_SAMPLES] * gain))
    wanted = Frame(0, FRAME_BYTES, BITRATE_KBPS, RATE_HZ, 1, 0, LOW_FRAME_SAMPLES)
    if not are_frames(frames, wanted, count):
        raise ValueError(f"the encoder made {len(frames)} bytes that cannot be joined, wanted {count} frames")
    return frames


def for_low_data(samples: Samples) -> Samples:
    """Return 48 kHz samples without what 24 kHz cannot hold, so that level and peak are set without it."""
    low = soxr.resample(samples, SAMPLE_RATE_HZ, RATE_HZ)
    return np.asarray(soxr.resample(low, RATE_HZ, SAMPLE_RATE_HZ), np.float32)


def thinned(samples: Samples) -> Samples:
    """Return whole frames at 24 kHz, in place on the timeline; ringing beyond their edges is cut."""
    low: Samples = np.asarray(soxr.resample(samples, SAMPLE_RATE_HZ, RATE_HZ), np.float32)
    edge = TAIL_FRAMES * LOW_FRAME_SAMPLES
    low[:edge] = low[-edge:] = 0
    return low


def encoded(pcm: bytes) -> bytes:
    """Return mono pcm at 24 kHz, encoded by a fresh encoder."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(BITRATE_KBPS)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_out_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(ENCODER_QUALITY)
    return bytes(encoder.encode(pcm) + encoder.flush())


def decode(frames: bytes) -> Samples:
    """Return joined sections at 48 kHz, aligned with what was encoded and of the same length."""
    file = io.BytesIO()
    count = len(frames) // FRAME_BYTES
    write_mp3(file, b"", [frames], count)
    file.seek(0)
    low, rate_hz = soundfile.read(file, dtype="float32")
    if rate_hz != RATE_HZ or low.shape != (count * LOW_FRAME_SAMPLES,):
        raise ValueError(f"decoded {low.shape} samples at {rate_hz} Hz, wanted {count * LOW_FRAME_SAMPLES}")
    heard: Samples = np.asarray(soxr.resample(low, RATE_HZ, SAMPLE_RATE_HZ), np.float32)
    return heard


def write_mp3(out: BinaryIO, tag: bytes, sections: Iterable[bytes], frame_count: int) -> None:
    """Write a file: ID3 tag, Info frame, the sections' frames (``frame_count`` in all), silent frames.

    Raises ValueError unless the sections have ``frame_count`` frames.
    """
    out.write(tag)
    out.write(info_frame(frame_count))
    written = sum(out.write(frames) for frames in sections)
    if written != frame_count * FRAME_BYTES:
        raise ValueError(f"{written} bytes of frames do not make the {frame_count} frames announced")
    out.write(silent_frames())


def info_frame(frame_count: int) -> bytes:
    """Return the Info frame of a file of ``frame_count`` section frames: see ``mp3.info_frame``."""
    total_bytes = INFO_BYTES + (frame_count + TAIL_FRAMES) * FRAME_BYTES
    frame = bytearray(INFO_BYTES)
    header = bytearray(silent_frames()[:4])
    header[2] = header[2] & 0x0F | 0x80  # 64 kb/s (ISO 13818-3, table of bit rates)
    frame[:4] = header
    return tagged(frame, SIDE_INFO_END, frame_count, TAIL_FRAMES, BITRATE_KBPS, PADDING_SAMPLES, total_bytes)


@cache
def silent_frames() -> bytes:
    """Return the silence at the end of a file, in frames that depend on nothing before them."""
    return encoded(bytes(8 * LOW_FRAME_SAMPLES))[: TAIL_FRAMES * FRAME_BYTES]
