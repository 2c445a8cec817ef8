"""A small station that is built while it is shot at, and what must hold of it whatever happens."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from lxml import etree
from project import edit, write_project

STATION = "xa-mot"
POINT = "content/series/thu/points/01.yaml"
SENTENCE = "Bà con nghe trên loa."
SENTENCES = (SENTENCE, "Bà con nghe đài trên loa.", "Cả xã nghe trên loa.")
FEED = f"feed/{STATION}/feed.xml"
BUILD = (sys.executable, "-m", "truyenthanh", "build", "--jobs", "2")
Files = Mapping[str, str]


def small_project(root: Path) -> Path:
    """Write a project of one point and one master: a build takes half a second."""
    write_project(root)
    edit(root, "content/series/thu/series.yaml", '["01", "02", "03"]', '["01"]')
    for name in ("02", "03"):
        (root / f"content/series/thu/points/{name}.yaml").unlink()
    for name in (STATION, "xa-hai"):
        masters = "masters: [podcast, radio, loudspeaker]"
        edit(root, f"content/stations/{name}.yaml", masters, "masters: [podcast]")
    return root


def say(root: Path, sentence: str) -> None:
    """Let the point end with ``sentence``."""
    path = root / POINT
    text = path.read_text(encoding="utf-8")
    now = next(one for one in SENTENCES if one in text)
    path.write_text(text.replace(now, sentence), encoding="utf-8")


def run(
    root: Path, *command: str, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command in a project and return what became of it."""
    return subprocess.run(
        command or BUILD,
        cwd=root,
        env={**os.environ, "LANG": "C", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )


def build(root: Path) -> None:
    """Build undisturbed; it must go well."""
    done = run(root)
    assert done.returncode == 0, done.stderr


def standing(root: Path) -> Files:
    """Return the sha256 of all that stands published, by path; logs left aside."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for tree in ("audio", "feed")
        for path in (root / tree).rglob("*")
        if path.is_file() and not path.name.startswith(".history")
    }


def left_lying(root: Path) -> list[str]:
    """Return what only a build that runs may have: temporary files and stagings."""
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.name.endswith(".part") or path.name == ".staging"
    ]


def references(folder: Path) -> dict[str, Files]:
    """Return what stands after an undisturbed build, by the sentence that is said."""
    found = {}
    for number, sentence in enumerate(SENTENCES):
        root = small_project(folder / str(number))
        say(root, sentence)
        build(root)
        found[sentence] = standing(root)
    return found


def shot(root: Path, after_s: float, *, with_workers: bool) -> int:
    """Start a build and kill it after a while; return its exit code (0 where it was faster)."""
    process = subprocess.Popen(
        BUILD, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        if with_workers:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    return process.wait()


@contextmanager
def reader(root: Path, known: Sequence[Files]) -> Iterator[list[str]]:
    """Read feed and files all the time as a listener's program does; yield the complaints.

    The feed must parse, and every file it names must be there, whole: one of those of an undisturbed build.
    """
    whole = {digest for files in known for digest in files.values()}
    complaints: list[str] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            complaints.extend(_complaints(root, whole))
            time.sleep(0.002)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield complaints
    finally:
        ended.set()
        thread.join()


def _complaints(root: Path, whole: set[str]) -> Iterator[str]:
    try:
        feed = etree.fromstring((root / FEED).read_bytes())
    except FileNotFoundError:
        return
    except etree.XMLSyntaxError as error:
        yield f"feed.xml does not parse: {error}"
        return
    for enclosure in feed.iter("enclosure"):
        path = "audio" + enclosure.get("url", "").partition("/audio")[2].partition("?")[0]
        try:
            data = (root / path).read_bytes()
        except FileNotFoundError:
            yield f"{path} is not there"
            continue
        if hashlib.sha256(data).hexdigest() not in whole:
            yield f"{path} is not whole ({len(data)} bytes)"
