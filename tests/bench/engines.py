"""Speed of the engines through the real scheduler into a store: ``make bench``.

The embedded voice speaks every sentence of the default station, with resampling, trimming, levelling
and storing. The online voice builds the first episode's worth of sentences against a loopback server
that takes 200 ms for each, at a pause of 100 ms instead of a second; the rest of the build goes on
meanwhile, and what of it is left when the last sentence has come is counted too.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "engines"), str(ROOT / "tests" / "support")]

from building import build
from cpu_time import cpu_s

from truyenthanh.build import BuildListener
from truyenthanh.content.project import read_project
from truyenthanh.making.scheduler import make_steps
from truyenthanh.making.workers import workers
from truyenthanh.mixing import SAMPLE_RATE_HZ
from truyenthanh.planning.plan import plan_stations
from truyenthanh.steps.step import MakeContext, Step
from truyenthanh.store.store import store_folder

DELAY_S, PAUSE_S = 0.2, 0.1
POINTS = 4  # of the online build
CORES = 2
LEAST_TIMES_REAL_TIME = 300
MOST_OVER_WAITING = 1.2


@contextmanager
def project_folder() -> Iterator[Path]:
    """Give a folder that holds only the content."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "content", Path(folder) / "content")
        yield Path(folder)


def espeak(times: int) -> None:
    """Make every clip of the default station, into a new store each time."""
    best = least_cpu = float("inf")
    for _ in range(times):
        with project_folder() as root:
            clips = clip_steps(root)
            start, cpu = time.perf_counter(), cpu_s()
            with workers(CORES) as made_by:
                made = make_steps(
                    clips,
                    {},
                    look_up=lambda _step, _inputs: None,
                    context_of=lambda _step: MakeContext(store_folder(root)),
                    workers=made_by,
                    watch=lambda _step: None,
                )
            best, least_cpu = min(best, time.perf_counter() - start), min(least_cpu, cpu_s() - cpu)
    seconds = sum(one.sizes["pcm"] for one in made.values()) / 2 / SAMPLE_RATE_HZ
    print(
        f"espeak: {len(clips)} clips, {seconds:.0f} s of sound in {best:.2f} s on {CORES} cores: "
        f"{len(clips) / best:.0f} clips a second, {seconds / best:.0f} x real time "
        f"(at least {LEAST_TIMES_REAL_TIME}); {least_cpu:.2f} s of CPU, so {seconds / least_cpu:.0f} x a core"
    )


def clip_steps(root: Path) -> list[Step]:
    project = read_project(root)
    (plan,) = plan_stations(project, [project.stations[project.default_station]], "espeak")
    return list(dict.fromkeys(step for step in plan.steps.values() if step.kind.name == "clip"))


@dataclass
class Listener:
    """When each step was made."""

    at: list[tuple[str, float]] = field(default_factory=list)

    def made(self, step: Step) -> None:
        self.at.append((step.kind.name, time.perf_counter()))


def gtts() -> None:
    """Build the first points with the online voice against a server that takes its time."""
    from google_server import answering

    heard = Listener()
    silent: Callable[..., None] = lambda *_: None  # noqa: E731
    with project_folder() as root, tempfile.TemporaryDirectory() as folder, answering(Path(folder)) as google:
        google.delay_s = DELAY_S
        os.environ.update(google.environment)
        shorten(root)
        start = time.perf_counter()
        build(root, [], "gtts", CORES, BuildListener(silent, heard.made, silent, silent, silent))
    clips = [at for kind, at in heard.at if kind == "clip"]
    masters = [at for kind, at in heard.at if kind == "master"]
    requests, wall = len(google.asked), clips[-1] - start
    least = requests * (DELAY_S + PAUSE_S)
    print(
        f"gtts: {len(clips)} clips by {requests} requests in {wall:.1f} s, {wall / least:.2f} x the waiting "
        f"(at most {MOST_OVER_WAITING}); {sum(at < clips[-1] for at in masters)} of {len(masters)} sections "
        f"mastered meanwhile, all published {heard.at[-1][1] - clips[-1]:.1f} s after the last clip"
    )


def shorten(root: Path) -> None:
    """Leave the first points and no omnibus, and ask for less politeness than the real service is due."""
    series = root / "content/series/17-diem/series.yaml"
    text = series.read_text(encoding="utf-8")
    start, end = text.index("\npoints:"), text.index("\nomnibus:")
    kept = [f"{number:02d}" for number in range(1, POINTS + 1)]
    names = ", ".join(f'"{name}"' for name in kept)
    series.write_text(f"{text[:start]}\npoints: [{names}]\n", encoding="utf-8")
    assert end > start, "the omnibus is to be left out, and the points stand before it"
    for path in (root / "content/series/17-diem/points").glob("*.yaml"):
        if path.stem not in kept:
            path.unlink()
    with (root / "content/project.yaml").open("a", encoding="utf-8") as project:
        project.write(f"online: {{pause_ms: {PAUSE_S * 1000:.0f}}}\n")


if __name__ == "__main__":
    espeak(3)
    gtts()
