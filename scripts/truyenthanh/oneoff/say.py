"""Hear any text with any voice, through the whole chain: read, spoken, stitched, mastered, written.

It uses the same steps as a build, and the project's store if there is one, so a sentence of the programme
is not made twice, whether a build or this made it first.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..code_digest import CodeDigests
from ..content.project import read_project, stations_named
from ..engines import Engine
from ..errors import ContentError
from ..making.scheduler import make_steps
from ..making.workers import PRELOAD_SPEECH, workers
from ..messages import Message
from ..mixing.profiles import Master, master_for
from ..model import ANNOUNCER, USUAL_PACING, Pacing, Pauses, Project, Station, Utterance, Voice
from ..planning.choices import cautions, engine_named
from ..planning.passages import clip_step, master_step, passage_step
from ..reading import ReadingStyle
from ..reading.lexicon import BUILT_IN
from ..recipe import StepResult, digest
from ..script.episodes import SpeakingStyle, entries_of, style_of, utterances
from ..script.reading_cache import defined, reader_of
from ..steps.audio import mastered_section
from ..steps.step import MakeContext, Step, Steps
from ..store.atomic_files import atomic_file
from ..store.store import find, store_folder

TITLE_CHARACTERS = 80
NO_PROJECT_ENGINE = "espeak"


@dataclass(frozen=True, slots=True)
class SayRequest:
    """What to speak: a text, with which voice, as which master. None leaves the choice to the station."""

    text: str
    station: str | None = None
    engine: str | None = None
    role: str | None = None
    voice: str | None = None
    rate: int | None = None
    pitch: int | None = None
    slow: bool = False
    master: str = "podcast"


@dataclass(frozen=True, slots=True)
class SayResult:
    """The result: who spoke, which words no rule understood, and the file's figures."""

    engine: str
    voice: Voice
    unknown: tuple[str, ...]
    warnings: tuple[Message, ...]
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text is spoken: for a project's station, or without a project."""

    project: Project | None
    station: Station | None

    @property
    def pacing(self) -> Pacing:
        """How a service on the network is asked here."""
        return self.project.pacing if self.project else USUAL_PACING

    def speaking_style(self, text: str) -> SpeakingStyle:
        """Return how a text is read here, and its pauses."""
        if self.project is None or self.station is None:
            return SpeakingStyle(
                reader_of(ReadingStyle(BUILT_IN.overlaid(entries_of(defined(text))))), Pauses()
            )
        style = style_of(self.project, self.station, defined(text))
        return SpeakingStyle(reader_of(style), self.station.pauses)


@dataclass(frozen=True, slots=True)
class Listener:
    """Callbacks for progress."""

    planned: Callable[[int], None]
    made: Callable[[Step], None]


def say_to_file(root: Path | None, wish: SayRequest, out: Path, jobs: int, listener: Listener) -> SayResult:
    """Speak the text of ``wish`` into ``out``, an MP3 or WAV by its extension, and return the result.

    Raises TruyenthanhError; ``out`` is then unchanged.
    """
    master = master_for(wish.master, out.name)
    project = read_project(root) if root else None
    station = stations_named(project, [wish.station] if wish.station else [])[0] if project else None
    setting = Setting(project, station)
    engine = engine_named(wish.engine or (project.default_engine if project else NO_PROJECT_ENGINE))
    voice = _voice(engine, station, wish)
    said = _utterances(wish, setting.speaking_style(wish.text))
    with _store(root) as store:
        code = CodeDigests(store)
        sections, steps = _plan(engine, voice, said, master, code)
        code.save()
        listener.planned(len(steps))
        made = _make(steps, store, setting.pacing, jobs, listener.made)
        figures = _write(out, wish.text, master, store, [made[section] for section in sections])
    unknown = dict.fromkeys(token for paragraph in said for one in paragraph for token in one.unknown)
    return SayResult(engine.name, voice, tuple(unknown), cautions(engine, [voice]), figures)


def _voice(engine: Engine, station: Station | None, wish: SayRequest) -> Voice:
    """Return who speaks: the station's voice for the role, or the one named, with the settings asked for."""
    role = wish.role or ANNOUNCER
    usual = (station.voices.get(engine.name, {}) if station else {}).get(role) or engine.default_voice(role)
    base = Voice(wish.voice) if wish.voice is not None else usual
    voice = replace(
        base,
        rate=base.rate if wish.rate is None else wish.rate,
        pitch=base.pitch if wish.pitch is None else wish.pitch,
        slow=base.slow or wish.slow,
    )
    engine.check(voice)
    return voice


def _utterances(wish: SayRequest, style: SpeakingStyle) -> list[tuple[Utterance, ...]]:
    """Return the sentences of each paragraph."""
    paragraphs = [line for line in (" ".join(line.split()) for line in wish.text.splitlines()) if line]
    if not paragraphs:
        raise ContentError("audition.no_text")
    role = wish.role or ANNOUNCER
    return [utterances([one], role, style, None, from_document=False) for one in paragraphs]


def _plan(
    engine: Engine,
    voice: Voice,
    paragraphs: Sequence[Sequence[Utterance]],
    master: Master,
    code: CodeDigests,
) -> tuple[list[Step], list[Step]]:
    """Return the finished sections, one for each paragraph, and all steps that lead to them."""
    shared, sections, steps = Steps(code), [], []

    def add(step: Step) -> Step:
        steps.append(shared.add(step))
        return steps[-1]

    for said in paragraphs:
        clips = [add(clip_step(engine, voice, one, add)) for one in said]
        pauses_ms = [one.pause_after_ms for one in said]
        stitched = add(passage_step(clips, pauses_ms, [1] * len(clips)))
        sections.append(add(master_step(stitched, master)))
    return sections, list(dict.fromkeys(steps))


def _make(
    steps: Sequence[Step], store: Path, pacing: Pacing, jobs: int, watch: Callable[[Step], None]
) -> dict[Step, StepResult]:
    def look_up(step: Step, results: Mapping[Step, StepResult]) -> StepResult | None:
        return find(store, digest(step.recipe(results)))

    context = MakeContext(store, pacing=pacing)
    with workers(jobs, PRELOAD_SPEECH) as made_by:
        return make_steps(
            steps, {}, look_up=look_up, context_of=lambda _: context, workers=made_by, watch=watch
        )


def _write(
    out: Path, text: str, master: Master, store: Path, sections: Sequence[StepResult]
) -> dict[str, float]:
    from ..mixing.episode import SYNTHETIC_VOICE, write_programme
    from ..mixing.tags import Tags

    title = " ".join(text.split())[:TITLE_CHARACTERS]
    tags = Tags(title, artist="truyenthanh", lyrics=text.strip(), synthetic_voice=SYNTHETIC_VOICE)
    with atomic_file(out) as file:
        return write_programme(
            file, master, [mastered_section(store, made) for made in sections], tags, out.name
        )


@contextmanager
def _store(root: Path | None) -> Iterator[Path]:
    """Give the project's store, or a temporary one."""
    if root is not None:
        yield store_folder(root)
        return
    with tempfile.TemporaryDirectory(prefix="truyenthanh-") as folder:
        yield Path(folder)
