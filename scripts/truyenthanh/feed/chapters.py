"""Chapters for podcast players: JSON chapters and Podlove Simple Chapters, from the same chapter marks."""

import json
from collections.abc import Sequence

from truyenthanh.model import ChapterMark, PublishedEpisode

from .rss_extensions import PSC, Tag
from .wording import one_line, timestamp


def seconds(ms: int) -> int | float:
    """Return a time in seconds for JSON: an integer if it is whole."""
    return ms // 1000 if ms % 1000 == 0 else ms / 1000


def in_time_order(marks: Sequence[ChapterMark]) -> list[ChapterMark]:
    """Return the marks by rising start: players take the file's order for time order."""
    return sorted(marks, key=lambda mark: (mark.start_ms, mark.end_ms))


def chapters_json(published: PublishedEpisode) -> bytes:
    """Return the chapters as JSON of the podcast namespace, version 1.2.0; times in seconds, rising.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
    """
    chapters = [
        {
            "startTime": seconds(mark.start_ms),
            "endTime": seconds(mark.end_ms),
            "title": one_line(mark.title),
        }
        for mark in in_time_order(published.chapters)
    ]
    whole = {"version": "1.2.0", "title": one_line(published.episode.title), "chapters": chapters}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def podlove_chapters(published: PublishedEpisode) -> Tag:
    """Return the chapters as ``psc:chapters`` 1.2, the only kind that gPodder reads."""
    return Tag(
        f"{{{PSC}}}chapters",
        attributes={"version": "1.2"},
        children=tuple(
            Tag(
                f"{{{PSC}}}chapter",
                attributes={"start": timestamp(mark.start_ms), "title": one_line(mark.title)},
            )
            for mark in in_time_order(published.chapters)
        ),
    )
