"""Transcripts with the words as written: WebVTT on the clock of the file, and plain text by chapters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from truyenthanh.model import PublishedEpisode, Series, TimedSentence

from .spoken import spoken_chapters
from .wording import one_line, playing_time, timestamp

LINE_LIMIT: Final = 65  # characters, markup included: PSP-1 on WebVTT
LINES_PER_CUE: Final = 2
SPEAKER_LIMIT: Final = 30


@dataclass(frozen=True, slots=True)
class ChapterText:
    """What is said in one chapter; ``title`` is empty where an episode has no chapters."""

    start_ms: int
    title: str
    paragraphs: tuple[str, ...]


def speakers(series: Series) -> dict[str, str]:
    """Return the name that transcripts give each role: the parts' own labels, and the announcer."""
    return {"announcer": "Phát thanh viên"} | {part.role: part.label for part in series.parts}


def vtt(published: PublishedEpisode, speakers: Mapping[str, str]) -> bytes:
    """Return the transcript as WebVTT: two lines of at most 65 characters a cue, a voice on each.

    ``speakers`` maps roles to names; a role without one has no voice tag. A sentence of several cues shares
    its time among them by their length.
    """
    cues = [cue for sentence in published.sentences for cue in _cues(sentence, speakers)]
    return "\n\n".join(["WEBVTT", *cues]).encode() + b"\n"


def _cues(sentence: TimedSentence, speakers: Mapping[str, str]) -> Iterator[str]:
    voice = _voice(speakers.get(sentence.role, ""))
    texts = _cue_texts(one_line(sentence.text), len(voice))
    span_ms = max(1, sentence.end_ms - sentence.start_ms)
    total, done = sum(map(len, texts)), 0
    if texts and span_ms * min(map(len, texts)) < total:  # a cue would last less than a millisecond
        texts = ["\n".join(texts)]
        total = len(texts[0])
    for text in texts:
        start_ms = sentence.start_ms + span_ms * done // total
        done += len(text)
        end_ms = sentence.start_ms + span_ms * done // total
        yield f"{timestamp(start_ms)} --> {timestamp(max(end_ms, start_ms + 1))}\n{voice}{text}"


def _voice(speaker: str) -> str:
    """Return the voice tag that opens a cue (WebVTT 4.2.2: its end tag may be left out), or nothing."""
    name = one_line(speaker)
    while len(_escape(name)) > SPEAKER_LIMIT:
        name = name[:-2].rstrip() + "…"
    return f"<v {_escape(name)}>" if name else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cue_texts(text: str, voice_length: int) -> list[str]:
    """Return the escaped texts of the cues; the first line of each leaves room for the voice tag."""
    cues: list[list[str]] = []
    for word in _words(text, LINE_LIMIT - max(voice_length, SPEAKER_LIMIT)):
        lines = cues[-1] if cues else []
        room = LINE_LIMIT - (voice_length if len(lines) == 1 else 0)
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        elif lines and len(lines) < LINES_PER_CUE:
            lines.append(word)
        else:
            cues.append([word])
    return ["\n".join(lines) for lines in cues]


def _words(text: str, room: int) -> Iterator[str]:
    """Yield the words, escaped; one that no line could hold comes in pieces."""
    for word in text.split():
        piece = ""
        for character in map(_escape, word):
            if len(piece) + len(character) > room:
                yield piece
                piece = ""
            piece += character
        yield piece


def chapter_texts(published: PublishedEpisode) -> tuple[ChapterText, ...]:
    """Return what is said chapter by chapter; a paragraph is what one role says without a break."""
    return tuple(
        ChapterText(
            chapter.start_ms,
            chapter.title,
            tuple(" ".join(one_line(said.text) for said in paragraph) for paragraph in chapter.paragraphs),
        )
        for chapter in spoken_chapters(published)
    )


def plain_text(published: PublishedEpisode) -> bytes:
    """Return the whole text as written: the episode's title, then every chapter's title and paragraphs.

    A paragraph is one line; blank lines stand between them.
    """
    blocks = [one_line(published.episode.title)]
    for chapter in chapter_texts(published):
        blocks += [f"[{playing_time(chapter.start_ms)}] {chapter.title}"] if chapter.title else []
        blocks += chapter.paragraphs
    return ("\n\n".join(blocks) + "\n").encode()
