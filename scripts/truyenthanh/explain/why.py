"""Where a published file comes from: every step behind it, down to the words of the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..content.project import read_project, stations_named
from ..errors import ContentError
from ..model import Project
from ..planning.plan import plan_stations
from ..planning.plan_records import Plan
from ..publishing.known_results import known_steps
from ..publishing.manifest import read_manifest
from ..publishing.places import Places
from ..recipe import StepResult
from ..script.reading_cache import ReadingCache
from ..steps.step import Step
from ..store.store import store_folder


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence: as written and as spoken, by which voice, and where its words are.

    ``line`` is the line in the document's text; None if the words are not there: what the station adds,
    a corrected typing error, a variant.
    """

    written: str
    spoken: str
    role: str
    voice: str
    source: str | None  # content/sources/…; None for what the station adds
    line: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """A step behind a file: its recipe's digest and its result (sha256 by name), if it was made.

    If a step was listed before (``is_repeated``), what is behind it is left out.
    """

    name: str
    kind: str
    recipe: str | None
    gave: Mapping[str, str]
    reads: str | None  # a file of the project that it opens
    words: Words | None
    is_repeated: bool
    behind: tuple["Link", ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """What is behind one file of a station; ``published`` is its sha256 in the manifest, None if it is
    not published.
    """

    station: str
    document: str  # how a voice names it
    published: str | None
    link: Link


def lineage(root: Path, station: str | None, engine: str | None, file: str) -> Lineage:
    """Return what is behind a file, given by its path from the root or by its name alone.

    Raises ContentError if no station (the given one, or any) publishes such a file, or several do.
    """
    project, readings = read_project(root), ReadingCache(store_folder(root))
    wanted = stations_named(project, [station] if station else None)
    plans = plan_stations(project, wanted, engine or project.default_engine, None, readings)
    plan, path = _found(plans, _normal(root, file), project.default_station)
    known = known_steps(root, [plan])
    teller = _Teller(project, plan, known)
    entry = read_manifest(Places(root, plan.station.id))["files"].get(path, {})
    document = project.documents[plan.station.document]
    link = teller.link(path, plan.files[path])
    return Lineage(plan.station.id, document.id, entry.get("sha256"), link)


def _normal(root: Path, file: str) -> str:
    """Return a path in the form plans use, however the system and the user write it."""
    path = Path(file)
    if path.is_absolute():
        path = Path(*path.parts[len(root.parts) :]) if path.is_relative_to(root) else path
    return PurePosixPath(*path.parts).as_posix().removeprefix("./")


def _found(plans: tuple[Plan, ...], path: str, usual: str) -> tuple[Plan, str]:
    """Return the path of the file and its plan; if several stations have it, the ``usual`` one's."""
    for plan in plans:
        if path in plan.files:
            return plan, path
    named = [(plan, one) for plan in plans for one in plan.files if one.rpartition("/")[2] == path]
    named = [one for one in named if one[0].station.id == usual] or named
    if len(named) == 1:
        return named[0]
    if named:
        places = ", ".join(one for _, one in named)
        raise ContentError("why.several", name=path, known=places)
    raise ContentError("why.no_file", name=path)


class _Teller:
    """Lists each step of a plan in full once."""

    def __init__(self, project: Project, plan: Plan, known: Mapping[Step, StepResult]) -> None:
        self._known, self._plan = known, plan
        self._names = {step: name for name, step in reversed(list(plan.steps.items()))}  # the first counts
        self._document = project.documents[plan.station.document]
        source = project.root / "content" / "sources" / self._document.source
        self._text = _Text(source.read_text(encoding="utf-8"))
        self._said = plan.sentences
        self._told: set[Step] = set()

    def link(self, name: str, step: Step) -> Link:
        made = self._known.get(step)
        is_repeated = step in self._told and bool(step.inputs)
        self._told.add(step)
        behind = () if is_repeated else tuple(self.link(self._names[one], one) for one in step.inputs)
        recipe, gave = (made.recipe, made.blobs) if made else (None, {})
        words = self._words(name) if step.kind.name in ("clip", "recording") else None
        return Link(name, step.kind.name, recipe, gave, step.reads, words, is_repeated, behind)

    def _words(self, name: str) -> Words | None:
        said = self._said.get(name)
        if said is None:
            return None
        voice = self._plan.voices[said.role].name
        source = f"content/sources/{self._document.source}" if said.from_document else None
        line = self._text.line_of(said.written) if said.from_document else None
        return Words(said.written, said.spoken, said.role, voice, source, line)


class _Text:
    """A document's text joined into one line, and where each original line begins in it."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        pieces, length = [], 0
        for line in text.splitlines():
            self._starts.append(length)
            if words := " ".join(line.split()):
                pieces.append(words)
                length += len(words) + 1
        self._joined = " ".join(pieces)

    def line_of(self, written: str) -> int | None:
        """Return the line in which a sentence begins, regardless of line breaks and spaces."""
        at = self._joined.find(" ".join(written.split()))
        return None if at < 0 else sum(start <= at for start in self._starts)
