"""A pack is whole, or says that it is not, whatever the stick does; what is there of others stays."""

import errno
import hashlib
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from pulled_out import FOLDER, broken_off, files_in, is_whole, packed, pulled_out_after
from station_on_air import STATION, TITLES, publish

from truyenthanh.errors import PackError, PublicationError
from truyenthanh.onair import pack_folder, pack_writer
from truyenthanh.onair.pack_writer import WrittenPack
from truyenthanh.packing.contents import PackFile

SOUND = "02-thu-02-loa.mp3"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return publish(tmp_path / "dự án")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "usb"
    path.mkdir()
    (path / "của tôi.txt").write_text("đừng đụng", encoding="utf-8")
    return path


def key_of(root: Path, dest: Path, **how: Any) -> str:
    with pytest.raises((PackError, PublicationError)) as raised:
        packed(root, dest, **how)
    assert str(raised.value)
    return raised.value.key


# ---------------------------------------------------------------- what it holds


def test_a_pack_holds_sound_and_papers_and_leaves_other_files_alone(root: Path, stick: Path) -> None:
    laid = packed(root, stick)
    assert laid.place == stick / FOLDER
    assert sorted(files_in(stick / FOLDER)) == [
        "01-thu-01-loa.mp3",
        "02-thu-02-loa.mp3",
        "03-thu-03-loa.mp3",
        "DANH-SACH.m3u",
        "DANH-SACH.m3u8",
        "HUONG-DAN.txt",
        "LICH-PHAT.html",
        "NHAT-KY.csv",
        "NHAT-KY.html",
        "SHA256SUMS",
        "goi.json",
    ]
    assert is_whole(stick / FOLDER)
    assert (stick / "của tôi.txt").read_text(encoding="utf-8") == "đừng đụng"


def test_the_folder_of_a_pack_may_be_named_itself(root: Path, stick: Path) -> None:
    packed(root, stick)
    assert packed(root, stick / FOLDER) == WrittenPack(stick / FOLDER)


def test_what_has_not_changed_is_not_touched(root: Path, stick: Path) -> None:
    def as_written() -> dict[str, tuple[int, int, int]]:
        """Which file, how long and when written: a check reads each, which may move its time of access."""
        found = {path.name: path.stat() for path in (stick / FOLDER).iterdir()}
        return {name: (about.st_ino, about.st_size, about.st_mtime_ns) for name, about in found.items()}

    packed(root, stick)
    before = as_written()
    assert packed(root, stick) == packed(root, stick, check=True) == WrittenPack(stick / FOLDER)
    assert as_written() == before


def test_a_flipped_byte_is_found_when_asked_for_and_mended(root: Path, stick: Path) -> None:
    packed(root, stick)
    good = (stick / FOLDER / SOUND).read_bytes()
    (stick / FOLDER / SOUND).write_bytes(b"?" + good[1:])
    assert not packed(root, stick).written
    assert packed(root, stick, check=True).written == (SOUND,)
    assert (stick / FOLDER / SOUND).read_bytes() == good


def test_a_correction_replaces_what_changed_and_says_what_and_why(root: Path, stick: Path) -> None:
    packed(root, stick)
    before = files_in(stick / FOLDER)
    publish(root, changed={"thu-02": "đã sửa"})
    laid = packed(root, stick)
    after = files_in(stick / FOLDER)
    assert [one.how for one in laid.changes] == ["text"]
    assert [name for name in laid.written if name.endswith(".mp3")] == [SOUND]
    sheet = after["THAY-THE.html"].decode()
    for said in (SOUND, "Lời đã sửa", *(hashlib.sha256(one[SOUND]).hexdigest() for one in (before, after))):
        assert said in sheet
    assert "01-thu-01-loa.mp3" not in sheet
    assert is_whole(stick / FOLDER)


def test_what_is_published_no_more_goes_and_what_moved_is_renamed(root: Path, stick: Path) -> None:
    packed(root, stick)
    (stick / FOLDER / "ghi chú.txt").write_text("của đài", encoding="utf-8")
    shutil.rmtree(root / "audio")
    publish(root, titles=TITLES[:2])
    laid = packed(root, stick)
    assert laid.removed == ("03-thu-03-loa.mp3",)
    assert [one.how for one in laid.changes] == ["removed"]
    assert (stick / FOLDER / "ghi chú.txt").exists()
    assert is_whole(stick / FOLDER)


def test_a_log_that_was_filled_in_is_kept(root: Path, stick: Path) -> None:
    packed(root, stick)
    log = stick / FOLDER / "NHAT-KY.csv"
    filled = log.read_bytes().replace(b";;;;", b";x;05:01;An;", 1)
    log.write_bytes(filled)
    assert packed(root, stick, check=True) == WrittenPack(stick / FOLDER)
    assert log.read_bytes() == filled
    publish(root, titles=(*TITLES, "Tiết kiệm"))
    assert packed(root, stick).kept_log == "NHAT-KY-DA-GHI.csv"
    assert (stick / FOLDER / "NHAT-KY-DA-GHI.csv").read_bytes() == filled
    assert b"thu-04" in log.read_bytes()


# ---------------------------------------------------------------- where no pack can be


def test_a_place_where_no_pack_can_be_is_refused(root: Path, stick: Path) -> None:
    file = stick / "của tôi.txt"
    assert key_of(root, file) == "pack.is_file"
    assert key_of(root, stick / "không có" / "ở đây") == "pack.no_folder"
    assert key_of(root, root / "audio" / "gói") == "pack.inside"
    assert key_of(root, root / "audio" / "gói.zip") == "pack.inside"
    (stick / FOLDER).mkdir()
    (stick / FOLDER / "nhạc.mp3").write_bytes(b"x")
    assert key_of(root, stick) == "pack.not_ours"
    assert files_in(stick / FOLDER) == {"nhạc.mp3": b"x"}
    assert key_of(root, file / "x") == "pack.no_folder"


def test_a_link_into_the_publication_is_refused(root: Path, stick: Path) -> None:
    (stick / "lối tắt").symlink_to(root / "audio", target_is_directory=True)
    assert key_of(root, stick / "lối tắt") == "pack.inside"


def test_too_little_room_is_said_in_numbers_before_anything_is_written(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 500_000))
    with pytest.raises(PackError, match=r"cần 0,7 MB, còn trống 0,5 MB"):
        packed(root, stick)
    assert not (stick / FOLDER).exists()
    assert packed(root, stick / "gói.zip").written  # a zip of 40 KB fits


def test_names_that_lead_elsewhere_are_not_followed(root: Path, stick: Path) -> None:
    packed(root, stick)
    sums = stick / FOLDER / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  ../của tôi.txt\n" + sums.read_text(encoding="ascii"), encoding="utf-8")
    packed(root, stick)
    assert (stick / "của tôi.txt").exists()
    assert is_whole(stick / FOLDER)


def test_sound_that_is_not_what_is_published_is_never_packed(root: Path, stick: Path) -> None:
    path = root / f"audio/{STATION}/loudspeaker/thu-02-loa.mp3"
    path.write_bytes(b"?" + path.read_bytes()[1:])
    assert key_of(root, stick) == key_of(root, stick / "gói.zip") == "pack.other_sound"
    assert not is_whole(stick / FOLDER)
    assert not (stick / "gói.zip").exists()


def test_a_stick_that_gives_back_other_bytes_is_told(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_writer, "file_sha256", lambda path: "0" * 64)
    assert key_of(root, stick) == "pack.bad_copy"
    assert not is_whole(stick / FOLDER)


# ---------------------------------------------------------------- a stick that is pulled out


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which file is synced")
@pytest.mark.parametrize("earlier", [False, True])
def test_where_it_breaks_off_nothing_damaged_looks_whole_and_the_next_run_mends_it(
    root: Path, stick: Path, *, earlier: bool
) -> None:
    assert broken_off(root, stick, errno.EIO, 17, earlier=earlier) > 40  # torture: at every call


def test_a_run_that_was_broken_off_and_then_needs_fewer_files_leaves_none_behind(
    root: Path, stick: Path
) -> None:
    with pulled_out_after(25, stick, errno.EIO), pytest.raises(PackError):
        packed(root, stick)
    assert "Các tệp của gói" in (stick / FOLDER / "CHUA-XONG.txt").read_text(encoding="utf-8-sig")
    publish(root, titles=("Nghe đài",))
    packed(root, stick)
    assert [name for name in files_in(stick / FOLDER) if name.endswith(".mp3")] == ["01-thu-01-loa.mp3"]
    assert is_whole(stick / FOLDER)


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="a system that cannot be told to forget")
def test_what_is_read_back_comes_from_the_stick_and_the_sums_after_what_they_name(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that are not on the disk yet cannot be forgotten, and names are on it only when it is told."""
    done: list[str] = []
    sync, forget, rename = os.fsync, os.posix_fadvise, Path.replace

    def synced(number: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else f"synced {number}")
        sync(number)

    def forgotten(number: int, *of: int) -> None:
        assert done[-1] == f"synced {number}"
        done.append("forgotten")
        forget(number, *of)

    def named(path: Path, name: Path) -> Path:
        done.append(Path(name).name)
        return rename(path, name)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "posix_fadvise", forgotten)
    monkeypatch.setattr(Path, "replace", named)
    packed(root, stick)
    assert done.count("forgotten") == len(files_in(stick / FOLDER))
    sums = done.index("SHA256SUMS")
    before = max(at for at, what in enumerate(done[:sums]) if what == "goi.json")
    assert "folder" in done[before:sums]


def test_a_file_needs_room_beside_the_one_it_replaces(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    (tmp_path / "b").write_bytes(bytes(300))
    files = [PackFile(name, "0" * 64, 2000) for name in ("a", "b", "c")]
    new = 3 * (2000 + pack_folder.CLUSTER_BYTES)
    assert pack_folder.needed_bytes(tmp_path, files) == new - 1300 + 1000
    assert pack_folder.needed_bytes(tmp_path, []) == 0
