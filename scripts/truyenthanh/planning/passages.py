"""The steps of sound, planned: from sentences, recordings and cues to finished passages.

A section is stitched and mastered in passages of a sentence or a few, each bounded by digital silence, so
that a changed sentence seldom makes more than its own passage again. (What one speaker says of a point,
after which ``pauses.passage_ms`` is kept, may be several of them.)
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..content.recordings import RecordingAssignments, SectionAssignment, digest_of, syllables_of
from ..engines import Engine
from ..mixing import LEAD_MS, TAIL_MS
from ..mixing.profiles import Master
from ..model import Cue, Project, Recording, Section, Station, Utterance, Voice
from ..recipe import Step, Steps, code_digest, installed, library_versions
from ..script.episodes import clauses_of

LEAST_SYLLABLES = 20  # of a passage, some five seconds: shorter ones would be little but silence around them
BOUNDARY_MS = TAIL_MS + LEAD_MS  # of silence where one passage ends and the next begins
SOUND_LIBRARIES = ("numpy", "soxr", "soundfile")
ENGINE_CODE = {  # editing one leaves the others' clips
    "espeak": "engines.espeak",
    "gtts": "engines.google",
    "piper": "engines.piper",
}


@dataclass(frozen=True, slots=True)
class PlanContext:
    """A plan while it is drawn up."""

    project: Project
    station: Station
    engine: Engine
    voices: Mapping[str, Voice]
    shared: Steps
    named: dict[str, Step]
    casting: RecordingAssignments

    def add(self, name: str, step: Step) -> Step:
        """Return the step to use for ``step``, which is known as ``name`` from now on."""
        self.named[name] = self.shared.add(step)
        return self.named[name]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is stitched: the step that gives its sound, the items it holds, its syllables, the pause after."""

    step: Step
    items: range
    syllables: int
    pause_ms: int


def section_of(draft: PlanContext, section: Section) -> Step:
    """Return the step that lays out a section; its inputs are the section's passages, in order."""
    cast = draft.casting.of(section)
    pieces = [_added(draft, section, group, cast) for group in _grouped(section, cast)]
    passages = tuple(
        draft.add(_passage_name(section, number), _passage(section, group))
        for number, group in enumerate(passages_of(pieces), 1)
    )
    return draft.add(section.id, Step("section", {"code": code_digest("steps.makers")}, passages))


def _added(draft: PlanContext, section: Section, group: range, cast: SectionAssignment) -> Piece:
    name = f"{section.id}/{group[0] + 1:02d}"
    step = draft.add(name, _piece(draft, section, group, cast))
    syllables = sum(syllables_of(section.items[at]) for at in group)
    return Piece(step, group, syllables, section.items[group[-1]].pause_after_ms)


def passages_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of a section by passages.

    A passage ends where a pause is long enough for the silence around passages, and enough is said both
    in it and after it: what an editor changes in one sentence seldom moves where others end.
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
    """Return the step that stitches a passage; at the end of one within a section, the silence around
    passages is part of the pause."""
    pauses_ms = [piece.pause_ms for piece in pieces]
    if pieces[-1].items.stop < len(section.items):
        pauses_ms[-1] -= BOUNDARY_MS
    steps = [piece.step for piece in pieces]
    counts = [len(piece.items) for piece in pieces]
    return passage_step(steps, pauses_ms, counts)


def _passage_name(section: Section, number: int) -> str:
    return f"{section.id}/p{number:02d}"


def mastered_passages(draft: PlanContext, section: Section, step: Step, master: Master) -> list[Step]:
    """Return the steps that finish the passages of a section, which ``step`` lays out."""
    return [
        draft.add(f"{_passage_name(section, number)}/{master.name}", master_step(passage, master))
        for number, passage in enumerate(step.inputs, 1)
    ]


def passage_step(pieces: Sequence[Step], pauses_ms: Sequence[int], items: Sequence[int]) -> Step:
    """Return the step that stitches pieces, each holding so many of the section's items."""
    settings = {
        "pauses_ms": pauses_ms,
        "items": items,
        "code": code_digest("mixing.stitch", "steps.makers"),
        "libraries": library_versions("pydub"),
    }
    return Step("passage", settings, tuple(pieces))


def _grouped(section: Section, cast: SectionAssignment) -> list[range]:
    """Return the items that each piece holds: one, or all that a recording of the whole section replaces,
    which leaves the cues at its ends."""
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


def _piece(draft: PlanContext, section: Section, group: Sequence[int], cast: SectionAssignment) -> Step:
    item = section.items[group[0]]
    recording = cast.items.get(group[0]) or (cast.whole if isinstance(item, Utterance) else None)
    if recording is not None:
        return _recording(draft, recording, [syllables_of(section.items[at]) for at in group])
    return (
        _sound(draft, item)
        if isinstance(item, Cue)
        else clip_step(draft.engine, draft.voices[item.role], item)
    )


def _recording(draft: PlanContext, recording: Recording, syllables: Sequence[int]) -> Step:
    settings = {
        "sound": digest_of(draft.project.root, recording),
        "syllables": syllables,
        "code": code_digest("mixing.recorded", "steps.makers"),
        "libraries": library_versions(*SOUND_LIBRARIES, *installed("av")),
    }
    return Step("recording", settings, reads=recording.file)


def _sound(draft: PlanContext, cue: Cue) -> Step:
    settings: dict[str, object] = {
        "sound": cue.sound,
        "code": code_digest("mixing.sounds", "steps.makers"),
        "libraries": library_versions(*SOUND_LIBRARIES),
    }
    file = draft.station.sounds[cue.sound]
    if file is None:
        return Step("sound", settings)
    path = f"content/sounds/{file}"
    settings["sound"] = hashlib.sha256((draft.project.root / path).read_bytes()).hexdigest()
    return Step("sound", settings, reads=path)


def clip_step(engine: Engine, voice: Voice, utterance: Utterance) -> Step:
    """Return the step that speaks an utterance."""
    settings = {
        "engine": engine.name,
        "clauses": clauses_of(utterance, engine.clause_limit),
        "voice": voice,
        "recipe": engine.recipe(voice),
        "code": code_digest(ENGINE_CODE[engine.name], "mixing.clip", "steps.makers"),
        "libraries": library_versions(*SOUND_LIBRARIES),
    }
    return Step("clip", settings)


def master_step(passage: Step, master: Master) -> Step:
    """Return the step that finishes a passage."""
    settings = {
        "master": master,
        "code": code_digest("mixing.masters", "steps.makers"),
        "libraries": library_versions(*SOUND_LIBRARIES, "lameenc"),
    }
    return Step("master", settings, (passage,))
