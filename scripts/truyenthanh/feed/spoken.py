"""What is said in an episode, chapter by chapter, each sentence with its time."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby

from truyenthanh.model import PublishedEpisode, TimedSentence

from .chapters import in_time_order
from .wording import one_line


@dataclass(frozen=True, slots=True)
class SpokenChapter:
    """The sentences of one chapter, by paragraph; ``title`` is empty if an episode has no chapters."""

    start_ms: int
    title: str
    paragraphs: tuple[tuple[TimedSentence, ...], ...]


def spoken_chapters(published: PublishedEpisode) -> tuple[SpokenChapter, ...]:
    """Return the chapters in time order; a paragraph is what one role says without a break."""
    marks = in_time_order(published.chapters)
    starts = [mark.start_ms for mark in marks]

    def chapter(sentence: TimedSentence) -> int:
        return max(0, bisect_right(starts, sentence.start_ms) - 1)

    said = {number: _paragraphs(list(own)) for number, own in groupby(published.sentences, chapter)}
    if not marks:
        return (SpokenChapter(0, "", said.get(0, ())),)
    return tuple(
        SpokenChapter(mark.start_ms, one_line(mark.title), said.get(number, ()))
        for number, mark in enumerate(marks)
    )


def _paragraphs(sentences: list[TimedSentence]) -> tuple[tuple[TimedSentence, ...], ...]:
    return tuple(tuple(own) for _, own in groupby(sentences, lambda sentence: sentence.role))
