"""The steps of sound, planned: from sentences, recordings and cues to a finished section."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .engines import Engine
from .mixing.profiles import Master
from .model import Cue, Project, Recording, Section, Station, Utterance, Voice
from .recipe import Step, Steps, code_digest, installed, library_versions
from .recordings import Cast, Casting, digest_of, syllables_of
from .script import clauses_of

SOUND_LIBRARIES = ("numpy", "soxr", "soundfile")
ENGINE_CODE = {  # editing one leaves the others' clips
    "espeak": "engines.espeak",
    "gtts": "engines.google",
    "piper": "engines.piper",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan while it is drawn up."""

    project: Project
    station: Station
    engine: Engine
    voices: Mapping[str, Voice]
    shared: Steps
    named: dict[str, Step]
    casting: Casting

    def add(self, name: str, step: Step) -> Step:
        """Return the step to use for ``step``, which is known as ``name`` from now on."""
        self.named[name] = self.shared.add(step)
        return self.named[name]


def section_of(draft: Draft, section: Section) -> Step:
    """Return the step that stitches a section, having added its pieces to the draft."""
    cast = draft.casting.of(section)
    pieces = [list(group) for group in _grouped(section, cast)]
    steps = [
        draft.add(f"{section.id}/{group[0] + 1:02d}", _piece(draft, section, group, cast)) for group in pieces
    ]
    pauses_ms = [section.items[group[-1]].pause_after_ms for group in pieces]
    return draft.add(section.id, section_step(steps, pauses_ms, [len(group) for group in pieces]))


def section_step(pieces: Sequence[Step], pauses_ms: Sequence[int], items: Sequence[int]) -> Step:
    """Return the step that stitches pieces, each holding so many of the section's items."""
    settings = {
        "pauses_ms": pauses_ms,
        "items": items,
        "code": code_digest("mixing.stitch", "makers"),
        "libraries": library_versions("pydub"),
    }
    return Step("section", settings, tuple(pieces))


def _grouped(section: Section, cast: Cast) -> list[range]:
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


def _piece(draft: Draft, section: Section, group: Sequence[int], cast: Cast) -> Step:
    item = section.items[group[0]]
    recording = cast.items.get(group[0]) or (cast.whole if isinstance(item, Utterance) else None)
    if recording is not None:
        return _recording(draft, recording, [syllables_of(section.items[at]) for at in group])
    return (
        _sound(draft, item)
        if isinstance(item, Cue)
        else clip_step(draft.engine, draft.voices[item.role], item)
    )


def _recording(draft: Draft, recording: Recording, syllables: Sequence[int]) -> Step:
    settings = {
        "sound": digest_of(draft.project.root, recording),
        "syllables": syllables,
        "code": code_digest("mixing.recorded", "makers"),
        "libraries": library_versions(*SOUND_LIBRARIES, *installed("av")),
    }
    return Step("recording", settings, reads=recording.file)


def _sound(draft: Draft, cue: Cue) -> Step:
    settings: dict[str, object] = {
        "sound": cue.sound,
        "code": code_digest("mixing.sounds", "makers"),
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
        "code": code_digest(ENGINE_CODE[engine.name], "mixing.clip", "makers"),
        "libraries": library_versions(*SOUND_LIBRARIES),
    }
    return Step("clip", settings)


def master_step(section: Step, master: Master) -> Step:
    """Return the step that finishes a section."""
    settings = {
        "master": master,
        "code": code_digest("mixing.masters", "makers"),
        "libraries": library_versions(*SOUND_LIBRARIES, "lameenc"),
    }
    return Step("master", settings, (section,))
