"""Speed and memory of whole commands, and where the time of a full build goes: ``make bench``.

Each command runs as a process of its own in a folder that holds only the content; the figures are the
median and the best of several runs. Memory is the proportional share (PSS) of the command and its
workers together, looked at every 20 ms (Linux only).
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from alone import alone
from cpu_time import adopt_orphans, cpu_s, family, wait_for_all

POINT = "content/series/17-diem/points/05.yaml"
WORDS = "và vẫn giấy"
LOOK_EVERY_S = 0.02


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run(root: Path, *command: str) -> Run:
    """Return what a command cost; it must end well."""
    before = cpu_s()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with watched(process.pid) as peak:
        code = process.wait()
    wall = time.perf_counter() - start
    wait_for_all()
    assert code == 0, command
    return Run(wall, cpu_s() - before, peak[0])


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """Watch the memory of a process and its children, in MB."""
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(LOOK_EVERY_S):
            peak[0] = max(peak[0], sum(map(memory_mb, family(pid))))

    thread = threading.Thread(target=look)
    thread.start()
    yield peak
    done.set()
    thread.join()


def memory_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        return 0.0


def show(name: str, runs: list[Run]) -> None:
    wall, cpu = ([getattr(one, field) for one in runs] for field in ("wall_s", "cpu_s"))
    peak = max(one.peak_mb for one in runs)
    print(
        f"{name:<32} wall {statistics.median(wall):6.2f} s (best {min(wall):6.2f})"
        f"   CPU {statistics.median(cpu):6.2f} s   peak {peak:5.0f} MB"
    )


def commands(times: int) -> None:
    """Time the full build, the second build, the one-sentence build and status."""
    adopt_orphans()
    build = (sys.executable, "-m", "truyenthanh", "build")
    figures: dict[str, list[Run]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "content", root / "content")
        point = root / POINT
        original = point.read_text(encoding="utf-8")
        for number in range(times):
            for made in ("audio", "feed", ".cache"):
                shutil.rmtree(root / made, ignore_errors=True)
            figures["full build"].append(run(root, *build))
            figures["second build"].append(run(root, *build))
            figures["status"].append(run(root, sys.executable, "-m", "truyenthanh", "status"))
            edited = original.replace(WORDS, f"{WORDS} thứ {number + 1}")
            assert edited != original, "the words to edit are not there any more"
            point.write_text(edited, encoding="utf-8")
            figures["one sentence"].append(run(root, *build))
            point.write_text(original, encoding="utf-8")
        figures["python -c 'import click, yaml'"] = [
            run(root, sys.executable, "-c", "import click, yaml") for _ in range(times)
        ]
    for name, runs in figures.items():
        show(name, runs)


def stages() -> None:
    """Make every step of a full build in this process, one after the other, and add up by kind."""
    from building import build as build_stations

    from truyenthanh.build import BuildListener
    from truyenthanh.making import task

    spent: dict[str, float] = defaultdict(float)
    counted: dict[str, int] = defaultdict(int)
    real = task._make

    def timed(order: task.Order) -> object:
        start = time.perf_counter()
        made = real(order)
        spent[order.kind.name] += time.perf_counter() - start
        counted[order.kind.name] += 1
        return made

    with tempfile.TemporaryDirectory() as folder, in_this_process(timed):
        shutil.copytree(ROOT / "content", Path(folder) / "content")
        silent = BuildListener(*(lambda *_: None for _ in range(5)))
        start = time.perf_counter()
        build_stations(Path(folder), [], None, 1, silent)
        spent["everything else"] = time.perf_counter() - start - sum(spent.values())
    total = sum(spent.values())
    print(f"\nshare of each stage (one process, {total:.1f} s):")
    for kind, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {kind:<16} {counted[kind] or '':>5}  {seconds:6.2f} s  {seconds / total:6.1%}")


@contextmanager
def in_this_process(timed: Callable[..., object]) -> Iterator[None]:
    """Let ``timed`` make every step on a thread instead of worker processes."""
    with (
        patch("truyenthanh.making.task._make", timed),
        patch("building.workers", alone),
    ):
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=5, help="runs of each command (5)")
    commands(parser.parse_args().times)
    stages()


if __name__ == "__main__":
    main()
