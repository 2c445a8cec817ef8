"""The report: its figures are those of the log, in every format, and it says the same for ever."""

import csv
import io
import json
import re
import time as system_time
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import docx
import pytest
from aired import SECONDS, STATION, log_of, published_project, sheet, write_manifest
from commands import truyenthanh
from lxml import etree, html

from truyenthanh.errors import ContentError, LogError
from truyenthanh.onair.log_sheet import Airing
from truyenthanh.onair.play_log import source_of, take
from truyenthanh.onair.report import Report, report_of, sessions_of
from truyenthanh.onair.report_csv import report_csv
from truyenthanh.onair.report_docx import report_docx
from truyenthanh.onair.report_files import report_paths, write_report
from truyenthanh.onair.report_html import report_html

TODAY = date(2023, 6, 1)
APRIL = (date(2023, 4, 1), date(2023, 4, 30))
REVISIONS = """\
revisions:
  - {episode: "02", date: 2023-04-12, note: "Sửa <một> & hai chữ."}
  - {episode: "01", date: 2023-05-02, note: Sau kỳ.}
"""


def month(station: str) -> list[str]:
    """Return the rows of a month: twice a day three episodes, some missed, some of another month."""
    rows = []
    for at in range(35):
        day = date(2023, 3, 29) + timedelta(at)
        for hour in ("05:00", "17:00"):
            for number in (1, 2, 3) if at % 3 else (1,):
                mark = "" if at == 9 else "x"
                note = "mất điện" if at == 9 else ""
                name = f"thu-{number:02}"
                rows.append(f"{day};{hour};{station};{name};{number:02}-{name}-loa.mp3;;{mark};;;{note}")
    return rows


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = published_project(tmp_path_factory.mktemp("report"), STATION, "xa-hai")
    with (folder / "content/series/thu/series.yaml").open("a", encoding="utf-8") as file:
        file.write(REVISIONS)
    for station in (STATION, "xa-hai"):
        rows = month(station) if station == STATION else month(station)[:20]
        take(folder, None, [source_of("a.csv", sheet(*rows))], TODAY)
    return folder


@pytest.fixture(scope="module")
def april(root: Path) -> Report:
    return report_of(root, [], *APRIL)


def log_rows(root: Path, station: str = STATION) -> list[dict[str, str]]:
    """Return what was aired in April, from the log as it stands, by nothing of ours."""
    rows = csv.DictReader(io.StringIO(log_of(root, station)), delimiter=";")
    return [row for row in rows if row["ngay"].startswith("2023-04-") and row["da_phat"] == "x"]


def as_clock(seconds: int) -> str:
    text = str(timedelta(seconds=seconds))
    return text if seconds >= 3600 else text[2:].removeprefix("0")


# ---------------------------------------------------------------- figures


def test_the_figures_are_those_of_the_log(root: Path, april: Report) -> None:
    rows, (figures,) = log_rows(root), april.stations
    assert len(rows) > 100
    assert figures.airings == len(rows)
    assert figures.seconds == sum(int(row["so_giay"]) for row in rows)
    assert figures.sessions == len({(row["ngay"], row["gio"]) for row in rows})
    assert {str(one.day): one.airings for one in figures.days} == {
        day: sum(row["ngay"] == day for row in rows) for day in {row["ngay"] for row in rows}
    }
    for one in figures.episodes:
        own = [row for row in rows if row["tap"] == one.id]
        assert (one.airings, one.seconds) == (len(own), sum(int(row["so_giay"]) for row in own))
        assert str(one.first) == min(row["ngay"] for row in own)
    assert {row["tap"]: int(row["so_giay"]) for row in rows} == {k: round(v) for k, v in SECONDS.items()}
    assert [(str(one.day), one.note) for one in figures.missed] == [("2023-04-07", "mất điện")] * 2
    assert [str(one.date) for one in figures.corrections] == ["2023-04-12"]


def test_all_stations_are_added_up(root: Path) -> None:
    report = report_of(root, None, *APRIL)
    assert [one.station.id for one in report.stations] == ["xa-hai", STATION]
    assert [one.airings for one in report.stations] == [len(log_rows(root, s)) for s in ("xa-hai", STATION)]
    assert report.sender is not None
    assert report.sender.id == STATION
    assert report_of(root, ["xa-hai"], *APRIL).stations == report.stations[:1]
    with pytest.raises(ContentError, match="xa-ba"):
        report_of(root, ["xa-ba"], *APRIL)


def test_what_was_made_later_is_not_reported_and_what_was_never_aired_is(tmp_path: Path) -> None:
    root = published_project(tmp_path)
    line = "2023-04-03;05:00;;thu-01;;;x;;;"
    take(root, None, [source_of("a.csv", sheet(line))], TODAY)
    (figures,) = report_of(root, [], date(2023, 4, 3), date(2023, 4, 4)).stations
    assert [one.id for one in figures.produced] == ["thu-01", "thu-02"]
    assert [one.id for one in figures.never_aired] == ["thu-02"]
    whole = line.replace("05:00", "06:00").replace("thu-01", "thu-tron-bo").replace(";;;x", ";;300;x")
    take(root, None, [source_of("a.csv", sheet(whole))], TODAY)
    (figures,) = report_of(root, [], *APRIL).stations
    assert figures.never_aired == ()  # the omnibus holds every point
    assert [(one.id, one.produced) for one in figures.episodes[3:]] == [("thu-tron-bo", None)]


def test_what_was_missed_and_made_up_for_is_not_missed(tmp_path: Path) -> None:
    root = published_project(tmp_path)
    missed, later = "2023-04-03;05:00;;thu-01;;;;;;mưa", "2023-04-03;17:00;;thu-01;;;x;;;"
    take(root, None, [source_of("a.csv", sheet(missed, later))], TODAY)
    assert len(report_of(root, [], *APRIL).stations[0].missed) == 1
    take(root, None, [source_of("a.csv", sheet(missed.replace(";;;;;;mưa", ";;;x;06:00;;")))], TODAY)
    (figures,) = report_of(root, [], *APRIL).stations
    assert (figures.missed, figures.airings) == ((), 2)


@pytest.mark.parametrize(
    ("hours", "sessions"),
    [
        ([], 0),
        (["05:00"], 1),
        (["05:00", "05:00", "05:00"], 1),
        (["05:00", "05:04", "05:08"], 1),
        (["05:00", "05:07"], 2),
        (["05:00", "17:00", "05:00", "17:02"], 2),
    ],
)
def test_a_session_is_what_follows_each_other(hours: list[str], sessions: int) -> None:
    made = [Airing(APRIL[0], time(), time.fromisoformat(one), "a", "", 60, "", "") for one in hours]
    assert sessions_of(made) == sessions


# ---------------------------------------------------------------- formats


def test_html_says_the_figures_whole_and_escaped(root: Path, april: Report) -> None:
    data = report_html(april)
    page, rows = html.fromstring(data), log_rows(root)
    text = " ".join("".join(map(str, page.itertext())).split())
    total = sum(int(row["so_giay"]) for row in rows)
    assert f"{total // 60} phút {total % 60} giây" in text
    assert as_clock(total) in text
    assert "Ủy ban nhân dân tỉnh Mẫu" in text
    assert "ngày …… tháng 3 năm 2023" in text
    assert "Sửa <một> & hai chữ." in text
    assert "mất điện" in text
    assert b"<m\xe1\xbb\x99t>" not in data
    assert not page.xpath("//script|//link|//img|//*[@src]|//*[@href]")
    assert "{" not in text.split("}")[-1]
    assert page.get("lang") == "vi"


def test_csv_says_the_same_and_holds_no_formula(root: Path, tmp_path: Path) -> None:
    project = published_project(tmp_path)
    manifest = project / "audio/xa-mot/manifest.json"
    titled = json.loads(manifest.read_text(encoding="utf-8"))
    titled["episodes"][1]["title"] = "=1+1"
    manifest.write_text(json.dumps(titled), encoding="utf-8")
    take(project, None, [source_of("a.csv", sheet(*month(STATION)))], TODAY)
    data = report_csv(report_of(project, [], *APRIL))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    logged = log_rows(project)
    (total,) = [row for row in rows if row["Bảng"] == "tổng"]
    assert (int(total["Số lượt"]), int(total["Số giây"])) == (
        len(logged),
        sum(int(row["so_giay"]) for row in logged),
    )
    by_day = [row for row in rows if row["Bảng"] == "theo ngày"]
    assert sum(int(row["Số giây"]) for row in by_day) == int(total["Số giây"])
    assert {row["Tên tập"] for row in rows if row["Mã tập"] == "thu-02"} == {"'=1+1"}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_docx_says_the_same_and_opens(root: Path, april: Report) -> None:
    document = docx.Document(io.BytesIO(report_docx(april)))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    page = html.fromstring(report_html(april))
    in_html = [
        [["".join(map(str, c.itertext())) for c in row] for row in table.iter("tr")]
        for table in page.iter("table")
    ]
    assert tables[1:-1] == in_html
    said = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in said if re.match(r"\d\. ", text)] == [h.text for h in page.iter("h2")]
    assert (
        document.core_properties.created
        == document.core_properties.modified
        == datetime(2023, 4, 30, tzinfo=UTC)
    )
    assert document.core_properties.author == "Đài xã Một"


def test_the_same_bytes_whenever_it_is_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made() -> list[bytes]:
        report = report_of(root, None, *APRIL)
        return [report_html(report), report_csv(report), report_docx(report)]

    before, later = made(), system_time.time() + 40_000_000
    monkeypatch.setattr(system_time, "time", lambda: later)
    monkeypatch.setattr(system_time, "localtime", lambda *_: system_time.gmtime(later))
    assert made() == before
    with zipfile.ZipFile(io.BytesIO(before[2])) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in file.namelist():
            if name.endswith(".xml"):
                etree.fromstring(file.read(name))


def test_an_office_without_a_log_or_a_publication_is_reported_as_that(tmp_path: Path) -> None:
    root = published_project(tmp_path)
    (root / "audio/xa-mot/manifest.json").unlink()
    report = report_of(root, [], *APRIL)
    assert b"kh\xc3\xb4ng c\xc3\xb3 l\xc6\xb0\xe1\xbb\xa3t ph\xc3\xa1t n\xc3\xa0o" in report_html(report)
    assert report_docx(report)
    assert len(report_csv(report).splitlines()) == 2


def test_control_characters_of_the_content_break_no_format(tmp_path: Path) -> None:
    root = published_project(tmp_path)
    manifest = root / "audio/xa-mot/manifest.json"
    titled = json.loads(manifest.read_text(encoding="utf-8"))
    titled["episodes"][1]["title"] = "Trồng\x01\ud800 cây"
    manifest.write_text(json.dumps(titled), encoding="utf-8")
    log = root / "content/log/xa-mot.csv"
    log.parent.mkdir()
    log.write_bytes(sheet("2023-04-03;05:00;;thu-\ufffe\x0b9;;60;x;;;"))
    report = report_of(root, [], *APRIL)
    assert [one.airings for one in report.stations] == [1]
    assert "Trồng cây".encode() in report_html(report)
    assert report_docx(report)
    assert "Trồng cây".encode() in report_csv(report)


# ---------------------------------------------------------------- files


def test_a_name_says_its_format_and_a_folder_holds_all(tmp_path: Path) -> None:
    folder, page = tmp_path / "báo cáo tháng 4", tmp_path / "a.HTML"
    paths = report_paths([folder, page], *APRIL)
    stem = "bao-cao-2023-04-01-2023-04-30"
    assert [path.name for path in paths] == [f"{stem}.html", f"{stem}.csv", f"{stem}.docx", "a.HTML"]
    with pytest.raises(LogError, match=r"\.docx"):
        report_paths([tmp_path / "a.pdf"], *APRIL)


def test_a_paper_that_somebody_filled_in_is_not_written_over(april: Report, tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "a.docx"]
    write_report(april, paths, replace=False)
    write_report(april, paths, replace=False)
    paths[1].write_bytes(b"signed")
    paths[0].unlink()
    with pytest.raises(LogError, match="--replace"):
        write_report(april, paths, replace=False)
    assert not paths[0].exists()
    assert paths[1].read_bytes() == b"signed"
    write_report(april, paths, replace=True)
    assert paths[1].read_bytes() != b"signed"


def test_the_command_writes_all_three_and_refuses_a_period_turned_round(tmp_path: Path) -> None:
    root = published_project(tmp_path)
    write_manifest(root, "xa-hai")
    run = truyenthanh(root, "report", "--from", "2023-04-01", "--to", "2023-04-30", "--all", "bao-cao")
    assert run.returncode == 0, run.stderr
    assert len(list((root / "bao-cao").iterdir())) == 3
    wrong = truyenthanh(root, "report", "--from", "2023-04-30", "--to", "2023-04-01", "bao-cao")
    assert wrong.returncode == 2
    assert "--from" in wrong.stderr
