"""Make the steps that have no result yet, on all cores, each when its inputs are there.

Every step is made by an executor; a voice from the network speaks in one thread beside it, one sentence
at a time. A result that another recipe gave before stops the chain: what follows it is looked up again
before it is made (early cut-off). Nothing here knows what a step does.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from ..engines.stopping import stop_with
from ..errors import EngineError
from ..recipe import StepResult
from ..steps.step import MakeContext, Step
from .task import Task, make, task_of
from .workers import Workers

LookUp = Callable[[Step, Mapping[Step, StepResult]], StepResult | None]
QUEUED_PER_JOB = 2  # no worker waits, and what turns up meanwhile and takes long need not wait either


@dataclass(frozen=True, slots=True)
class Lane:
    """Where steps are made: its executor, those that wait for it, and those that run.

    Slow steps are started first, so that quick ones fill the gaps at the end.
    """

    executor: Executor
    most_running: int
    slow: deque[Step] = field(default_factory=deque)
    quick: deque[Step] = field(default_factory=deque)
    running: dict[Future[StepResult], Step] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        """Queue a step whose inputs are there."""
        (self.slow if step.kind.is_slow else self.quick).append(step)

    def next(self) -> Step | None:
        """Return the step to start now; None if none is queued or enough is running."""
        if len(self.running) >= self.most_running or not (self.slow or self.quick):
            return None
        return (self.slow or self.quick).popleft()

    def waiting(self) -> int:
        """Return how many steps are queued."""
        return len(self.slow) + len(self.quick)

    def start(self, task: Task, step: Step) -> None:
        """Let the executor make a step."""
        self.running[self.executor.submit(make, task)] = step


def make_steps(
    steps: Iterable[Step],
    known: Mapping[Step, StepResult],
    *,
    look_up: LookUp,
    context_of: Callable[[Step], MakeContext],
    workers: Workers,
    watch: Callable[[Step], None],
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
    with _lanes(workers) as lanes:
        while graph.is_active():
            for step in graph.get_ready():
                found = look_up(step, made)
                if found is None:
                    lanes[step.kind.is_online].add(step)
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
            lane.start(task_of(step, made, context_of(step)), step)
    running = [future for lane in lanes for future in lane.running]
    done = wait(running, return_when=FIRST_COMPLETED).done
    finished = [(future, lane) for lane in lanes for future in lane.running if future in done]
    return [_popped(future, lane, made) for future, lane in finished]


def _popped(
    future: Future[StepResult], lane: Lane, made: Mapping[Step, StepResult]
) -> tuple[Step, StepResult]:
    """Return a finished step and what it gave.

    A voice from the network that failed says also at which sentence, and how many there are already:
    what a service is asked for has no inputs, so what is neither made nor this one is all queued.
    """
    step = lane.running.pop(future)
    try:
        return step, future.result()
    except EngineError as error:
        if not step.kind.is_online:
            raise
        done = sum(one.kind.is_online for one in made)
        facts = {"what": error.message, "done": done, "total": done + 1 + len(lane.running) + lane.waiting()}
        sentence = " ".join(step.settings.clauses)
        raise EngineError("make.voice_failed", facts, sentence=sentence) from error


@contextmanager
def _lanes(workers: Workers) -> Iterator[tuple[Lane, Lane]]:
    """Give the lane of the workers and that of the network: what waits for one never holds up the other.

    What a worker is at when an error ends the lanes it ends too: whoever needs that step next, in this
    build's next attempt or in another build, waits at its recipe's lock and finds it made.
    """
    stopped = threading.Event()
    with ThreadPoolExecutor(max_workers=1, initializer=stop_with, initargs=(stopped,)) as network:
        lanes = Lane(workers.executor, workers.jobs * QUEUED_PER_JOB), Lane(network, 1)
        try:
            yield lanes
        finally:
            stopped.set()
            for future in [future for lane in lanes for future in lane.running]:
                future.cancel()
