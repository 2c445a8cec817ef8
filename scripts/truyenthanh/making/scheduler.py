"""Make the steps that have no result yet, on all cores, each as soon as its inputs are ready.

Every step is made by an executor; a voice from the network speaks in one thread beside it, one sentence
at a time. Every step is looked up again before it is made, so if an input comes out the same as before,
downstream steps are reused (early cut-off). Nothing here knows what a step does.
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
QUEUED_PER_JOB = 2  # workers stay busy, and a slow step that becomes ready starts soon


@dataclass(frozen=True, slots=True)
class Lane:
    """Where steps are made: an executor, the steps queued for it, and those running.

    Slow steps are started first, so that quick ones fill the gaps at the end.
    """

    executor: Executor
    most_running: int
    slow: deque[Step] = field(default_factory=deque)
    quick: deque[Step] = field(default_factory=deque)
    running: dict[Future[StepResult], Step] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        """Queue a step whose inputs are ready."""
        (self.slow if step.kind.is_slow else self.quick).append(step)

    def next(self) -> Step | None:
        """Return the step to start now; None if none is queued or enough are running."""
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
    """Return the result of every step. ``watch`` is called with each step that was actually made.

    The first error stops the build; what was finished by then stays in the store.
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
    """Keep the lanes busy, and return what is finished; waits for one step if any is running."""
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
    """Return a finished step and its result.

    If a voice from the network failed, the error also says at which sentence, and how many are done:
    requests to a service have no inputs, so all that are not done are this one or queued.
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
    """Give the lanes of the workers and of the network; a queue in one never holds up the other.

    When an error ends the lanes, a worker still finishes the step it is making. The next attempt, or
    another build, that needs this step waits at its recipe's lock and finds it made.
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
