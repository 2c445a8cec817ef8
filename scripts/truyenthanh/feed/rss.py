"""The podcast feed: RSS 2.0 by feedgen, with the iTunes tags and those of the podcast namespace.

The rules are Apple's (podcasters.apple.com/support/823), PSP-1's (podstandards.org) and those of the
podcast namespace (github.com/Podcastindex-org/podcast-namespace). No clock is read: the feed has the date
of the newest episode or correction.
"""

from collections.abc import Sequence
from datetime import datetime, time
from email.utils import format_datetime
from typing import Final
from uuid import UUID, uuid5

import feedgen.entry
import feedgen.feed

from truyenthanh.errors import PublicationError
from truyenthanh.model import AudioFile, PublishedEpisode, Series, Station

from .addresses import (
    CAPTIONS,
    TRANSCRIPTS,
    address,
    audio_address,
    chapters_name,
    page_name,
    transcript_name,
)
from .chapters import podlove_chapters
from .frequency import update_frequency
from .rss_extensions import ITUNES, PODCAST, ChannelTags, ItemTags, Tag
from .shownotes import LIMIT_BYTES, description, full_text
from .wording import clean, one_line, shorten

MASTER: Final = "podcast"
LOWDATA: Final = "lowdata"
LOWDATA_BITRATE: Final = "32000"  # bits per second
LICENSE_LIMIT: Final = 128  # characters: podcast namespace, "license"

# feedgen's own function switches the locale of the whole process for every date; this one does not.
feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime


def episode_guid(feed_guid: str, episode_id: str) -> str:
    """Return the guid of an episode: UUIDv5 of its id in the feed's guid, so corrections never change it."""
    return str(uuid5(UUID(feed_guid), episode_id))


def write_feed(
    station: Station,
    series: Series,
    episodes: Sequence[PublishedEpisode],
    cover_name: str,
    *,
    is_synthetic: bool = True,
) -> bytes:
    """Return ``feed.xml``: UTF-8, newest episode first, whatever the order of ``episodes``.

    ``cover_name`` is the cover's file name in the station's folder (feedgen drops an image that is neither
    ``.jpg`` nor ``.png``). ``is_synthetic`` is False if people speak every sentence.
    Raises ``PublicationError`` for an episode without a podcast master.
    """
    newest_first = sorted(episodes, key=lambda one: (one.episode.published, one.episode.number), reverse=True)
    feed = _channel(station, _changed(series, newest_first), address(station, cover_name))
    feed.station.tags = _channel_tags(station, series, is_synthetic)
    for published in newest_first:
        _add_item(feed, station, series, published)
    xml: bytes = feed.rss_str(pretty=True)
    return xml


def _changed(series: Series, newest_first: Sequence[PublishedEpisode]) -> datetime:
    """Return when something was last published or corrected, according to the content."""
    own = {published.episode.id for published in newest_first}
    corrected = [
        datetime.combine(revision.date, time(), series.first.tzinfo)
        for revision in series.revisions
        if f"{series.id}-{revision.episode}" in own
    ]
    published = [one.episode.published for one in newest_first]
    return max((*published, *corrected), default=series.first)


def _channel(station: Station, changed: datetime, cover_address: str) -> "feedgen.feed.FeedGenerator":
    data = station.feed
    page, own = address(station, "index.html"), address(station, "feed.xml")
    title = one_line(data.title)
    feed = feedgen.feed.FeedGenerator()
    feed.load_extension("podcast", atom=False)
    feed.register_extension("station", ChannelTags, ItemTags, atom=False)
    feed.title(title)
    feed.description(shorten(clean(data.description).strip(), LIMIT_BYTES))
    feed.link(href=own, rel="self", type="application/rss+xml")
    feed.link(href=page, rel="alternate")  # must be last: feedgen uses the last link for the channel
    feed.language(data.language)
    feed.copyright(one_line(data.copyright))
    feed.generator("truyenthanh")
    feed.lastBuildDate(changed)  # feedgen's default is the present time
    feed.image(url=cover_address, title=title, link=page)
    feed.podcast.itunes_author(one_line(data.author))
    feed.podcast.itunes_owner(name=one_line(data.owner_name), email=data.owner_email)
    feed.podcast.itunes_category(_category(station))
    feed.podcast.itunes_image(cover_address)
    feed.podcast.itunes_type("serial")
    return feed


def _category(station: Station) -> list[dict[str, str]]:
    category = {"cat": station.feed.category}
    return [category | ({"sub": station.feed.subcategory} if station.feed.subcategory else {})]


def _channel_tags(station: Station, series: Series, is_synthetic: bool) -> tuple[Tag, ...]:
    data = station.feed
    # Regardless of whether the station says it aloud (Station.disclosure).
    synthetic = (Tag(f"{{{PODCAST}}}txt", "true", {"purpose": "ai-content"}),) if is_synthetic else ()
    return (
        _not_explicit(),
        Tag(f"{{{PODCAST}}}guid", data.guid),
        Tag(f"{{{PODCAST}}}locked", "yes", {"owner": data.owner_email}),
        Tag(f"{{{PODCAST}}}medium", "podcast"),
        *synthetic,
        Tag(f"{{{PODCAST}}}person", one_line(data.author), {"group": "writing", "role": "author"}),
        _license(station),
        update_frequency(series),
    )


def _license(station: Station) -> Tag:
    """Return the licence; without one, the station's copyright statement and its address."""
    given = station.feed.license
    name = f"{{{PODCAST}}}license"
    if given is None:
        words = one_line(station.feed.copyright)
        short = words if len(words) <= LICENSE_LIMIT else words[: LICENSE_LIMIT - 1].rstrip() + "…"
        return Tag(name, short, {"url": address(station, "index.html")})
    return Tag(name, one_line(given.text), {} if given.url is None else {"url": given.url})


def _not_explicit() -> Tag:
    """Return ``itunes:explicit`` false: feedgen knows only yes, no and clean, which Apple no longer takes."""
    return Tag(f"{{{ITUNES}}}explicit", "false")


def _add_item(
    feed: "feedgen.feed.FeedGenerator", station: Station, series: Series, published: PublishedEpisode
) -> None:
    episode, audio = published.episode, _podcast_audio(station, published)
    item = feed.add_entry(order="append")
    item.title(one_line(episode.title))
    item.description(description(series, published))
    item.content(full_text(series, published))
    item.link(href=address(station, page_name(episode.id)))
    item.guid(episode_guid(station.feed.guid, episode.id), permalink=False)
    item.published(episode.published)
    item.enclosure(url=audio_address(station, audio), length=str(audio.bytes), type="audio/mpeg")
    item.podcast.itunes_duration(max(1, round(audio.seconds)))
    item.podcast.itunes_season(series.season)
    item.podcast.itunes_episode(episode.number)
    item.podcast.itunes_episode_type("full")
    item.station.tags = _item_tags(station, published)


def _podcast_audio(station: Station, published: PublishedEpisode) -> AudioFile:
    if MASTER not in published.audio:
        raise PublicationError("feed.no_podcast", station=station.id, episode=published.episode.id)
    return published.audio[MASTER]


def _item_tags(station: Station, published: PublishedEpisode) -> tuple[Tag, ...]:
    episode_id = published.episode.id
    tags = [_not_explicit()]
    if LOWDATA in published.audio:
        tags.append(_low_data(station, published.audio[LOWDATA]))
    for kind, media_type in TRANSCRIPTS.items():
        where = address(station, transcript_name(episode_id, kind))
        timed = {"rel": "captions"} if kind in CAPTIONS else {}
        tags.append(_file("transcript", where, media_type, language=station.feed.language, **timed))
    if published.chapters:
        where = address(station, chapters_name(episode_id))
        tags.append(_file("chapters", where, "application/json+chapters"))
        tags.append(podlove_chapters(published))
    return tuple(tags)


def _low_data(station: Station, audio: AudioFile) -> Tag:
    """Return the enclosure of the smaller file, for players that let listeners choose."""
    attributes = {"type": "audio/mpeg", "length": str(audio.bytes), "bitrate": LOWDATA_BITRATE}
    source = Tag(f"{{{PODCAST}}}source", attributes={"uri": audio_address(station, audio)})
    return Tag(
        f"{{{PODCAST}}}alternateEnclosure",
        attributes={**attributes, "title": "Bản nhẹ", "lang": station.feed.language},
        children=(source,),
    )


def _file(name: str, where: str, media_type: str, **attributes: str) -> Tag:
    return Tag(f"{{{PODCAST}}}{name}", attributes={"url": where, "type": media_type, **attributes})
