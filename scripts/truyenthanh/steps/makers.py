"""How each kind of step is made: literal dicts of functions from settings and inputs to bytes.

This is where the siblings meet: engines, mixing and feed know nothing of each other or of the store.
Each maker imports what it needs when it runs, so that a plan loads none of it.
"""

import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

from ..approval.approved_version import kept_record
from ..errors import DamagedFileError, SoundError
from ..model import USUAL_PACING, AudioFile, Episode, Pacing, PublishedEpisode
from ..recipe import StepResult
from ..script.timeline import SectionLayout, chapter_marks, timed_sentences
from ..store.store import read_blob

if TYPE_CHECKING:
    from ..feed.site import Frame
    from ..mixing.episode import MasteredSection
    from ..packing.contents import Programme

Settings = Mapping[str, Any]
Blobs = dict[str, bytes]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MakeContext:
    """What a maker may touch: the store of its inputs, the file it opens or lays down, the network."""

    store: Path
    reads: Path | None = None
    file: Path | None = None
    pacing: Pacing = USUAL_PACING


Maker = Callable[[Settings, Sequence[StepResult], MakeContext], tuple[Blobs, Figures]]
Layer = Callable[[Settings, Sequence[StepResult], MakeContext, BinaryIO], Figures]

# ---------------------------------------------------------------- sound


def sound(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return a cue as pcm: built in, or the station's own file."""
    from ..mixing.sounds import builtin_sound, sound_from_file

    if bench.reads is None:
        return {"pcm": builtin_sound(settings["sound"])}, {}
    path = _unchanged(bench, settings["sound"])
    try:
        return {"pcm": sound_from_file(path)}, {}
    except SoundError as error:
        raise SoundError(error.key, {**error.facts, "file": _shown(path)}) from error


def _unchanged(bench: MakeContext, sha256: str) -> Path:
    """Return the file to read, which must still be the one that was planned."""
    assert bench.reads is not None
    if hashlib.sha256(bench.reads.read_bytes()).hexdigest() != sha256:
        raise SoundError("makers.sound_changed", file=_shown(bench.reads))
    return bench.reads


def _shown(path: Path) -> str:
    """Return a content file's name as its editor knows it."""
    return path.as_posix().rpartition("/content/")[2].join(("content/", ""))


def clip(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return an utterance as pcm at the speech level."""
    from ..engines import ENGINES
    from ..mixing.clip import level_clip

    said = ENGINES[settings["engine"]].speak(tuple(settings["clauses"]), settings["voice"], bench.pacing)
    return {"pcm": level_clip(said.samples, said.rate_hz)}, {}


def recording(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return a person's recording as pcm at the speech level, and where each of its sentences stands."""
    from ..mixing.recorded import recorded

    path = _unchanged(bench, settings["sound"])
    try:
        said = recorded(path, settings["syllables"])
    except SoundError as error:
        raise SoundError(error.key, {**error.facts, "file": _shown(path)}) from error
    return {"pcm": said.pcm}, {"spans": [list(span) for span in said.spans]}


def passage(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return clips, pauses and sounds stitched, and where each of them stands."""
    from ..mixing.stitch import SAMPLE_BYTES, stitch

    pieces = [read_blob(bench.store, made.blobs["pcm"]) for made in inputs]
    stitched = stitch(list(zip(pieces, settings["pauses_ms"], strict=True)))
    spans: list[list[int]] = []
    for made, count, (start, end) in zip(inputs, settings["items"], stitched.spans, strict=True):
        inner = made.figures["spans"] if count > 1 else [[0, end - start]]
        spans += [[start + first, start + last] for first, last in inner]
    return {"pcm": stitched.pcm}, {"samples": len(stitched.pcm) // SAMPLE_BYTES, "spans": spans}


def section(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return how long a section is, and where each of its items stands, from its passages."""
    starts = list(accumulate((made.figures["samples"] for made in inputs), initial=0))
    spans = [
        [begin + start, begin + end]
        for begin, made in zip(starts, inputs, strict=False)
        for start, end in made.figures["spans"]
    ]
    return {}, {"samples": starts[-1], "spans": spans}


def master(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return a passage mastered and encoded, with its loudness energies and figures."""
    from ..mixing.masters import finish

    finished = finish(read_blob(bench.store, inputs[0].blobs["pcm"]), settings["master"])
    return {"audio": finished.audio, "energies": finished.energies}, finished.figures


def audio(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext, out: BinaryIO) -> Figures:
    """Join mastered passages into a tagged file, its figures combined from theirs.

    The inputs are the mastered passages, then the sections, then the cover if it has one.
    """
    from ..mixing.episode import EpisodeFile, write_episode

    episode: Episode = settings["episode"].value
    passages: list[int] = settings["passages"]  # of each section
    mastered = inputs[: sum(passages)]
    sections = inputs[len(mastered) :][: len(passages)]
    covers = inputs[len(mastered) + len(sections) :]
    file = EpisodeFile(
        master=settings["master"],
        episode=episode,
        artist=settings["artist"],
        album=settings["album"],
        track_count=settings["track_count"],
        is_synthetic=settings["synthetic"],
        chapters=chapter_marks(episode, laid(sections)),
        cover_jpeg=read_blob(bench.store, covers[0].blobs["small"]) if covers else None,
    )
    figures = write_episode(out, file, [mastered_section(bench.store, made) for made in mastered])
    return {**figures, "sections": [made.blobs["audio"] for made in mastered], "passages": passages}


def mastered_section(store: Path, made: StepResult) -> "MasteredSection":
    """Return a finished section whose audio is fetched from the store when its turn comes."""
    from ..mixing.episode import MasteredSection

    return MasteredSection(
        audio=functools.partial(read_blob, store, made.blobs["audio"]),
        energies=read_blob(store, made.blobs["energies"]),
        true_peak_dbtp=made.figures["true_peak_dbtp"],
        mean_square=made.figures["mean_square"],
        samples=int(made.figures["samples"]),
    )


def pack(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext, out: BinaryIO) -> Figures:
    """Zip what an operator needs of a station; the sound is laid down already, or stands published."""
    from ..packing.archive import write_zip
    from ..packing.contents import PackFile, pack_of

    assert bench.file is not None
    staging = bench.file.parent

    def copy(out: IO[bytes], file: PackFile) -> None:
        if file.path is None:
            out.write(file.data)
            return
        name = file.path.split("/", 2)[2]
        places = (staging / name, staging.parent / name)
        data = next(place for place in places if place.is_file()).read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != file.sha256:
            raise DamagedFileError("publication.damaged_file", file=file.path, sha256=found)
        out.write(data)

    write_zip(out, pack_of(_programme(settings, inputs)), copy)
    return {}


def _programme(settings: Settings, inputs: Sequence[StepResult]) -> "Programme":
    from ..packing.contents import Programme, sound_version
    from ..packing.programme_items import Item

    master, items, versions = settings["master"], [], {}
    made = zip(settings["contents"], settings["audio"], inputs, strict=True)
    for (name, number, title, first, last, text), path, one in made:
        level = one.figures["rms_dbfs" if master.measure == "rms" else "integrated_lufs"]
        about = (one.blobs["file"], one.sizes["file"], one.figures["seconds"], level)
        items.append(Item(name, number, title, path, *about, first, last))
        versions[name] = text, sound_version(one.figures["sections"])
    return Programme(
        settings["station"], settings["artist"], master.name, master.suffix, tuple(items), versions, {}
    )


# ---------------------------------------------------------------- what goes with it


def cover(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return the cover, drawn or the station's own, and the small one for tags."""
    from ..feed.cover import cover as drawn
    from ..feed.cover import small_cover
    from ..feed.picture import checked_picture

    if bench.reads is None:
        picture = drawn(settings["title"], settings["station"])
    else:
        path = _unchanged(bench, settings["picture"])
        picture = checked_picture(path.read_bytes(), settings["ending"], _shown(path))
    return {"file": picture, "small": small_cover(picture)}, {}


def transcript(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return what is said in one of the forms of ``addresses.TRANSCRIPTS``."""
    from ..feed.transcript import written

    published = _published(settings["episode"].value, inputs, {})
    return {"file": written(published, settings["series"].value, settings["form"], settings["language"])}, {}


def chapters(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return the chapters as JSON."""
    from ..feed.chapters import chapters_json

    return {"file": chapters_json(_published(settings["episode"].value, inputs, {}))}, {}


def feed(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return the podcast feed."""
    from ..feed.rss import write_feed

    station, series = settings["station"].value, settings["series"].value
    episodes, cover, synthetic = list(_all(settings, inputs)), settings["cover"], settings["synthetic"]
    return {"file": write_feed(station, series, episodes, cover, is_synthetic=synthetic)}, {}


def page(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return the station's index."""
    from ..feed.entries import Listed, PackOffered
    from ..feed.site import write_index

    rest = iter(inputs)
    listed = [
        Listed(entry, {name: audio_file(name, path, next(rest)) for name, path in paths.items()})
        for entry, paths in zip(settings["episodes"].value, settings["audio"], strict=True)
    ]
    packs = [
        PackOffered(name, path, made.sizes["file"])
        for (name, path), made in zip(settings["packs"].items(), rest, strict=True)
    ]
    return {"file": write_index(_frame(settings), listed, settings["notes"].value, packs)}, {}


def episode_page(
    settings: Settings, inputs: Sequence[StepResult], bench: MakeContext
) -> tuple[Blobs, Figures]:
    """Return an episode's page; the inputs are its sections, then its audio files."""
    from ..feed.site import write_episode_page

    episode: Episode = settings["episode"].value
    count = len(episode.sections)
    made = zip(settings["audio"].items(), inputs[count:], strict=True)
    files = {name: audio_file(name, path, one) for (name, path), one in made}
    published = _published(episode, inputs[:count], files)
    around, notes = settings["around"].value, settings["notes"].value
    return {"file": write_episode_page(_frame(settings), published, around, notes)}, {}


def approved(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return the record of an approved version; the inputs are its sections, its audio, its texts."""
    return {"file": kept_record(settings["episode"].value, settings["approved"].value, inputs)}, {}


def comparison(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return the page on which a draft stands beside what was approved; both lie in folders side by side."""
    from ..feed.comparison import write_comparison

    return {"file": write_comparison(settings["episode"].value, settings["station"], "../../../")}, {}


def _frame(settings: Settings) -> "Frame":
    from ..feed.site import Frame

    station, series, document = (settings[name].value for name in ("station", "series", "document"))
    return Frame(station, series, document, *settings["cover"])


def asset(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return a file that all pages use."""
    from ..feed.assets import assets

    return {"file": assets()[settings["asset"]].data}, {}


def thumbnail(settings: Settings, inputs: Sequence[StepResult], bench: MakeContext) -> tuple[Blobs, Figures]:
    """Return the small cover as a file."""
    return {"file": read_blob(bench.store, inputs[0].blobs["small"])}, {}


MAKERS: Final[dict[str, Maker]] = {
    "sound": sound,
    "clip": clip,
    "recording": recording,
    "passage": passage,
    "section": section,
    "master": master,
    "cover": cover,
    "captions": transcript,
    "text": transcript,
    "chapters": chapters,
    "feed": feed,
    "page": page,
    "episode_page": episode_page,
    "asset": asset,
    "thumbnail": thumbnail,
    "approved": approved,
    "comparison": comparison,
}

# What is too large for the store is laid down where it waits to be published.
LAID_DOWN: Final[dict[str, Layer]] = {"audio": audio, "pack": pack}

# These are begun before others; a section is not long, but the files that hold it are.
TAKE_LONG: Final = frozenset(
    {"sound", "clip", "recording", "passage", "section", "master", "audio", "pack", "cover"}
)


# ---------------------------------------------------------------- from figures to records


def laid(sections: Sequence[StepResult]) -> list[SectionLayout]:
    """Return how stitched sections are laid out."""
    return [
        SectionLayout(made.figures["samples"], tuple((start, end) for start, end in made.figures["spans"]))
        for made in sections
    ]


def audio_file(master_name: str, path: str, made: StepResult) -> AudioFile:
    """Return the record of an audio file that was made."""
    return AudioFile(
        master=master_name,
        path=path,
        sha256=made.blobs["file"],
        bytes=made.sizes["file"],
        seconds=made.figures["seconds"],
        integrated_lufs=made.figures["integrated_lufs"],
        true_peak_dbtp=made.figures["true_peak_dbtp"],
        rms_dbfs=made.figures["rms_dbfs"],
        verdict=made.figures["qc"]["verdict"],
    )


def _published(
    episode: Episode, sections: Sequence[StepResult], files: dict[str, AudioFile]
) -> PublishedEpisode:
    layout = laid(sections)
    return PublishedEpisode(episode, files, chapter_marks(episode, layout), timed_sentences(episode, layout))


def _all(settings: Settings, inputs: Sequence[StepResult]) -> Iterator[PublishedEpisode]:
    """Yield the episodes of a feed: inputs are each one's sections, then its audio files."""
    rest = iter(inputs)
    for sealed, paths in zip(settings["episodes"], settings["audio"], strict=True):
        sections = [next(rest) for _ in sealed.value.sections]
        files = {name: audio_file(name, path, next(rest)) for name, path in paths.items()}
        yield _published(sealed.value, sections, files)
