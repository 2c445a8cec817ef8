"""Clips, pauses and sounds become a section: whole MP3 frames bounded by digital silence."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from . import FRAME_SAMPLES, LEAD_MS, SAMPLE_RATE_HZ, TAIL_MS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pydub looks for ffmpeg on import; nothing here needs it
    from pydub import AudioSegment

SAMPLE_BYTES: Final = 2
SAMPLES_PER_MS: Final = SAMPLE_RATE_HZ // 1000
FRAME_BYTES: Final = FRAME_SAMPLES * SAMPLE_BYTES


@dataclass(frozen=True, slots=True)
class Stitched:
    """A section as pcm, and the (start, end) of each of its pieces in samples."""

    pcm: bytes
    spans: tuple[tuple[int, int], ...]


def stitch(pieces: Sequence[tuple[bytes, int]]) -> Stitched:
    """Return the pieces, each (pcm, pause after it in ms), as one section.

    They are pydub segments, but their data are joined only once: adding segments copies the whole each
    time.
    """
    segments = [silence(LEAD_MS)]
    for pcm, pause_after_ms in pieces:
        segments += [segment(pcm), silence(pause_after_ms)]
    segments.append(silence(TAIL_MS))
    joined = b"".join(part.raw_data for part in segments)
    whole = segment(joined + bytes(-len(joined) % FRAME_BYTES))
    ends = list(accumulate(int(part.frame_count()) for part in segments))
    spans = tuple((ends[at - 1], ends[at]) for at in range(1, len(segments) - 1, 2))
    return Stitched(bytes(whole.raw_data), spans)


def segment(pcm: bytes) -> AudioSegment:
    """Return pcm as a pydub segment."""
    return AudioSegment(data=pcm, sample_width=SAMPLE_BYTES, frame_rate=SAMPLE_RATE_HZ, channels=1)


def silence(length_ms: int) -> AudioSegment:
    """Return digital silence of exactly this length (pydub's own is sometimes a sample short)."""
    return segment(bytes(length_ms * SAMPLES_PER_MS * SAMPLE_BYTES))
