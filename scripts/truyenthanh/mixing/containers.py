"""What a file declares, and whether its bytes agree: MP3 frame by frame, WAV chunk by chunk.

Decoders play a torn file without complaint, so its bytes are walked here; a file is never read whole.
Formats: ISO 11172-3, 2.4.1; Xing/Info and LAME tag: gabriel.mp3-tech.org/mp3infotag.html (rev. 1);
RIFF/WAVE: EBU Tech 3285.
"""

import struct
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from .frames import Frame, frame_at

WINDOW_BYTES: Final = 1 << 20
HEADER_BYTES: Final = 8  # that ``frame_at`` needs
ID3V1_BYTES: Final = 128
APE_FOOTER_BYTES: Final = 32
UNKNOWN_SIZES: Final = (0, 0xFFFF_FFFF)  # written by a program that could not seek back


@dataclass(frozen=True, slots=True)
class Container:
    """The container of a sound file.

    ``header_samples`` is the length its header declares, None if it declares none; ``counted_samples``
    is that of its MP3 frames. ``missing_bytes`` have been cut off its end; ``junk_bytes`` are where none
    should be. ``bitrates_kbps`` are those of its MP3 frames, each once, in rising order.
    """

    format: str
    bytes: int
    header_samples: int | None = None
    counted_samples: int | None = None
    bitrates_kbps: tuple[int, ...] = ()
    missing_bytes: int = 0
    junk_bytes: int = 0
    has_bext: bool = False


def container_of(path: Path, kind: str, header_samples: int | None) -> Container:
    """Return the container of a file that decodes as ``kind``; little is known unless it is MP3 or WAV."""
    plain = Container(kind, path.stat().st_size, header_samples)
    with path.open("rb") as file:
        if kind == "mp3":
            return survey_mp3(file, replace(plain, header_samples=None))
        return survey_wav(file, plain) if kind == "wav" else plain


# ---------------------------------------------------------------- MP3


class Window:
    """A file read through a buffer of a megabyte that follows the reader."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file, self.end = file, end
        self._base, self._data = 0, b""

    def read(self, offset: int, length: int) -> bytes:
        """Return up to ``length`` bytes at ``offset``, none beyond the end."""
        length = max(min(length, self.end - offset), 0)
        if not self._base <= offset or offset + length > self._base + len(self._data):
            self._file.seek(offset)
            self._base, self._data = offset, self._file.read(max(WINDOW_BYTES, length))
        return self._data[offset - self._base : offset - self._base + length]

    def frame(self, offset: int) -> Frame | None:
        """Return the frame at ``offset``, if there is one."""
        try:
            return frame_at(self.read(offset, HEADER_BYTES), 0)
        except ValueError:
            return None


def survey_mp3(file: BinaryIO, plain: Container) -> Container:
    """Return what the frames of an MP3 file show, and whether its Info frame agrees."""
    start, end = after_id3(file), before_tags(file, plain.bytes)
    window = Window(file, end)
    start = next_frame(window, start, None)
    first = window.frame(start)
    if first is None:
        return plain
    info = info_of(window.read(start, first.size), first)
    offset = start + (first.size if info else 0)
    bitrates, junk, torn = Counter[int](), 0, 0
    while offset < end:
        frame = window.frame(offset)
        if frame is None or frame.sample_rate_hz != first.sample_rate_hz:
            after = next_frame(window, offset + 1, first)
            junk += (after - offset) * any(window.read(offset, after - offset))  # zeros pad an end
            offset = after
            continue
        torn = max(offset + frame.size - end, 0)
        bitrates[frame.bitrate_kbps] += not torn
        offset += frame.size
    facts = replace(
        plain,
        counted_samples=bitrates.total() * first.samples,
        bitrates_kbps=tuple(sorted(+bitrates)),
        junk_bytes=junk,
        missing_bytes=torn,
    )
    return facts if info is None else compared(facts, info, bitrates.total(), end - start, first)


def next_frame(window: Window, offset: int, like: Frame | None) -> int:
    """Return where the next frame begins that another frame or the end follows; else the end of the file."""
    while offset < window.end:
        piece = window.read(offset, WINDOW_BYTES // 2)
        at = piece.find(b"\xff")
        if at < 0:
            offset += len(piece)
            continue
        offset += at
        frame = window.frame(offset)
        if frame is not None and (like is None or frame.sample_rate_hz == like.sample_rate_hz):
            after = offset + frame.size
            if after >= window.end - HEADER_BYTES or window.frame(after) is not None:
                return offset
        offset += 1
    return window.end


@dataclass(frozen=True, slots=True)
class Info:
    """What a Xing or Info frame declares: frames and bytes (None if missing), and what to trim."""

    frames: int | None
    bytes: int | None
    trimmed_samples: int


def info_of(data: bytes, frame: Frame) -> Info | None:
    """Return what the first frame declares; None if it holds sound like any other."""
    side = {(1152, 1): 17, (1152, 2): 32, (576, 1): 9, (576, 2): 17}[frame.samples, frame.channels]
    tag = data[4 + side :]
    if tag[:4] not in (b"Xing", b"Info") or len(tag) < 120:
        return None
    flags = int.from_bytes(tag[4:8], "big")
    at, numbers = 8, []
    for bit in (1, 2):
        numbers.append(int.from_bytes(tag[at : at + 4], "big") if flags & bit else None)
        at += 4 if flags & bit else 0
    at += (100 if flags & 4 else 0) + (4 if flags & 8 else 0)
    trim = int.from_bytes(tag[at + 21 : at + 24], "big") if tag[at : at + 1] == b"L" else 0
    return Info(numbers[0], numbers[1], (trim >> 12) + (trim & 0xFFF))


def compared(facts: Container, info: Info, frames: int, size: int, first: Frame) -> Container:
    """Return the facts with what the Info frame declares; a file shorter than it in every way was cut."""
    if info.frames is None:
        return facts
    missing = facts.missing_bytes
    if info.bytes is not None and info.frames > frames and info.bytes > size:
        missing = info.bytes - size
    return replace(
        facts,
        header_samples=max(info.frames * first.samples - info.trimmed_samples, 0),
        counted_samples=max(frames * first.samples - info.trimmed_samples, 0),
        missing_bytes=missing,
    )


def after_id3(file: BinaryIO) -> int:
    """Return where the ID3v2 tags at the beginning end."""
    offset = 0
    while True:
        file.seek(offset)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3":
            return offset
        size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        offset += 10 + size + (10 if head[5] & 0x10 else 0)


def before_tags(file: BinaryIO, size: int) -> int:
    """Return where the sound ends: before an ID3v1 and an APE tag."""
    end = size
    file.seek(max(end - ID3V1_BYTES, 0))
    if file.read(3) == b"TAG":
        end -= ID3V1_BYTES
    file.seek(max(end - APE_FOOTER_BYTES, 0))
    footer = file.read(APE_FOOTER_BYTES)
    if footer[:8] == b"APETAGEX":
        _, length, _, flags = struct.unpack("<4I", footer[8:24])
        end -= length + (APE_FOOTER_BYTES if flags >> 31 else 0)
    return max(end, 0)


# ---------------------------------------------------------------- WAV


def survey_wav(file: BinaryIO, plain: Container) -> Container:
    """Return what the chunks of a RIFF/WAVE file show; for RF64 and the like, ``plain`` as it is."""
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return plain
    block_bytes, facts, offset = 0, replace(plain, header_samples=None), 12
    while len(chunk := _chunk_at(file, offset)) == 8:
        name, size = struct.unpack("<4sI", chunk)
        if name == b"fmt ":
            block_bytes = int.from_bytes(file.read(16)[12:14], "little")
        elif name == b"bext":
            facts = replace(facts, has_bext=True)
        elif name == b"data":
            unknown = size in UNKNOWN_SIZES
            cut = 0 if unknown else max(offset + 8 + size - plain.bytes, 0)
            samples = 0 if unknown else size // max(block_bytes, 1)
            facts = replace(facts, header_samples=samples, missing_bytes=cut)
            if unknown:
                return facts
        offset += 8 + size + size % 2
    return replace(facts, junk_bytes=_beyond(plain.bytes, head))


def _chunk_at(file: BinaryIO, offset: int) -> bytes:
    file.seek(offset)
    return file.read(8)


def _beyond(size: int, head: bytes) -> int:
    """Return how many bytes follow what the RIFF header spans (one may pad an odd length)."""
    extra = size - 8 - int.from_bytes(head[4:8], "little")
    return extra if extra > 1 else 0
