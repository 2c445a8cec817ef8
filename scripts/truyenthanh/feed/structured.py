"""What machines read on the pages: schema.org JSON-LD, escaped so that no text can end its script."""

import json
from typing import Any

from markupsafe import Markup

from truyenthanh.model import AudioFile, Episode, Series, Station

from .addresses import address, audio_address, page_name
from .wording import clean, one_line


def json_ld(data: dict[str, Any]) -> Markup:
    """Return ``data`` for a ``<script type="application/ld+json">``.

    ``<``, ``>`` and ``&`` are written as JSON escapes (HTML 4.12.1.3: a script ends at ``</script`` and
    may be hidden by ``<!--``, whatever is around them).
    """
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)  # noqa: S704 -- escaped above


def series_data(station: Station, cover_name: str) -> dict[str, Any]:
    """Return the station's podcast as schema.org's PodcastSeries."""
    data = station.feed
    return {
        "@type": "PodcastSeries",
        "name": one_line(data.title),
        "description": clean(data.description).strip(),
        "url": address(station, "index.html"),
        "webFeed": address(station, "feed.xml"),
        "image": address(station, cover_name),
        "inLanguage": data.language,
        "author": {"@type": "GovernmentOrganization", "name": one_line(data.author)},
    }


def episode_data(
    station: Station, series: Series, episode: Episode, audio: AudioFile | None
) -> dict[str, Any]:
    """Return an episode as schema.org's PodcastEpisode."""
    page = address(station, page_name(episode.id))
    sound = (
        {}
        if audio is None
        else {
            "associatedMedia": {
                "@type": "AudioObject",
                "contentUrl": audio_address(station, audio),
                "encodingFormat": "audio/mpeg",
                "contentSize": str(audio.bytes),
                "duration": iso_duration(audio.seconds),
            },
            "timeRequired": iso_duration(audio.seconds),
        }
    )
    return {
        "@type": "PodcastEpisode",
        "name": one_line(episode.title),
        "description": clean(episode.description).strip(),
        "url": page,
        "datePublished": episode.published.isoformat(),
        "episodeNumber": episode.number,
        "inLanguage": station.feed.language,
        "partOfSeason": {
            "@type": "PodcastSeason",
            "name": one_line(series.title),
            "seasonNumber": series.season,
        },
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": one_line(station.feed.title),
            "url": address(station, "index.html"),
        },
        **sound,
    }


def iso_duration(seconds: float) -> str:
    """Return a length in ISO 8601: ``PT95S``."""
    return f"PT{max(1, round(seconds))}S"
