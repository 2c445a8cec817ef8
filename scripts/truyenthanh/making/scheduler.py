"""Make the steps that are not known yet, on all cores, each when its inputs are there.

Every step runs in a worker process; a voice from the network speaks in one thread beside them, one
sentence at a time. A result that another recipe gave before stops the chain: what follows it is
looked up again before it is made. Nothing here knows what a step does.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import cast

from ..engines import ENGINES
from ..engines.stopping import stop_with
from ..errors import EngineError
from ..recipe import Step, StepResult
from ..steps.makers import LAID_DOWN, MAKERS, TAKE_LONG, MakeContext
from ..store.atomic_files import atomic_file, sync_and_hash
from ..store.store import find, keep, locked, note_file, recipe_digest
from .workers import Crew

Known = Callable[[Step, list[StepResult]], StepResult | None]
Watch = Callable[[Step], None]
QUEUED_PER_JOB = 2  # no worker waits, and what turns up meanwhile and takes long need not wait either


@dataclass(frozen=True, slots=True)
class Job:
    """A step with its inputs, ready to be made by any process."""

    step: Step
    inputs: list[StepResult]
    bench: MakeContext


def run(job: Job) -> StepResult:
    """Make one step and record it; what somebody else has just made is taken as it is."""
    recipe = recipe_digest(job.step, job.inputs)
    store = job.bench.store
    with locked(store, recipe):
        found = find(store, recipe)
        if found is not None and found.kept:
            return found
        if job.step.kind in LAID_DOWN:
            return _laid_down(job)
        blobs, figures = MAKERS[job.step.kind](job.step.settings, job.inputs, job.bench)
        return keep(store, job.step, job.inputs, blobs, figures)


def _laid_down(job: Job) -> StepResult:
    """Write a file too large for the store where it waits to be published, and record it."""
    assert job.bench.file is not None
    with atomic_file(job.bench.file) as out:
        figures = LAID_DOWN[job.step.kind](job.step.settings, job.inputs, job.bench, out)
        sha256, size = sync_and_hash(out)
    return note_file(job.bench.store, job.step, job.inputs, sha256, size, figures)


@dataclass(frozen=True, slots=True)
class Lane:
    """Where steps are made: its executor, those that wait for it, and those that run.

    What takes long is begun first, so that what is short fills the gaps at the end.
    """

    executor: Executor
    most_running: int
    long: deque[Step] = field(default_factory=deque)
    short: deque[Step] = field(default_factory=deque)
    running: dict[Future[StepResult], Step] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        """Let a step wait, as its inputs are there."""
        (self.long if step.kind in TAKE_LONG else self.short).append(step)

    def next(self) -> Step | None:
        """Return the step to begin now, None where nothing waits or enough is running."""
        if len(self.running) >= self.most_running or not (self.long or self.short):
            return None
        return (self.long or self.short).popleft()

    def waiting(self) -> int:
        """Return how many steps wait."""
        return len(self.long) + len(self.short)


def make_steps(
    steps: Iterable[Step],
    known: Mapping[Step, StepResult],
    *,
    look_up: Known,
    context_of: Callable[[Step], MakeContext],
    crew: Crew,
    watch: Watch,
) -> dict[Step, StepResult]:
    """Return what every step gave. ``watch`` is told of each step that was really made.

    The first error stops the making; what was finished by then stays in the store.
    """
    made = dict(known)
    graph = TopologicalSorter(
        {step: [one for one in step.inputs if one not in made] for step in steps if step not in made}
    )
    graph.prepare()
    if not graph.is_active():
        return made
    with _lanes(crew) as lanes:
        while graph.is_active():
            for step in graph.get_ready():
                inputs = [made[one] for one in step.inputs]
                found = look_up(step, inputs)
                if found is None:
                    lanes[_is_online(step)].add(step)
                else:
                    made[step] = found
                    graph.done(step)
            for step, result in _finished(lanes, made, context_of):
                made[step] = result
                graph.done(step)
                watch(step)
    return made


def _finished(
    lanes: Sequence[Lane], made: Mapping[Step, StepResult], context_of: Callable[[Step], MakeContext]
) -> list[tuple[Step, StepResult]]:
    """Keep the lanes busy, and return what is finished; waits for one step if any runs."""
    for lane in lanes:
        while (step := lane.next()) is not None:
            job = Job(step, [made[one] for one in step.inputs], context_of(step))
            lane.running[lane.executor.submit(run, job)] = step
    running = [future for lane in lanes for future in lane.running]
    done = wait(running, return_when=FIRST_COMPLETED).done
    finished = [(future, lane) for lane in lanes for future in lane.running if future in done]
    return [_popped(future, lane, made) for future, lane in finished]


def _popped(
    future: Future[StepResult], lane: Lane, made: Mapping[Step, StepResult]
) -> tuple[Step, StepResult]:
    """Return a finished step and what it gave.

    A voice from the network that failed says also at which sentence, and how many there are already:
    clips have no inputs, so those that are neither made nor this one all wait in the lane.
    """
    step = lane.running.pop(future)
    try:
        return step, future.result()
    except EngineError as error:
        if not _is_online(step):
            raise
        done, clauses = sum(map(_is_online, made)), cast(Sequence[str], step.settings["clauses"])
        facts = {"what": error.message, "done": done, "total": done + 1 + len(lane.running) + lane.waiting()}
        raise EngineError("make.voice_failed", facts, sentence=" ".join(clauses)) from error


@contextmanager
def _lanes(crew: Crew) -> Iterator[tuple[Lane, Lane]]:
    """Give the lane of the workers and that of the network: what waits for one never holds up the other.

    What a worker is at when an error ends the lanes it ends too: whoever needs that step next, in this
    build's next attempt or in another build, waits at its recipe's lock and finds it made.
    """
    stopped = threading.Event()
    with ThreadPoolExecutor(max_workers=1, initializer=stop_with, initargs=(stopped,)) as network:
        lanes = Lane(crew, crew.jobs * QUEUED_PER_JOB), Lane(network, 1)
        try:
            yield lanes
        finally:
            stopped.set()
            for future in [future for lane in lanes for future in lane.running]:
                future.cancel()


def _is_online(step: Step) -> bool:
    return step.kind == "clip" and ENGINES[str(step.settings["engine"])].online
