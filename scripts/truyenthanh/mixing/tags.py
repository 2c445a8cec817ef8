"""The ID3v2.3 tag of an episode: the version that Windows Explorer and cheap USB players read."""

import io
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

import mutagen
import mutagen.id3

from ..model import ChapterMark

id3: Final[Any] = mutagen.id3  # only partly typed
Frame = mutagen.id3.Frame

UTF16: Final = id3.Encoding.UTF16
NO_OFFSET: Final = 0xFFFF_FFFF  # a chapter is found by its time (ID3v2 Chapter Frame Addendum, 3.1)
FRONT_COVER: Final = id3.PictureType.COVER_FRONT
CONTENTS_ID: Final = "toc"
SYNTHETIC_VOICE: Final = "AI-GENERATED-VOICE"  # machine-readable, as Vietnam's law on AI asks
REPLAYGAIN_LUFS: Final = -18.0  # ReplayGain 2.0: equivalent to its old reference of 89 dB
HEADER: Final = b"ID3\x03\x00\x00"
HEADER_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows of a programme. ``synthetic_voice`` is the disclosure; None if people speak.

    A single sound has neither album, number nor date.
    """

    title: str
    artist: str
    album: str = ""
    track: int | None = None
    track_count: int = 1
    date: datetime | None = None
    lyrics: str = ""
    comment: str = ""
    chapters: tuple[ChapterMark, ...] = ()
    cover_jpeg: bytes | None = None
    language: str = "vie"  # ISO 639-2
    synthetic_voice: str | None = None
    # For playout systems: what a meter reads on the file, and its true peak relative to full scale.
    integrated_lufs: float | None = None
    track_peak: float | None = None


def id3_tag(tags: Tags) -> bytes:
    """Return the tag's bytes, without padding: the same tags give the same bytes.

    Frames are in the order of this module. Each is written by mutagen in a tag of its own, because
    mutagen sorts the frames of one tag by size, which would disorder the chapters.
    """
    body = b"".join(
        map(frame_bytes, chain(text_frames(tags), marks(tags), chapter_frames(tags), cover(tags)))
    )
    size = len(body)
    return HEADER + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0)) + body


def frame_bytes(frame: Frame) -> bytes:
    """Return one frame in ID3v2.3 form."""
    alone = id3.ID3()
    alone.add(frame)
    out = io.BytesIO()
    alone.save(out, v1=0, v2_version=3, padding=lambda _: 0)
    return out.getvalue()[HEADER_BYTES:]


def text_frames(tags: Tags) -> list[Frame]:
    """Return title, artist and so on; the date is in the three frames of version 2.3."""
    dated = [tags.date.strftime(form) if tags.date else "" for form in ("%Y", "%d%m", "%H%M")]
    single = {
        id3.TIT2: tags.title,
        id3.TPE1: tags.artist,
        id3.TALB: tags.album,
        id3.TRCK: f"{tags.track}/{tags.track_count}" if tags.track is not None else "",
        id3.TLAN: tags.language,
        **dict(zip((id3.TYER, id3.TDAT, id3.TIME), dated, strict=True)),
    }
    long = {id3.COMM: tags.comment, id3.USLT: tags.lyrics}
    return [
        *(frame(encoding=UTF16, text=text) for frame, text in single.items() if text),
        *(
            frame(encoding=UTF16, lang=tags.language, desc="", text=text)
            for frame, text in long.items()
            if text
        ),
    ]


def marks(tags: Tags) -> list[Frame]:
    """Return what has no frame of its own: that the voice is synthetic, and the loudness for playout.

    ReplayGain brings a file to −18 LUFS as a meter reads it; a mono file counts as a single channel (as in
    loudgain and rsgain). Liquidsoap writes the same figure: it spreads mono over two channels at
    −3.01 dB each (swresample) and adds their powers, so it measures a mono file as a meter does.
    """
    lufs, peak = tags.integrated_lufs, tags.track_peak
    named = {
        SYNTHETIC_VOICE: tags.synthetic_voice,
        "REPLAYGAIN_TRACK_GAIN": None if lufs is None else f"{REPLAYGAIN_LUFS - lufs:.2f} dB",
        "REPLAYGAIN_TRACK_PEAK": None if peak is None else f"{peak:.6f}",
        "liq_integrated_lufs": None if lufs is None else f"{lufs:.2f} dB",
    }
    return [
        id3.TXXX(encoding=UTF16, desc=name, text=value) for name, value in named.items() if value is not None
    ]


def chapter_frames(tags: Tags) -> list[Frame]:
    """Return the table of contents and its chapters in time order; nothing if there are none."""
    chapters = sorted(tags.chapters, key=lambda mark: mark.start_ms)
    if not chapters:
        return []
    names = [f"ch{at:03}" for at in range(len(chapters))]
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    contents = id3.CTOC(element_id=CONTENTS_ID, flags=flags, child_element_ids=names, sub_frames=[])
    return [contents, *(chapter(name, mark) for name, mark in zip(names, chapters, strict=True))]


def chapter(name: str, mark: ChapterMark) -> Frame:
    """Return one chapter with its title."""
    titled: Frame = id3.CHAP(
        element_id=name,
        start_time=mark.start_ms,
        end_time=mark.end_ms,
        start_offset=NO_OFFSET,
        end_offset=NO_OFFSET,
        sub_frames=[id3.TIT2(encoding=UTF16, text=mark.title)],
    )
    return titled


def cover(tags: Tags) -> list[Frame]:
    """Return the picture, if there is one; it comes last, so that a player finds the text first."""
    if tags.cover_jpeg is None:
        return []
    return [
        id3.APIC(
            encoding=id3.Encoding.LATIN1, mime="image/jpeg", type=FRONT_COVER, desc="", data=tags.cover_jpeg
        )
    ]


def read_chapters(path: Path) -> tuple[ChapterMark, ...]:
    """Return the chapters in the ID3 tag of any file, in time order; none if it has none."""
    try:
        tag = id3.ID3(path)
    except (mutagen.MutagenError, OSError):
        return ()
    marks = [
        ChapterMark(int(one.start_time), int(one.end_time), " ".join(map(str, one.sub_frames.getall("TIT2"))))
        for one in tag.getall("CHAP")
    ]
    return tuple(sorted(marks, key=lambda mark: mark.start_ms))
