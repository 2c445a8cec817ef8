"""Approval: what goes on air, what is held back, what is left standing, and what an editor is told of it."""

import json
import random
import re
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from approval_play import DAY, SERIES_FILE, STATION, STATION_FILE, Play, stand_in
from building import build
from commands import published
from places import REPOSITORY
from project import EPISODES, edit, write_project

from truyenthanh.approval.approved_version import record_bytes
from truyenthanh.approval.decision import HeldBack, decide_on_air
from truyenthanh.approval.review import Approved, approve, review, withdraw
from truyenthanh.build import BuildListener
from truyenthanh.cli.edge import main
from truyenthanh.content.approvals import approvals_file, read_approvals
from truyenthanh.content.project import read_project
from truyenthanh.errors import ContentError
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.mixing.tags import id3
from truyenthanh.script.episodes import write_episodes
from truyenthanh.serving.published import Site, open_published

pytestmark = pytest.mark.slow(15)

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
POINT = "content/series/thu/points/01.yaml"
APPROVALS = approvals_file("thu", STATION)
PODCAST = f"audio/{STATION}/podcast/thu-01-podcast.mp3"
DRAFT = f"audio/{STATION}/drafts/thu-01-podcast-nhap.mp3"
WHOLE = "thu-tron-bo"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A station that asks for approval, with nothing approved yet, and with all of it on air."""
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        nothing, all_of_it = (tmp_path_factory.mktemp("approval") / name for name in ("nothing", "all"))
        write_project(nothing)
        masters = "masters: [podcast, radio, loudspeaker]"
        edit(nothing, STATION_FILE, masters, "approval: yes\nmasters: [podcast]")
        shutil.copytree(nothing, all_of_it)
        approve_all(all_of_it)
        built(all_of_it)
    return {"nothing": nothing, "all": all_of_it}


@pytest.fixture
def root(before: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The station before anything is approved; its sound is a stand-in, made in milliseconds."""
    stand_in(monkeypatch)
    return Path(shutil.copytree(before["nothing"], tmp_path / "project"))


@pytest.fixture
def on_air(before: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with all of it approved and published."""
    stand_in(monkeypatch)
    return Path(shutil.copytree(before["all"], tmp_path / "project"))


def approve_all(root: Path) -> tuple[Approved, ...]:
    return approve(root, STATION, None, "Ông A", DAY)


def built(root: Path) -> StationBuild:
    (one,) = build(root, [STATION], None, 1, SILENT)
    return one


def listed(root: Path) -> list[str]:
    manifest = json.loads((root / f"audio/{STATION}/manifest.json").read_text(encoding="utf-8"))
    feed = (root / f"feed/{STATION}/feed.xml").read_text(encoding="utf-8")
    names = [one["id"] for one in manifest["episodes"]]
    assert set(names) == set(re.findall(r"podcast/(\S+)-podcast\.mp3\?v=\w+\" length", feed))
    return names


def public(root: Path) -> dict[str, str]:
    """Return the digests of what everybody sees."""
    return {
        path: sha for path, sha in published(root).items() if path.startswith(("feed/", f"{PODCAST[:18]}"))
    }


def change_the_text(root: Path) -> None:
    edit(root, POINT, "Bà con nghe trên loa", "Bà con <b>nghe</b> & nhớ trên loa")


def change_the_reading(root: Path) -> None:
    (root / "content/lexicon.yaml").write_text("- {written: loa, spoken: cái loa}\n", encoding="utf-8")


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize("seed", range(4))
def test_nothing_unapproved_goes_on_air_and_nothing_approved_goes_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """A few days of what ``tests/torture/test_approval_at_random.py`` does for long."""
    stand_in(monkeypatch)
    play = Play(tmp_path, random.Random(seed))
    play.begin()
    play.run(12)


def test_a_station_that_asks_for_none_publishes_what_one_does_that_approved_all(on_air: Path) -> None:
    approved = published(on_air)
    edit(on_air, STATION_FILE, "approval: yes", "approval: no")
    built(on_air)
    unasked = published(on_air)
    own = {path for path in approved if "/.approved/" in path}
    assert len(own) == len(EPISODES)
    different = {path for path in {*approved, *unasked} if approved.get(path) != unasked.get(path)}
    assert different == own | {f"audio/{STATION}/manifest.json"}


def test_what_was_never_approved_is_a_draft_and_nothing_else(root: Path) -> None:
    one = built(root)
    assert listed(root) == []
    assert [(held.episode, held.why, held.on_air) for held in one.plan.held_back] == [
        (name, "new", "nothing") for name in EPISODES
    ]
    there = [path for path in published(root) if any(name in path for name in EPISODES)]
    assert sorted(there) == sorted(
        f"audio/{STATION}/drafts/{name}-{end}"
        for name in EPISODES
        for end in ("podcast-nhap.mp3", "so-sanh.html")
    )


def test_a_changed_text_is_held_back_and_not_a_byte_on_air_changes(on_air: Path) -> None:
    before = public(on_air)
    change_the_text(on_air)
    one = built(on_air)
    assert public(on_air) == before
    assert one.plan.held_back == tuple(HeldBack(name, "text", "before") for name in ("thu-01", WHOLE))
    assert (on_air / DRAFT).exists()
    approve(on_air, STATION, ["thu-01"], "Bà B", DAY)
    one = built(on_air)
    assert [held.episode for held in one.plan.held_back] == [WHOLE]
    assert not (on_air / DRAFT).exists()
    assert public(on_air)[PODCAST] != before[PODCAST]
    assert [corrected.episode for corrected in one.corrected] == ["thu-01"]


def test_another_reading_voids_and_another_voice_does_not(on_air: Path) -> None:
    edit(on_air, STATION_FILE, "announcer: {voice: vi+f1, pitch: 40}", "announcer: {voice: vi+m2, pitch: 40}")
    assert built(on_air).plan.held_back == ()
    change_the_reading(on_air)
    assert {held.why for held in built(on_air).plan.held_back} == {"reading"}


def test_what_only_feed_and_page_show_is_approved_too(on_air: Path) -> None:
    edit(on_air, SERIES_FILE, 'description: "Cả ba điều.', 'description: "Ba điều lớn.')
    assert [held.episode for held in built(on_air).plan.held_back] == [WHOLE]
    assert "Ba điều lớn" not in (on_air / f"feed/{STATION}/feed.xml").read_text(encoding="utf-8")


def test_the_roles_that_speak_are_approved_too(on_air: Path) -> None:
    edit(on_air, POINT, "it:", "tmp:")
    edit(on_air, POINT, "digital:", "it:")
    edit(on_air, POINT, "tmp:", "digital:")
    assert {held.episode for held in built(on_air).plan.held_back} == {"thu-01", WHOLE}


def test_withdrawn_is_off_the_air_and_the_others_stay(on_air: Path) -> None:
    withdraw(on_air, STATION, ["thu-01"])
    built(on_air)
    assert listed(on_air) == ["thu-02", "thu-03", WHOLE]
    assert [path for path in published(on_air) if "thu-01" in path and "/drafts/" not in path] == []


def test_a_fresh_clone_lists_no_version_it_does_not_have(on_air: Path) -> None:
    change_the_text(on_air)
    for tree in ("audio", "feed", ".cache"):
        (on_air / tree).rename(on_air / f"old{tree}")
    assert HeldBack("thu-01", "text", "absent") in built(on_air).plan.held_back
    assert listed(on_air) == ["thu-02", "thu-03"]


@pytest.mark.parametrize("damage", ["record", "sound", "page text", "gone"])
def test_a_damaged_file_lists_nothing_and_is_named(on_air: Path, damage: str) -> None:
    file = on_air / {
        "record": f"audio/{STATION}/.approved/thu-01.json",
        "page text": f"feed/{STATION}/transcripts/thu-01.vtt",
    }.get(damage, PODCAST)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    change_the_text(on_air)
    file.unlink() if damage == "gone" else file.write_bytes(data)
    held = {one.episode: one for one in built(on_air).plan.held_back}
    assert held["thu-01"] == HeldBack("thu-01", "text", "damaged", file.relative_to(on_air).as_posix())
    assert listed(on_air) == ["thu-02", "thu-03", WHOLE]


def test_a_record_that_leads_elsewhere_is_no_record(on_air: Path) -> None:
    file = on_air / f"audio/{STATION}/.approved/thu-01.json"
    record = json.loads(file.read_bytes())["record"]
    elsewhere = on_air / "content/project.yaml"
    entry = {"sha256": sha256(elsewhere.read_bytes()).hexdigest(), "bytes": elsewhere.stat().st_size}
    record["files"][f"audio/{STATION}/../../content/project.yaml"] = entry
    file.write_bytes(record_bytes(record))
    change_the_text(on_air)
    assert {one.episode: one.on_air for one in built(on_air).plan.held_back}["thu-01"] == "damaged"


def test_what_was_withdrawn_once_does_not_come_back_by_a_later_approval(on_air: Path) -> None:
    withdraw(on_air, STATION, ["thu-01"])
    change_the_text(on_air)
    approve(on_air, STATION, ["thu-01"], "Ông A", DAY)
    edit(on_air, POINT, "Đài phát", "Đài xã phát")
    assert {one.episode: one.on_air for one in built(on_air).plan.held_back}["thu-01"] == "absent"
    assert "thu-01" not in listed(on_air)


def test_an_episode_that_the_series_has_no_more_stays_until_it_is_withdrawn(on_air: Path) -> None:
    (on_air / "content/series/thu/points/03.yaml").unlink()
    edit(on_air, SERIES_FILE, ', "03"]', "]")
    assert HeldBack("thu-03", "gone", "before") in built(on_air).plan.held_back
    assert "thu-03" in listed(on_air)
    withdraw(on_air, STATION, ["thu-03"])
    built(on_air)
    assert "thu-03" not in listed(on_air)


def test_what_was_approved_before_the_last_time_stays_on_air_until_the_last_is_built(on_air: Path) -> None:
    change_the_text(on_air)
    approve(on_air, STATION, ["thu-01"], "Ông A", DAY)
    edit(on_air, POINT, "& nhớ trên loa", "& nhớ nghe trên loa")
    assert HeldBack("thu-01", "text", "before") in built(on_air).plan.held_back
    assert "thu-01" in listed(on_air)


def test_the_record_of_another_episode_is_a_damaged_one(on_air: Path) -> None:
    change_the_text(on_air)
    records = on_air / f"audio/{STATION}/.approved"
    (records / "thu-01.json").write_bytes((records / "thu-02.json").read_bytes())
    assert {one.episode: one.on_air for one in built(on_air).plan.held_back}["thu-01"] == "damaged"


def test_an_omnibus_that_the_series_has_no_more_is_still_one(on_air: Path) -> None:
    file = on_air / SERIES_FILE
    file.write_text(file.read_text(encoding="utf-8").partition("omnibus:")[0], encoding="utf-8")
    built(on_air)
    manifest = json.loads((on_air / f"audio/{STATION}/manifest.json").read_text(encoding="utf-8"))
    assert {one["id"]: one["omnibus"] for one in manifest["episodes"]}[WHOLE] is True


def test_a_note_of_a_correction_waits_for_the_correction(on_air: Path) -> None:
    change_the_text(on_air)
    file = on_air / SERIES_FILE
    note = 'revisions: [{episode: "01", date: 2023-05-02, note: Sửa một chữ.}]\n'
    file.write_text(file.read_text(encoding="utf-8") + note, encoding="utf-8")
    before = public(on_air)
    built(on_air)
    assert public(on_air) == before
    approve(on_air, STATION, ["thu-01"], "Ông A", DAY)
    one = built(on_air)
    assert [(corrected.episode, corrected.is_told) for corrected in one.corrected] == [("thu-01", True)]
    assert "Sửa một chữ" in (on_air / f"feed/{STATION}/feed.xml").read_text(encoding="utf-8")


def test_a_master_that_a_station_drops_takes_nothing_from_what_stands(root: Path) -> None:
    edit(root, STATION_FILE, "masters: [podcast]", "masters: [podcast, loudspeaker]")
    approve_all(root)
    built(root)
    change_the_text(root)
    edit(root, STATION_FILE, "masters: [podcast, loudspeaker]", "masters: [podcast]")
    for _ in range(2):
        built(root)
        assert "thu-01" in listed(root)
        assert (root / f"audio/{STATION}/loudspeaker/thu-01-loa.mp3").exists()


def test_drafts_and_records_are_not_served(on_air: Path) -> None:
    change_the_text(on_air)
    built(on_air)
    site = Site(on_air, (STATION,))
    file = open_published(site, PODCAST)
    assert file is not None
    file.close()
    for path in (
        DRAFT,
        DRAFT.replace("podcast-nhap.mp3", "so-sanh.html"),
        f"audio/{STATION}/.approved/thu-01.json",
    ):
        assert (on_air / path).exists()
        assert open_published(site, path) is None


# ---------------------------------------------------------------- the file of approvals


def test_an_approval_says_who_when_and_which_words(root: Path) -> None:
    approve(root, STATION, ["thu-01"], "  Nguyễn\tVăn A ", date(2023, 4, 2))
    one = read_approvals(root, "thu", STATION)["thu-01"]
    assert (one.by, one.on, one.earlier) == ("Nguyễn Văn A", date(2023, 4, 2), ())
    before = (root / APPROVALS).read_bytes()
    (again,) = approve(root, STATION, ["thu-01"], "Bà B", date(2024, 4, 2))
    assert again.why is None
    assert (root / APPROVALS).read_bytes() == before
    change_the_text(root)
    approve(root, STATION, ["thu-01"], "Bà B", date(2024, 4, 2))
    assert read_approvals(root, "thu", STATION)["thu-01"].earlier == (one.text,)


def test_approvals_are_those_of_one_station(root: Path) -> None:
    edit(root, "content/stations/xa-hai.yaml", "masters:", "approval: yes\nmasters:")
    approve_all(root)
    assert read_project(root).stations["xa-hai"].approvals == {}


@pytest.mark.parametrize(
    ("old", "new", "key", "field"),
    [
        ("thu-01:", "khác-01:", "approval.no_episode", "khác-01"),
        ("thu-01:", "thu-../x:", "content.bad_id", "thu-../x"),
        ("  by: Ông A\n", "", "content.missing_key", "thu-01.by"),
        ("by: Ông A", "by: ''", "content.empty", "thu-01.by"),
        ("2023-04-01", "1/4/2023", "content.bad_day", "thu-01.on"),
        ("  text: ", "  text: x", "approval.bad_digest", "thu-01.text"),
        ("  written: ", "  earlier: [0]\n  written: ", "approval.bad_digest", "thu-01.earlier[1]"),
        ("  by: ", "  who: ", "content.unknown_key", "thu-01.who"),
    ],
)
def test_a_file_of_approvals_that_is_wrong_is_refused(
    root: Path, old: str, new: str, key: str, field: str
) -> None:
    approve(root, STATION, ["thu-01"], "Ông A", DAY)
    edit(root, APPROVALS, old, new)
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert (caught.value.key, caught.value.facts["field"]) == (key, field)
    assert caught.value.facts["file"] == APPROVALS


def test_the_model_commune_is_approved_as_it_is_read_today() -> None:
    """Changed text or reading on purpose? Then: approve --all --station xa-mau --by … --on 2023-03-31."""
    project = read_project(REPOSITORY)
    station = project.stations["xa-mau"]
    assert station.approvals is not None
    episodes = write_episodes(project, station)
    assert set(station.approvals) == {episode.id for episode in episodes}
    assert decide_on_air(project.root, station, episodes).held_back == ()


# ---------------------------------------------------------------- what an editor does and reads


def run(root: Path, *arguments: str) -> int:
    return main([*arguments, "--root", str(root)])


def test_the_commands_say_what_they_did(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "approve", "thu-01", "--by", "Ông A", "--on", "2023-04-01") == 0
    assert "Đã duyệt thu-01: “Nghe đài”, 37 tiếng" in capsys.readouterr().out
    assert run(root, "approve", "--all", "--by", "Bà B") == 0
    said = capsys.readouterr().out
    assert "đã được Ông A duyệt ngày 1/4/2023" in said
    assert said.count("Đã duyệt") == 3
    assert run(root, "build") == 0
    change_the_text(root)
    assert run(root, "approve", "thu-01", "--by", "Bà B") == 0
    assert "lời đã đổi kể từ lần duyệt ngày 1/4/2023 của Ông A" in capsys.readouterr().out
    assert run(root, "withdraw", "thu-02") == 0
    assert "Đã rút thu-02" in capsys.readouterr().out


def test_status_and_build_say_what_is_held_back_and_why(
    on_air: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    withdraw(on_air, STATION, ["thu-02"])
    change_the_text(on_air)
    for command in ("build", "status"):
        assert run(on_air, command) == 0
        said = capsys.readouterr().out
        assert "Bản nháp chưa duyệt: 1 tập, thu-02." in said
        assert "Phê duyệt hết hiệu lực vì lời đã đổi: 2 tập, thu-01, thu-tron-bo." in said
        assert "Bản đã duyệt trước đây vẫn phát: thu-01, thu-tron-bo." in said
    assert run(on_air, "status", "--json") == 0
    told = [(one["name"], one["why"]) for one in json.loads(capsys.readouterr().out)[STATION]]
    assert told == [
        *(("thu-01", "held_text"), ("thu-02", "held_new"), (WHOLE, "held_text")),
        *(("thu-01", "air_before"), (WHOLE, "air_before")),
    ]


def test_what_is_left_standing_is_hashed_at_every_build(
    on_air: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_the_text(on_air)
    for _ in range(2):
        assert run(on_air, "build") == 0
        assert "vẫn phát: thu-01" in capsys.readouterr().out
    file = on_air / PODCAST
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert run(on_air, "build") == 0
    assert f"không lên kênh và trang: thu-01 ({PODCAST})" in capsys.readouterr().out
    assert "thu-01" not in listed(on_air)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("approve", "thu-09", "--by", "A"), 1, "không có tập nào tên “thu-09”"),
        (("approve", "thu-01", "thu-09", "--by", "A"), 1, "không có tập nào tên “thu-09”"),
        (("approve", "thu-01", "--by", " "), 1, "tên người duyệt"),
        (("approve", "thu-01", "--by", "A\x07"), 1, "tên người duyệt"),
        (("approve", "thu-01"), 2, "--by"),
        (("approve", "--by", "A"), 2, "--all"),
        (("approve", "thu-01", "--all", "--by", "A"), 2, "--all"),
        (("approve", "thu-01", "--by", "A", "--on", "1/4/2023"), 2, "2023-05-02"),
        (("approve", "thu-01", "--by", "A", "--station", "xa-hai"), 1, "không bật duyệt"),
        (("withdraw", "thu-01"), 1, "chưa được duyệt"),
        (("withdraw",), 2, "Thiếu"),
        (("review", "thu-09"), 1, "không có tập nào tên “thu-09”"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_approved(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert run(root, *arguments) == code
    assert said in capsys.readouterr().err
    assert not (root / APPROVALS).exists()


def test_a_review_shows_the_words_side_by_side(
    on_air: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert run(on_air, "review", "thu-01") == 0
    assert "không có gì đổi" in capsys.readouterr().out
    edit(on_air, POINT, "Bà con nghe trên loa", "Bà con nghe qua loa")
    built(on_air)
    capsys.readouterr()
    assert run(on_air, "review", "thu-01") == 0
    said = capsys.readouterr().out
    assert re.search(r"Bà con nghe \[-trên-\] loa\. +\|  Bà con nghe {\+qua\+} loa\.", said)
    assert "Đài phát buổi sáng" not in said
    assert "1 trong 13 dòng khác đi" in said
    assert f"audio/{STATION}/drafts/thu-01-so-sanh.html" in said


def test_a_review_without_what_was_approved_shows_all_there_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "review", "thu-01") == 0
    said = capsys.readouterr().out
    assert "chưa duyệt lần nào" in said
    assert "Đài phát buổi sáng." in said


def test_the_page_of_a_review_holds_both_texts_and_both_sounds(on_air: Path, tmp_path: Path) -> None:
    change_the_text(on_air)
    built(on_air)
    own = on_air / f"audio/{STATION}/drafts/thu-01-so-sanh.html"
    elsewhere = tmp_path / "bản so" / "trang.html"
    review(on_air, STATION, "thu-01", elsewhere)
    for page in (own, elsewhere):
        text = page.read_text(encoding="utf-8")
        assert "<b>nghe" not in text
        assert "<ins>&lt;b&gt;nghe&lt;/b&gt; &amp; nhớ</ins>" in text
        assert "<script" not in text
        assert "<del>nghe</del>" in text
        sounds = [(page.parent / source).resolve() for source in re.findall(r'src="([^"]*)"', text)]
        assert sounds == [(on_air / PODCAST).resolve(), (on_air / DRAFT).resolve()]


def test_a_draft_is_marked_in_its_tags(tmp_path: Path) -> None:
    """With real sound, as an MP3 and as a WAV."""
    write_project(tmp_path)
    edit(tmp_path, STATION_FILE, "[podcast, radio, loudspeaker]", "[podcast, radio]\napproval: yes")
    build(tmp_path, [STATION], None, 2, SILENT)
    tags = id3.ID3(tmp_path / DRAFT)
    assert str(tags["TIT2"]) == "BẢN NHÁP: Nghe đài"
    assert str(tags.getall("COMM")[0]).startswith("BẢN NHÁP chưa duyệt")
    wave = (tmp_path / f"audio/{STATION}/drafts/thu-01-phat-thanh-nhap.wav").read_bytes()
    assert b": BAN NHAP: Nghe dai" in wave  # a description of BWF is ASCII
