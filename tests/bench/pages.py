"""Feed and pages of a station with 1,000 episodes, as a build makes them: ``make bench``.

The sound is not made: what its steps would give is made up, figures and all, so that only planning,
texts, pages and feed are timed. Then one sentence changes and what hangs on it is made again.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from cpu_time import cpu_s
from project import write_project

from truyenthanh.content.project import read_project
from truyenthanh.explain.outcome import BuildSummary, EpisodeSummary
from truyenthanh.making.scheduler import make_steps
from truyenthanh.making.workers import workers
from truyenthanh.model import Cue
from truyenthanh.planning.plan import plan_stations
from truyenthanh.planning.plan_records import Plan
from truyenthanh.recipe import StepResult, digest
from truyenthanh.script.reading_cache import ReadingCache
from truyenthanh.shortcut import UpToDateCheck
from truyenthanh.steps.kinds import KINDS
from truyenthanh.steps.step import MakeContext, Step
from truyenthanh.store.store import find

SOUND = frozenset({"sound", "clip", "recording", "passage", "section", "master", "audio"})
TEXTS = frozenset({"captions", "text", "chapters"})
FILES_OF_AN_EPISODE = 10
WHEN = "2023-04-03T05:00:00+07:00"
LIMITS_S = {"all": 10.0, "one sentence": 2.0}
SENTENCES = (
    "Công nghệ thông tin là các hệ thống dùng riêng, mỗi nơi một kiểu, đầu tư tốn kém.",
    "Phòng kế toán làm nhưng mới làm phần chi phí mà chưa làm phần khai thuế.",
    "Chuyển đổi số là toàn diện, mọi nơi, mọi chỗ, không còn nửa này nửa kia.",
    "Mọi việc sẽ diễn ra trên môi trường số.",
)


def write_points(root: Path, count: int) -> list[Path]:
    """Write a project whose series has so many points, and return their files."""
    write_project(root)
    series = root / "content/series/thu/series.yaml"
    head, _, _ = series.read_text(encoding="utf-8").partition("points:")
    ids = [f"{number:04}" for number in range(1, count + 1)]
    series.write_text(f"{head}points: {json.dumps(ids)}\n", encoding="utf-8")
    folder = root / "content/series/thu/points"
    for old in folder.glob("*.yaml"):
        old.unlink()
    files = [folder / f"{one}.yaml" for one in ids]
    for number, file in enumerate(files, 1):
        said = " ".join(SENTENCES)
        it, digital = f"it:\n  - >-\n    Ngày {number}. {said}\n", f"digital:\n  - >-\n    {said}\n"
        text = f"title: Điều nên nhớ số {number}\n{it}{digital}"
        file.write_text(text, encoding="utf-8")
    return files


def made_up(plan: Plan) -> dict[Step, StepResult]:
    """Return results for the steps that make sound, the same for the same step."""
    made: dict[Step, StepResult] = {}
    items = {
        step: section.items
        for planned in plan.episodes
        for step, section in zip(planned.sections, planned.episode.sections, strict=True)
    }
    for step in plan.steps.values():
        if step.kind.name in SOUND:
            inputs = [made[one].identity for one in step.inputs if one in made]
            own = digest([step.kind.name, step.settings, inputs])
            made[step] = StepResult(own, {"file": own}, {"file": 800_000}, figures(step, items), True)
    return made


def figures(step: Step, items: Mapping[Step, tuple[object, ...]]) -> dict[str, object]:
    if step.kind.name == "section":
        spans, at = [], 3456
        for item in items[step]:
            length = 48_000 if isinstance(item, Cue) else 240_000
            spans.append([at, at + length])
            at += length + 24_000
        return {"samples": at, "spans": spans}
    if step.kind.name == "audio":
        levels = {"integrated_lufs": -19.0, "true_peak_dbtp": -1.5, "rms_dbfs": -20.0}
        return {
            "seconds": 66.6,
            "loudness_range_lu": 3.0,
            **levels,
            "qc": {"verdict": "pass"},
            "sections": [],
        }
    return {}


@contextmanager
def timed(name: str, spent: dict[str, tuple[float, float]]) -> Iterator[None]:
    """Note the seconds that pass, and those of the processors, workers included."""
    start, used = time.perf_counter(), cpu_s()
    yield
    spent[name] = time.perf_counter() - start, cpu_s() - used


def build(root: Path, jobs: int) -> tuple[dict[str, tuple[float, float]], Counter[str]]:
    """Plan the station and make what is not sound; return the seconds of each part, and what was made."""
    store, spent, counted = root / ".cache/store", dict[str, tuple[float, float]](), Counter[str]()
    with timed("reading and planning", spent):
        project, readings = read_project(root), ReadingCache(store)
        (plan,) = plan_stations(project, [project.stations["xa-mot"]], "espeak", None, readings)
        readings.save()
    known = made_up(plan)
    for name, kinds in (
        ("transcripts", TEXTS),
        ("feed and pages", {kind.name for kind in KINDS} - SOUND - TEXTS),
    ):
        with timed(name, spent), workers(jobs) as made_by:
            known = make_steps(
                [step for step in plan.steps.values() if step.kind.name in kinds],
                known,
                look_up=lambda step, made: find(store, digest(step.recipe(made))),
                context_of=lambda step: MakeContext(store),
                workers=made_by,
                watch=lambda step: counted.update([step.kind.name]),
            )
    return spent, counted


def show(name: str, spent: Mapping[str, tuple[float, float]], counted: Counter[str]) -> None:
    wall, _ = spent["feed and pages"]
    print(f"{name}: feed and pages {'within' if wall <= LIMITS_S[name] else 'OVER'} {LIMITS_S[name]:.0f} s")
    for part, (seconds, used) in spent.items():
        print(f"  {part:<22} {seconds:6.2f} s   CPU {used:6.2f} s")
    print("  made: " + ", ".join(f"{count} {kind}" for kind, count in counted.items()))


def second_build(root: Path, count: int) -> float:
    """Return the wall seconds of a second build, which finds all that a first one would have left.

    What was left is made up: a manifest and files of ``count`` episodes, ten each.
    """
    files = {}
    for number in range(count * FILES_OF_AN_EPISODE):
        path = f"audio/xa-mot/podcast/{number}.mp3"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")
        files[path] = {"sha256": "0" * 64, "bytes": 1}
    manifest = json.dumps({"files": files}).encode()
    (root / "audio/xa-mot/manifest.json").write_bytes(manifest)
    names = [f"thu-{number:04}" for number in range(count)]
    outcome = BuildSummary(
        station="xa-mot",
        name="Đài xã Một",
        engine="espeak",
        series="thu",
        masters=(("podcast", "lufs"),),
        episodes=tuple(
            EpisodeSummary(name, WHEN, True, False, 66.6, (-19.0,), -1.5, False) for name in names
        ),
        counts={},
        changed=0,
        removed=0,
        bound=(),
        doubtful=(),
        untold=(),
        held_back=(),
        unsure=(),
        warnings=(),
        manifest=sha256(manifest).hexdigest(),
        is_repeatable=True,
    )
    UpToDateCheck(root, [], None, None).note([outcome])
    start = time.perf_counter()
    command = [sys.executable, "-m", "truyenthanh", "build"]
    said = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert names[-1] in said.stdout
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--episodes", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes (2)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = write_points(root, asked.episodes)
        print(f"\n{asked.episodes} episodes, {asked.jobs} jobs:")
        show("all", *build(root, asked.jobs))
        point = files[len(files) // 2]
        point.write_text(point.read_text(encoding="utf-8").replace("tốn kém", "đắt đỏ"), encoding="utf-8")
        show("one sentence", *build(root, asked.jobs))
        print(
            f"  second build: {second_build(root, asked.episodes):.2f} s wall, the whole command (at most 1)"
        )
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"  most memory: {peaks[0] // 1024} MB, a worker {peaks[1] // 1024} MB")


if __name__ == "__main__":
    main()
