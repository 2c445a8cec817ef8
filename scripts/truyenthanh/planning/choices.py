"""What a station asks for: its engine, its voices by role, its masters. What does not exist is refused."""

from collections.abc import Iterable

from ..engines import ENGINES, Engine
from ..errors import ContentError, EngineError
from ..messages import Message
from ..mixing.profiles import MASTERS, Master
from ..model import ANNOUNCER, Project, Station, Voice


def engine_named(name: str) -> Engine:
    """Return the engine of this name. Raises ContentError if there is no such engine."""
    if name not in ENGINES:
        raise ContentError("plan.no_engine", name=name, known=", ".join(ENGINES))
    return ENGINES[name]


def voices_of(station: Station, engine: Engine, project: Project) -> dict[str, Voice]:
    """Return who speaks each role of a station. Raises ContentError for a voice that cannot speak."""
    roles = [ANNOUNCER, *(part.role for part in project.series[station.series].parts)]
    for name in station.voices:
        if name not in ENGINES:
            facts = {"name": name, "known": ", ".join(ENGINES)}
            raise ContentError("plan.no_engine", file=station.file, field=f"voices.{name}", **facts)
    given = station.voices.get(engine.name, {})
    voices = {role: given.get(role) or engine.default_voice(role) for role in roles}
    for role, voice in voices.items():
        try:
            engine.check(voice)
        except EngineError as error:
            field = f"voices.{engine.name}.{role}"
            raise ContentError(error.key, {**error.facts, "file": station.file, "field": field}) from error
    return voices


def cautions(engine: Engine, voices: Iterable[Voice]) -> tuple[Message, ...]:
    """Return warnings about voices that may be used but should not."""
    good = ", ".join(card.name for card in engine.voices() if engine.caution(Voice(card.name)) is None)
    keys = dict.fromkeys((engine.caution(voice), voice.name) for voice in voices)
    return tuple(Message(key, {"voice": name, "known": good}) for key, name in keys if key is not None)


def masters_of(station: Station) -> tuple[Master, ...]:
    """Return the masters of a station. Raises ContentError if one does not exist, or podcast is missing."""
    for name in station.masters:
        if name not in MASTERS:
            facts = {"name": name, "known": ", ".join(MASTERS)}
            raise ContentError("plan.no_master", file=station.file, field="masters", **facts)
    if "podcast" not in station.masters:
        raise ContentError("plan.no_podcast", file=station.file, field="masters")
    return tuple(MASTERS[name] for name in dict.fromkeys(station.masters))
