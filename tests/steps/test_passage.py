"""A passage knows where each of its items is, those within a recording too."""

from pathlib import Path

import pytest

from truyenthanh.making.task import make, task_of
from truyenthanh.recipe import StepResult
from truyenthanh.steps.passage import PASSAGE, PassageInputs, PassageSettings
from truyenthanh.steps.sound import SOUND, SoundSettings
from truyenthanh.steps.step import NO_INPUTS, MakeContext, Steps
from truyenthanh.store.store import keep


@pytest.mark.parametrize(
    "inner", [[[100, 900]], [[100, 400], [500, 900]], [[0, 300], [300, 600], [600, 1000]]]
)
def test_a_recording_of_several_sentences_says_where_each_is(tmp_path: Path, inner: list[list[int]]) -> None:
    steps, pcm = Steps(), b"\1\0" * 1000
    pieces = tuple(steps.add(SOUND.step(SoundSettings(name), NO_INPUTS)) for name in ("recording", "clip"))
    counts = (len(inner), 1)
    passage = steps.add(PASSAGE.step(PassageSettings((500, 0), counts), PassageInputs(pieces)))
    results: dict[object, StepResult] = {
        pieces[0]: keep(tmp_path, pieces[0].recipe({}), {"pcm": pcm}, {"spans": inner}),
        pieces[1]: keep(tmp_path, pieces[1].recipe({}), {"pcm": pcm}, {}),
    }
    made = make(task_of(passage, results, MakeContext(tmp_path)))  # type: ignore[arg-type]
    *spans, last = made.figures["spans"]
    start = spans[0][0] - (inner[0][0] if len(inner) > 1 else 0)
    expected = inner if len(inner) > 1 else [[0, 1000]]  # one sentence is as long as its recording
    assert [[first - start, end - start] for first, end in spans] == expected
    assert last == [start + 1000 + 24_000, start + 2000 + 24_000]
