"""Steps and their kinds: one thing to make, with its settings, its inputs by name, and who makes it.

A kind of step is one file of this room: a frozen record of settings, a record of inputs, and the function
that makes a result of them. ``kinds.py`` lists the kinds; all else is derived from that list.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from ..code_digest import CodeDigests
from ..model import USUAL_PACING, Pacing
from ..recipe import StepResult, digest, field_names, installed, library_versions

T = TypeVar("T")  # in records of inputs: a step as it is planned, a result when it was made
S = TypeVar("S")
P = TypeVar("P")
R = TypeVar("R")
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MakeContext:
    """What a maker may touch: the store of its inputs, the file it reads or writes, the network."""

    store: Path
    reads: Path | None = None
    file: Path | None = None
    pacing: Pacing = USUAL_PACING


@dataclass(frozen=True, slots=True)
class Output:
    """What a maker gives: blobs by name, and figures that JSON can hold."""

    blobs: Mapping[str, bytes]
    figures: Figures = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoInputs:
    """The inputs of a step that has none."""


NO_INPUTS = NoInputs()


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Generic[S, P, R]):
    """A kind of step: settings ``S``, inputs as they are planned ``P`` and as they were made ``R``.

    One of three says where a result comes from: ``make`` returns it, ``write`` writes a file too large for
    the store where it waits to be published, ``known`` says what is there already and is never made.
    """

    name: str
    settings: type[S]
    make: Callable[[S, R, MakeContext], Output] | None = None
    write: Callable[[S, R, MakeContext, BinaryIO], Figures] | None = None
    known: Callable[[S], tuple[Mapping[str, str], Mapping[str, int], Figures]] | None = None
    is_slow: bool = False  # slow steps are started before others
    is_online: bool = False  # asks a service on the network: one at a time, in a thread
    is_sound: bool = False  # what the history tells of, if there is any: the rest follows from it
    libraries: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()  # libraries that need not be installed
    data: tuple[str, ...] = ()  # folders of the package that it reads: "feed/fonts"
    code_of: Callable[[S], tuple[str, ...]] = lambda _: ()  # modules that a registry gives it

    @property
    def module(self) -> str | None:
        """The module whose code makes it; None if no code of ours decides what it gives."""
        maker = self.make or self.write
        if maker is None or self.is_online:
            return None
        return maker.__module__.partition(".")[2]

    @property
    def message_keys(self) -> tuple[str, ...]:
        """The messages that tell of it: its name, how many there are, and what each setting is called."""
        if self.known is not None:
            return f"kind.{self.name}", f"counted.{self.name}"
        record: Any = self.settings
        told = (*(field.name for field in dataclasses.fields(record)), *MADE_BY)
        return f"kind.{self.name}", f"counted.{self.name}", *(f"setting.{name}" for name in told)

    def step(self, settings: S, inputs: P, path: str | None = None, reads: str | None = None) -> "Step":
        """Return a step of this kind (see ``Step``)."""
        return Step(self, settings, inputs, tuple(_leaves(inputs)), path, reads)

    def __reduce__(self) -> tuple[Callable[[str], "AnyKind"], tuple[str]]:
        return kind_named, (self.name,)  # in another process it is that process's own


AnyKind = Kind[Any, Any, Any]
MADE_BY = ("code", "libraries")


def kind_named(name: str) -> AnyKind:
    """Return the kind of this name."""
    from .kinds import KINDS

    return next(kind for kind in KINDS if kind.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing to make. Steps with equal settings and equal inputs are one step (see ``Steps``).

    ``settings`` hold everything but the inputs and enter the recipe; ``path`` says where a published
    file goes, relative to the site root. ``reads`` is a file of the project that the step opens: its
    digest is in the settings, its place is not. ``made_by`` names the code and the libraries.
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
        """The path of a step that gives a published file."""
        assert self.path is not None
        return self.path

    def recipe(self, results: Mapping["Step", StepResult]) -> dict[str, object]:
        """Return the recipe, given what the inputs contain."""
        inputs = replaced(self.named_inputs, lambda one: results[one].identity)
        return recipe_of(self.kind, self.settings, inputs, self.made_by)


def recipe_of(
    kind: AnyKind, settings: object, identities: object, made_by: Mapping[str, object]
) -> dict[str, object]:
    """Return a recipe; ``identities`` is a record of inputs, what each contains in its place."""
    return {"kind": kind.name, "settings": settings, "inputs": identities, **made_by}


def known_result(step: Step) -> StepResult | None:
    """Return the result of a step that is never made; None for all others."""
    if step.kind.known is None:
        return None
    blobs, sizes, figures = step.kind.known(step.settings)
    return StepResult(digest(step.recipe({})), blobs, sizes, figures, kept=False)


class Steps:
    """The steps of one build, each of them once, whichever stations ask for it."""

    def __init__(self, code: CodeDigests | None = None) -> None:
        self._code = code or CodeDigests()
        self._by_key: dict[str, Step] = {}
        self._keys: dict[Step, str] = {}

    def add(self, step: Step) -> Step:
        """Return the step that is equal to ``step``: the first one of its kind that was added."""
        inputs = replaced(step.named_inputs, lambda one: self._keys[one])
        key = digest([step.kind.name, step.path, step.settings, inputs])
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


def _leaves(inputs: object) -> Iterator[Any]:
    """Yield what a record of inputs holds: steps, or what stands for them."""
    if isinstance(inputs, (tuple, list)):
        for one in inputs:
            yield from _leaves(one)
    elif isinstance(inputs, Mapping):
        yield from _leaves(tuple(inputs.values()))
    elif inputs is not None:
        names = _names_in(inputs)
        if names is None:
            yield inputs
        else:
            for name in names:
                yield from _leaves(getattr(inputs, name))


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
