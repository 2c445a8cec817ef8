"""A session's file: as long as the sheet says, as loud as its episodes, and nothing but what is published."""

import hashlib
import json
import shutil
from datetime import date, time
from pathlib import Path

import pytest
import soundfile
from commands import built
from project import edit, write_project
from ready import lend_store, linked, overwrite
from speechlike import ffmpeg_reads

from truyenthanh.cli.edge import main
from truyenthanh.content.project import read_project
from truyenthanh.content.timetables import overlap, slot_length_s, time_of_day
from truyenthanh.errors import ContentError, PublicationError
from truyenthanh.mixing.containers import container_of
from truyenthanh.mixing.tags import id3, read_chapters
from truyenthanh.onair import sessions
from truyenthanh.onair.items import published_items
from truyenthanh.onair.sessions import (
    Asked,
    Planned,
    plan_sessions,
    timetable_of,
    write_for_system,
    write_session_files,
)

pytestmark = pytest.mark.slow(10)

MASTERS = ("loudspeaker", "radio", "podcast", "lowdata")
SCHEDULE = "schedule: {slot: 1m, days: 2, times: [05:00, 17:00], from: 2023-04-03}\n"
STATION = "content/stations/xa-mot.yaml"


@pytest.fixture(scope="module")
def root(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station with all masters and a timetable, built; not to be changed."""
    root = lend_store(built_project, write_project(tmp_path_factory.mktemp("sessions")))
    edit(root, STATION, "loudspeaker]\n", f"loudspeaker, lowdata]\n{SCHEDULE}")
    built(root)
    shutil.rmtree(root / ".cache")  # a session needs no store
    return root


def planned(root: Path, master: str = "loudspeaker", asked: Asked | None = None) -> Planned:
    project = read_project(root)
    station = project.stations["xa-mot"]
    return plan_sessions(root, station, project.series[station.series], master, asked or Asked())


def manifest(root: Path) -> dict[str, dict[str, float]]:
    files: dict[str, dict[str, float]] = json.loads((root / "audio/xa-mot/manifest.json").read_bytes())[
        "files"
    ]
    return files


@pytest.mark.parametrize("master", MASTERS)
def test_a_session_is_as_long_as_the_sheet_says_and_as_loud_as_its_episodes(
    root: Path, master: str, tmp_path: Path
) -> None:
    plan = planned(root, master)
    entries = write_session_files(tmp_path, plan)
    assert [item.number for session in plan.order.sessions[:3] for item in session.items] == [1, 2, 3]
    for entry, session in list(zip(entries, plan.order.sessions, strict=True))[:2]:
        path = tmp_path / entry.file
        decoded = soundfile.info(path)
        assert decoded.duration == pytest.approx(session.seconds, abs=1e-6)
        episodes = [manifest(root)[item.path]["integrated_lufs"] for item in session.items]
        read = ffmpeg_reads(path)
        assert read["lufs"] == pytest.approx(entry.integrated_lufs, abs=0.1)
        assert abs(read["lufs"] - sum(episodes) / len(episodes)) <= 0.2
        outside = container_of(path, path.suffix[1:], None)
        assert (outside.missing_bytes, outside.junk_bytes) == (0, 0)
        assert outside.header_samples == decoded.frames


def test_the_sections_of_a_session_are_byte_for_byte_those_that_were_published(
    root: Path, tmp_path: Path
) -> None:
    plan = planned(root)
    entry = write_session_files(tmp_path, plan)[0]
    published = (root / plan.order.sessions[0].items[0].path).read_bytes()
    joined = (tmp_path / entry.file).read_bytes()
    sections = manifest(root)[plan.order.sessions[0].items[0].path]["sections"]
    cuts, size = plan.programmes[0].cuts, 384
    frames = sum(cut.frames for cut in cuts)
    sound = published[-(frames + 1) * size : -size]
    assert joined[-(frames + 1) * size : -size] == sound
    first = sound[: cuts[0].frames * size]
    assert hashlib.sha256(first).hexdigest() == sections[0]  # type: ignore[index]


@pytest.mark.parametrize("at", [0, 1, -1])
def test_sections_that_are_not_in_the_file_are_joined_to_nothing(root: Path, at: int, tmp_path: Path) -> None:
    copy = linked(root, tmp_path / "copy")
    told = json.loads((copy / "audio/xa-mot/manifest.json").read_bytes())
    (path,) = [one for one in told["files"] if one.endswith("thu-02-loa.mp3")]
    told["files"][path]["sections"][at] = "0" * 64
    overwrite(copy / "audio/xa-mot/manifest.json", json.dumps(told).encode())
    with pytest.raises(PublicationError, match="thu-02-loa") as caught:
        planned(copy)
    assert caught.value.key == "onair.damaged"


LONG = (
    "Bà con nghe kỹ rồi nói lại cho người trong nhà và người trong xóm cùng biết để cùng làm theo cho đúng."
)


def test_long_idents_and_closings_are_heard_once_whatever_passages_they_have(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project")
    edit(root, STATION, "masters: [podcast, radio, loudspeaker]\n", f"masters: [podcast, radio]\n{SCHEDULE}")
    edit(root, STATION, '  - "Đây là {station}."', f'  - "Đây là {{station}}. {LONG}"\n  - "{LONG}"')
    edit(
        root,
        STATION,
        '  - "Nội dung theo {citation}."',
        f'  - "{LONG}"\n  - "Nội dung theo {{citation}}. {LONG}"',
    )
    built(root)
    for master in ("podcast", "radio"):
        plan = planned(root, master, Asked(slot_s=240, repeats=True))
        session = plan.order.sessions[0]
        count = len(session.items)
        assert count > 1
        chapters = [
            json.loads((root / f"feed/xa-mot/chapters/{item.episode}.json").read_bytes())["chapters"]
            for item in session.items
        ]
        (entry, *_) = write_session_files(tmp_path / master, plan)
        seconds = soundfile.info(tmp_path / master / entry.file).duration
        assert seconds == pytest.approx(session.seconds, abs=1e-6)
        ends = [manifest(root)[item.path]["seconds"] for item in session.items]
        closings = [end - one[-1]["startTime"] for end, one in zip(ends, chapters, strict=True)]
        (ident,) = {round(one.opening * 0.024, 3) for one in (part.part for part in plan.programmes)}
        assert ident > 10
        assert min(closings) > 10
        once = sum(ends) - (count - 1) * (ident + closings[0])
        assert seconds == pytest.approx(once, abs=0.1 * count)


def test_the_tag_says_what_is_heard_and_that_the_voice_is_synthetic(root: Path, tmp_path: Path) -> None:
    plan = planned(root, asked=Asked(slot_s=60, repeats=True))
    entry = write_session_files(tmp_path, plan)[0]
    tag = id3.ID3(tmp_path / entry.file)
    assert str(tag["TIT2"]) == "Phiên phát thanh 05:00 ngày 03/04/2023"
    assert str(tag["TPE1"]) == "Đài xã Một"
    assert tag.getall("TXXX:AI-GENERATED-VOICE")
    assert tag.getall("APIC")
    marks = read_chapters(tmp_path / entry.file)
    assert [mark.title for mark in marks] == [
        "Mở đầu", "1. Nghe đài", "2. Trồng cây", "3. Giữ sạch", "Lời kết",
    ]  # fmt: skip
    assert marks[0].start_ms == 0
    assert marks[-1].end_ms == round(plan.order.sessions[0].seconds * 1000)


def test_sessions_are_the_same_bytes_again(root: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_for_system(tmp_path / name, planned(root), "liquidsoap", "/m")
    files = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}


@pytest.mark.parametrize("media", ["/kho/phat", "/kho/phat/"])
def test_a_list_names_the_files_where_they_will_stand(root: Path, media: str, tmp_path: Path) -> None:
    assert write_for_system(tmp_path, planned(root), "liquidsoap", media) == ["liquidsoap.m3u"]
    lines = (tmp_path / "liquidsoap.m3u").read_text(encoding="utf-8").splitlines()
    files = sorted(path.name for path in tmp_path.glob("phien-*"))
    assert [line.rpartition(":")[2] for line in lines] == [f"/kho/phat/{name}" for name in files]


@pytest.mark.parametrize("master", ["loudspeaker", "radio"])
def test_a_file_that_is_not_the_published_one_is_never_joined(
    root: Path, master: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    path = copy / planned(copy, master).order.sessions[1].items[0].path
    data = bytearray(path.read_bytes())
    data[-5000] ^= 1
    path.write_bytes(data)
    with pytest.raises(PublicationError, match="truyenthanh build --station xa-mot"):
        planned(copy, master)


# ---------------------------------------------------------------- timetables


REFUSED = [
    ("slot: 1m", "slot: 5", "schedule.bad_slot", "schedule.slot"),
    ("slot: 1m", "slot: 30s", "schedule.bad_slot", "schedule.slot"),
    ("slot: 1m", "slot: -1m", "schedule.bad_slot", "schedule.slot"),
    ("days: 2", "days: 0", "content.not_integer", "schedule.days"),
    ("[05:00, 17:00]", "[5h, 17:00]", "schedule.bad_time", "schedule.times[1]"),
    ("[05:00, 17:00]", "[05:00, 24:00]", "schedule.bad_time", "schedule.times[2]"),
    ("[05:00, 17:00]", "[05:00, 05:00]", "schedule.overlap", "schedule.times"),
    ("slot: 1m", "slot: 12h1m", "schedule.overlap", "schedule.times"),
    ("[05:00, 17:00]", "[]", "content.too_few", "schedule.times"),
    ("2023-04-03", "2023-02-30", "content.bad_day", "schedule.from"),
    ("slot: 1m, ", "", "content.missing_key", "schedule.slot"),
    ("slot: 1m", "slots: 1m", "content.unknown_key", "schedule.slots"),
]


@pytest.mark.parametrize(("old", "new", "key", "field"), REFUSED)
def test_a_timetable_that_cannot_be_is_refused_by_line_and_field(
    tmp_path: Path, old: str, new: str, key: str, field: str
) -> None:
    root = write_project(tmp_path)
    edit(root, STATION, "loudspeaker]\n", f"loudspeaker]\n{SCHEDULE.replace(old, new)}")
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert (caught.value.key, caught.value.facts["field"]) == (key, field)
    assert (caught.value.facts["file"], caught.value.facts["line"]) == (STATION, 19)


def test_hours_too_close_together_are_shown_where_the_hours_stand(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    spread = "schedule:\n  slot: 1m\n  days: 1\n  times:\n    - 05:00\n    - 05:00\n"
    edit(root, STATION, "loudspeaker]\n", f"loudspeaker]\n{spread}")
    with pytest.raises(ContentError) as caught:
        read_project(root)
    at = (root / STATION).read_text(encoding="utf-8").splitlines().index("  times:") + 1
    assert (caught.value.key, caught.value.facts["line"]) == ("schedule.overlap", at)


def test_the_last_hour_of_a_day_may_reach_into_the_next_only_if_nothing_follows() -> None:
    late = (time(5), time(23))
    assert overlap(late, 7 * 3600, 1) is None
    assert overlap(late, 6 * 3600, 2) is None
    assert overlap(late, 6 * 3600 + 1, 2) == (time(23), time(5))
    assert overlap(late, 18 * 3600, 1) is None
    assert overlap(late, 18 * 3600 + 1, 1) == late


def test_a_slot_too_short_is_shown_where_it_stands_and_the_users_own_nowhere(
    root: Path, tmp_path: Path
) -> None:
    spread = "schedule:\n  days: 2\n  slot: 1m\n  times: [05:00, 17:00]\n"
    shutil.copytree(root / "content", tmp_path / "content")
    edit(tmp_path, STATION, SCHEDULE, spread)
    station = read_project(tmp_path).stations["xa-mot"]
    at = (tmp_path / STATION).read_text(encoding="utf-8").splitlines().index("  slot: 1m") + 1
    assert timetable_of(station, Asked(days=1)).line == at
    assert timetable_of(station, Asked(slot_s=60)).line == 0


def test_lengths_and_hours_as_people_write_them() -> None:
    assert [slot_length_s(text) for text in ("15m", "1h30m", "90s", "24h")] == [900, 5400, 90, 86_400]
    assert [slot_length_s(text) for text in ("", "15", "15 m", "25h", "1d", "٣m")] == [None] * 6
    assert [str(time_of_day(text)) for text in ("05:00", "5:00", "23:59")] == [
        "05:00:00",
        "05:00:00",
        "23:59:00",
    ]
    assert [time_of_day(text) for text in ("5h", "24:00", "05:60", "0500", "")] == [None] * 5


def test_what_the_user_says_goes_before_the_file_and_is_held_to_the_same(root: Path) -> None:
    station = read_project(root).stations["xa-mot"]
    asked = timetable_of(station, Asked(days=5, first=date(2024, 2, 29)))
    assert (asked.slot_s, asked.days, asked.first) == (60, 5, date(2024, 2, 29))
    with pytest.raises(ContentError, match="lúc 17:00 chưa hết thì đã đến 05:00"):
        timetable_of(station, Asked(slot_s=13 * 3600))
    with pytest.raises(ContentError, match="chưa có lịch phát"):
        timetable_of(read_project(root).stations["xa-hai"], Asked(days=5))


def test_the_days_begin_where_the_user_says_else_the_station_else_the_series(
    root: Path, tmp_path: Path
) -> None:
    """The series begins on the third, in Vietnam: it is still the second in London."""

    def first_day(asked: Asked | None = None) -> date:
        return planned(tmp_path, asked=asked).order.sessions[0].starts.date()

    shutil.copytree(root / "content", tmp_path / "content")
    (tmp_path / "audio").symlink_to(root / "audio")
    edit(tmp_path, "content/series/thu/series.yaml", "2023-04-03T05:00+07:00", "2023-04-02T22:00+00:00")
    edit(tmp_path, STATION, "from: 2023-04-03", "from: 2023-05-01")
    assert first_day(Asked(first=date(2024, 2, 29))) == date(2024, 2, 29)
    assert first_day() == date(2023, 5, 1)
    edit(tmp_path, STATION, ", from: 2023-05-01", "")
    assert first_day() == date(2023, 4, 3)


def test_sessions_with_nothing_to_play_are_counted_and_told(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert planned(root).silent == 0
    monkeypatch.setattr(sessions, "published_items", lambda *of: published_items(*of)[:1])
    plan = planned(root, asked=Asked(days=5, times=(time(5),)))
    assert [session.starts.day for session in plan.order.sessions] == [3, 5, 7]  # one item rests every other
    assert plan.silent == 2
    _, text = said(capsys, root, "--days", "5", "--times", "05:00")
    assert "2 phiên để trống" in text


# ---------------------------------------------------------------- the command


def said(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str]:
    code = main(["schedule", "--root", str(root), *arguments])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_the_command_shows_the_order_and_writes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(root.rglob("*"))
    code, text = said(capsys, root)
    assert code == 0
    assert [line.split() for line in text.splitlines()][2][:2] == ["3/4/2023", "05:00"]
    assert sorted(root.rglob("*")) == before


def test_the_command_writes_a_stick_and_what_playout_systems_take(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, root, str(tmp_path / "usb"), "--days", "1")[0] == 0
    names = {path.name for path in (tmp_path / "usb").iterdir()}
    assert names == {"phien-2023-04-03-0500-loa.mp3", "phien-2023-04-03-1700-loa.mp3", "lich-phat.ics"}
    folder = tmp_path / "rivendell"
    assert said(capsys, root, str(folder), "--days", "1", "--master", "radio", "--for", "rivendell")[0] == 0
    script = (folder / "nhap-rivendell.sh").read_text(encoding="utf-8")
    files = [line.split()[-1] for line in script.splitlines() if line.startswith("rdimport")]
    assert len(files) == 2
    assert all((folder / name).is_file() for name in files)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--slot", "5"), 2, "15m"),
        (("--times", "5h,17:00"), 2, "05:00"),
        (("--days", "0"), 2, "366"),
        (("--from", "3/4/2023"), 2, "--from"),
        (("--times", "05:00,05:00"), 1, "05:00"),
        (("--station", "xa-hai"), 1, "schedule"),
        (("--station", "xa-ba"), 1, "xa-ba"),
        (("--master", "tape"), 1, "tape"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, says: str
) -> None:
    got, text = said(capsys, root, *arguments)
    assert got == code
    assert says in text
    assert "Traceback" not in text


# ---------------------------------------------------------------- the pack


def test_the_pack_of_a_station_with_a_timetable_holds_its_sessions_and_their_calendar(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", str(tmp_path), "--root", str(root), "--days", "1"]) == 0
    folder = tmp_path / "xa-mot-loa"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    names = ["phien-2023-04-03-0500-loa.mp3", "phien-2023-04-03-1700-loa.mp3"]
    for name in (*names, "lich-phat.ics"):
        assert sums[name] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    sheet = (folder / "LICH-PHAT.html").read_text(encoding="utf-8")
    assert [name in sheet for name in names] == [True, True]

    assert main(["pack", str(tmp_path), "--root", str(root), "--days", "1", "--times", "06:00"]) == 0
    assert [path.name for path in folder.glob("phien-*")] == ["phien-2023-04-03-0600-loa.mp3"]
    capsys.readouterr()


def test_the_pack_of_a_station_without_a_timetable_has_no_hours(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    edit(copy, STATION, SCHEDULE, "")
    (tmp_path / "usb").mkdir()
    assert main(["pack", str(tmp_path / "usb"), "--root", str(copy)]) == 0
    assert list((tmp_path / "usb").rglob("phien-*")) == []
    assert main(["pack", str(tmp_path / "usb"), "--root", str(copy), "--slot", "1m"]) == 1
