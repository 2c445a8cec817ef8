"""One step as it is sent to a worker, and how it is made there.

A task is small: what does not fit, above all the settings of long episodes, goes through a file. A pool of
processes may hang if a worker dies while a task that does not fit into a pipe is being sent (cpython
gh-94777).
"""

import os
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from ..recipe import StepResult, digest
from ..steps.step import AnyKind, MakeContext, Step, leaves, recipe_of, replaced
from ..store.atomic_files import atomic_file, sync_and_hash
from ..store.store import Recipe, find, keep, locked, note_file

MOST_SENT_BYTES: Final = 8 * 1024  # a pipe on Linux holds 64 KB, and several tasks at once
_numbers = count()


@dataclass(frozen=True, slots=True)
class Order:
    """A step with the results of its inputs, in a record of the same shape."""

    kind: AnyKind
    settings: Any
    inputs: Any
    made_by: Mapping[str, object]
    context: MakeContext


@dataclass(frozen=True, slots=True)
class Task:
    """An order, small enough to be sent in one go: pickled, or the file that holds it."""

    pickled: bytes
    file: Path | None = None

    def order(self) -> Order:
        """Return the order, and remove its file."""
        if self.file is None:
            data = self.pickled
        else:
            data = self.file.read_bytes()
            self.file.unlink(missing_ok=True)
        order: Order = pickle.loads(data)  # noqa: S301 -- written by the process that started this one
        return order


def task_of(step: Step, made: Mapping[Step, StepResult], context: MakeContext) -> Task:
    """Return the task to make a step whose inputs are ready."""
    inputs = replaced(step.named_inputs, lambda one: made[one])
    pickled = pickle.dumps(Order(step.kind, step.settings, inputs, step.made_by, context), -1)
    if len(pickled) <= MOST_SENT_BYTES:
        return Task(pickled)
    folder = context.store / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    # named like a temporary file, so that it is swept if the build is killed
    file = folder / f".task-{next(_numbers)}.{os.getpid()}-{threading.get_ident()}.part"
    file.write_bytes(pickled)
    return Task(b"", file)


def make(task: Task) -> StepResult:
    """Make one step and record it; if another process has just made it, that result is returned.

    An error that cannot be pickled is sent to the calling process as text.
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
    recipe = recipe_of(order.kind, order.settings, leaves(order.inputs), order.made_by)
    name = digest(recipe)
    with locked(store, name):
        found = find(store, name)
        if found is not None and found.kept:
            return found
        if order.kind.write is not None:
            return _written(order, recipe)
        assert order.kind.make is not None
        output = order.kind.make(order.settings, order.inputs, order.context)
        return keep(store, recipe, output.blobs, output.figures)


def _written(order: Order, recipe: Recipe) -> StepResult:
    """Write a file that is too large for the store into staging, and record it."""
    assert order.context.file is not None
    assert order.kind.write is not None
    with atomic_file(order.context.file) as out:
        figures = order.kind.write(order.settings, order.inputs, order.context, out)
        sha256, size = sync_and_hash(out)
    return note_file(order.context.store, recipe, sha256, size, figures)


def _portable(error: Exception) -> Exception:
    """Return an error that can be sent: some can be pickled but not unpickled."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own, just written
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
