"""When every sentence and chapter starts and ends in its file.

Time zero is the first sample after the encoder's delay, so MP3 and WAV, captions and chapters share
one clock. Sections are whole frames, so the lengths of sections add up exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..model import ChapterMark, Episode, TimedSentence, Utterance

SAMPLE_RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class SectionLayout:
    """A stitched section: its length, and where each of its items starts and ends (all in samples)."""

    samples: int
    spans: tuple[tuple[int, int], ...]


def chapter_marks(episode: Episode, sections: Sequence[SectionLayout]) -> tuple[ChapterMark, ...]:
    """Return the chapters in time order; each ends where the next begins, the first begins at zero."""
    offsets = _offsets(sections)
    starts = [_ms(offsets[c.section] + sections[c.section].spans[c.item][0]) for c in episode.chapters]
    if not starts:
        return ()
    starts[0] = 0
    ends = [*starts[1:], _ms(offsets[-1])]
    return tuple(
        ChapterMark(start, end, chapter.title)
        for start, end, chapter in zip(starts, ends, episode.chapters, strict=True)
    )


def timed_sentences(episode: Episode, sections: Sequence[SectionLayout]) -> tuple[TimedSentence, ...]:
    """Return every sentence with its start and end, in time order."""
    offsets = _offsets(sections)
    timed = []
    for section, laid, offset in zip(episode.sections, sections, offsets, strict=False):
        for item, (start, end) in zip(section.items, laid.spans, strict=True):
            if isinstance(item, Utterance):
                timed.append(TimedSentence(_ms(offset + start), _ms(offset + end), item.written, item.role))
    return tuple(timed)


def _offsets(sections: Sequence[SectionLayout]) -> list[int]:
    return list(accumulate((section.samples for section in sections), initial=0))


def _ms(samples: int) -> int:
    return round(samples * 1000 / SAMPLE_RATE_HZ)
