"""Steps and their kinds: one thing to make, with its settings, its inputs by name, and its maker.

A kind of step is one file of this room: a frozen record of settings, a record of inputs, and the function
that makes a result from them. ``kinds.py`` lists the kinds; everything else is derived from that list.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from ..code_digest import CodeDigests
from ..model import USUAL_PACING, Pacing
from ..recipe import StepResult, digest, field_names, installed, library_versions

T = TypeVar("T")  # in records of inputs: a step while planning, a result once it is made
S = TypeVar("S")
P = TypeVar("P")
R = TypeVar("R")
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MakeContext:
    """What a maker may touch: the store with its inputs, the file it reads or writes, the network."""

    store: Path
    reads: Path | None = None
    file: Path | None = None
    pacing: Pacing = USUAL_PACING


@dataclass(frozen=True, slots=True)
class Output:
    """What a maker returns: blobs by name, and figures that JSON can hold."""

    blobs: Mapping[str, bytes]
    figures: Figures = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoInputs:
    """The inputs of a step without inputs."""


NO_INPUTS = NoInputs()


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Generic[S, P, R]):
    """A kind of step: settings ``S``, inputs as planned ``P`` and as made ``R``.

    Exactly one of three gives the result: ``make`` returns it; ``write`` writes a file that is too large for
    the store into staging; ``known`` describes what exists already and is never made.
    """

    name: str
    settings: type[S]
    make: Callable[[S, R, MakeContext], Output] | None = None
    write: Callable[[S, R, MakeContext, BinaryIO], Figures] | None = None
    known: Callable[[S], tuple[Mapping[str, str], Mapping[str, int], Figures]] | None = None
    is_slow: bool = False  # slow steps are started before others
    is_online: bool = False  # asks a service on the network: one at a time, in a thread
    is_sound: bool = False  # what the history reports, if any was made: the rest follows from it
    libraries: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()  # libraries that are optional
    data: tuple[str, ...] = ()  # folders of the package that it reads, such as "feed/fonts"
    code_of: Callable[[S], tuple[str, ...]] = lambda _: ()  # modules that it gets from a registry

    @property
    def module(self) -> str | None:
        """The module whose code makes it; None if no code of ours affects its result."""
        maker = self.make or self.write
        if maker is None or self.is_online:
            return None
        return maker.__module__.partition(".")[2]

    @property
    def message_keys(self) -> tuple[str, ...]:
        """The keys of its messages: its name, the name with a count, and the name of each setting."""
        if self.known is not None:
            return f"kind.{self.name}", f"counted.{self.name}"
        record: Any = self.settings
        told = (*(field.name for field in dataclasses.fields(record)), *MADE_BY)
        return f"kind.{self.name}", f"counted.{self.name}", *(f"setting.{name}" for name in told)

    def step(self, settings: S, inputs: P, path: str | None = None, reads: str | None = None) -> "Step":
        """Return a step of this kind (see ``Step``)."""
        return Step(self, settings, inputs, tuple(leaves(inputs)), path, reads)

    def __reduce__(self) -> tuple[Callable[[str], "AnyKind"], tuple[str]]:
        return kind_named, (self.name,)  # another process uses its own object


AnyKind = Kind[Any, Any, Any]
MADE_BY = ("code", "libraries")


def kind_named(name: str) -> AnyKind:
    """Return the kind of this name."""
    from .kinds import KINDS

    return next(kind for kind in KINDS if kind.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing to make. Steps with equal settings and equal inputs are one step (see ``Steps``).

    ``settings`` hold everything but the inputs and enter the recipe; ``path`` is where a published file
    goes, relative to the site root. ``reads`` is a project file that the step opens: its digest is in
    the settings, its path is not. ``made_by`` names the code and the libraries.
    """

    kind: AnyKind
    settings: Any
    named_inputs: Any
    inputs: tuple["Step", ...]  # the same, in order
    path: str | None = None
    reads: str | None = None
    made_by: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def file(self) -> str:
        """The path of the published file that this step gives."""
        assert self.path is not None
        return self.path

    def recipe(self, results: Mapping["Step", StepResult]) -> dict[str, object]:
        """Return the recipe, given the results of the inputs."""
        return recipe_of(self.kind, self.settings, [results[one] for one in self.inputs], self.made_by)


def recipe_of(
    kind: AnyKind, settings: object, inputs: Iterable[StepResult], made_by: Mapping[str, object]
) -> dict[str, object]:
    """Return a recipe. Inputs are named by what they contain, in order: the settings tell what each is."""
    identities = [one.identity for one in inputs]
    return {"kind": kind.name, "settings": settings, "inputs": identities, **made_by}


def known_result(step: Step) -> StepResult | None:
    """Return the result of a step that is never made; None for all others."""
    if step.kind.known is None:
        return None
    blobs, sizes, figures = step.kind.known(step.settings)
    return StepResult(digest(step.recipe({})), blobs, sizes, figures, kept=False)


class Steps:
    """The steps of one build, each once, however many stations ask for it."""

    def __init__(self, code: CodeDigests | None = None) -> None:
        self._code = code or CodeDigests()
        self._by_key: dict[str, Step] = {}
        self._keys: dict[Step, str] = {}

    def add(self, step: Step) -> Step:
        """Return the first added step that is equal to ``step``."""
        key = digest([step.kind.name, step.path, step.settings, [self._keys[one] for one in step.inputs]])
        if key not in self._by_key:
            self._by_key[key] = dataclasses.replace(step, made_by=self.made_by(step.kind, step.settings))
            self._keys[self._by_key[key]] = key
        return self._by_key[key]

    def made_by(self, kind: AnyKind, settings: object) -> dict[str, object]:
        """Return the code and the libraries that make a step of this kind."""
        if kind.module is None:
            return {}
        code = self._code.of((kind.module, *kind.code_of(settings)), kind.data)
        return {"code": code, "libraries": library_versions(*kind.libraries, *installed(*kind.extras))}


# ---------------------------------------------------------------- records of inputs


def leaves(inputs: object) -> Iterator[Any]:
    """Yield what a record of inputs holds, in order: steps, or what replaces them."""
    if isinstance(inputs, (tuple, list)):
        for one in inputs:
            yield from leaves(one)
    elif isinstance(inputs, Mapping):
        yield from leaves(tuple(inputs.values()))
    elif inputs is not None:
        names = _names_in(inputs)
        if names is None:
            yield inputs
        else:
            for name in names:
                yield from leaves(getattr(inputs, name))


def replaced(inputs: Any, by: Callable[[Any], object]) -> Any:
    """Return a record of inputs with something else in place of each step."""
    if isinstance(inputs, (tuple, list)):
        return tuple(replaced(one, by) for one in inputs)
    if isinstance(inputs, Mapping):
        return {name: replaced(one, by) for name, one in inputs.items()}
    if inputs is None:
        return None
    names = _names_in(inputs)
    if names is None:
        return by(inputs)
    return type(inputs)(**{name: replaced(getattr(inputs, name), by) for name in names})


def _names_in(inputs: Any) -> tuple[str, ...] | None:
    """Return the names of a record of inputs; None for one input."""
    return None if isinstance(inputs, (Step, StepResult)) else field_names(type(inputs))
