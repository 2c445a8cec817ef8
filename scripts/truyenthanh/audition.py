"""Hear any text with any voice, through the whole chain: read, spoken, stitched, mastered, written.

It takes the same steps as a build, out of the project's store where there is one, so a sentence of the
programme that was made before is not made again, and what is made here a build finds ready.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from .build import chosen
from .content import read_project
from .crew import Crew
from .disk import whole_file
from .engines import Engine
from .errors import ContentError
from .make import make_steps
from .makers import Bench, mastered_section
from .messages import Message
from .mixing.profiles import Master, master_for
from .model import ANNOUNCER, USUAL_PACING, Pacing, Pauses, Project, Station, Utterance, Voice
from .plan import cautions, engine_named
from .reading import ReadingStyle
from .reading.lexicon import BUILT_IN
from .readings import defined, reader_of
from .ready import get_ready_to_speak
from .recipe import Made, Step, Steps
from .script import Manner, entries_of, style_of, utterances
from .sounding import clip_step, master_step, passage_step
from .store import find, recipe_digest, store_folder

TITLE_CHARACTERS = 80
NO_PROJECT_ENGINE = "espeak"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be heard: a text, by whom, as which master. None leaves it to the station."""

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
class Heard:
    """What came out: who spoke, what of the words no rule understood, and the file's figures."""

    engine: str
    voice: Voice
    unknown: tuple[str, ...]
    warnings: tuple[Message, ...]
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text is spoken: a project's station, or nowhere in particular."""

    project: Project | None
    station: Station | None

    @property
    def pacing(self) -> Pacing:
        return self.project.pacing if self.project else USUAL_PACING

    def manner(self, text: str) -> Manner:
        """Return how a text is read here, and with which pauses."""
        if self.project is None or self.station is None:
            return Manner(reader_of(ReadingStyle(BUILT_IN.overlaid(entries_of(defined(text))))), Pauses())
        style = style_of(self.project, self.station, defined(text))
        return Manner(reader_of(style), self.station.pauses)


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom it tells what it does."""

    planned: Callable[[int], None]
    made: Callable[[Step], None]


def hear(root: Path | None, wish: Wish, out: Path, jobs: int, listener: Listener) -> Heard:
    """Write the text of ``wish`` to ``out``, an MP3 or WAV by its ending, and return what that was.

    Raises TruyenthanhError; nothing is left at ``out`` then that was not there before.
    """
    master = master_for(wish.master, out.name)
    project = read_project(root) if root else None
    station = chosen(project, [wish.station] if wish.station else [])[0] if project else None
    setting = Setting(project, station)
    engine = engine_named(wish.engine or (project.default_engine if project else NO_PROJECT_ENGINE))
    voice = _voice(engine, station, wish)
    said = _utterances(wish, setting.manner(wish.text))
    with _store(root) as store:
        sections, steps = _plan(engine, voice, said, master)
        listener.planned(len(steps))
        made = _make(steps, store, setting.pacing, jobs, listener.made)
        figures = _write(out, wish.text, master, store, [made[section] for section in sections])
    unknown = dict.fromkeys(token for paragraph in said for one in paragraph for token in one.unknown)
    return Heard(engine.name, voice, tuple(unknown), cautions(engine, [voice]), figures)


def _voice(engine: Engine, station: Station | None, wish: Wish) -> Voice:
    """Return who speaks: the station's voice for the role, or the one named, with what is asked of it."""
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


def _utterances(wish: Wish, manner: Manner) -> list[tuple[Utterance, ...]]:
    """Return the sentences of each paragraph."""
    paragraphs = [line for line in (" ".join(line.split()) for line in wish.text.splitlines()) if line]
    if not paragraphs:
        raise ContentError("audition.no_text")
    role = wish.role or ANNOUNCER
    return [utterances([one], role, manner, None, from_document=False) for one in paragraphs]


def _plan(
    engine: Engine, voice: Voice, paragraphs: Sequence[Sequence[Utterance]], master: Master
) -> tuple[list[Step], list[Step]]:
    """Return the finished sections, one for each paragraph, and all steps that lead to them."""
    shared, sections, steps = Steps(), [], []
    for said in paragraphs:
        clips = [shared.add(clip_step(engine, voice, one)) for one in said]
        pauses_ms = [one.pause_after_ms for one in said]
        stitched = shared.add(passage_step(clips, pauses_ms, [1] * len(clips)))
        sections.append(shared.add(master_step(stitched, master)))
        steps += [*clips, stitched, sections[-1]]
    return sections, list(dict.fromkeys(steps))


def _make(
    steps: Sequence[Step], store: Path, pacing: Pacing, jobs: int, watch: Callable[[Step], None]
) -> dict[Step, Made]:
    def look_up(step: Step, inputs: list[Made]) -> Made | None:
        return find(store, recipe_digest(step, inputs))

    bench = Bench(store, pacing=pacing)
    with Crew(jobs, get_ready_to_speak) as crew:
        return make_steps(steps, {}, look_up=look_up, bench_of=lambda _: bench, crew=crew, watch=watch)


def _write(out: Path, text: str, master: Master, store: Path, sections: Sequence[Made]) -> dict[str, float]:
    from .mixing.episode import SYNTHETIC_VOICE, write_programme
    from .mixing.tags import Tags

    title = " ".join(text.split())[:TITLE_CHARACTERS]
    tags = Tags(title, artist="truyenthanh", lyrics=text.strip(), synthetic_voice=SYNTHETIC_VOICE)
    with whole_file(out) as file:
        return write_programme(
            file, master, [mastered_section(store, made) for made in sections], tags, out.name
        )


@contextmanager
def _store(root: Path | None) -> Iterator[Path]:
    """Give the project's store, or one that is gone afterwards."""
    if root is not None:
        yield store_folder(root)
        return
    with tempfile.TemporaryDirectory(prefix="truyenthanh-") as folder:
        yield Path(folder)
