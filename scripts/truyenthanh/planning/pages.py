"""Plan a station's feed and pages: the index, a page per episode, and the files that all of them use.

A page's settings hold what is on it and no more, so that one change rebuilds one page and the index.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from ..feed.addresses import feed_folder, page_name
from ..feed.assets import assets
from ..feed.entries import CARRIED, Around, Entry, Mistake, Notes, Speakers
from ..feed.shownotes import corrections
from ..model import Document, Episode, Pauses, Point, Series, Station
from ..recipe import digested
from ..steps.asset import ASSET, AssetSettings
from ..steps.episode_page import EPISODE_PAGE, EpisodePageInputs, EpisodePageSettings
from ..steps.feed import FEED, FeedInputs, FeedSettings
from ..steps.page import PAGE, PageInputs, PageSettings
from ..steps.page_frame import FrameSettings
from ..steps.step import NO_INPUTS, Step
from ..steps.thumbnail import THUMBNAIL, ThumbnailInputs, ThumbnailSettings
from .context import PlanContext
from .files import plan_packs
from .plan_records import EpisodePlan


def plan_pages(context: PlanContext, episodes: Sequence[EpisodePlan], series: Series, cover: Step) -> None:
    """Plan the pages; they need only each episode's record, sections and files."""
    packs = plan_packs(context, episodes)
    for step in _asset_steps(context.station):
        context.add_file(step)
    thumbnail = context.add_file(_thumbnail(context.station, cover))
    document = context.project.documents[context.station.document]
    frame = _frame(context.station, series, document, cover, thumbnail)
    entries = [_entry(one.episode) for one in episodes]
    for one, around in zip(episodes, _arounds(entries), strict=True):
        context.add_file(_episode_page(frame, one, around, series, context.station))
    context.add_file(_index(context.station, frame, episodes, entries, packs))


def plan_feed(context: PlanContext, episodes: Sequence[EpisodePlan], series: Series, cover: Step) -> None:
    """Plan the podcast feed."""
    is_synthetic = any(step.kind.name == "clip" for step in context.named.values())
    settings = FeedSettings(
        station=digested(shown(context.station)),
        series=digested(replace(series, points=())),
        episodes=tuple(digested(one.episode) for one in episodes),
        audio=tuple(_paths(one.audio) for one in episodes),
        cover=_name(cover),
        synthetic=is_synthetic or any("clip" in one.heard for one in episodes),
    )
    inputs = FeedInputs(tuple(one.sections for one in episodes), tuple(one.audio for one in episodes))
    context.add_file(FEED.step(settings, inputs, f"{feed_folder(context.station)}/feed.xml"))


def _asset_steps(station: Station) -> Iterator[Step]:
    """Yield the steps of style, script and font; their file names are derived from their contents."""
    for key, asset in assets().items():
        path = f"{feed_folder(station)}/{asset.name}"
        yield ASSET.step(AssetSettings(key, asset.name), NO_INPUTS, path)


def _thumbnail(station: Station, cover: Step) -> Step:
    """Return the step of the small cover that pages show: the large one is for directories."""
    path = f"{feed_folder(station)}/{_name(cover).removesuffix('.jpg')}-600.jpg"
    return THUMBNAIL.step(ThumbnailSettings(), ThumbnailInputs(cover), path)


def _frame(
    station: Station, series: Series, document: Document, cover: Step, thumbnail: Step
) -> FrameSettings:
    """Return the settings that all pages share."""
    without = replace(
        series, documents={}, announcement="", description="", points=(), omnibus=None, revisions=()
    )
    return FrameSettings(
        station=digested(shown(station)),
        series=digested(without),
        document=digested(replace(document, citation="", source="")),
        cover=(_name(cover), _name(thumbnail)),
        assets=tuple(asset.name for asset in assets().values()),
    )


def shown(station: Station) -> Station:
    """Return only what pages and feed show of the station: a changed voice or hour changes neither."""
    return replace(
        station,
        ident=(),
        closing=(),
        disclosure=None,
        voices={},
        accent="north",
        pauses=Pauses(),
        lexicon=(),
        sounds={},
        recordings={},
        synthetic_for_outdated=False,
        timetable=None,
        approvals=None,
        packs=(),
    )


def _episode_page(
    frame: FrameSettings, one: EpisodePlan, around: Around, series: Series, station: Station
) -> Step:
    told = corrections(series, one.episode.id)
    settings = EpisodePageSettings(
        **_fields(frame),
        episode=digested(one.episode),
        audio=_paths(one.audio),
        around=digested(around),
        notes=digested(Notes(one.mistakes, _speakers(one.heard), told)),
    )
    path = f"{feed_folder(station)}/{page_name(one.episode.id)}"
    return EPISODE_PAGE.step(settings, EpisodePageInputs(one.sections, one.audio), path)


def _index(
    station: Station,
    frame: FrameSettings,
    episodes: Sequence[EpisodePlan],
    entries: Sequence[Entry],
    packs: Mapping[str, Step],
) -> Step:
    carried = tuple({name: one.audio[name] for name in CARRIED if name in one.audio} for one in episodes)
    heard = frozenset[str]().union(*(one.heard for one in episodes))
    settings = PageSettings(
        **_fields(frame),
        episodes=digested(entries),
        audio=tuple(map(_paths, carried)),
        notes=digested(Notes((), _speakers(heard))),
        packs=_paths(packs),
    )
    return PAGE.step(settings, PageInputs(carried, packs), f"{feed_folder(station)}/index.html")


def _entry(episode: Episode) -> Entry:
    return Entry(episode.id, episode.number, episode.title, episode.published)


def _arounds(entries: Sequence[Entry]) -> list[Around]:
    """Return the neighbours of each entry."""
    return [Around(before, after) for (before, _), (_, after) in pairwise(pairwise([None, *entries, None]))]


def sources_of_speech(sections: Sequence[Step]) -> frozenset[str]:
    """Return the kinds of steps that sections are stitched from."""
    passages = (passage for section in sections for passage in section.inputs)
    return frozenset(piece.kind.name for passage in passages for piece in passage.inputs)


def _speakers(heard: frozenset[str]) -> Speakers:
    """Return who is heard: a synthetic voice, people, or both."""
    kinds = heard & {"clip", "recording"}
    if kinds == {"recording"}:
        return "people"
    return "mixed" if "recording" in kinds else "synthetic"


def mistakes_in(episode: Episode, series: Series, document: str) -> tuple[Mistake, ...]:
    """Return the typing errors of the document in an episode, in order."""
    of = {f"point-{point.id}": _mistakes_of(point, document) for point in series.points}
    return tuple(mistake for section in episode.sections for mistake in of.get(section.id, ()))


def _mistakes_of(point: Point, document: str) -> tuple[Mistake, ...]:
    return tuple(
        Mistake(one.written, one.corrected, one.why) for one in point.corrections if document in one.documents
    )


def _name(step: Step) -> str:
    return step.file.rpartition("/")[2]


def _paths(steps: Mapping[str, Step]) -> dict[str, str]:
    return {name: step.file for name, step in steps.items()}


def _fields(frame: FrameSettings) -> dict[str, Any]:
    return {field.name: getattr(frame, field.name) for field in fields(frame)}
