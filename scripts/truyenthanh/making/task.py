"""One step as it is sent to whoever makes it, and the making itself.

A task names the inputs by the digests of their recipes; the worker reads in the store what they gave. What
is still large, the settings of long episodes above all, waits in a file: pools of processes may hang when a
worker dies while a task that does not fit into a pipe is being sent (cpython gh-94777).
"""

import os
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from ..recipe import StepResult, digest
from ..steps.step import AnyKind, MakeContext, Step, recipe_of, replaced
from ..store.atomic_files import atomic_file, sync_and_hash
from ..store.store import DamagedBlobError, Recipe, find, keep, locked, note_file, read_result

MOST_SENT_BYTES: Final = 8 * 1024  # a pipe of Linux holds 64 KB; several tasks wait in it at once
RESULTS_REMEMBERED: Final = 4096
_numbers = count()


@dataclass(frozen=True, slots=True)
class Order:
    """A step with its inputs: of each the digest of its recipe, or its result if no recipe gave it."""

    kind: AnyKind
    settings: Any
    inputs: Any
    made_by: Mapping[str, object]
    context: MakeContext


@dataclass(frozen=True, slots=True)
class Task:
    """An order, small enough to be sent at once: pickled, or the file that holds it."""

    pickled: bytes
    file: Path | None = None

    def order(self) -> Order:
        """Return the order; its file goes with it."""
        if self.file is None:
            data = self.pickled
        else:
            data = self.file.read_bytes()
            self.file.unlink(missing_ok=True)
        order: Order = pickle.loads(data)  # noqa: S301 -- written by the process that started this one
        return order


def task_of(step: Step, made: Mapping[Step, StepResult], context: MakeContext) -> Task:
    """Return the task to make a step whose inputs are there."""
    inputs = replaced(step.named_inputs, lambda one: _by_name(one, made[one]))
    pickled = pickle.dumps(Order(step.kind, step.settings, inputs, step.made_by, context), -1)
    if len(pickled) <= MOST_SENT_BYTES:
        return Task(pickled)
    folder = context.store / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    # named as temporary files are, so that what a killed build leaves is swept
    file = folder / f".task-{next(_numbers)}.{os.getpid()}-{threading.get_ident()}.part"
    file.write_bytes(pickled)
    return Task(b"", file)


def _by_name(step: Step, result: StepResult) -> str | StepResult:
    return result if step.kind.known is not None else result.recipe


def make(task: Task) -> StepResult:
    """Make one step and record it; what somebody else has just made is taken as it is.

    An error that cannot cross to the process that asked is told in words.
    """
    try:
        return _make(task.order())
    except Exception as error:
        portable = _portable(error)
        if portable is error:
            raise
        raise portable from error


def _make(order: Order) -> StepResult:
    store = order.context.store
    inputs = replaced(order.inputs, lambda one: _result(store, one))
    identities = replaced(inputs, lambda one: one.identity)
    recipe = recipe_of(order.kind, order.settings, identities, order.made_by)
    name = digest(recipe)
    with locked(store, name):
        found = find(store, name)
        if found is not None and found.kept:
            return found
        if order.kind.write is not None:
            return _written(order, inputs, recipe)
        assert order.kind.make is not None
        output = order.kind.make(order.settings, inputs, order.context)
        return keep(store, recipe, output.blobs, output.figures)


def _written(order: Order, inputs: object, recipe: Recipe) -> StepResult:
    """Write a file too large for the store where it waits to be published, and record it."""
    assert order.context.file is not None
    assert order.kind.write is not None
    with atomic_file(order.context.file) as out:
        figures = order.kind.write(order.settings, inputs, order.context, out)
        sha256, size = sync_and_hash(out)
    return note_file(order.context.store, recipe, sha256, size, figures)


def _result(store: Path, one: str | StepResult) -> StepResult:
    return one if isinstance(one, StepResult) else _recorded(store, one)


@lru_cache(RESULTS_REMEMBERED)
def _recorded(store: Path, recipe: str) -> StepResult:
    """Return what a recipe gave; many steps of one build have the same inputs."""
    found = read_result(store, recipe)
    if found is None:
        raise DamagedBlobError("store.damaged", name=recipe[:12])
    return found


def _portable(error: Exception) -> Exception:
    """Return an error as it can be sent: some know only how to be made, not how to be made again."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own, just written
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
