"""`truyenthanh read` and `script`, as a user runs them; lexicons, accents and pauses of stations."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from commands import built, inside
from project import edit, write_project
from ready import lend_store

from truyenthanh.content.project import read_project
from truyenthanh.model import Episode, Utterance
from truyenthanh.script.episodes import write_episodes

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


def said(root: Path, station: str = "xa-mot") -> list[Utterance]:
    project = read_project(root)
    episodes: tuple[Episode, ...] = write_episodes(project, project.stations[station])
    sections = episodes[-1].sections
    return [item for section in sections for item in section.items if isinstance(item, Utterance)]


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
    (sentence,) = [one for one in said(project) if one.written == "ĐTNXK dọn rác."]
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


def test_only_the_sentences_that_differ_by_accent_are_spoken_twice(project: Path) -> None:
    edit(project, "content/stations/xa-hai.yaml", "document: so", "document: tinh\naccent: south")
    edit(project, "content/sources/tinh.yaml", "year: 2023", "year:")
    edit(project, "content/sources/tinh.yaml", " năm {year}", "[ năm {year}]")
    edit(project, POINT, "Bà con nghe trên loa.", "Có 105 loa. Bà con nghe trên loa.")
    north, south = said(project, "xa-mot"), said(project, "xa-hai")
    differ = [one.written for one, other in zip(north, south, strict=True) if one.spoken != other.spoken]
    assert [text for text in differ if "xã" not in text] == ["Có 105 loa."]


def test_a_new_pronunciation_touches_only_the_sentences_that_hold_the_word(project: Path) -> None:
    before = said(project)
    (project / "content/lexicon.yaml").write_text("- {written: loa, spoken: cái loa}\n", encoding="utf-8")
    changed = [
        new.written for old, new in zip(before, said(project), strict=True) if old.spoken != new.spoken
    ]
    assert changed == ["Bà con nghe trên loa."]


def test_an_abbreviation_that_the_text_defines_is_obeyed(project: Path) -> None:
    edit(project, POINT, "Đài phát buổi sáng.", "Đội Thanh niên Xung kích (ĐTNXK) ra quân. ĐTNXK dọn rác.")
    (sentence,) = [one for one in said(project) if one.written == "ĐTNXK dọn rác."]
    assert sentence.spoken == "Đội Thanh niên Xung kích dọn rác."
    assert not sentence.unknown


def test_a_build_says_what_it_was_not_sure_how_to_read(project: Path, built_project: Path) -> None:
    lend_store(built_project, project)
    edit(project, POINT, "Đài phát buổi sáng.", "Đài phát XQZW buổi sáng.")
    assert "Chưa chắc đọc đúng 1 chỗ: XQZW" in built(project)


def test_pauses_are_the_stations_and_may_be_longer_for_a_role(project: Path) -> None:
    edit(project, STATION, "masters:", "pauses:\n  sentence: 400\n  stretch: {digital: 150}\nmasters:")
    by_text = {one.written: one for one in said(project)}
    assert by_text["Không vứt rác."].pause_after_ms == 600
    assert {one.pause_after_ms for one in said(project, "xa-hai") if one.written == "Không vứt rác."} == {350}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("masters:", "accent: central\nmasters:", "north, south"),
        ("masters:", "pauses: {sentence: nhanh}\nmasters:", "“pauses.sentence”"),
        ("masters:", "pauses: {stretch: {it: 20}}\nmasters:", "“pauses.stretch.it”"),
        ("masters:", "lexicon:\n  - {written: a}\nmasters:", "“spoken”"),
    ],
)
def test_what_a_station_says_wrong_is_told_with_its_field(
    project: Path, old: str, new: str, message: str
) -> None:
    edit(project, STATION, old, new)
    run = inside(project, "status")
    assert run.returncode == 1
    assert STATION in run.stderr
    assert message in run.stderr


def test_the_lexicons_errors_say_file_and_line(project: Path) -> None:
    (project / "content/lexicon.yaml").write_text("- written: a\n  spokn: b\n", encoding="utf-8")
    run = inside(project, "status")
    assert "content/lexicon.yaml, dòng 2" in run.stderr


def test_the_script_shows_times_roles_and_words(project: Path, built_project: Path) -> None:
    run = inside(project, "script", "thu-02")
    assert run.returncode == 0, run.stderr
    assert "ước tính" in run.stderr
    assert "[digital] Trồng 20% diện tích." in run.stdout
    assert "→ Trồng hai mươi phần trăm diện tích." in run.stdout
    assert "# Chuyển đổi số" in run.stdout
    lend_store(built_project, project)
    built(project)
    again = inside(project, "script", "thu-02", "--json")
    assert "ước tính" not in again.stderr
    lines = json.loads(again.stdout)
    assert [line["start_ms"] for line in lines] == sorted(line["start_ms"] for line in lines)
    assert all(line["is_exact"] for line in lines)
    vtt = (project / "feed/xa-mot/transcripts/thu-02.vtt").read_text(encoding="utf-8")
    seconds, ms = divmod(next(line["start_ms"] for line in lines if line["role"] == "it"), 1000)
    assert f"00:{seconds:02d}.{ms:03d}" in vtt or f"00:00:{seconds:02d}.{ms:03d}" in vtt


def test_an_episode_nobody_has_is_told_with_those_there_are(project: Path) -> None:
    run = inside(project, "script", "thu-09")
    assert run.returncode == 1
    assert "thu-01" in run.stderr
