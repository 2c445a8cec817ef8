"""Plan the sound: from sentences, recordings and cues to finished passages.

A section is stitched and mastered in passages of a sentence or a few, each bounded by digital silence, so
that a changed sentence seldom rebuilds more than its own passage. (What one speaker says about a point,
which ``pauses.passage_ms`` follows, may be several passages.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..content.recordings import SectionAssignment, digest_of, syllables_of
from ..engines import SERVICES, Engine
from ..mixing import LEAD_MS, TAIL_MS
from ..mixing.profiles import Master
from ..model import Cue, Recording, Section, Utterance, Voice
from ..script.episodes import clauses_of
from ..steps.clip import CLIP, ClipInputs, ClipSettings
from ..steps.master import MASTER, MasterInputs, MasterSettings
from ..steps.passage import PASSAGE, PassageInputs, PassageSettings
from ..steps.recording import RECORDING, RecordingSettings
from ..steps.section import SECTION, SectionInputs, SectionSettings
from ..steps.service_speech import SERVICE_SPEECH, ServiceSpeechSettings
from ..steps.sound import SOUND, SoundSettings
from ..steps.step import NO_INPUTS, Step
from ..store.atomic_files import file_sha256
from .context import PlanContext

LEAST_SYLLABLES = 20  # in a passage, about five seconds: shorter ones would be mostly the silence around them
BOUNDARY_MS = TAIL_MS + LEAD_MS  # the silence between two passages


@dataclass(frozen=True, slots=True)
class Piece:
    """What is stitched: the step that gives its sound, its items, its syllables, and the pause after it."""

    step: Step
    items: range
    syllables: int
    pause_ms: int


def section_of(context: PlanContext, section: Section) -> Step:
    """Return the step that lays out a section; its inputs are the section's passages, in order."""
    cast = context.recordings.of(section)
    pieces = [_added(context, section, group, cast) for group in _grouped(section, cast)]
    passages = tuple(
        context.add(_passage_name(section, number), _passage(section, group))
        for number, group in enumerate(passages_of(pieces), 1)
    )
    return context.add(section.id, SECTION.step(SectionSettings(), SectionInputs(passages)))


def _added(context: PlanContext, section: Section, group: range, cast: SectionAssignment) -> Piece:
    name = f"{section.id}/{group[0] + 1:02d}"
    step = context.add(name, _piece(context, section, group, cast))
    syllables = sum(syllables_of(section.items[at]) for at in group)
    return Piece(step, group, syllables, section.items[group[-1]].pause_after_ms)


def passages_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of a section by passages.

    A passage ends at a pause that is long enough for the silence around passages, if enough is said both
    in it and after it. So an edit of one sentence seldom moves the ends of other passages.
    """
    passages: list[list[Piece]] = [[]]
    said, left = 0, sum(piece.syllables for piece in pieces)
    for piece in pieces:
        passages[-1].append(piece)
        said, left = said + piece.syllables, left - piece.syllables
        if min(said, left) >= LEAST_SYLLABLES and piece.pause_ms >= BOUNDARY_MS:
            passages.append([])
            said = 0
    return passages


def _passage(section: Section, pieces: Sequence[Piece]) -> Step:
    """Return the step that stitches a passage; unless it is the section's last, the silence around
    passages is part of the pause at its end."""
    pauses_ms = [piece.pause_ms for piece in pieces]
    if pieces[-1].items.stop < len(section.items):
        pauses_ms[-1] -= BOUNDARY_MS
    steps = [piece.step for piece in pieces]
    counts = [len(piece.items) for piece in pieces]
    return passage_step(steps, pauses_ms, counts)


def _passage_name(section: Section, number: int) -> str:
    return f"{section.id}/p{number:02d}"


def mastered_passages(context: PlanContext, section: Section, step: Step, master: Master) -> list[Step]:
    """Return the steps that finish the passages of a section; ``step`` lays the section out."""
    return [
        context.add(f"{_passage_name(section, number)}/{master.name}", master_step(passage, master))
        for number, passage in enumerate(step.inputs, 1)
    ]


def passage_step(pieces: Sequence[Step], pauses_ms: Sequence[int], items: Sequence[int]) -> Step:
    """Return the step that stitches pieces; ``items`` is how many of the section's items each holds."""
    return PASSAGE.step(PassageSettings(tuple(pauses_ms), tuple(items)), PassageInputs(tuple(pieces)))


def _grouped(section: Section, cast: SectionAssignment) -> list[range]:
    """Return the items that each piece holds: one, or everything that a recording of the whole section
    replaces, which is all but the cues at its ends."""
    count = len(section.items)
    if cast.whole is None:
        return [range(at, at + 1) for at in range(count)]
    said = [at for at, item in enumerate(section.items) if isinstance(item, Utterance)]
    before, after = range(said[0]), range(said[-1] + 1, count)
    return [
        *(range(at, at + 1) for at in before),
        range(said[0], said[-1] + 1),
        *(range(at, at + 1) for at in after),
    ]


def _piece(context: PlanContext, section: Section, group: Sequence[int], cast: SectionAssignment) -> Step:
    item = section.items[group[0]]
    recording = cast.items.get(group[0]) or (cast.whole if isinstance(item, Utterance) else None)
    if recording is not None:
        return _recording(context, recording, [syllables_of(section.items[at]) for at in group])
    if isinstance(item, Cue):
        return _sound(context, item)
    name = f"{section.id}/{group[0] + 1:02d}/{context.engine.name}"
    voice = context.voices[item.role]
    return clip_step(context.engine, voice, item, lambda speech: context.add(name, speech))


def _recording(context: PlanContext, recording: Recording, syllables: Sequence[int]) -> Step:
    settings = RecordingSettings(digest_of(context.project.root, recording), tuple(syllables))
    return RECORDING.step(settings, NO_INPUTS, reads=recording.file)


def _sound(context: PlanContext, cue: Cue) -> Step:
    file = context.station.sounds[cue.sound]
    if file is None:
        return SOUND.step(SoundSettings(cue.sound), NO_INPUTS)
    path = f"content/sounds/{file}"
    return SOUND.step(SoundSettings(file_sha256(context.project.root / path)), NO_INPUTS, reads=path)


def clip_step(engine: Engine, voice: Voice, utterance: Utterance, add: Callable[[Step], Step]) -> Step:
    """Return the step that speaks an utterance. If a service speaks it, the service's reply is a step
    of its own before it; ``add`` returns the one to use."""
    clauses = clauses_of(utterance, engine.clause_limit)
    if engine.name not in SERVICES:
        return CLIP.step(ClipSettings(engine.name, clauses, voice, engine.recipe(voice)), ClipInputs())
    request = SERVICES[engine.name].request(voice)
    speech = SERVICE_SPEECH.step(ServiceSpeechSettings(engine.name, clauses, voice, request), NO_INPUTS)
    return CLIP.step(ClipSettings(engine.name, clauses, voice, {}), ClipInputs(add(speech)))


def master_step(passage: Step, master: Master) -> Step:
    """Return the step that finishes a passage."""
    return MASTER.step(MasterSettings(master), MasterInputs(passage))
