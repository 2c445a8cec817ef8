"""Transcripts of the words as written, timed to the file: WebVTT, SubRip, JSON, HTML, plain text."""

import html
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from truyenthanh.model import PublishedEpisode, Series, TimedSentence

from .chapters import seconds
from .cues import Room, cues
from .spoken import spoken_chapters
from .wording import one_line, playing_time, timestamp

LINE_LIMIT: Final = 65  # characters, markup included: PSP-1 on WebVTT
SRT_LINE_LIMIT: Final = 32
SPEAKER_LIMIT: Final = 30


@dataclass(frozen=True, slots=True)
class ChapterText:
    """What is said in one chapter; ``title`` is empty if an episode has no chapters."""

    start_ms: int
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one role says without a break."""

    start_ms: int
    end_ms: int
    role: str
    text: str


def speakers(series: Series) -> dict[str, str]:
    """Return the name of each role in transcripts: the parts' labels, and the announcer."""
    return {"announcer": "Phát thanh viên"} | {part.role: part.label for part in series.parts}


def written(published: PublishedEpisode, series: Series, form: str, language: str) -> bytes:
    """Return the transcript in one of the forms of ``addresses.TRANSCRIPTS``."""
    names = speakers(series)
    forms: dict[str, Callable[[], bytes]] = {
        "vtt": lambda: vtt(published, names),
        "srt": lambda: srt(published),
        "json": lambda: transcript_json(published, names),
        "html": lambda: transcript_html(published, names, language),
        "txt": lambda: plain_text(published),
    }
    return forms[form]()


def vtt(published: PublishedEpisode, speakers: Mapping[str, str]) -> bytes:
    """Return the transcript as WebVTT: two lines of at most 65 characters per cue, each with its voice.

    ``speakers`` maps roles to names; a role without one has no voice tag. A sentence of several cues shares
    its time among them by their length.
    """
    blocks = [block for sentence in published.sentences for block in _cues(sentence, speakers)]
    return "\n\n".join(["WEBVTT", *blocks]).encode() + b"\n"


def _cues(sentence: TimedSentence, speakers: Mapping[str, str]) -> Iterator[str]:
    voice = _voice(speakers.get(sentence.role, ""))
    room = Room(LINE_LIMIT, LINE_LIMIT - len(voice), LINE_LIMIT - max(len(voice), SPEAKER_LIMIT))
    for cue in cues(sentence, room, _escape):
        text = "\n".join(cue.lines)
        yield f"{timestamp(cue.start_ms)} --> {timestamp(cue.end_ms)}\n{voice}{text}"


def srt(published: PublishedEpisode) -> bytes:
    """Return the transcript as SubRip: two lines of at most 32 characters per cue (Apple, PSP-1).

    The format has no escapes and no voices: the words are written as they are.
    """
    room = Room(SRT_LINE_LIMIT, SRT_LINE_LIMIT, SRT_LINE_LIMIT)
    blocks = [
        f"{number}\n{_srt_time(cue.start_ms)} --> {_srt_time(cue.end_ms)}\n" + "\n".join(cue.lines)
        for number, cue in enumerate((c for s in published.sentences for c in cues(s, room, str)), 1)
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _srt_time(ms: int) -> str:
    return timestamp(ms).replace(".", ",")


def _voice(speaker: str) -> str:
    """Return the voice tag that opens a cue (WebVTT 4.2.2: the end tag may be omitted), or ""."""
    name = one_line(speaker)
    while len(_escape(name)) > SPEAKER_LIMIT:
        name = name[:-2].rstrip() + "…"
    return f"<v {_escape(name)}>" if name else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def chapter_texts(published: PublishedEpisode) -> tuple[ChapterText, ...]:
    """Return what is said, chapter by chapter; a paragraph is what one role says without a break."""
    return tuple(
        ChapterText(chapter.start_ms, chapter.title, tuple(map(_joined, chapter.paragraphs)))
        for chapter in spoken_chapters(published)
    )


def turns(published: PublishedEpisode) -> tuple[Turn, ...]:
    """Return what is said in turns: a new one starts when the role or the chapter changes."""
    return tuple(
        Turn(said[0].start_ms, said[-1].end_ms, said[0].role, _joined(said))
        for chapter in spoken_chapters(published)
        for said in chapter.paragraphs
    )


def _joined(said: Sequence[TimedSentence]) -> str:
    return " ".join(one_line(sentence.text) for sentence in said)


def plain_text(published: PublishedEpisode) -> bytes:
    """Return the whole text as written: the episode's title, then every chapter's title and paragraphs.

    A paragraph is one line; blank lines separate them.
    """
    blocks = [one_line(published.episode.title)]
    for chapter in chapter_texts(published):
        blocks += [f"[{playing_time(chapter.start_ms)}] {chapter.title}"] if chapter.title else []
        blocks += chapter.paragraphs
    return ("\n\n".join(blocks) + "\n").encode()


def transcript_json(published: PublishedEpisode, speakers: Mapping[str, str]) -> bytes:
    """Return the transcript as JSON of the podcast namespace: one segment per sentence, times in seconds.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
    """
    segments = [
        {
            **({"speaker": one_line(speakers[said.role])} if said.role in speakers else {}),
            "startTime": seconds(said.start_ms),
            "endTime": seconds(said.end_ms),
            "body": one_line(said.text),
        }
        for said in published.sentences
    ]
    whole = {"version": "1.0.0", "segments": segments}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def transcript_html(published: PublishedEpisode, speakers: Mapping[str, str], language: str) -> bytes:
    """Return the transcript as a page of ``cite``, ``time`` and ``p``, the elements that players look for."""
    cites = {role: f"<cite>{html.escape(one_line(name))}:</cite>\n" for role, name in speakers.items()}
    said = (
        (cites.get(turn.role, ""), playing_time(turn.start_ms), html.escape(turn.text))
        for turn in turns(published)
    )
    blocks = [f"{cite}<time>{time}</time>\n<p>{text}</p>" for cite, time, text in said]
    head = (
        f'<!DOCTYPE html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(one_line(published.episode.title))}</title>\n</head>\n<body>"
    )
    return "\n".join([head, *blocks, "</body>", "</html>", ""]).encode()
