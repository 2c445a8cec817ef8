"""Sound that may not fit into memory: held in memory or on disk, and read in pieces.

Processing that needs only a window with some context on either side, and gives the same wherever windows
begin, runs over a buffer piece by piece.
"""

import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Final, Protocol

import numpy as np

from . import FRAME_SAMPLES, SAMPLE_RATE_HZ
from .filtering import Samples

WINDOW_SAMPLES: Final = 1250 * FRAME_SAMPLES  # 30 s: whole frames, whole slots of 4 ms
IN_MEMORY_SAMPLES: Final = 150 * SAMPLE_RATE_HZ  # longer sound goes to disk
SAMPLE_BYTES: Final = 4


class SampleBuffer(Protocol):
    """Mono float32 samples, with silence before and after."""

    @property
    def samples(self) -> int:
        """The number of samples."""

    def read(self, start: int, end: int) -> Samples:
        """Return a stretch, with zeros beyond the ends, as an array that the caller may change."""

    def append(self, block: Samples) -> None:
        """Add samples at the end."""


class MemoryTape:
    """A buffer in memory."""

    def __init__(self) -> None:
        self._blocks: list[Samples] = []
        self.samples = 0

    def read(self, start: int, end: int) -> Samples:
        """Return a stretch, as every buffer does."""
        if len(self._blocks) > 1:
            self._blocks = [np.concatenate(self._blocks)]
        whole = self._blocks[0] if self._blocks else np.zeros(0, np.float32)
        return _padded(whole[max(start, 0) : max(end, 0)], start, end)

    def append(self, block: Samples) -> None:
        """Add samples at the end."""
        self._blocks.append(block)
        self.samples += len(block)


class FileTape:
    """A buffer in a temporary file, which is removed however the process ends (where the system can)."""

    def __init__(self) -> None:
        keeping = ExitStack()
        self._file = keeping.enter_context(tempfile.TemporaryFile(prefix="truyenthanh-"))
        weakref.finalize(self, keeping.close)
        self.samples = 0

    def read(self, start: int, end: int) -> Samples:
        """Return a stretch, as every buffer does."""
        first, last = min(max(start, 0), self.samples), min(max(end, 0), self.samples)
        self._file.seek(first * SAMPLE_BYTES)
        data = self._file.read(max(last - first, 0) * SAMPLE_BYTES)
        return _padded(np.frombuffer(data, np.float32), start, end)

    def append(self, block: Samples) -> None:
        """Add samples at the end."""
        self._file.seek(0, 2)
        self._file.write(np.ascontiguousarray(block, np.float32).data)
        self.samples += len(block)


def tape_for(samples: int) -> SampleBuffer:
    """Return an empty buffer for about this many samples."""
    return MemoryTape() if samples <= IN_MEMORY_SAMPLES else FileTape()


def recorded_on(tape: SampleBuffer, blocks: Iterator[Samples]) -> SampleBuffer:
    """Return ``tape`` with the blocks added."""
    for block in blocks:
        tape.append(block)
    return tape


def windows(tape: SampleBuffer, context: int = 0) -> Iterator[tuple[int, Samples]]:
    """Yield (start, window) over a buffer, each window with ``context`` more samples on either side."""
    for start in range(0, tape.samples, WINDOW_SAMPLES):
        end = min(start + WINDOW_SAMPLES, tape.samples)
        yield start, tape.read(start - context, end + context)


def processed(tape: SampleBuffer, work: Callable[[Samples], Samples], context: int) -> Iterator[Samples]:
    """Yield the windows processed by ``work``, without their context: as long as the buffer in all."""
    for _, window in windows(tape, context):
        out = work(window)
        yield out[context : len(out) - context]


def _padded(piece: Samples, start: int, end: int) -> Samples:
    before = min(max(-start, 0), end - start)
    room = np.zeros(end - start, np.float32)
    room[before : before + len(piece)] = piece
    return room
