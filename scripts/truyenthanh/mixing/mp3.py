"""Sections as MP3 frames that can be joined, and files joined from them.

At 48 kHz and a constant bit rate every frame is 24 ms long and of one size. A section of n frames is
encoded by a fresh encoder without its last, silent, 24 ms: the encoder's delay fills these, and exactly n
frames come out. The Info frame in front declares that delay, and one silent frame at the very end holds
what the delay pushes out, so a file decodes to exactly the samples of its sections, in place.

Formats: ISO 11172-3, 2.4.1; Xing/Info and LAME tag: gabriel.mp3-tech.org/mp3infotag.html (rev. 1).
"""

import io
import struct
from collections.abc import Iterable, Iterator
from functools import cache
from typing import BinaryIO, Final

import lameenc
import numpy as np
import soundfile

from . import FRAME_SAMPLES, SAMPLE_RATE_HZ
from .filtering import Samples, amplitude, to_pcm
from .frames import BITRATES_KBPS, Frame, are_frames
from .wav import doubled

# LAME's 7 does without noise shaping and takes half the time of its 5. Speech has bits to spare: the noise
# is 7 dB lower overall, and as far below its masking threshold as shaped noise, to within 1 dB
ENCODER_QUALITY: Final = 7
ENCODER_DELAY_SAMPLES: Final = 576
PADDING_SAMPLES: Final = FRAME_SAMPLES - ENCODER_DELAY_SAMPLES  # in the silent frame at the end
BYTES_PER_KBPS: Final = 3  # 1152 / 8 / 48: a frame of 96 kb/s has 288 bytes
SIDE_INFO_END: Final = {1: 4 + 17, 2: 4 + 32}  # header and side information, by channels
TOC_ENTRIES: Final = 100
PIECE_SAMPLES: Final = 1000 * FRAME_SAMPLES  # passed to the encoder at a time
# LAME lowers its input at constant bit rates: (up to kb/s, by dB)
LEVEL_LOSS_DB: Final = ((160, 0.4455), (192, 0.2646))


def encode_section(samples: Samples, bitrate_kbps: int, channels: int = 1) -> bytes:
    """Return mono samples (n × 1152 of them, the last 1152 silent) as exactly n MP3 frames of one size.

    If there are two channels, they are equal. The level that LAME loses is compensated first. No Info frame,
    no tags. Raises ValueError if the length does not fit or the frames cannot be joined.
    """
    count, rest = divmod(len(samples), FRAME_SAMPLES)
    if rest or count < 2:
        raise ValueError(f"{len(samples)} samples are not two or more whole frames")
    starts = range(0, len(samples), PIECE_SAMPLES)
    blocks = (samples[at : at + PIECE_SAMPLES] for at in starts)
    frames = b"".join(frames_of(blocks, count, bitrate_kbps, channels))
    check_joinable(frames, count, bitrate_kbps, channels)
    return frames


def frames_of(blocks: Iterable[Samples], count: int, bitrate_kbps: int, channels: int = 1) -> Iterator[bytes]:
    """Yield the MP3 frames of ``count`` × 1152 mono samples given block by block, the last 1152 silent.

    See ``encode_section``, which checks the result.
    """
    gain = np.float32(amplitude(level_loss_db(bitrate_kbps)))
    return encoded(
        (to_pcm(block * gain) for block in cut(blocks, (count - 1) * FRAME_SAMPLES)), bitrate_kbps, channels
    )


def cut(blocks: Iterable[Samples], most: int) -> Iterator[Samples]:
    """Yield the first ``most`` samples of the blocks."""
    for block in blocks:
        yield block[:most]
        most -= len(block[:most])


def encoded(pieces: Iterable[bytes], bitrate_kbps: int, channels: int) -> Iterator[bytes]:
    """Yield mono pcm, given piece by piece, encoded by a fresh encoder."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(bitrate_kbps)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_out_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_channels(channels)
    encoder.set_quality(ENCODER_QUALITY)
    for pcm in pieces:
        yield bytes(encoder.encode(pcm if channels == 1 else bytes(doubled(pcm))))
    yield bytes(encoder.flush())


def check_joinable(frames: bytes, count: int, bitrate_kbps: int, channels: int) -> None:
    """Raise ValueError unless these are ``count`` frames of one size that depend on nothing before them."""
    wanted = Frame(0, frame_bytes(bitrate_kbps), bitrate_kbps, SAMPLE_RATE_HZ, channels, 0)
    if not are_frames(frames, wanted, count):
        raise ValueError(f"the encoder made {len(frames)} bytes that cannot be joined, wanted {count} frames")


def decode(frames: bytes, bitrate_kbps: int, channels: int = 1) -> Samples:
    """Return the first channel of joined sections, aligned with what was encoded and of the same length."""
    file = io.BytesIO()
    write_mp3(file, b"", [frames], len(frames) // frame_bytes(bitrate_kbps), bitrate_kbps, channels)
    file.seek(0)
    samples, rate_hz = soundfile.read(file, dtype="float32", always_2d=True)
    wanted = len(frames) // frame_bytes(bitrate_kbps) * FRAME_SAMPLES
    if rate_hz != SAMPLE_RATE_HZ or samples.shape != (wanted, channels):
        raise ValueError(f"decoded {samples.shape} samples at {rate_hz} Hz, wanted {wanted}")
    return np.ascontiguousarray(samples[:, 0])


def write_mp3(
    out: BinaryIO,
    tag: bytes,
    sections: Iterable[bytes],
    frame_count: int,
    bitrate_kbps: int,
    channels: int = 1,
) -> None:
    """Write a file: ID3 tag, Info frame, the sections' frames (``frame_count`` in all), a silent frame.

    Sections are written one by one. Raises ValueError unless they have ``frame_count`` frames.
    """
    out.write(tag)
    out.write(info_frame(frame_count, bitrate_kbps, channels))
    written = 0
    for frames in sections:
        written += out.write(frames)
    if written != frame_count * frame_bytes(bitrate_kbps):
        raise ValueError(f"{written} bytes of frames do not make the {frame_count} frames announced")
    out.write(silent_frame(bitrate_kbps, channels))


def info_frame(frame_count: int, bitrate_kbps: int, channels: int = 1) -> bytes:
    """Return the Info frame of a file of ``frame_count`` section frames and the silent one at its end.

    It declares delay and padding so that a decoder yields ``frame_count`` × 1152 samples. The music CRC
    is left zero: the file is written while its sections are read, and no player checks it.
    """
    size = frame_bytes(bitrate_kbps)
    total_bytes = (frame_count + 2) * size
    frame = bytearray(size)
    frame[:4] = silent_frame(bitrate_kbps, channels)[:4]
    return tagged(frame, SIDE_INFO_END[channels], frame_count, 1, bitrate_kbps, PADDING_SAMPLES, total_bytes)


def tagged(
    frame: bytearray,
    begin: int,
    frame_count: int,
    silent_frames: int,
    bitrate_kbps: int,
    padding_samples: int,
    total_bytes: int,
) -> bytes:
    """Return an Info frame with its tags from byte ``begin`` on: for ``frame_count`` frames of sections and
    the silent ones after them, ``total_bytes`` in all, including itself."""
    xing = struct.pack(">4sIII", b"Info", 0xF, frame_count + silent_frames, total_bytes)
    xing += seek_table(frame_count)
    lame = struct.pack(
        ">I9sBBfHHBB3sBBHIH",
        50,  # quality, of a hundred: belongs to the Xing part
        b"LAME3.100",
        0x01,  # revision 0, constant bit rate
        0,  # low-pass unknown
        0.0,
        0,
        0,  # peak and gains: in the ID3 tag
        0,
        bitrate_kbps,
        (ENCODER_DELAY_SAMPLES << 12 | padding_samples).to_bytes(3, "big"),
        0x80,  # the source was 48 kHz
        0,
        0,
        total_bytes,
        0,
    )
    end = begin + len(xing) + len(lame)
    frame[begin:end] = xing + lame
    frame[end : end + 2] = crc16(bytes(frame[:end])).to_bytes(2, "big")
    return bytes(frame)


def seek_table(frame_count: int) -> bytes:
    """Return the Info frame's hundred seek points, in 256ths of the file, one per hundredth of its time."""
    frames = frame_count + 1
    return bytes(
        256 * (TOC_ENTRIES + at * frames) // (TOC_ENTRIES * (frames + 1)) for at in range(TOC_ENTRIES)
    )


@cache
def silent_frame(bitrate_kbps: int, channels: int = 1) -> bytes:
    """Return one frame of silence that depends on nothing before it."""
    frames = b"".join(encoded([bytes(4 * FRAME_SAMPLES)], bitrate_kbps, channels))
    return frames[: frame_bytes(bitrate_kbps)]


def frame_bytes(bitrate_kbps: int) -> int:
    """Return the size of every frame at a constant bit rate and 48 kHz."""
    if bitrate_kbps not in BITRATES_KBPS:
        raise ValueError(f"no MP3 has {bitrate_kbps} kb/s")
    return bitrate_kbps * BYTES_PER_KBPS


def level_loss_db(bitrate_kbps: int) -> float:
    """Return how many dB LAME lowers the level at a constant bit rate."""
    return next((loss_db for most_kbps, loss_db in LEVEL_LOSS_DB if bitrate_kbps <= most_kbps), 0.0)


def crc16(data: bytes) -> int:
    """Return the CRC-16 of the LAME tag (polynomial 0x8005, reflected, from zero)."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
