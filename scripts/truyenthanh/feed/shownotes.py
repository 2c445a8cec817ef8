"""What a player shows about an episode: a short description in plain text, and everything as HTML."""

import html
from collections.abc import Sequence
from typing import Final

from truyenthanh.model import PublishedEpisode, Series

from .chapters import in_time_order
from .transcript import chapter_texts
from .wording import clean, day, one_line, playing_time, shorten

LIMIT_BYTES: Final = 4000  # Apple 823; PSP-1
LEAST_DESCRIPTION_BYTES: Final = 400  # kept for the description, however many corrections there are
LEAST_TITLE_BYTES: Final = 24  # a shorter chapter title would say nothing
GAP: Final = "\n\n"


def description(series: Series, published: PublishedEpisode) -> str:
    """Return the description, what was corrected, and the chapters' time codes, in at most 4000 bytes.

    Time codes may take half of that: a long description is cut at a sentence, and if even half is not
    enough for the time codes, chapter titles are shortened. Notes of corrections come before the description.
    """
    marks = _marks(published)
    codes_bytes = min(_bytes("\n".join(f"{at} {title}" for at, title in marks)), LIMIT_BYTES // 2)
    room = LIMIT_BYTES - codes_bytes - _bytes(GAP)
    notes = shorten(GAP.join(corrections(series, published.episode.id)), room - LEAST_DESCRIPTION_BYTES)
    words = shorten(clean(published.episode.description).strip(), room - _bytes(GAP + notes))
    said = GAP.join(filter(None, (words, notes)))
    return GAP.join(filter(None, (said, _time_codes(marks, LIMIT_BYTES - _bytes(said + GAP)))))


def corrections(series: Series, episode_id: str) -> tuple[str, ...]:
    """Return a dated note for every correction of the episode after its publication."""
    return tuple(
        f"Đã sửa ngày {day(revision.date)}: {one_line(revision.note)}"
        for revision in series.revisions
        if f"{series.id}-{revision.episode}" == episode_id
    )


def _marks(published: PublishedEpisode) -> list[tuple[str, str]]:
    return [(playing_time(mark.start_ms), one_line(mark.title)) for mark in in_time_order(published.chapters)]


def _time_codes(marks: Sequence[tuple[str, str]], room_bytes: int) -> str:
    """Return one line per chapter, in the form that players turn into links; empty if there is no room."""
    longest = max((_bytes(title) for _, title in marks), default=0)
    for most in range(max(longest, LEAST_TITLE_BYTES), LEAST_TITLE_BYTES - 1, -1):
        lines = "\n".join(f"{at} {_cut(title, most)}" for at, title in marks)
        if _bytes(lines) <= room_bytes:
            return lines
    return ""


def _cut(title: str, limit_bytes: int) -> str:
    """Return a title in at most ``limit_bytes``, cut at a word."""
    if _bytes(title) <= limit_bytes:
        return title
    head = title.encode()[: limit_bytes - _bytes("…")].decode(errors="ignore")
    return head.rpartition(" ")[0].rstrip(" ,.;:") + "…" if " " in head else head + "…"


def _bytes(text: str) -> int:
    return len(text.encode())


def full_text(series: Series, published: PublishedEpisode) -> str:
    """Return everything as HTML: description, corrections, time codes, and the text chapter by chapter."""
    lines = clean(published.episode.description).strip().splitlines()
    blocks = [_element("p", line) for line in filter(None, map(one_line, lines))]
    blocks += [_element("p", note) for note in corrections(series, published.episode.id)]
    blocks += _list(
        [f"{playing_time(m.start_ms)} {one_line(m.title)}" for m in in_time_order(published.chapters)]
    )
    for chapter in chapter_texts(published):
        blocks += [_element("h3", chapter.title)] if chapter.title else []
        blocks += [_element("p", paragraph) for paragraph in chapter.paragraphs]
    return "\n".join(blocks)


def _list(items: Sequence[str]) -> list[str]:
    return ["<ul>", *(_element("li", item) for item in items), "</ul>"] if items else []


def _element(name: str, text: str) -> str:
    return f"<{name}>{html.escape(text)}</{name}>"
