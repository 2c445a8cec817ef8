"""Plan the files that go with the sound: cover, transcripts, chapters, packs for operators."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from ..feed.addresses import CAPTIONS as CAPTION_FORMS
from ..feed.addresses import TRANSCRIPTS, chapters_name, feed_folder, transcript_name
from ..mixing.profiles import MASTERS, Master
from ..model import Station
from ..packing.names import folder_name as pack_folder
from ..recipe import Digested, digest, digested
from ..steps.captions import CAPTIONS, TranscriptInputs, TranscriptSettings
from ..steps.chapters import CHAPTERS, ChaptersInputs, ChaptersSettings
from ..steps.cover import COVER, CoverSettings
from ..steps.pack import PACK, PackedEpisode, PackInputs, PackSettings
from ..steps.step import NO_INPUTS, Step
from ..steps.text import TEXT
from ..store.atomic_files import file_sha256
from .context import PlanContext
from .plan_records import EpisodePlan


def plan_cover(context: PlanContext) -> Step:
    """Plan the cover, drawn or the station's own picture; a new picture gets a new name."""
    picture = context.station.feed.cover
    if picture is None:
        settings, reads = CoverSettings(context.series.title, context.station.name), None
        name = digest([settings, context.shared.made_by(COVER, settings)])
    else:
        reads = f"content/pictures/{picture}"
        ending = "png" if PurePath(picture).suffix.lower() == ".png" else "jpg"
        settings = CoverSettings(picture=file_sha256(context.project.root / reads), ending=ending)
        name = str(settings.picture)
    path = f"{feed_folder(context.station)}/cover-{name[:8]}.{settings.ending}"
    return context.add_file(COVER.step(settings, NO_INPUTS, path, reads))


def plan_texts(context: PlanContext, episode: Digested, sections: tuple[Step, ...]) -> None:
    """Plan the transcripts of an episode, in every form, and its chapters."""
    series = digested(replace(context.series, points=(), revisions=()))  # needed only for the speakers' names
    *transcripts, chapters = text_paths(context.station, episode.value.id)
    inputs = TranscriptInputs(sections)
    for form, path in zip(TRANSCRIPTS, transcripts, strict=True):
        settings = TranscriptSettings(episode, series, form, context.station.feed.language)
        context.add_file((CAPTIONS if form in CAPTION_FORMS else TEXT).step(settings, inputs, path))
    context.add_file(CHAPTERS.step(ChaptersSettings(episode), ChaptersInputs(sections), chapters))


def text_paths(station: Station, episode: str) -> tuple[str, ...]:
    """Return the paths of an episode's transcripts, in the order of TRANSCRIPTS, and of its chapters."""
    names = (*(transcript_name(episode, form) for form in TRANSCRIPTS), chapters_name(episode))
    return tuple(f"{feed_folder(station)}/{name}" for name in names)


def plan_packs(context: PlanContext, episodes: Sequence[EpisodePlan]) -> dict[str, Step]:
    """Plan a zip for operators for each master that the station packs, without the omnibus.

    An approved version that stays on air may be older than a master of its station.
    """
    packed = {
        name: [one for one in episodes if not one.is_omnibus and name in one.audio]
        for name in context.station.packs
    }
    return {name: _pack(context, MASTERS[name], listed) for name, listed in packed.items() if listed}


def _pack(context: PlanContext, master: Master, episodes: Sequence[EpisodePlan]) -> Step:
    station = context.station
    audio = tuple(one.audio[master.name] for one in episodes)
    settings = PackSettings(
        station=station.id,
        artist=station.name,
        master=master,
        contents=tuple(map(_packed, episodes)),
        audio=tuple(step.file for step in audio),
    )
    path = f"audio/{station.id}/{pack_folder(station.id, master.suffix)}.zip"
    return context.add_file(PACK.step(settings, PackInputs(audio), path))


def _packed(one: EpisodePlan) -> PackedEpisode:
    return PackedEpisode(one.episode.id, one.episode.number, one.episode.title, *one.outer_words, one.text)
