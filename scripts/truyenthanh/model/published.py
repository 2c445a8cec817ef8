"""What a listener gets: the files of an episode, and its chapters and sentences timed to them."""

from dataclasses import dataclass

from .spoken import Episode


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter and its times in the file."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """An utterance and its times in the file, with its text as written."""

    start_ms: int
    end_ms: int
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class AudioFile:
    """One published audio file; ``path`` is relative to the site root, with forward slashes."""

    master: str
    path: str
    sha256: str
    bytes: int
    seconds: float
    integrated_lufs: float  # as a meter reads the file
    true_peak_dbtp: float
    rms_dbfs: float  # of one channel, pauses included
    verdict: str = "pass"  # on what is known without decoding it: pass, warn or fail


@dataclass(frozen=True, slots=True)
class PublishedEpisode:
    """An episode with the files made from it: what feed and pages show."""

    episode: Episode
    audio: dict[str, AudioFile]  # by master
    chapters: tuple[ChapterMark, ...]
    sentences: tuple[TimedSentence, ...]
