"""A sentence cut into cues of two short lines, each with its share of the sentence's time."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from truyenthanh.model import TimedSentence

from .wording import one_line

LINES_PER_CUE = 2


@dataclass(frozen=True, slots=True)
class Cue:
    """The lines shown at one time, without the speaker."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """How long lines may be; a cue's first line is shorter by the speaker's name."""

    line: int  # characters, as written into the file
    first: int
    word: int  # longer words are split


def cues(sentence: TimedSentence, room: Room, escape: Callable[[str], str]) -> Iterator[Cue]:
    """Yield the cues of a sentence, without losing a word; they share its time by their length."""
    texts = _texts(one_line(sentence.text), room, escape)
    lengths = [sum(map(len, lines)) + len(lines) - 1 for lines in texts]
    span_ms = max(1, sentence.end_ms - sentence.start_ms)
    if texts and span_ms * min(lengths) < sum(lengths):  # a cue would last less than a millisecond
        texts = [[line for lines in texts for line in lines]]
        lengths = [1]
    done, total = 0, sum(lengths)
    for lines, length in zip(texts, lengths, strict=True):
        start_ms = sentence.start_ms + span_ms * done // total
        done += length
        end_ms = sentence.start_ms + span_ms * done // total
        yield Cue(start_ms, max(end_ms, start_ms + 1), tuple(lines))


def _texts(text: str, room: Room, escape: Callable[[str], str]) -> list[list[str]]:
    """Return the lines of every cue: as few as possible, and as even as possible.

    So the last word of a long sentence does not flash by alone.
    """
    words = list(_words(text, room.word, escape))
    narrower = range(room.first - max(map(len, words), default=0) + 1)
    fewest = _lines(_filled(words, room, 0))
    most = bisect_right(narrower, fewest, key=lambda by: _lines(_filled(words, room, by))) - 1
    return _filled(words, room, max(most, 0))


def _lines(texts: Sequence[Sequence[str]]) -> int:
    return sum(map(len, texts))


def _filled(words: Sequence[str], room: Room, narrower: int) -> list[list[str]]:
    """Return the words in lines, each filled as far as possible."""
    found: list[list[str]] = []
    for word in words:
        lines = found[-1] if found else []
        width = (room.first if len(lines) == 1 else room.line) - narrower
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        elif lines and len(lines) < LINES_PER_CUE:
            lines.append(word)
        else:
            found.append([word])
    return found


def _words(text: str, room: int, escape: Callable[[str], str]) -> Iterator[str]:
    """Yield the words, escaped; a word too long for a line is split."""
    for word in text.split():
        piece = ""
        for character in map(escape, word):
            if len(piece) + len(character) > room:
                yield piece
                piece = ""
            piece += character
        yield piece
