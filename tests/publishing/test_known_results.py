"""A result exists already if the store keeps it, or if the file it gave is published as it was made."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from truyenthanh.publishing.known_results import known_steps
from truyenthanh.publishing.manifest import manifest_bytes
from truyenthanh.publishing.places import Places
from truyenthanh.recipe import StepResult, digested
from truyenthanh.steps.chapters import CHAPTERS, ChaptersInputs, ChaptersSettings
from truyenthanh.steps.sound import SOUND, SoundSettings
from truyenthanh.steps.step import NO_INPUTS, Step, Steps
from truyenthanh.store.store import keep, note_file, store_folder

STATION, DATA = "xa-mot", b"all of it"
PATH = f"audio/{STATION}/podcast/thu-01-podcast.mp3"


@pytest.fixture
def step() -> Step:
    return Steps().add(CHAPTERS.step(ChaptersSettings(digested(None)), ChaptersInputs(()), PATH))


def known(root: Path, step: Step) -> StepResult | None:
    steps = {step.path or "piece": step}
    files = {path: step for path, step in steps.items() if step.path}
    plan = SimpleNamespace(station=SimpleNamespace(id=STATION), steps=steps, files=files)
    return known_steps(root, [plan]).get(step)  # type: ignore[list-item]


def publish(root: Path, sha256: str, data: bytes) -> None:
    places = Places(root, STATION)
    places.final(PATH).parent.mkdir(parents=True, exist_ok=True)
    places.final(PATH).write_bytes(data)
    places.manifest.write_bytes(manifest_bytes({"files": {PATH: {"sha256": sha256, "bytes": len(data)}}}))


def test_what_was_never_made_is_not_known(tmp_path: Path, step: Step) -> None:
    assert known(tmp_path, step) is None


def test_what_the_store_keeps_is_known_whether_published_or_not(tmp_path: Path, step: Step) -> None:
    piece = Steps().add(SOUND.step(SoundSettings("chime"), NO_INPUTS))
    for one, blob in ((piece, "pcm"), (step, "file")):
        made = keep(store_folder(tmp_path), one.recipe({}), {blob: DATA}, {})
        assert known(tmp_path, one) == made


def test_what_only_the_publication_holds_is_known_while_it_stands_there(tmp_path: Path, step: Step) -> None:
    made = note_file(store_folder(tmp_path), step.recipe({}), "abc", len(DATA), {})
    assert known(tmp_path, step) is None
    publish(tmp_path, "abc", DATA)
    assert known(tmp_path, step) == made
    publish(tmp_path, "abc", DATA[:-1])
    assert known(tmp_path, step) is None
    publish(tmp_path, "abd", DATA)
    assert known(tmp_path, step) is None
