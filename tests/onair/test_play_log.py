"""A station's log: it grows whole or not at all, holds nothing twice, and outlives everything built."""

import shutil
from datetime import date, time
from pathlib import Path

import pytest
from aired import HEADING, STATION, log_of, published_project, sheet
from commands import truyenthanh

from truyenthanh.content.project import read_project
from truyenthanh.errors import ContentError, LogError
from truyenthanh.onair import play_log as airlog
from truyenthanh.onair.log_sheet import Airing
from truyenthanh.onair.play_log import Taken, read_log, source_of, take, words_source

TODAY = date(2023, 6, 1)
FIRST = "2023-04-03;05:00;xa-mot;thu-01;01-thu-01-loa.mp3;61;x;;Hậu;"
SECOND = "2023-04-03;17:00;xa-mot;thu-02;02-thu-02-loa.mp3;126;x;17:05;;=cmd|' /C calc'!A0"
MISSED = "2023-04-03;11:00;xa-mot;thu-03;03-thu-03-loa.mp3;90;;;;mất điện"
MADE_UP = "2023-04-03;11:00;xa-mot;thu-03;03-thu-03-loa.mp3;90;x;11:30;;"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return published_project(tmp_path)


def handed_in(root: Path, *rows: str, skip_bad: bool = False, station: str | None = None) -> Taken:
    return take(root, station, [source_of("NHAT-KY.csv", sheet(*rows))], TODAY, skip_bad=skip_bad)


def test_a_sheet_is_taken_once_however_often_it_is_handed_in(root: Path) -> None:
    taken = handed_in(root, FIRST, SECOND)
    assert (len(taken.new), taken.known, taken.faults) == (2, 0, ())
    once = log_of(root)
    assert once.splitlines() == [
        HEADING,
        "2023-04-03;05:00;xa-mot;thu-01;01-thu-01-loa.mp3;61;x;05:00;Hậu;",
        "2023-04-03;17:00;xa-mot;thu-02;02-thu-02-loa.mp3;126;x;17:05;;'=cmd|' /C calc'!A0",
    ]
    again = handed_in(root, FIRST, SECOND, FIRST)
    assert (len(again.new), again.known, again.faults) == (0, 3, ())
    assert log_of(root) == once
    more = handed_in(root, MADE_UP)
    assert len(more.new) == 1
    assert log_of(root).startswith(once)


def test_a_wrong_row_keeps_the_whole_sheet_out_unless_it_is_left_out(root: Path) -> None:
    wrong = FIRST.replace(";thu-01;", ";thu-07;")
    taken = handed_in(root, FIRST, wrong)
    assert [one.facts["row"] for one in taken.faults] == [3]
    assert (taken.new, taken.known) == ((), 0)
    assert not (root / "content/log").exists()
    assert len(handed_in(root, FIRST, wrong, skip_bad=True).new) == 1
    assert len(log_of(root).splitlines()) == 2


def test_an_airing_that_was_missed_and_made_up_for_is_both_in_the_log(root: Path) -> None:
    handed_in(root, FIRST, MISSED, SECOND)
    assert [one.aired for one in read_log(root, STATION)] == [time(5), None, time(17, 5)]
    assert handed_in(root, MISSED, SECOND).known == 2
    assert [one.aired for one in handed_in(root, MADE_UP).new] == [time(11, 30)]
    assert handed_in(root, MISSED, MADE_UP).known == 2


def test_another_hour_for_an_airing_of_the_log_is_asked_about(root: Path) -> None:
    handed_in(root, SECOND)
    taken = handed_in(root, SECOND.replace("17:05", "17:20"))
    assert [one.key for one in taken.faults] == ["airlog.other_hour"]
    assert "17:05" in str(taken.faults[0])
    assert handed_in(root, SECOND.replace("17:00", "17:20").replace("17:05", "")).faults == ()


def test_a_log_that_a_spreadsheet_saved_is_read_and_grows(root: Path) -> None:
    handed_in(root, FIRST, SECOND)
    path, before = root / "content/log/xa-mot.csv", read_log(root, STATION)
    mangled = log_of(root).replace("2023-04-03", "03/04/2023").replace("05:00", "5:00").replace(";", "\t")
    path.write_bytes(mangled.encode("utf-16"))
    assert read_log(root, STATION) == before
    handed_in(root, MADE_UP)
    assert read_log(root, STATION)[:2] == before


def test_a_log_that_cannot_be_read_is_left_alone_and_named(root: Path) -> None:
    handed_in(root, FIRST)
    path = root / "content/log/xa-mot.csv"
    path.write_text(log_of(root).replace("2023-04-03", "hôm qua"), encoding="utf-8")
    broken = path.read_bytes()
    with pytest.raises(LogError, match=r"content/log/xa-mot\.csv, hàng 2, cột ngay"):
        handed_in(root, SECOND)
    assert path.read_bytes() == broken


def test_a_disk_that_fails_leaves_the_log_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed_in(root, FIRST)
    before = log_of(root)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("truyenthanh.store.atomic_files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        handed_in(root, SECOND)
    assert log_of(root) == before
    assert [path.name for path in (root / "content/log").iterdir()] == ["xa-mot.csv"]


def test_a_published_length_is_kept_when_the_episode_is_published_no_more(root: Path) -> None:
    handed_in(root, FIRST)
    for folder in (".cache", "audio"):
        shutil.rmtree(root / folder)
    assert [one.seconds for one in read_log(root, STATION)] == [61]
    assert handed_in(root, FIRST).known == 1
    assert [one.seconds for one in handed_in(root, MADE_UP).new] == [90]


def test_what_is_shorter_than_a_second_is_logged_as_one(root: Path) -> None:
    path = root / "audio" / STATION / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("61.44", "0.3"), encoding="utf-8")
    lengths = airlog.lengths_of(root, read_project(root).stations[STATION])
    assert lengths == {("thu-01", "loa"): 1, ("thu-02", "loa"): 126, ("thu-03", "loa"): 90}


def test_the_station_is_the_one_asked_for_the_one_of_the_sheet_or_the_default(root: Path) -> None:
    other = FIRST.replace("xa-mot", "xa-hai")
    assert handed_in(root, other).station == "xa-hai"
    assert handed_in(root, FIRST.replace("xa-mot", "")).station == "xa-mot"
    assert handed_in(root, MADE_UP.replace("xa-mot", ""), station="xa-hai").station == "xa-hai"
    assert [one.key for one in handed_in(root, other, station="xa-mot").faults] == ["airlog.other_station"]
    with pytest.raises(LogError, match="xa-hai, xa-mot"):
        handed_in(root, FIRST, other)
    with pytest.raises(ContentError, match="xa-ba"):
        handed_in(root, FIRST, station="xa-ba")


def test_lines_say_what_sheets_say(root: Path) -> None:
    lines = "2023-04-03 05:00 thu-01\n\n3/4/2023 17h thu-02 phát bù\r\n"
    taken = take(root, None, [source_of("-", lines.encode(), may_be_lines=True)], TODAY)
    assert [(one.aired, one.episode, one.note) for one in taken.new] == [
        (time(5), "thu-01", ""),
        (time(17), "thu-02", "phát bù"),
    ]
    assert handed_in(root, FIRST).known == 1
    assert take(root, None, [words_source("", "2023-04-03 5h thu-01".split())], TODAY).known == 1
    as_sheet = source_of("-", sheet(FIRST), may_be_lines=True)
    assert take(root, None, [as_sheet], TODAY).known == 1


@pytest.mark.parametrize(
    "words", [["NHAT-KI.csv"], ["2023-04-03", "05:00"], ["05:00", "2023-04-03", "thu-01"]]
)
def test_words_that_are_neither_a_file_nor_airings_are_refused(words: list[str]) -> None:
    with pytest.raises(LogError) as refused:
        words_source("", words)
    assert refused.value.key == "airlog.no_file"


def test_two_who_hand_in_at_once_lose_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is read again under the lock: what another one wrote meanwhile is there."""
    read = airlog.read_log
    seen: list[bool] = []

    def reading(folder: Path, station: str) -> tuple[Airing, ...]:
        from filelock import FileLock, Timeout

        try:
            FileLock(folder / ".cache/locks/log-xa-mot.lock").acquire(timeout=0)
        except Timeout:
            seen.append(True)
        return read(folder, station)

    monkeypatch.setattr(airlog, "read_log", reading)
    handed_in(root, FIRST)
    assert seen == [True]


def test_the_command_says_what_it_took_and_what_is_wrong(root: Path) -> None:
    (root / "tờ 1.csv").write_bytes(sheet(FIRST, SECOND, FIRST.replace(";thu-01;", ";thu-09;")))
    refused = truyenthanh(root, "aired", "tờ 1.csv")
    assert refused.returncode == 1
    assert "tờ 1.csv, hàng 4, cột tap: không có tập nào mã “thu-09”" in refused.stderr
    assert "--skip-bad" in refused.stderr
    assert "Traceback" not in refused.stderr
    taken = truyenthanh(root, "aired", "--skip-bad", "tờ 1.csv", "2023-04-04", "5:00", "thu-02")
    assert taken.returncode == 0, taken.stderr
    said = "Đài xa-mot: 3 lượt phát mới, 0 lượt không phát, từ 3/4/2023 đến 4/4/2023; 0 lượt đã có."
    assert taken.stdout == f"{said} Đã ghi vào content/log/xa-mot.csv.\n"
    assert "Đã bỏ qua 1 hàng sai." in taken.stderr
