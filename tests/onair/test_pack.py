"""Names, sheets and zip of a pack, and the zip that the page offers."""

import csv
import io
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import truyenthanh
from project import edit
from station_on_air import NAME, STATION, TITLES, publish

from truyenthanh.cli.pack import pack as command
from truyenthanh.errors import ContentError, PackError, PublicationError
from truyenthanh.onair.items import published_items
from truyenthanh.onair.pack import Scheduled, pack, programme_of
from truyenthanh.packing import names
from truyenthanh.packing.contents import pack_of, plain_letters
from truyenthanh.packing.names import LIMIT, sound_names
from truyenthanh.packing.programme_items import Item, RunningOrder, Session
from truyenthanh.packing.sheets import COLUMNS, log_sheet

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
VIETNAM = timezone(timedelta(hours=7))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return publish(tmp_path / "dự án")


def order_of(items: tuple[Item, ...], days: int = 2) -> RunningOrder:
    sessions = tuple(
        Session(datetime(2023, 4, 3 + day, hour, tzinfo=VIETNAM), 900, items, 150.0)
        for day in range(days)
        for hour in (5, 17)
    )
    return RunningOrder(STATION, "loudspeaker", sessions, items[-1:])


def sheet(root: Path, name: str, order: RunningOrder | None = None) -> str:
    content = pack_of(programme_of(root, STATION, "loudspeaker", order=order))
    return content.named(name).data.decode("utf-8-sig")


def named_like(root: Path, *paths: str) -> list[str]:
    one = published_items(root, STATION, "loudspeaker")[0]
    items = [replace(one, episode=str(n), path=f"audio/x/y/{path}") for n, path in enumerate(paths)]
    return list(sound_names(items).values())


# ---------------------------------------------------------------- names


def test_names_are_fit_for_fat32_and_windows(root: Path) -> None:
    long = f"{'a' * 48}-{'b' * 48}-phat-thanh.wav"
    odd = [
        "con-loa.mp3",
        "=1+1-loa.mp3",
        "Thu-loa.mp3",
        "thu-loa.mp3",
        long,
        long,
        "x.-loa.mp3",
        "đài-loa.mp3",
    ]
    found = named_like(root, *odd)
    assert len({name.lower() for name in found}) == len(odd)
    for name in found:
        assert len(name) <= LIMIT
        assert name.isascii()
        assert not set(name) & set('\\/:*?"<>|+,;=[] ')
        assert name.partition(".")[0].upper() not in RESERVED
        assert not Path(name).stem.endswith((".", " "))
        assert name[0].isdigit()
    assert found[4].endswith("-thanh.wav")
    assert named_like(root, *["a-loa.mp3"] * 100)[99].startswith("100-")
    fixed = {value for name, value in vars(names).items() if name.isupper() and isinstance(value, str)}
    assert len({name.lower() for name in fixed}) == len(fixed)


def test_the_playlist_has_relative_names_and_windows_line_ends(root: Path) -> None:
    text = sheet(root, "DANH-SACH.m3u")
    lines = text.split("\r\n")
    assert lines[0] == "#EXTM3U"
    assert lines[1] == "#EXTINF:61,Nghe dai"
    assert lines[2::2] == ["01-thu-01-loa.mp3", "02-thu-02-loa.mp3", "03-thu-03-loa.mp3"]
    assert "\n" not in text.replace("\r\n", "")
    assert "#EXTINF:61,Nghe đài" in sheet(root, "DANH-SACH.m3u8")
    assert plain_letters("Đường – ước 1°") == "Duong - uoc 1"


# ---------------------------------------------------------------- sheets


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_log_has_a_row_a_file_and_with_an_order_a_row_an_airing(root: Path) -> None:
    plain = rows(sheet(root, "NHAT-KY.csv"))
    assert tuple(plain[0]) == COLUMNS
    assert [row["tep"] for row in plain] == ["01-thu-01-loa.mp3", "02-thu-02-loa.mp3", "03-thu-03-loa.mp3"]
    assert plain[0]["so_giay"] == "61"
    order = order_of(published_items(root, STATION, "loudspeaker"))
    planned = rows(sheet(root, "NHAT-KY.csv", order))
    assert len(planned) == 12
    assert (planned[0]["ngay"], planned[0]["gio"]) == ("2023-04-03", "05:00")
    assert planned[11]["tap"] == "thu-03"
    assert planned[0]["da_phat"] == planned[0]["ghi_chu"] == ""


def test_no_cell_is_reckoned_as_a_formula(root: Path) -> None:
    from truyenthanh.packing.sheets import Airing

    one = published_items(root, STATION, "loudspeaker")[0]
    wicked = [Airing(None, f"{sign}1.mp3", replace(one, episode=f"{sign}cmd|x")) for sign in "=+-@"]
    text = log_sheet("=1", wicked)
    assert text.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_every_day_of_the_order_is_a_sheet_and_every_airing_a_row(root: Path) -> None:
    items = published_items(root, STATION, "loudspeaker")
    page = sheet(root, "LICH-PHAT.html", order_of(items))
    assert page.count("<h1>Lịch phát") == 2
    assert "Thứ Hai, 3/4/2023" in page
    assert page.count("01-thu-01-loa.mp3") == 4
    assert page.count("Nói trước:") == page.count("Nói sau:") == 4
    assert "05:00:50" in page  # of three items in 150 s, the second
    assert "Điểm thứ 1. Nghe đài / … trên loa." in page
    assert "Chưa xếp được giờ" in page
    assert "Thứ tự phát" in sheet(root, "LICH-PHAT.html")
    assert sheet(root, "NHAT-KY.html", order_of(items)).count("<h1>") == 2


def test_titles_are_text_and_no_markup(tmp_path: Path) -> None:
    root = publish(tmp_path, titles=("<b>=1</b> & “a”",))
    assert "&lt;b&gt;=1&lt;/b&gt; &amp; “a”" in sheet(root, "LICH-PHAT.html")


def test_an_order_of_other_files_is_refused(root: Path) -> None:
    order = order_of(published_items(root, STATION, "loudspeaker"))
    publish(root, changed={"thu-02": "đã sửa"})
    with pytest.raises(PackError, match="thu-02"):
        pack(root, STATION, "loudspeaker", root.parent, scheduled=Scheduled(order))


def test_the_how_to_says_how_many_files_and_how_to_check_them(root: Path) -> None:
    text = sheet(root, "HUONG-DAN.txt")
    assert NAME.upper() in text
    assert "3 tệp âm thanh" in text
    assert "certutil -hashfile" in text
    assert "\n" not in text.replace("\r\n", "")


# ---------------------------------------------------------------- the zip


def test_a_zip_is_the_folder_and_the_same_bytes_again(root: Path, tmp_path: Path) -> None:
    laid = pack(root, STATION, "loudspeaker", tmp_path / "một.zip")
    pack(root, STATION, "loudspeaker", tmp_path / "hai.ZIP")
    pack(root, STATION, "loudspeaker", tmp_path)
    assert laid.written[-1] == "SHA256SUMS"
    assert (tmp_path / "một.zip").read_bytes() == (tmp_path / "hai.ZIP").read_bytes()
    with zipfile.ZipFile(tmp_path / "một.zip") as archive:
        there = {name: archive.read(name) for name in archive.namelist()}
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {one.external_attr >> 16 for one in archive.infolist()} == {0o100644}  # whoever unpacks it
    folder = tmp_path / "xa-mot-loa"
    assert there == {f"{folder.name}/{path.name}": path.read_bytes() for path in folder.iterdir()}


def test_a_zip_is_replaced_when_something_changed_and_only_if_it_is_ours(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "gói.zip"
    path.write_bytes(b"PK")
    with pytest.raises(PackError) as raised:
        pack(root, STATION, "loudspeaker", path)
    assert raised.value.key == "pack.not_ours"
    path.unlink()
    pack(root, STATION, "loudspeaker", path)
    before = path.stat()
    assert not pack(root, STATION, "loudspeaker", path).written
    assert path.stat() == before
    publish(root, changed={"thu-02": "đã sửa"})
    laid = pack(root, STATION, "loudspeaker", path)
    assert [one.episode for one in laid.changes] == ["thu-02"]
    assert "02-thu-02-loa.mp3" in laid.sheet.read_text(encoding="utf-8")
    assert laid.sheet == tmp_path / "gói-THAY-THE.html"


def test_a_torn_zip_is_written_again(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "gói.zip"
    pack(root, STATION, "loudspeaker", path)
    good = path.read_bytes()
    path.write_bytes(good[:100] + b"?" + good[101:])
    pack(root, STATION, "loudspeaker", path)
    assert path.read_bytes() == good


# ---------------------------------------------------------------- what a build publishes


def test_the_page_offers_the_zip_that_the_command_would_make(site: Path, tmp_path: Path) -> None:
    zipped = site / "audio/xa-mot/xa-mot-podcast.zip"
    manifest = json.loads((site / "audio/xa-mot/manifest.json").read_bytes())
    assert manifest["files"]["audio/xa-mot/xa-mot-podcast.zip"]["bytes"] == zipped.stat().st_size
    pack(site, "xa-mot", "podcast", tmp_path / "x.zip")
    assert (tmp_path / "x.zip").read_bytes() == zipped.read_bytes()
    with zipfile.ZipFile(zipped) as archive:
        assert not [name for name in archive.namelist() if "tron-bo" in name]
    page = (site / "feed/xa-mot/index.html").read_text(encoding="utf-8")
    assert 'href="../../audio/xa-mot/xa-mot-podcast.zip" download>Tải gói bản podcast (ZIP, ' in page


def test_the_command_says_what_it_did(root: Path, tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        run = CliRunner().invoke(command, [str(tmp_path), "--root", str(root), *arguments])
        if run.exception is not None:
            raise run.exception
        return run.output

    assert "đã xong và đã kiểm tra: ghi 11 tệp" in said()
    assert "không đổi gì" in said("--station", STATION, "--check")
    publish(root, titles=(*TITLES, "Tiết kiệm"), changed={"thu-02": "đã sửa"})
    log = tmp_path / "xa-mot-loa" / "NHAT-KY.csv"
    log.write_bytes(log.read_bytes() + b"x")
    replaced = said()
    assert "Có 2 tệp phải thay" in replaced
    assert "NHAT-KY-DA-GHI.csv" in replaced
    with pytest.raises(PublicationError, match="loudspeaker"):
        said("--master", "radio")


def test_hours_said_on_the_command_line_are_printed_and_a_copy_without_content_has_none(
    site: Path, tmp_path: Path
) -> None:
    def said(root: Path, *arguments: str) -> str:
        run = CliRunner().invoke(
            command, [str(tmp_path), "--root", str(root), "--master", "podcast", *arguments]
        )
        if run.exception is not None and not isinstance(run.exception, SystemExit):
            raise run.exception
        return run.output

    hours = ("--slot", "2m", "--days", "2", "--times", "05:00,17:00")
    said(site, *hours)
    page = tmp_path / "xa-mot-podcast" / "LICH-PHAT.html"
    assert page.read_text(encoding="utf-8").count("<h1>Lịch phát") == 2
    assert "2023-04-04;17:00;xa-mot;" in (page.parent / "NHAT-KY.csv").read_text(encoding="utf-8-sig")
    said(site)  # the station's file names no hours
    assert "Thứ tự phát" in page.read_text(encoding="utf-8")
    assert "--no-schedule" in said(site, "--no-schedule", *hours)
    copy = publish(tmp_path / "bản chép")
    with pytest.raises(ContentError):
        said(copy, *hours)


def test_a_build_mends_sound_that_was_damaged_where_it_stands(site: Path, tmp_path: Path) -> None:
    """Presence and size do not show it; the zip reads it, and may not hold up all else."""
    root = tmp_path / "site"
    shutil.copytree(site, root)
    sound = root / "audio/xa-mot/podcast/thu-02-podcast.mp3"
    whole = sound.read_bytes()
    sound.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    edit(root, "content/series/thu/points/01.yaml", "Đài phát buổi sáng.", "Đài phát buổi chiều.")
    run = truyenthanh(root, "build")
    assert run.returncode == 0, run.stderr
    assert "audio/xa-mot/podcast/thu-02-podcast.mp3 không còn đúng" in run.stderr
    assert sound.read_bytes() == whole
    assert truyenthanh(root, "verify").returncode == 0
