"""What each build changed, when, why and with which versions: one line each in ``audio/<station>/.history``.

It is a log for people: ``name=value`` fields, values with a space in quotes. It is in no manifest, and a
build does not fail without it. At 256 KB it becomes ``.history.1``, replacing the previous one.
"""

import json
import os
import platform
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import __version__
from ..engines import ENGINES
from ..planning.plan_records import Plan
from ..publishing.places import Places
from ..steps.kinds import KINDS
from ..steps.step import Step
from .status_reasons import Pending

MAX_BYTES = 256 * 1024
NAMED = 4  # names shown per cause, before the rest is counted
FILES = (".history.1", ".history")  # older first
_NO_VERSION = ("engine", "voice", "language")
_FIELD = re.compile(r'([\w.-]+)=("(?:[^"\\]|\\.)*"|\S*)')


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What a build did for one station: the steps it made, the paths it changed and removed, and why."""

    made: Collection[Step]
    changed: Collection[str]
    removed: Collection[str]
    causes: Collection[Pending]
    seconds: float


def history_line(plan: Plan, done: HistoryEntry, when: datetime) -> str:
    """Return the line of a build, without the line ending."""
    kinds = Counter(step.kind.name for step in done.made)
    fields = {
        "time": when.isoformat(timespec="seconds"),
        "changed": str(len(done.changed)),
        "removed": str(len(done.removed)),
        "episodes": ",".join(_episodes(plan, done.changed)),
        "made": ",".join(f"{kind}:{count}" for kind, count in sorted(kinds.items())),
        "why": _why(done.causes),
        "seconds": f"{done.seconds:.2f}",
        "truyenthanh": __version__,
        "python": platform.python_version(),
        "engine": plan.engine,
        **_engine_versions(plan),
        "voices": ",".join(f"{role}:{voice.name}" for role, voice in plan.voices.items()),
    }
    return " ".join(f"{name}={_quoted(value)}" for name, value in fields.items())


def append_history(places: Places, line: str) -> None:
    """Append a line in one write, and sync it. Raises OSError."""
    path = history_file(places)
    before = path.stat().st_size if path.exists() else 0
    if before >= MAX_BYTES:
        path.replace(path.with_name(FILES[0]))
        before = 0
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags, 0o644)
    with os.fdopen(number, "r+b", buffering=0) as file:
        file.write(f"{_end_of_torn_line(file.fileno(), before)}{line}\n".encode())
        os.fsync(number)


def _end_of_torn_line(number: int, size: int) -> str:
    if size == 0:
        return ""
    os.lseek(number, size - 1, os.SEEK_SET)
    return "" if os.read(number, 1) == b"\n" else "\n"


def read_history(places: Places) -> list[dict[str, str]]:
    """Return the fields of every valid line, oldest first."""
    found = []
    for name in FILES:
        try:
            text = history_file(places).with_name(name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found += [fields for line in text.splitlines() if "time" in (fields := _fields(line))]
    return found


def history_file(places: Places) -> Path:
    """Return the path of a station's history."""
    return places.root / "audio" / places.station / FILES[1]


def history_shown(places: Places) -> str:
    """Return the history's name as its reader knows it."""
    return f"audio/{places.station}/{FILES[1]}"


def _episodes(plan: Plan, changed: Collection[str]) -> list[str]:
    """Return the episodes whose sound changed."""
    return [
        one.episode.id for one in plan.episodes if any(step.path in changed for step in one.audio.values())
    ]


def _why(causes: Collection[Pending]) -> str:
    """Return the causes, each with the steps it concerns; if sound changed, texts follow from it and are
    not listed.
    """
    sound = {kind.name for kind in KINDS if kind.is_sound}
    told = [one for one in causes if one.kind in sound] or causes
    by_cause: dict[str, list[str]] = {}
    for one in told:
        for cause in [change.setting for change in one.changes] or [one.why]:
            by_cause.setdefault(cause, []).append(one.name)
    return "; ".join(f"{cause}: {_named(names)}" for cause, names in by_cause.items())


def _named(names: list[str]) -> str:
    more = [f"+{len(names) - NAMED}"] if len(names) > NAMED else []
    return ", ".join([*names[:NAMED], *more])


def _engine_versions(plan: Plan) -> dict[str, str]:
    """Return the engine versions that spoke the plan's clips."""
    voice = next(iter(plan.voices.values()))
    recipe = ENGINES[plan.engine].recipe(voice)
    return {
        name: value for name, value in recipe.items() if isinstance(value, str) and name not in _NO_VERSION
    }


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if re.search(r'[\s"=]|^$', value) else value


def _fields(line: str) -> dict[str, str]:
    found = {}
    for name, value in _FIELD.findall(line):
        try:
            found[name] = str(json.loads(value)) if value.startswith('"') else value
        except ValueError:
            found[name] = value
    return found
