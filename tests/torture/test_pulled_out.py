"""A stick pulled out, full, locked or gone at every single call that would change it."""

import errno
import sys
from pathlib import Path

import pytest
from pulled_out import broken_off
from station_on_air import publish


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which file is synced")
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS, errno.ENOENT])
@pytest.mark.parametrize("earlier", [False, True])
def test_wherever_it_breaks_off_nothing_damaged_looks_whole(
    tmp_path: Path, number: int, *, earlier: bool
) -> None:
    root, stick = publish(tmp_path / "root"), tmp_path / "usb"
    stick.mkdir()
    assert broken_off(root, stick, number, 1, earlier=earlier) > 40
