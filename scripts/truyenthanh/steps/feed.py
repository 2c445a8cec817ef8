"""The podcast feed of a station."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic

from ..recipe import Digested, StepResult
from .records import audio_files, published_episode
from .step import Kind, MakeContext, Output, Step, T


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """``audio`` holds the paths of each episode's files by master; ``cover`` is a file name in the folder."""

    station: Digested
    series: Digested
    episodes: tuple[Digested, ...]
    audio: tuple[Mapping[str, str], ...]
    cover: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class FeedInputs(Generic[T]):
    """The sections of each episode, and its audio files by master."""

    sections: tuple[tuple[T, ...], ...]
    audio: tuple[Mapping[str, T], ...]


def make(settings: FeedSettings, inputs: FeedInputs[StepResult], context: MakeContext) -> Output:
    """Return the feed."""
    from ..feed.rss import write_feed

    of_each = zip(settings.episodes, settings.audio, inputs.sections, inputs.audio, strict=True)
    episodes = [
        published_episode(episode.value, sections, audio_files(paths, made))
        for episode, paths, sections, made in of_each
    ]
    station, series = settings.station.value, settings.series.value
    feed = write_feed(station, series, episodes, settings.cover, is_synthetic=settings.synthetic)
    return Output({"file": feed})


FEED: Final[Kind[FeedSettings, FeedInputs[Step], FeedInputs[StepResult]]] = Kind(
    "feed", FeedSettings, make, libraries=("feedgen", "lxml")
)
