"""A task: what is sent to a worker is small, and all that happens there comes back."""

import pickle
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from truyenthanh.errors import StoreError
from truyenthanh.making.task import MOST_SENT_BYTES, make, task_of
from truyenthanh.mixing.sounds import builtin_sound
from truyenthanh.recipe import StepResult, digest
from truyenthanh.steps.approved_file import APPROVED_FILE, ApprovedFileSettings
from truyenthanh.steps.section import SECTION, SectionInputs, SectionSettings
from truyenthanh.steps.sound import SOUND, SoundSettings
from truyenthanh.steps.step import NO_INPUTS, MakeContext, Step, Steps, known_result
from truyenthanh.store.atomic_files import sweep
from truyenthanh.store.store import find


def sound(name: str = "chime") -> Step:
    return Steps().add(SOUND.step(SoundSettings(name), NO_INPUTS))


def made(store: Path, step: Step, results: dict[Step, StepResult] | None = None) -> StepResult:
    return make(task_of(step, results or {}, MakeContext(store)))


def test_a_step_is_made_and_recorded(tmp_path: Path) -> None:
    step = sound()
    result = made(tmp_path, step)
    assert find(tmp_path, digest(step.recipe({}))) == result
    assert set(result.blobs) == {"pcm"}


def test_what_was_made_meanwhile_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(tmp_path, sound())
    monkeypatch.setattr("truyenthanh.mixing.sounds.builtin_sound", lambda name: pytest.fail("made again"))
    assert made(tmp_path, sound()) == first


def test_of_two_who_make_the_same_at_once_the_second_waits_and_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by: list[str] = []

    def slowly(name: str) -> bytes:
        made_by.append(name)
        time.sleep(0.3)
        return builtin_sound(name)

    monkeypatch.setattr("truyenthanh.mixing.sounds.builtin_sound", slowly)
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda _: made(tmp_path, sound()), range(2))
    assert first == second
    assert made_by == ["chime"]


def test_a_step_is_made_of_what_its_inputs_gave(tmp_path: Path) -> None:
    steps = Steps()
    layout = {"samples": 1152, "spans": [[0, 100]]}
    passage = steps.add(APPROVED_FILE.step(ApprovedFileSettings(layout), NO_INPUTS))
    section = steps.add(SECTION.step(SectionSettings(), SectionInputs((passage, passage))))
    known = known_result(passage)
    assert known is not None
    result = made(tmp_path, section, {passage: known})
    assert result.figures == {"samples": 2304, "spans": [[0, 100], [1152, 1252]]}


def test_a_large_task_waits_in_a_file_that_goes_with_it(tmp_path: Path) -> None:
    steps = Steps()
    step = steps.add(APPROVED_FILE.step(ApprovedFileSettings({"words": "a" * MOST_SENT_BYTES}), NO_INPUTS))
    task = task_of(step, {}, MakeContext(tmp_path))
    assert len(pickle.dumps(task)) < 1000
    assert task.file is not None
    assert task.file.name.endswith(".part")  # so that it is swept if nobody fetches it
    assert task.order().settings == step.settings
    assert not task.file.exists()
    assert task_of(sound(), {}, MakeContext(tmp_path)).file is None


def test_the_file_of_a_task_is_swept_once_its_process_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    steps = Steps()
    step = steps.add(APPROVED_FILE.step(ApprovedFileSettings({"words": "a" * MOST_SENT_BYTES}), NO_INPUTS))
    ours = task_of(step, {}, MakeContext(tmp_path)).file
    monkeypatch.setattr("truyenthanh.making.task.os.getpid", lambda: dead.pid)
    left = task_of(step, {}, MakeContext(tmp_path)).file
    assert ours is not None
    assert left is not None
    sweep(left.parent)
    assert (ours.exists(), left.exists()) == (True, False)


class ClosedError(Exception):
    """An error that cannot be made again of what it says."""

    def __init__(self, shop: str, since: str) -> None:
        super().__init__(f"{shop} is closed since {since}")


def test_an_error_that_cannot_be_sent_keeps_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(name: str) -> bytes:
        raise ClosedError("Hàng Bài", "Monday")

    monkeypatch.setattr("truyenthanh.mixing.sounds.builtin_sound", closed)
    with pytest.raises(RuntimeError, match="ClosedError: Hàng Bài is closed since Monday"):
        made(tmp_path, sound())


def test_an_error_of_ours_comes_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> bytes:
        raise StoreError("make.worker_died")

    monkeypatch.setattr("truyenthanh.mixing.sounds.builtin_sound", refuse)
    with pytest.raises(StoreError) as caught:
        made(tmp_path, sound())
    assert caught.value.__cause__ is None
