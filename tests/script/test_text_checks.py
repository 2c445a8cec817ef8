"""What an editor is told before a text goes on air: every planted fault is found where it stands."""

import json
from pathlib import Path

import pytest
from commands import truyenthanh
from places import REPOSITORY
from project import edit, write_project

from truyenthanh.content.project import read_project
from truyenthanh.script.text_checks import LONGEST_BY_EAR, Finding, check_project

POINT = "content/series/thu/points/01.yaml"


def found(root: Path, kind: str) -> list[Finding]:
    return [one for one in check_project(read_project(root)) if one.kind == kind]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def test_the_real_content_has_nothing_that_would_be_read_wrong() -> None:
    findings = check_project(read_project(REPOSITORY))
    assert [one for one in findings if one.is_error] == []


def test_the_small_project_is_clean(project: Path) -> None:
    assert check_project(read_project(project)) == ()


def test_an_unknown_abbreviation_is_found_with_its_line(project: Path) -> None:
    edit(project, POINT, "Bà con nghe trên loa.", "Bà con nghe trên loa XQZW.")
    (one,) = found(project, "unknown")
    assert (one.file, one.line, one.field, one.written) == (POINT, 5, "digital", "XQZW")
    assert one.is_error
    assert one.said
    assert one.said != "XQZW"


def test_a_syllable_that_is_not_vietnamese_is_found_and_a_near_word_suggested(project: Path) -> None:
    edit(project, POINT, "Đài phát buổi sáng.", "Đài phát riêng buổi sáng, rêng một giờ.")
    (one,) = found(project, "syllable")
    assert one.written == "rêng"
    assert one.suggestion == "riêng"
    assert one.line == 3


def test_a_typing_error_corrected_in_one_point_and_left_in_another_is_found(project: Path) -> None:
    edit(project, "content/series/thu/points/02.yaml", "Cây cho bóng mát.", "Cây cho bóng mát, sách đẹp.")
    files = {one.file for one in found(project, "uncorrected")}
    assert files == {"content/series/thu/points/02.yaml"}
    assert {one.suggestion for one in found(project, "uncorrected")} == {"sạch đẹp"}


def test_a_sentence_too_long_for_the_ear_is_a_warning(project: Path) -> None:
    edit(project, POINT, "Đài phát buổi sáng.", "Đài phát buổi sáng " + "và buổi chiều " * 30 + "nữa.")
    (one,) = found(project, "long")
    assert not one.is_error


@pytest.mark.parametrize(("words", "is_too_long"), [(LONGEST_BY_EAR, False), (LONGEST_BY_EAR + 1, True)])
def test_a_sentence_is_too_long_from_its_fifty_first_word(
    project: Path, words: int, is_too_long: bool
) -> None:
    edit(project, POINT, "Đài phát buổi sáng.", "Đài " + "nghe " * (words - 2) + "xong.")
    assert bool(found(project, "long")) is is_too_long


def test_a_word_of_the_lexicon_is_known(project: Path) -> None:
    edit(project, POINT, "Bà con nghe trên loa.", "Bà con nghe trên loa XQZW.")
    lexicon = "- written: XQZW\n  spoken: xã quê mình\n  case: yes\n"
    (project / "content/lexicon.yaml").write_text(lexicon, encoding="utf-8")
    assert check_project(read_project(project)) == ()


def test_the_command_says_it_in_words_and_in_json_and_exits_1(project: Path) -> None:
    assert truyenthanh(project, "check").returncode == 0
    edit(project, POINT, "Bà con nghe trên loa.", "Bà con nghe trên loa XQZW.")
    run = truyenthanh(project, "check")
    assert run.returncode == 1
    assert f"{POINT}, dòng 5, mục “digital”: chưa biết đọc “XQZW”" in run.stdout
    assert "1 chỗ sẽ đọc sai" in run.stdout
    said = json.loads(truyenthanh(project, "check", "--json").stdout)
    assert said[0]["written"] == "XQZW"
    assert said[0]["line"] == 5
