"""The disk fills up, calls fail, bits flip, clocks lie, builds meet: said, mended, never published wrong."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from under_fire import (
    BUILD,
    POINT,
    SENTENCES,
    STATION,
    Files,
    build,
    left_lying,
    reader,
    references,
    run,
    say,
    small_project,
    standing,
)

OLD, NEW = SENTENCES[:2]
MENDABLE = (1, 130)
BINDING = {"write", "fsync", "rename", "openat", "mkdir"}  # a build goes on without some of the others


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    return references(tmp_path_factory.mktemp("references"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_project(tmp_path_factory.mktemp("finished") / "xã")
    build(root)
    return root


@pytest.fixture
def root(finished: Path, tmp_path: Path) -> Path:
    """A project that stands published with the old sentence, and whose text has the new one."""
    copy = tmp_path / "xã"
    shutil.copytree(finished, copy)
    say(copy, NEW)
    return copy


def hold(root: Path, done: "subprocess.CompletedProcess[str]", known: dict[str, Files]) -> None:
    """What must hold after a build that met a fault: it said so, or all is right; the next one mends it."""
    if done.returncode == 0:
        assert standing(root) == known[NEW]
    else:
        assert done.returncode in MENDABLE, (done.returncode, done.stderr)
        assert done.stderr.strip()
    build(root)
    assert standing(root) == known[NEW]
    assert left_lying(root) == []


# ---------------------------------------------------------------- calls that fail

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed: NOT TRIED")
CALLS = ("write", "fsync", "rename", "openat", "mkdir", "unlinkat", "rmdir")
PLACES = 16
BACKWARDS = "@2001-01-01 00:00:00 i-60"  # a minute each time it is looked at


@pytest.fixture(scope="module")
def most_calls(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How often the process of a build that calls it most often makes each call: strace counts by process."""
    place = tmp_path_factory.mktemp("counted")
    root = place / "xã"
    shutil.copytree(finished, root)
    say(root, NEW)
    done = run(
        root, "strace", "-ff", "-qq", "-o", str(place / "of"), "-e", f"trace={','.join(CALLS)}", *BUILD
    )
    assert done.returncode == 0, done.stderr
    traces = [path.read_text(errors="replace").splitlines() for path in place.glob("of.*")]
    return {call: max(sum(f"{call}(" in line for line in trace) for trace in traces) for call in CALLS}


@needs_strace
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_fails_is_never_taken_for_success(
    finished: Path, tmp_path: Path, known: dict[str, Files], most_calls: dict[str, int], call: str, error: str
) -> None:
    most = most_calls[call]
    assert most
    refused = 0
    tried = sorted({1 + place * (most - 1) // (PLACES - 1) for place in range(PLACES)})
    for when in tried:
        root = tmp_path / f"{when}"
        shutil.copytree(finished, root)
        say(root, NEW)
        fault = ("-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}")
        with reader(root, list(known.values())) as complaints:
            done = run(root, "strace", "-f", "-qq", "-o", os.devnull, *fault, *BUILD)
            if "Traceback" in done.stderr:  # an interpreter that cannot load itself is not ours to mend
                assert "importlib" in done.stderr, (when, done.stderr)
            hold(root, done, known)
        assert complaints == []
        refused += done.returncode != 0
        shutil.rmtree(root)
    print(f"{call} {error}: {refused} of {len(tried)} builds refused")
    assert refused or call not in BINDING


@pytest.mark.parametrize("most_bytes", [0, 100, 1000, 5000, 20_000, 80_000, 150_000, 300_000])
def test_files_may_not_grow_past_a_size(root: Path, known: dict[str, Files], most_bytes: int) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    before = standing(root)
    done = subprocess.run(
        BUILD, cwd=root, preexec_fn=limited, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    if done.returncode:
        assert standing(root) == before
    hold(root, done, known)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty place for small disks."""
    place = tmp_path / "disk"
    place.mkdir()
    yield place
    subprocess.run(["umount", place], check=False, capture_output=True)


@pytest.mark.parametrize("size_kb", [600, 900, 1200, 1500, 2000, 3000, 5000])
def test_a_disk_fills_up(finished: Path, known: dict[str, Files], disk: Path, size_kb: int) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here: NOT TRIED")
    root = disk / "xã"
    try:
        shutil.copytree(finished, root, ignore=shutil.ignore_patterns(".cache"))
    except (OSError, shutil.Error):
        pytest.skip("even the project does not fit")
    say(root, NEW)
    before = standing(root)
    with reader(root, list(known.values())) as complaints:
        done = run(root)
    assert complaints == []
    if done.returncode:
        assert done.returncode in MENDABLE, done.stderr
        assert standing(root) == before
    else:
        assert standing(root) == known[NEW]
    subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
    hold(root, run(root), known)


@pytest.mark.parametrize("place", [".", ".cache/store/blobs", f"audio/{STATION}", f"feed/{STATION}", "audio"])
def test_what_may_not_be_written_is_said(root: Path, known: dict[str, Files], place: str) -> None:
    """Root may write everywhere: it is run without that privilege."""
    command: tuple[str, ...] = BUILD
    if not os.geteuid():
        if not shutil.which("setpriv"):
            pytest.skip("root cannot give up its privileges without setpriv: NOT TRIED")
        command = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", *BUILD)
    folders = [path for path in (root / place, *(root / place).rglob("*")) if path.is_dir()]
    before = standing(root)
    for folder in folders:
        folder.chmod(0o555)
    done = run(root, *command)
    for folder in folders:
        folder.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert standing(root) == before
    hold(root, run(root), known)


# ---------------------------------------------------------------- bits that flip


def test_a_flipped_bit_in_anything_kept(finished: Path, tmp_path: Path, known: dict[str, Files]) -> None:
    chance = random.Random(5)
    kept = [path for path in sorted((finished / ".cache/store").rglob("*")) if path.stat().st_size]
    kinds: dict[str, list[Path]] = {}
    for path in (path.relative_to(finished) for path in kept if path.is_file()):
        kinds.setdefault(path.parts[2], []).append(path)
    kinds["manifest"] = [Path(f"audio/{STATION}/manifest.json")]
    assert {"blobs", "records", "last", "words", "readings", "unchanged"} <= set(kinds)
    for kind, paths in kinds.items():
        for number, path in enumerate(chance.sample(paths, min(len(paths), 12))):
            for damage in ("flip", "cut", "empty"):
                root = tmp_path / f"{kind}-{number}-{damage}"
                shutil.copytree(finished, root)
                body = bytearray((root / path).read_bytes())
                body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
                cut = {"flip": bytes(body), "cut": bytes(body[: len(body) // 2]), "empty": b""}[damage]
                (root / path).write_bytes(cut)
                if kind == "manifest" and damage == "flip":
                    run(root)  # who asks first whether all is as it was must see it
                say(root, NEW)
                hold(root, run(root), known)
                shutil.rmtree(root)


# ---------------------------------------------------------------- clocks that lie

needs_faketime = pytest.mark.skipif(
    not shutil.which("faketime"), reason="faketime is not installed: NOT TRIED"
)


@needs_faketime
@pytest.mark.parametrize("when", ["1970-01-02 00:00:00", "2090-06-01 12:00:00", BACKWARDS])
def test_the_clock_does_not_matter(root: Path, known: dict[str, Files], when: str) -> None:
    command: tuple[str, ...] = ("faketime", "-f", when, *BUILD)
    environment: dict[str, str] = {}
    if when == BACKWARDS:
        # The clock that counts time that passes must go on, or Python's threads wait for ever. Then
        # faketime refuses to sleep until a moment, as one of two workers may for the other's lock.
        environment = dict.fromkeys(("FAKETIME_DONT_FAKE_MONOTONIC", "DONT_FAKE_MONOTONIC"), "1")
        command = (*command[:-1], "1")
    done = run(root, *command, environment=environment)
    assert done.returncode == 0, done.stderr
    assert standing(root) == known[NEW]
    shutil.rmtree(root / ".cache")
    hold(root, run(root, *command, environment=environment), known)


def test_an_edit_that_keeps_size_and_time_is_seen(root: Path) -> None:
    build(root)
    path = root / POINT
    before = path.stat()
    path.write_bytes(path.read_bytes().replace("đài".encode(), "đái".encode(), 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    as_it_was = standing(root)
    build(root)
    assert standing(root) != as_it_was


# ---------------------------------------------------------------- builds that meet


@pytest.mark.parametrize("count", [2, 8])
@pytest.mark.parametrize("stations", [(STATION,), (STATION, "xa-hai")])
def test_builds_at_once_are_as_builds_in_turn(tmp_path: Path, count: int, stations: tuple[str, ...]) -> None:
    one_by_one, at_once = small_project(tmp_path / "turn"), small_project(tmp_path / "once")
    for station in stations:
        assert run(one_by_one, *BUILD, "--station", station).returncode == 0
    processes = [
        subprocess.Popen(
            [*BUILD, "--station", stations[number % len(stations)]],
            cwd=at_once,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "LANG": "C"},
            start_new_session=True,
        )
        for number in range(count)
    ]
    victim = processes[count // 2]
    try:
        victim.wait(0.5)
    except subprocess.TimeoutExpired:
        os.killpg(victim.pid, signal.SIGKILL)
    ends = [(process, *process.communicate(timeout=120)) for process in processes]
    assert all(process.returncode == 0 for process, _, _ in ends if process is not victim), ends
    for station in stations:
        build_again = run(at_once, *BUILD, "--station", station)
        assert build_again.returncode == 0
    assert standing(at_once) == standing(one_by_one)
    assert left_lying(at_once) == []


def test_eight_builds_do_the_work_of_one(tmp_path: Path) -> None:
    root = small_project(tmp_path / "xã")
    processes = [
        subprocess.Popen(BUILD, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
        for _ in range(8)
    ]
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 8
    assert sum("Không có gì phải làm" in one for one in said) == 7, said
    assert sys.platform != "win32"
