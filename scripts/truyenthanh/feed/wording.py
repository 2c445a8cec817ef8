"""Clean texts for XML, HTML and WebVTT, and write times, dates and sizes the Vietnamese way."""

import re
import unicodedata
from datetime import date
from typing import Final

# Unicode 15, section 23.7: the last two code points of every plane and U+FDD0-FDEF are noncharacters.
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_DROPPED: Final = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)")


def clean(text: str) -> str:
    """Return ``text`` in NFC, with LF line endings, without what XML 1.0 (2.2, Char) or HTML refuse.

    Everything else is kept: escaping is up to the writer of the markup.
    """
    return unicodedata.normalize("NFC", _DROPPED.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """Return ``clean(text)`` with every run of white space as one space, for a title, a name, a cue."""
    return " ".join(clean(text).split())


def shorten(text: str, limit_bytes: int) -> str:
    """Return ``text`` or as many of its first sentences as fit into ``limit_bytes`` of UTF-8.

    A first sentence that is too long by itself is cut at a word and ends with “…”.
    """
    if len(text.encode()) <= limit_bytes:
        return text
    # One more character than fits, so that a sentence ending exactly at the limit counts as whole.
    head = text[: len(text.encode()[:limit_bytes].decode(errors="ignore")) + 1]
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    if ends:
        return head[: ends[-1]]
    room = text.encode()[: limit_bytes - len("…".encode())].decode(errors="ignore")
    return (room[: room.rfind(" ")] if " " in room.strip() else room).rstrip() + "…"


def timestamp(ms: int) -> str:
    """Return ``HH:MM:SS.mmm``, as WebVTT (4.3) and Podlove's Normal Play Time write a time."""
    seconds, thousandths = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


def playing_time(ms: int) -> str:
    """Return a time as players show it, in whole seconds, rounded down: ``0:07``, ``12:30``, ``1:02:03``."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def duration(seconds: float) -> str:
    """Return a length in words: ``45 giây``, ``2 phút 5 giây``, ``1 giờ 2 phút``."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    named = [(hours, "giờ"), (minutes, "phút"), (0 if hours else rest, "giây")]
    return " ".join(f"{count} {unit}" for count, unit in named if count) or "0 giây"


def file_size(size_bytes: int) -> str:
    """Return a size with the decimal comma: ``1,2 MB`` (10^6 bytes), ``38 KB`` (10^3 bytes) below 0,1 MB.

    Number and unit are joined by a no-break space.
    """
    if size_bytes < 100_000:
        return f"{max(1, round(size_bytes / 1000))}\u00a0KB"
    return f"{size_bytes / 1_000_000:.1f}\u00a0MB".replace(".", ",")


def decimal(value: float) -> str:
    """Return a level with one decimal, a comma and a true minus: ``−19,0``."""
    return f"{value:.1f}".replace("-", "−").replace(".", ",")


def day(when: date) -> str:
    """Return a date as ``3/4/2023``: no leading zeros, no locale."""
    return f"{when.day}/{when.month}/{when.year}"
