"""One text by every engine: at one level, with the same pauses, and switching engines costs its clips."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
import soundfile
from building import build
from google_server import Google, answering
from project import edit, write_project
from speechlike import ffmpeg_reads
from tiny_voice import NAME, install_tiny, user_of

from truyenthanh.build import BuildListener
from truyenthanh.engines import ENGINES, google_client
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.recipe import StepResult, digest
from truyenthanh.steps.step import Step
from truyenthanh.store.store import find, store_folder

pytestmark = pytest.mark.slow(10)

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
BELOW_PEAK = 10 ** (-50 / 20)
EPISODE = "thu-01"
Gaps = list[tuple[bool, float]]  # across a joint of sections, ms


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Google]]:
    """A small project with longer sentences, and all that the engines need."""
    folder = tmp_path_factory.mktemp("even")
    root = write_project(folder / "dự án")
    edit(root, "content/series/thu/points/01.yaml", "Đài phát buổi sáng.", LONGER)
    edit(root, "content/project.yaml", "engine: espeak", "engine: espeak\nonline: {pause_ms: 0}")
    with answering(folder) as google, pytest.MonkeyPatch.context() as patch:
        for name, value in {**google.environment, **user_of(folder / "data")}.items():
            patch.setenv(name, value)
        patch.setattr(google_client, "FIRST_WAIT_S", 0.01)
        install_tiny(folder / NAME)
        yield root, google


LONGER = " ".join(
    f"Đài phát buổi {when}, cho bà con trong xã cùng nghe tin tức và những việc cần làm trong tuần. "
    f"Mỗi buổi {when} đài đọc tin trong mười lăm phút, rồi đọc lại một lần."
    for when in ("sáng", "trưa", "chiều", "tối")
)


def built_with(root: Path, engine: str) -> StationBuild:
    (one,) = build(root, [], engine, 2, SILENT)
    return one


def gaps(root: Path, one: StationBuild) -> Gaps:
    """Return how long it is silent behind each piece of the episode's radio file, by its sound."""
    samples, _ = soundfile.read(root / f"audio/xa-mot/radio/{EPISODE}-phat-thanh.wav", dtype="float32")
    mono, found, offset, last = np.abs(samples[:, 0]), list[tuple[bool, float]](), 0, None
    for section in one.plan.episodes[0].sections:
        made = find(store_folder(root), digest(section.recipe(made_of(root, section))))
        assert made is not None
        firsts = {0, *accumulate(len(passage.inputs) for passage in section.inputs)}  # whole frames begin
        for number, (start, end) in enumerate(made.figures["spans"]):
            piece = mono[offset + start : offset + end]
            loud = np.flatnonzero(piece > piece.max() * BELOW_PEAK)
            begins, ends = offset + start + int(loud[0]), offset + start + int(loud[-1]) + 1
            if last is not None:
                found.append((number in firsts, (begins - last) / 48))
            last = ends
        offset += made.figures["samples"]
    return found


def made_of(root: Path, step: Step) -> dict[Step, StepResult]:
    """Return what the step's inputs are in the store."""
    made = {one: find(store_folder(root), digest(one.recipe(made_of(root, one)))) for one in step.inputs}
    return {step: result for step, result in made.items() if result is not None}


def test_loudness_and_pauses_are_the_same_by_every_engine(site: tuple[Path, Google]) -> None:
    root, _ = site
    levels: dict[str, dict[str, float]] = {}
    silences: dict[str, Gaps] = {}
    for engine in ENGINES:
        one = built_with(root, engine)
        files = {name: root / (step.path or "") for name, step in one.plan.episodes[0].audio.items()}
        levels[engine] = {name: ffmpeg_reads(file)["lufs"] for name, file in files.items()}
        silences[engine] = gaps(root, one)
    for name in ("podcast", "radio"):
        heard = [level[name] for level in levels.values()]
        assert max(heard) - min(heard) <= 0.31, levels  # ffmpeg prints tenths
    usual = silences.pop("espeak")
    assert len(usual) > 6
    for engine, found in silences.items():
        for (is_joint, theirs), (_, ours) in zip(found, usual, strict=True):
            assert theirs == pytest.approx(ours, abs=60 if is_joint else 5), engine


def test_switching_the_engine_makes_its_clips_and_switching_back_makes_nothing(
    site: tuple[Path, Google],
) -> None:
    root, google = site
    built_with(root, "espeak")
    for engine in ("gtts", "piper"):
        (root / ".cache/store/last/xa-mot.json").unlink()
        one = built_with(root, engine)
        assert {step.settings.engine for step in one.plan.steps.values() if step.kind.name == "clip"} == {
            engine
        }
        assert Counter(step.kind.name for step in one.made)["clip"] == 0  # the test before has made them
        asked = len(google.asked)
        back = built_with(root, "espeak")
        assert {step.kind.name for step in back.made} <= {"audio", "pack", "feed", "page"}
        assert len(google.asked) == asked
    manifest = json.loads((root / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))
    assert manifest["engine"] == "espeak"
    again = built_with(root, "espeak")
    assert not again.made
