"""A process that has ended is known as ended, waited for or not."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from truyenthanh.store.atomic_files import sweep
from truyenthanh.store.processes import ASKABLE, has_ended

pytestmark = pytest.mark.skipif(not ASKABLE, reason="a process cannot be asked for here")


def test_this_process_and_its_child_live() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert not has_ended(os.getpid())
        assert not has_ended(child.pid)
    finally:
        child.communicate()
    assert has_ended(child.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_one_that_nobody_waited_for_has_ended_all_the_same_and_leaves_nothing(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 20
    while Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert has_ended(child.pid)
    (tmp_path / f".blob.{child.pid}-1.part").write_bytes(b"torn")
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())
    child.wait()


@pytest.mark.parametrize("pid", [2**22 + 1, 2**40])
def test_a_number_that_is_no_process(pid: int) -> None:
    assert has_ended(pid) is (pid < 2**31)
