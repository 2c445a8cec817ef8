"""A pack on FAT32, read by other programs: names, sums, a player, a printer. Skipped where they are not."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from commands import built
from project import write_project
from station_on_air import STATION, publish

from truyenthanh.errors import PackError
from truyenthanh.onair import pack_writer
from truyenthanh.onair.items import published_items
from truyenthanh.onair.pack import Scheduled, pack
from truyenthanh.packing.programme_items import Item, RunningOrder, Session

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATH = f"{os.environ['PATH']}:/usr/sbin"
A4_PT = "594.96 x 841.92"


def need(*programs: str) -> None:
    missing = [
        name for name in programs if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None
    ]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def run(*arguments: object, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(one) for one in arguments],
        cwd=cwd,
        env={**os.environ, "PATH": PATH},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station built: real MP3 files."""
    root = write_project(tmp_path_factory.mktemp("site"))
    built(root)
    return root


@pytest.fixture(scope="module")
def image(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A FAT32 image that a pack was copied onto, as onto a stick."""
    need("mkfs.vfat", "mcopy")
    folder = tmp_path_factory.mktemp("stick")
    path = folder / "stick.img"
    pack(root, STATION, "loudspeaker", folder)
    with path.open("wb") as file:
        file.truncate(64 << 20)
    run("mkfs.vfat", "-F", "32", path)
    run("mcopy", "-i", path, "-s", folder / "xa-mot-loa", "::")
    return path


@pytest.fixture(scope="module")
def stick(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The image seen by a driver that did not write it: the kernel's, one in user space, or mtools."""
    folder = tmp_path_factory.mktemp("mount")
    mounts = (["mount", "-o", "loop,ro"], ["fusefat", "-o", "ro"])
    for command in mounts:
        if shutil.which(command[0]) is None:
            continue
        if subprocess.run([*command, image, folder], capture_output=True, timeout=60).returncode == 0:
            print("mounted by", command[0])
            yield folder
            run("umount", folder)
            return
    run("mcopy", "-i", image, "-s", "::xa-mot-loa", folder)
    print("no mount: copied back by mtools")
    yield folder


def test_names_and_sums_survive_fat32(stick: Path, root: Path) -> None:
    there = sorted(path.name for path in (stick / "xa-mot-loa").iterdir())
    assert [name for name in there if name.endswith(".mp3")] == [
        f"0{number}-thu-0{number}-loa.mp3" for number in (1, 2, 3)
    ]
    need("sha256sum")
    checked = run("sha256sum", "-c", "SHA256SUMS", cwd=stick / "xa-mot-loa")
    assert checked.count(": OK") == len(there) - 2  # the log and the sums themselves


@pytest.mark.parametrize("playlist", ["DANH-SACH.m3u", "DANH-SACH.m3u8"])
def test_a_player_plays_the_list_in_order(stick: Path, playlist: str) -> None:
    need("mpv")
    options = ("--no-config", "--ao=null", "--vo=null", "--vid=no", "--length=0.2", "--untimed")
    said = run("mpv", *options, stick / "xa-mot-loa" / playlist)
    played = [line.rpartition("/")[2] for line in said.splitlines() if line.startswith("Playing: ")]
    assert played == [f"0{number}-thu-0{number}-loa.mp3" for number in (1, 2, 3)]
    assert "error" not in said.lower()


def test_every_day_prints_on_one_page_of_a4(tmp_path: Path) -> None:
    """Five days, two sessions of thirteen items each, with titles far too long."""
    need("pdfinfo", "pdftotext")
    title = "Chuyển trọng tâm từ chính quyền sang người dân, từ tổ chức sang nhân viên, rồi sang khách hàng"
    publish(tmp_path, titles=tuple(f"{title} ({number})" for number in range(1, 18)))
    items = published_items(tmp_path, STATION, "loudspeaker")
    pack(tmp_path, STATION, "loudspeaker", tmp_path, scheduled=Scheduled(_order(items, 13)))
    printed = _printed(tmp_path / "xa-mot-loa" / "LICH-PHAT.html")
    assert printed == ["3/4/2023", "4/4/2023", "5/4/2023", "6/4/2023", "7/4/2023"]


def test_a_crowded_day_still_prints_on_one_page(tmp_path: Path) -> None:
    publish(tmp_path, titles=tuple(f"Điều thứ {number}" for number in range(1, 22)))
    items = published_items(tmp_path, STATION, "loudspeaker")
    pack(tmp_path, STATION, "loudspeaker", tmp_path, scheduled=Scheduled(_order(items, 21)))
    assert len(_printed(tmp_path / "xa-mot-loa" / "LICH-PHAT.html")) == 5


def test_a_stick_that_is_full_says_so_and_is_finished_when_there_is_room(root: Path, tmp_path: Path) -> None:
    """A tmpfs of 1 MB: asked for room first, and filled up in the middle."""
    need("mount")
    mounted = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if subprocess.run(mounted, capture_output=True, timeout=60).returncode != 0:
        pytest.skip("no tmpfs may be mounted here")
    try:
        _fill_and_finish(root, tmp_path)
    finally:
        run("umount", tmp_path)


def _fill_and_finish(root: Path, stick: Path) -> None:
    with pytest.raises(PackError) as raised:
        pack(root, STATION, "loudspeaker", stick)
    assert raised.value.key == "pack.no_room"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack_writer, "check_room", lambda folder, needed: None)
        with pytest.raises(PackError) as raised:
            pack(root, STATION, "loudspeaker", stick)
    assert raised.value.key == "pack.full"
    assert (stick / "xa-mot-loa" / "CHUA-XONG.txt").exists()
    assert not (stick / "xa-mot-loa" / "SHA256SUMS").exists()
    run("mount", "-o", "remount,size=9m", stick)
    pack(root, STATION, "loudspeaker", stick)
    assert not (stick / "xa-mot-loa" / "CHUA-XONG.txt").exists()
    run("sha256sum", "-c", "SHA256SUMS", cwd=stick / "xa-mot-loa")


def _order(items: tuple[Item, ...], most: int) -> RunningOrder:
    vietnam, sessions = timezone(timedelta(hours=7)), []
    for day in range(5):
        for hour in (5, 17):
            starts = datetime(2023, 4, 3 + day, hour, tzinfo=vietnam)
            sessions.append(Session(starts, 900, items[:most], 880.0))
    return RunningOrder(STATION, "loudspeaker", tuple(sessions), ())


def _printed(page: Path) -> list[str]:
    """Return the date at the head of every page of paper, each of which must have one."""
    browser = next((name for name in BROWSERS if shutil.which(name)), None)
    if browser is None:
        pytest.skip("no browser that prints")
    pdf = page.with_suffix(".pdf")
    run(browser, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page)
    about = run("pdfinfo", pdf)
    assert A4_PT in about
    count = int(about.split("Pages:")[1].split()[0])
    heads = [run("pdftotext", "-f", number, "-l", number, pdf, "-")[:300] for number in range(1, count + 1)]
    return [re.findall(r"\d+/\d+/2023", head)[0] for head in heads]
