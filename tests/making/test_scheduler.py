"""A lane starts slow steps before quick ones, so that these fill the gaps at the end."""

from concurrent.futures import Future

from truyenthanh.making.scheduler import Lane
from truyenthanh.recipe import StepResult
from truyenthanh.steps.asset import ASSET, AssetSettings
from truyenthanh.steps.sound import SOUND, SoundSettings
from truyenthanh.steps.step import NO_INPUTS, Step


class NoExecutor:
    """An executor that is never asked for anything."""


def lane(most_running: int) -> Lane:
    return Lane(NoExecutor(), most_running)  # type: ignore[arg-type]


def quick(name: str) -> Step:
    return ASSET.step(AssetSettings(name, name), NO_INPUTS)


def slow(name: str) -> Step:
    return SOUND.step(SoundSettings(name), NO_INPUTS)


def test_slow_steps_are_started_first_and_all_in_the_order_in_which_they_became_ready() -> None:
    steps, queue = [quick("a"), slow("b"), quick("c"), slow("d")], lane(1)
    assert [step.kind.is_slow for step in steps] == [False, True, False, True]
    for step in steps:
        queue.add(step)
    assert queue.waiting() == 4
    assert [queue.next() for _ in range(5)] == [steps[1], steps[3], steps[0], steps[2], None]
    assert queue.waiting() == 0


def test_a_lane_that_is_full_starts_nothing() -> None:
    queue = lane(1)
    queue.add(slow("a"))
    queue.running[Future[StepResult]()] = slow("b")
    assert queue.next() is None
    queue.running.clear()
    assert queue.next() is not None
