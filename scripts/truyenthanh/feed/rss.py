"""The podcast feed: RSS 2.0 by feedgen, with the iTunes tags and those of the podcast namespace.

The rules are Apple's (podcasters.apple.com/support/823), PSP-1's (podstandards.org) and those of the
podcast namespace (github.com/Podcastindex-org/podcast-namespace). No clock is read: the newest episode
dates the feed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator

from truyenthanh.errors import PublicationError
from truyenthanh.model import AudioFile, PublishedEpisode, Series, Station

from .addresses import address, audio_address, chapters_name, page_name, transcript_name
from .chapters import podlove_chapters
from .rss_extensions import ITUNES, PODCAST, ChannelTags, ItemTags, Tag
from .wording import clean, one_line, shorten

DESCRIPTION_LIMIT_BYTES: Final = 4000  # Apple 823; PSP-1
MASTER: Final = "podcast"


def episode_guid(feed_guid: str, episode_id: str) -> str:
    """Return the guid of an episode, UUIDv5 of its id in the feed's guid: the same whatever is corrected."""
    return str(uuid5(UUID(feed_guid), episode_id))


def write_feed(
    station: Station, series: Series, episodes: Sequence[PublishedEpisode], cover_name: str
) -> bytes:
    """Return ``feed.xml``: UTF-8, newest episode first, in whatever order ``episodes`` are given.

    ``cover_name`` is the cover's file name in the station's folder (``….jpg``: feedgen drops other images).
    Raises ``PublicationError`` for an episode that was not made as the podcast master.
    """
    newest_first = sorted(episodes, key=lambda one: (one.episode.published, one.episode.number), reverse=True)
    newest = newest_first[0].episode.published if newest_first else series.first
    feed = _channel(station, newest, address(station, cover_name))
    for published in newest_first:
        _add_item(feed, station, series, published)
    xml: bytes = feed.rss_str(pretty=True)
    return xml


def _channel(station: Station, newest: datetime, cover_address: str) -> FeedGenerator:
    data = station.feed
    page, own = address(station, "index.html"), address(station, "feed.xml")
    title = one_line(data.title)
    feed = FeedGenerator()
    feed.load_extension("podcast", atom=False)
    feed.register_extension("station", ChannelTags, ItemTags, atom=False)
    feed.title(title)
    feed.description(shorten(clean(data.description).strip(), DESCRIPTION_LIMIT_BYTES))
    feed.link(href=own, rel="self", type="application/rss+xml")
    feed.link(href=page, rel="alternate")  # last: feedgen makes the last link the channel's
    feed.language(data.language)
    feed.copyright(one_line(data.copyright))
    feed.generator("truyenthanh")
    feed.lastBuildDate(newest)  # feedgen would take the present time
    feed.image(url=cover_address, title=title, link=page)
    feed.podcast.itunes_author(one_line(data.author))
    feed.podcast.itunes_owner(name=one_line(data.owner_name), email=data.owner_email)
    feed.podcast.itunes_category(_category(station))
    feed.podcast.itunes_image(cover_address)
    feed.podcast.itunes_type("serial")
    feed.station.tags = _channel_tags(station)
    return feed


def _category(station: Station) -> list[dict[str, str]]:
    category = {"cat": station.feed.category}
    return [category | ({"sub": station.feed.subcategory} if station.feed.subcategory else {})]


def _channel_tags(station: Station) -> tuple[Tag, ...]:
    data = station.feed
    return (
        _not_explicit(),
        Tag(f"{{{PODCAST}}}guid", data.guid),
        Tag(f"{{{PODCAST}}}locked", "yes", {"owner": data.owner_email}),
        Tag(f"{{{PODCAST}}}medium", "podcast"),
        # Whether or not the station says it aloud (Station.disclosure), the voice is synthetic.
        Tag(f"{{{PODCAST}}}txt", "true", {"purpose": "ai-content"}),
        Tag(f"{{{PODCAST}}}person", one_line(data.author), {"group": "writing", "role": "author"}),
    )


def _not_explicit() -> Tag:
    """Return ``itunes:explicit`` false: feedgen knows only yes, no and clean, which Apple no longer takes."""
    return Tag(f"{{{ITUNES}}}explicit", "false")


def _add_item(feed: FeedGenerator, station: Station, series: Series, published: PublishedEpisode) -> None:
    episode, audio = published.episode, _podcast_audio(station, published)
    item = feed.add_entry(order="append")
    item.title(one_line(episode.title))
    item.description(shorten(clean(episode.description).strip(), DESCRIPTION_LIMIT_BYTES))
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
    transcripts = (("vtt", "text/vtt"), ("txt", "text/plain"))
    tags = [_not_explicit()]
    for kind, media_type in transcripts:
        where = address(station, transcript_name(episode_id, kind))
        tags.append(_file("transcript", where, media_type, language=station.feed.language))
    if published.chapters:
        where = address(station, chapters_name(episode_id))
        tags.append(_file("chapters", where, "application/json+chapters"))
        tags.append(podlove_chapters(published))
    return tuple(tags)


def _file(name: str, where: str, media_type: str, **attributes: str) -> Tag:
    return Tag(f"{{{PODCAST}}}{name}", attributes={"url": where, "type": media_type, **attributes})
