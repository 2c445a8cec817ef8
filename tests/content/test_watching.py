"""Saves of the content are seen, those of a burst as one; a file half saved does not end the watching."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from project import edit

from truyenthanh.content.watching import saves


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.yaml").write_text("a", encoding="utf-8")
    return tmp_path


def saving(root: Path, *saved: Callable[[], object]) -> Callable[[float], None]:
    """Return a wait in which the next of ``saved`` happens."""
    steps = iter(saved)

    def wait(_: float) -> None:
        next(steps)()

    return wait


def nothing() -> None:
    pass


def write(root: Path, name: str, text: str) -> Callable[[], object]:
    return lambda: (root / "content" / name).write_text(text, encoding="utf-8")


def test_the_first_comes_at_once_and_a_save_when_it_has_settled(content: Path) -> None:
    wait = saving(content, nothing, write(content, "a.yaml", "ab"), nothing, nothing)
    seen = saves(content, wait)
    assert next(seen) == ()
    assert next(seen) == ("content/a.yaml",)


def test_a_burst_is_one(content: Path) -> None:
    burst = [write(content, "a.yaml", "abc"), write(content, "b.yaml", "b"), write(content, "a.yaml", "abcd")]
    seen = saves(content, saving(content, *burst, nothing))
    next(seen)
    assert next(seen) == ("content/a.yaml", "content/b.yaml")


def test_what_is_saved_while_a_build_runs_comes_next(content: Path) -> None:
    seen = saves(content, saving(content, write(content, "a.yaml", "ab"), nothing, nothing, nothing))
    next(seen)
    next(seen)
    write(content, "c.yaml", "c")()
    assert next(seen) == ("content/c.yaml",)


def test_an_edit_that_keeps_size_and_time_is_seen(content: Path) -> None:
    path = content / "content/a.yaml"
    before = path.stat()

    def keep() -> None:
        time.sleep(0.01)  # the file system counts in ticks
        path.write_text("b", encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    seen = saves(content, saving(content, keep, nothing))
    next(seen)
    assert next(seen) == ("content/a.yaml",)


def test_a_file_that_goes_is_a_change(content: Path) -> None:
    seen = saves(content, saving(content, (content / "content/a.yaml").unlink, nothing))
    next(seen)
    assert next(seen) == ("content/a.yaml",)


@pytest.fixture
def watching(site: Path, tmp_path: Path) -> "Iterator[tuple[Path, subprocess.Popen[str]]]":
    root = tmp_path / "xã"
    shutil.copytree(site, root)
    process = subprocess.Popen(
        [sys.executable, "-m", "truyenthanh", "build", "--watch"],
        cwd=root,
        env={**os.environ, "LANG": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    yield root, process
    process.kill()
    process.communicate()


def heard(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"it ended before it said {words!r}")


@pytest.mark.skipif(sys.platform == "win32", reason="sends an interrupt")
def test_an_editor_saves_errs_and_saves_again(watching: "tuple[Path, subprocess.Popen[str]]") -> None:
    root, process = watching
    heard(process, "Đang theo dõi")
    point = "content/series/thu/points/02.yaml"
    whole = (root / point).read_text(encoding="utf-8")
    (root / point).write_text(whole[: whole.index("digital:") + 12], encoding="utf-8")
    heard(process, point)
    (root / point).write_text(whole, encoding="utf-8")
    assert "thay 0 tệp" in heard(process, point)
    edit(root, point, "Trồng 20% diện tích.", "Trồng 30% diện tích.")
    changed = heard(process, f"{point}: thay")
    assert "thay 0 tệp" not in changed
    assert re.search(r"trong \d+,\d giây", changed)
    assert "ba mươi phần trăm" in truyenthanh_script(root)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130


def truyenthanh_script(root: Path) -> str:
    command = [sys.executable, "-m", "truyenthanh", "script", "thu-02"]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True).stdout
