"""How a station reads its episodes: its lexicons, its accent, its pauses, and what its texts define."""

from pathlib import Path

import pytest
from commands import built, truyenthanh
from project import edit, write_project
from sentences import sentences

POINT = "content/series/thu/points/01.yaml"
STATION = "content/stations/xa-mot.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def test_only_the_sentences_that_differ_by_accent_are_spoken_twice(project: Path) -> None:
    edit(project, "content/stations/xa-hai.yaml", "document: so", "document: tinh\naccent: south")
    edit(project, "content/sources/tinh.yaml", "year: 2023", "year:")
    edit(project, "content/sources/tinh.yaml", " năm {year}", "[ năm {year}]")
    edit(project, POINT, "Bà con nghe trên loa.", "Có 105 loa. Bà con nghe trên loa.")
    north, south = sentences(project, "xa-mot"), sentences(project, "xa-hai")
    differ = [one.written for one, other in zip(north, south, strict=True) if one.spoken != other.spoken]
    assert [text for text in differ if "xã" not in text] == ["Có 105 loa."]


def test_a_new_pronunciation_touches_only_the_sentences_that_hold_the_word(project: Path) -> None:
    before = sentences(project)
    (project / "content/lexicon.yaml").write_text("- {written: loa, spoken: cái loa}\n", encoding="utf-8")
    changed = [
        new.written for old, new in zip(before, sentences(project), strict=True) if old.spoken != new.spoken
    ]
    assert changed == ["Bà con nghe trên loa."]


def test_an_abbreviation_that_the_text_defines_is_obeyed(project: Path) -> None:
    edit(project, POINT, "Đài phát buổi sáng.", "Đội Thanh niên Xung kích (ĐTNXK) ra quân. ĐTNXK dọn rác.")
    (sentence,) = [one for one in sentences(project) if one.written == "ĐTNXK dọn rác."]
    assert sentence.spoken == "Đội Thanh niên Xung kích dọn rác."
    assert not sentence.unknown


def test_a_build_says_what_it_was_not_sure_how_to_read(project: Path) -> None:
    edit(project, POINT, "Đài phát buổi sáng.", "Đài phát XQZW buổi sáng.")
    assert "Chưa chắc đọc đúng 1 chỗ: XQZW" in built(project)


def test_pauses_are_the_stations_and_may_be_longer_for_a_role(project: Path) -> None:
    edit(project, STATION, "masters:", "pauses:\n  sentence: 400\n  stretch: {digital: 150}\nmasters:")
    by_text = {one.written: one for one in sentences(project)}
    assert by_text["Không vứt rác."].pause_after_ms == 600
    assert {
        one.pause_after_ms for one in sentences(project, "xa-hai") if one.written == "Không vứt rác."
    } == {350}


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
    run = truyenthanh(project, "status")
    assert run.returncode == 1
    assert STATION in run.stderr
    assert message in run.stderr


def test_the_lexicons_errors_say_file_and_line(project: Path) -> None:
    (project / "content/lexicon.yaml").write_text("- written: a\n  spokn: b\n", encoding="utf-8")
    run = truyenthanh(project, "status")
    assert "content/lexicon.yaml, dòng 2" in run.stderr
