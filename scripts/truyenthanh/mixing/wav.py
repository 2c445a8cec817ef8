"""Broadcast WAV: RIFF/WAVE with a ``bext`` chunk of version 2 (EBU Tech 3285), written section by section."""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

import numpy as np

from ..errors import SoundError
from . import SAMPLE_RATE_HZ

CHANNELS: Final = 2
SAMPLE_BYTES: Final = 2
BLOCK_BYTES: Final = CHANNELS * SAMPLE_BYTES
PAIR: Final = np.uint32(0x0001_0001)
PIECE_BYTES: Final = 1 << 20
MOST_RIFF_BYTES: Final = 0xFFFF_FFFF
BEXT_VERSION: Final = 2
UNKNOWN_LEVEL: Final = 0x7FFF  # Tech 3285, 2.3: outside the range of the field
CODING_HISTORY: Final = f"A=PCM,F={SAMPLE_RATE_HZ},W=16,M=dual-mono,T=truyenthanh\r\n"


@dataclass(frozen=True, slots=True)
class Bext:
    """What a playout system reads before it plays (Tech 3285, 2.3).

    The three texts are folded to ASCII and cut to 256, 32 and 32 characters. ``originated`` is the date
    of the content, blank if it has none. Levels are of both channels together.
    """

    description: str
    originator: str
    originator_reference: str
    originated: datetime | None
    loudness_lufs: float
    loudness_range_lu: float
    true_peak_dbtp: float
    max_momentary_lufs: float
    max_short_term_lufs: float
    coding_history: str = CODING_HISTORY


def write_wav(out: BinaryIO, sections: Iterable[bytes], samples: int, bext: Bext) -> None:
    """Write mono pcm sections, ``samples`` in all, as 48 kHz 16-bit WAV of two equal channels.

    Raises SoundError for what does not fit into a RIFF file of 4 GiB (six hours), ValueError unless the
    sections hold ``samples`` samples.
    """
    head = chunk(b"bext", bext_body(bext)) + chunk(b"fmt ", format_body())
    data_bytes = samples * BLOCK_BYTES
    riff_bytes = 4 + len(head) + 8 + data_bytes
    if riff_bytes > MOST_RIFF_BYTES:
        raise SoundError("mixing.wav_too_long", hours=round(samples / SAMPLE_RATE_HZ / 3600, 1))
    out.write(struct.pack("<4sI4s", b"RIFF", riff_bytes, b"WAVE") + head)
    out.write(struct.pack("<4sI", b"data", data_bytes))
    written = sum(out.write(doubled(piece)) for section in sections for piece in pieces(section))
    if written != data_bytes:
        raise ValueError(f"the sections hold {written // BLOCK_BYTES} samples, {samples} were announced")


def pieces(section: bytes) -> Iterator[memoryview]:
    """Yield a section piece by piece, so that doubling it needs little memory."""
    whole = memoryview(section)
    for start in range(0, len(section), PIECE_BYTES):
        yield whole[start : start + PIECE_BYTES]


def doubled(pcm: bytes | memoryview) -> memoryview:
    """Return mono pcm as two equal channels; a pair is one number, six times as fast as repeating."""
    pairs = np.multiply(np.frombuffer(pcm, "<u2"), PAIR, dtype=np.uint32)
    return memoryview(pairs.astype("<u4", copy=False)).cast("B")


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a RIFF chunk, padded to an even length that its size does not count."""
    return struct.pack("<4sI", name, len(body)) + body + bytes(len(body) % 2)


def format_body() -> bytes:
    """Return the ``fmt`` chunk's body: plain PCM."""
    bytes_per_second = SAMPLE_RATE_HZ * BLOCK_BYTES
    return struct.pack(
        "<HHIIHH", 1, CHANNELS, SAMPLE_RATE_HZ, bytes_per_second, BLOCK_BYTES, 8 * SAMPLE_BYTES
    )


def bext_body(bext: Bext) -> bytes:
    """Return the ``bext`` chunk's body (Tech 3285, 2.3): 602 bytes and the coding history."""
    levels = (
        bext.loudness_lufs,
        bext.loudness_range_lu,
        bext.true_peak_dbtp,
        bext.max_momentary_lufs,
        bext.max_short_term_lufs,
    )
    fixed = struct.pack(
        "<256s32s32s10s8sQH64s5h180x",
        ascii_field(bext.description, 256),
        ascii_field(bext.originator, 32),
        ascii_field(bext.originator_reference, 32),
        bext.originated.strftime("%Y-%m-%d").encode() if bext.originated else b"",
        bext.originated.strftime("%H:%M:%S").encode() if bext.originated else b"",
        0,  # samples since midnight: the sound has no time of day
        BEXT_VERSION,
        b"",  # no UMID
        *(hundredths(level) for level in levels),
    )
    return fixed + bext.coding_history.encode("ascii")


def hundredths(level: float) -> int:
    """Return a level in hundredths, as in ``bext``."""
    steps = round(level * 100)
    return steps if -9999 <= steps <= 9999 else UNKNOWN_LEVEL


def ascii_field(text: str, most: int) -> bytes:
    """Return text in ASCII without the diacritics of Vietnamese, cut to the size of the field."""
    folded = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    dashed = bare.replace("–", "-").replace("—", "-").replace("“", '"').replace("”", '"')
    return dashed.encode("ascii", "replace")[:most]
