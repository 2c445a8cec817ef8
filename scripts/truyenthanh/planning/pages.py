"""The steps of a station's pages: the index, a page per episode, and the files that all of them use.

A page's settings hold what stands on it and no more, so that one change makes one page again, and the
index. Nothing is made here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..feed.addresses import feed_folder, page_name
from ..feed.assets import assets
from ..feed.entries import CARRIED, Around, Entry, Mistake, Notes, Speakers
from ..feed.shownotes import corrections
from ..model import Document, Episode, Pauses, Point, Series, Station
from ..recipe import Digested, Step, code_digest, digested, library_versions

LIBRARIES = ("jinja2", "markupsafe", "segno")


@dataclass(frozen=True, slots=True)
class Source:
    """An episode as the plan has it: its record, sealed, and the steps that make it."""

    episode: Digested
    sections: tuple[Step, ...]
    audio: Mapping[str, Step]  # by master
    heard: frozenset[str]  # the kinds of steps that its sections are stitched of
    mistakes: tuple[Mistake, ...]


def asset_steps(station: Station) -> Iterator[Step]:
    """Yield the steps of style, script and font; their names say what they hold."""
    for key, asset in assets().items():
        path = f"{feed_folder(station)}/{asset.name}"
        yield Step("asset", {"asset": key, "name": asset.name}, (), path)


def thumbnail_step(station: Station, cover: Step) -> Step:
    """Return the step of the small cover that pages show: the large one is for directories."""
    path = f"{feed_folder(station)}/{_name(cover).removesuffix('.jpg')}-600.jpg"
    return Step("thumbnail", {"code": code_digest("feed.cover")}, (cover,), path)


def page_steps(
    document: Document,
    series: Series,
    station: Station,
    sources: Sequence[Source],
    cover: Step,
    thumbnail: Step,
    packs: Mapping[str, Step],
) -> Iterator[Step]:
    """Yield the steps of the episodes' pages, in order, then that of the index."""
    frame = _frame(station, series, document, cover, thumbnail)
    entries = [_entry(source.episode.value) for source in sources]
    arounds = _arounds(entries)
    for source, around in zip(sources, arounds, strict=True):
        yield _episode_page(frame, source, around, series, station)
    yield _index(station, frame, sources, entries, packs)


def _frame(
    station: Station, series: Series, document: Document, cover: Step, thumbnail: Step
) -> dict[str, object]:
    """Return the settings that all pages share."""
    return {
        "station": digested(shown(station)),
        "series": digested(
            replace(
                series, documents={}, announcement="", description="", points=(), omnibus=None, revisions=()
            )
        ),
        "document": digested(replace(document, citation="", source="")),
        "cover": [_name(cover), _name(thumbnail)],
        "assets": [asset.name for asset in assets().values()],
        "code": code_digest("feed.site", "feed/templates", "steps.makers", "script.timeline"),
        "libraries": library_versions(*LIBRARIES),
    }


def shown(station: Station) -> Station:
    """Return the station as pages and feed show it: a changed voice or hour changes neither."""
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
    frame: dict[str, object],
    source: Source,
    around: Around,
    series: Series,
    station: Station,
) -> Step:
    episode: Episode = source.episode.value
    told = corrections(series, episode.id)
    notes = Notes(source.mistakes, _speakers(source.heard), _credits(), told)
    settings = {
        **frame,
        "episode": source.episode,
        "audio": {name: step.path for name, step in source.audio.items()},
        "around": digested(around),
        "notes": digested(notes),
    }
    path = f"{feed_folder(station)}/{page_name(episode.id)}"
    return Step("episode_page", settings, (*source.sections, *source.audio.values()), path)


def _index(
    station: Station,
    frame: dict[str, object],
    sources: Sequence[Source],
    entries: Sequence[Entry],
    packs: Mapping[str, Step],
) -> Step:
    carried = [{name: source.audio[name] for name in CARRIED if name in source.audio} for source in sources]
    heard = frozenset[str]().union(*(source.heard for source in sources))
    settings = {
        **frame,
        "episodes": digested(entries),
        "audio": [{name: step.path for name, step in audio.items()} for audio in carried],
        "notes": digested(Notes((), _speakers(heard), _credits())),
        "packs": {master: step.path for master, step in packs.items()},
    }
    inputs = tuple(step for audio in carried for step in audio.values())
    return Step("page", settings, (*inputs, *packs.values()), f"{feed_folder(station)}/index.html")


def _entry(episode: Episode) -> Entry:
    return Entry(episode.id, episode.number, episode.title, episode.published)


def _arounds(entries: Sequence[Entry]) -> list[Around]:
    """Return the neighbours of each entry."""
    return [Around(before, after) for (before, _), (_, after) in pairwise(pairwise([None, *entries, None]))]


def sources_of_speech(sections: Sequence[Step]) -> frozenset[str]:
    """Return the kinds of steps that sections are stitched of."""
    passages = (passage for section in sections for passage in section.inputs)
    return frozenset(piece.kind for passage in passages for piece in passage.inputs)


def _speakers(heard: frozenset[str]) -> Speakers:
    """Return who is heard: a voice, people, or both."""
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


def _credits() -> tuple[str, ...]:
    """Return the sentences that credit voices whose licence asks for it: of the voices here, none does."""
    return ()


def _name(step: Step) -> str:
    assert step.path is not None
    return step.path.rpartition("/")[2]
