"""Where each of a station's files is on its site, in one place for the feed and the build.

Ids are ASCII letters, digits, ``-``, ``.`` and ``_`` (content refuses others), so nothing needs quoting.
"""

from typing import Final

from truyenthanh.model import AudioFile, Station

# The file extensions of an episode's transcripts, best for players first, with their media types.
TRANSCRIPTS: Final = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "html": "text/html",
    "txt": "text/plain",
}
CAPTIONS: Final = ("vtt", "srt")  # those shown while the sound plays
VERSION_DIGITS: Final = 8


def feed_folder(station: Station) -> str:
    """Return the station's folder under the site root, without leading or trailing slashes."""
    return f"feed/{station.id}"


def transcript_name(episode_id: str, kind: str) -> str:
    """Return the path of a transcript (``kind`` is a key of TRANSCRIPTS) inside the station's folder."""
    return f"transcripts/{episode_id}.{kind}"


def chapters_name(episode_id: str) -> str:
    """Return the path of the chapters file inside the station's folder."""
    return f"chapters/{episode_id}.json"


def page_name(episode_id: str) -> str:
    """Return the path of an episode's own page inside the station's folder."""
    return f"{episode_id}.html"


def address(station: Station, name: str) -> str:
    """Return the absolute URL of ``name``, a path inside the station's folder."""
    return f"{station.site}/{feed_folder(station)}/{name}"


def audio_address(station: Station, audio: AudioFile) -> str:
    """Return the absolute URL of an audio file.

    The file name never changes; what follows ``?v=`` changes with the bytes, so that players and caches
    fetch a corrected file again.
    """
    return f"{station.site}/{audio.path}?v={audio.sha256[:VERSION_DIGITS]}"
