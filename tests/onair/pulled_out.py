"""A stick that is pulled out, or fails, at any call that would change it."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from station_on_air import STATION, publish

from truyenthanh.errors import PackError
from truyenthanh.onair.pack import pack
from truyenthanh.onair.pack_writer import WrittenPack

FOLDER = "xa-mot-loa"


def packed(root: Path, dest: Path, **how: Any) -> WrittenPack:
    return pack(root, STATION, "loudspeaker", dest, **how)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def is_whole(folder: Path) -> bool:
    """Whether sums, read as ``sha256sum -c`` does, vouch for the pack, and nothing says otherwise."""
    if (folder / "CHUA-XONG.txt").exists() or not (folder / "SHA256SUMS").exists():
        return False
    lines = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    good = {hashlib.sha256((folder / name).read_bytes()).hexdigest() == one for name, one in sums.items()}
    assert good == {True}, "a damaged pack looks whole"
    return True


def _open_file(handle: int) -> Path:
    return Path(f"/proc/self/fd/{handle}").readlink()


@contextmanager
def pulled_out_after(calls: int, stick: Path, number: int) -> Iterator[list[int]]:
    """Let every call that changes the stick fail from the ``calls``-th on."""
    count = [0]

    def guarded(real: Callable[..., Any], place: Callable[..., object]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if str(stick) in str(place(*arguments)):
                count[0] += 1
                if count[0] > calls:
                    raise OSError(number, os.strerror(number))
            return real(*arguments, **named)

        return call

    real_open = Path.open

    def opened(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if "w" in mode and str(stick) in str(path):
            count[0] += 1
            if count[0] > calls:
                raise OSError(number, os.strerror(number), str(path))
        return real_open(path, mode, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", opened)
        for name in ("replace", "unlink", "mkdir", "rename"):
            patch.setattr(Path, name, guarded(getattr(Path, name), lambda path, *rest: path))
        patch.setattr(os, "fsync", guarded(os.fsync, _open_file))
        yield count


def broken_off(root: Path, stick: Path, number: int, every: int, *, earlier: bool) -> int:
    """Break a packing off at every ``every``-th call, see what that leaves, and pack again; return the calls.

    Nothing damaged may look whole, and the next run must leave what an undisturbed one does.
    """
    if earlier:
        packed(root, stick)
        publish(root, titles=("Nghe đài", "Trồng cây"), changed={"thu-02": "đã sửa"})
    begun, reference = stick.with_name("begun"), stick.parent / "reference" / "usb"
    stick.rename(begun)
    shutil.copytree(begun, reference)
    with pulled_out_after(10_000, reference, number) as count:
        packed(root, reference)
    for calls in range(0, count[0], every):
        shutil.copytree(begun, stick)
        with pulled_out_after(calls, stick, number), pytest.raises(PackError) as raised:
            packed(root, stick)
        assert raised.value.key == ("pack.full" if number == errno.ENOSPC else "pack.broken_off")
        if (stick / FOLDER).exists():
            is_whole(stick / FOLDER)
        packed(root, stick)
        assert is_whole(stick / FOLDER)
        assert files_in(stick / FOLDER) == files_in(reference / FOLDER), calls
        shutil.rmtree(stick)
    return count[0]
