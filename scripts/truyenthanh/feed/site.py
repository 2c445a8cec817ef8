"""The station's pages: its index and one page per episode. They work from a server, from a USB stick,
in print, and without scripts; style, script and font are beside them (``assets.py``).

Their Vietnamese wording is in ``templates/``; the records fill it in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from truyenthanh.model import AudioFile, Document, PublishedEpisode, Series, Station

from .addresses import address, audio_address, page_name, transcript_name
from .assets import assets
from .chapters import in_time_order
from .entries import PREVIEW_MASTER, Around, Listed, Notes, PackOffered
from .spoken import spoken_chapters
from .structured import episode_data, json_ld, series_data
from .subscribing import apps, qr_svg
from .templating import load, templates
from .wording import day, decimal, duration, file_size, one_line, playing_time


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a station have in common; the covers are file names in its folder."""

    station: Station
    series: Series
    document: Document
    cover_name: str
    thumbnail_name: str


def write_index(
    frame: Frame, episodes: Sequence[Listed], notes: Notes, packs: Sequence[PackOffered] = ()
) -> bytes:
    """Return ``index.html`` in Vietnamese, UTF-8, with the episodes in the given order."""
    station = frame.station
    feed, own = address(station, "feed.xml"), address(station, "index.html")
    return _written(
        "index.html.j2",
        frame,
        own_address=own,
        structured=json_ld(series_data(station, frame.cover_name)),
        episodes=episodes,
        notes=notes,
        packs=packs,
        feed_address=feed,
        apps=apps(feed, station.feed.title),
        qr=_picture(qr_svg(f"{own}#dang-ky"), f"Mã QR của {own}"),
    )


def write_episode_page(frame: Frame, published: PublishedEpisode, around: Around, notes: Notes) -> bytes:
    """Return an episode's page in Vietnamese, UTF-8, with relative links to its audio."""
    station, episode = frame.station, published.episode
    heard = published.audio.get(PREVIEW_MASTER)
    return _written(
        "episode.html.j2",
        frame,
        own_address=address(station, page_name(episode.id)),
        structured=json_ld(episode_data(station, frame.series, episode, heard)),
        published=published,
        around=around,
        notes=notes,
        heard_address=audio_address(station, heard) if heard is not None else None,
        ways=_files_in_order(published, station),
    )


def _written(template: str, frame: Frame, **values: object) -> bytes:
    html = _pages().get_template(template)
    return html.render(
        station=frame.station,
        series=frame.series,
        document=frame.document,
        cover_address=address(frame.station, frame.cover_name),
        thumbnail_name=frame.thumbnail_name,
        assets=assets(),
        **values,
    ).encode()


def load_pages() -> None:
    """Load everything needed to write pages."""
    import segno  # noqa: F401

    load(_pages())


@cache
def _pages() -> Environment:
    """Return the environment, made once per process: templates are compiled when first used."""
    pages = templates("truyenthanh.feed")
    pages.filters |= {
        "one_line": one_line,
        "in_time_order": in_time_order,
        "spoken_chapters": spoken_chapters,
        "playing_time": playing_time,
        "duration": duration,
        "file_size": file_size,
        "decimal": decimal,
        "day": day,
        "page_name": page_name,
        "transcript_name": transcript_name,
    }
    return pages


def _picture(svg: str, name: str) -> Markup:
    """Return our own drawing as one image with a label, for readers who cannot see it."""
    return Markup('<div role="img" aria-label="{}">{}</div>').format(name, Markup(svg))  # noqa: S704


def _files_in_order(published: PublishedEpisode, station: Station) -> list[AudioFile]:
    """Return the episode's files in the station's order of masters."""
    return [published.audio[master] for master in station.masters if master in published.audio]
