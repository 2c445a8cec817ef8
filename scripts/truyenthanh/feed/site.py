"""The station's page: one HTML file that works from a server, a USB stick, in print and without scripts."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from truyenthanh.model import AudioFile, Document, PublishedEpisode, Series, Station

from .addresses import address, transcript_name
from .chapters import in_time_order
from .transcript import chapter_texts
from .wording import clean, day, duration, file_size, one_line, playing_time


def write_page(
    station: Station,
    series: Series,
    document: Document,
    episodes: Sequence[PublishedEpisode],
    cover_name: str,
) -> bytes:
    """Return ``index.html`` in Vietnamese: UTF-8, no script, nothing loaded from elsewhere.

    It stands in the station's feed folder and reaches the audio by relative links, in the order of the
    episodes. Its words are in ``templates/index.html.j2``.
    """
    page = _pages().get_template("index.html.j2")
    html = page.render(
        station=station,
        series=series,
        document=document,
        episodes=episodes,
        cover_name=cover_name,
        feed_address=address(station, "feed.xml"),
    )
    return html.encode()


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=PackageLoader("truyenthanh.feed"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean_value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    pages.filters |= {
        "one_line": one_line,
        "files_in_order": _files_in_order,
        "chapter_texts": chapter_texts,
        "in_time_order": in_time_order,
        "playing_time": playing_time,
        "duration": duration,
        "file_size": file_size,
        "day": day,
        "transcript_name": transcript_name,
    }
    return pages


def _files_in_order(published: PublishedEpisode, station: Station) -> list[AudioFile]:
    """Return the episode's files in the order in which the station names its masters."""
    return [published.audio[master] for master in station.masters if master in published.audio]


def _clean_value(value: object) -> object:
    """Return what an expression of the template gave without control characters (Markup stays as it is)."""
    return clean(value) if type(value) is str else value
