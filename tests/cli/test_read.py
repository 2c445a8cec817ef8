"""The command read, as a user runs it: a line for a line, read as the station reads."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from project import edit, write_project
from sentences import sentences

POINT = "content/series/thu/points/01.yaml"
STATION = "content/stations/xa-mot.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def read(root: Path, text: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "truyenthanh", "read", *arguments],
        cwd=root,
        input=text.encode(),
        capture_output=True,
        check=False,
    )


def test_read_gives_a_line_for_a_line(tmp_path: Path) -> None:
    written = "ngày 25/3/2023\n\n   \nMột\u2028dòng\x0b có \x0c nhiều\r dấu\nUBND xã"
    run = read(tmp_path, written)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.decode().split("\n")
    assert len(lines) == 6
    assert lines[-1] == ""
    assert lines[0] == "ngày hai mươi lăm tháng ba năm hai nghìn không trăm hai mươi ba"
    assert lines[1:3] == ["", ""]
    assert lines[4] == "Ủy ban nhân dân xã"


def test_what_it_does_not_know_is_told_on_standard_error(tmp_path: Path) -> None:
    run = read(tmp_path, "một\nhai XQZW ba\n")
    assert "dòng 2" in run.stderr.decode()
    assert "XQZW" in run.stderr.decode()
    assert run.returncode == 0


def test_what_a_line_abbreviates_is_known_in_the_lines_after_it(tmp_path: Path) -> None:
    run = read(tmp_path, "Đội Thanh niên Xung kích (ĐTNXK)\nĐTNXK dọn rác\n")
    assert run.stdout.decode().splitlines()[1] == "Đội Thanh niên Xung kích dọn rác"
    assert run.stderr == b""


def test_an_editors_word_goes_before_what_the_text_defines_in_read_as_in_a_build(project: Path) -> None:
    lexicon = "- {written: ĐTNXK, spoken: đội xung kích, case: yes}\n"
    (project / "content/lexicon.yaml").write_text(lexicon, encoding="utf-8")
    text = "Đội Thanh niên Xung kích (ĐTNXK) ra quân. ĐTNXK dọn rác."
    edit(project, POINT, "Đài phát buổi sáng.", text)
    (sentence,) = [one for one in sentences(project) if one.written == "ĐTNXK dọn rác."]
    assert sentence.spoken == "đội xung kích dọn rác."
    assert read(project, text.replace(". ", ".\n")).stdout.decode().splitlines()[1] == sentence.spoken


def test_a_definition_written_in_nfd_is_obeyed_too(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", "Đội Thanh niên Xung kích (ĐTNXK)\nĐTNXK dọn rác\n")
    assert read(tmp_path, text).stdout.decode().splitlines()[1] == "Đội Thanh niên Xung kích dọn rác"


def test_a_station_reads_with_its_accent_and_its_lexicon(project: Path) -> None:
    edit(project, STATION, "masters:", "accent: south\nlexicon:\n  - {written: Mẫu, spoken: Kiểu}\nmasters:")
    assert read(project, "105 hộ, 2.000 cây ở Mẫu", "--station", "xa-mot").stdout.decode() == (
        "một trăm lẻ năm hộ, hai ngàn cây ở Kiểu\n"
    )
    assert read(project, "105 hộ, 2.000 cây ở Mẫu", "--station", "xa-hai").stdout.decode() == (
        "một trăm linh năm hộ, hai nghìn cây ở Mẫu\n"
    )
