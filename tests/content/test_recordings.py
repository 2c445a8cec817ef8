"""People's recordings in a programme: laid at their place, bound to their words, never used for others."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from building import build
from commands import built, inside, published
from project import edit, write_project
from ready import lend_store

from truyenthanh.build import BuildListener
from truyenthanh.content.project import read_project
from truyenthanh.engines import espeak
from truyenthanh.errors import ContentError
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.model import Voice

pytestmark = pytest.mark.slow(10)

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
STATION = "content/stations/xa-mot.yaml"
POINT = "content/series/thu/points/01.yaml"
FOLDER = "content/recordings/xa-mot"
ALLOW = "recordings: {outdated: synthetic}\nmasters:"


@pytest.fixture
def project(built_project: Path, tmp_path: Path) -> Path:
    return lend_store(built_project, write_project(tmp_path / "dự án"))


def record(root: Path, place: str, *sentences: str, voice: str = "vi+m7") -> Path:
    """Lay down a recording by another speaker, in a room with some noise."""
    dice, pieces = np.random.default_rng(1), [np.zeros(8000, np.float32)]
    for sentence in sentences:
        pieces += [espeak.speak((sentence,), Voice(voice)).samples, np.zeros(9000, np.float32)]
    whole = np.concatenate(pieces)
    path = root / FOLDER / f"{place}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, whole + 0.0005 * dice.standard_normal(len(whole)), 22_050)
    return path


def rebuilt(root: Path) -> StationBuild:
    (one,) = build(root, [], None, 2, SILENT)
    return one


def kinds(one: StationBuild) -> set[str]:
    return {step.kind.name for step in one.made}


def pieces_of(one: StationBuild, section: str) -> list[str]:
    step = one.plan.steps[section]
    return [piece.kind.name for passage in step.inputs for piece in passage.inputs]


def test_a_recording_of_one_sentence_replaces_its_clip_and_no_other(project: Path) -> None:
    rebuilt(project)
    script = json.loads(inside(project, "script", "thu-01", "--json").stdout)
    place = next(line["place"] for line in script if line["written"].startswith("Bà con"))
    assert place in inside(project, "script", "thu-01").stdout
    record(project, place, "Bà con nghe trên loa.")
    one = rebuilt(project)
    assert pieces_of(one, "point-01").count("recording") == 1
    assert kinds(one) >= {"recording", "passage", "section", "master", "audio"}
    assert "clip" not in kinds(one)
    manifest = json.loads((project / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))
    audio = manifest["files"]["audio/xa-mot/podcast/thu-01-podcast.mp3"]
    assert audio["recordings"] == [f"{FOLDER}/{place}.wav"]


def test_a_recording_of_a_whole_point_keeps_its_captions_and_chapters_on_the_sound(project: Path) -> None:
    sentences = ("Điểm thứ một.", "Nghe đài.", "Đài phát buổi sáng.", "Bà con nghe trên loa.")
    record(project, "point-01", *sentences)
    one = rebuilt(project)
    assert pieces_of(one, "point-01") == ["recording"]
    chapters = json.loads((project / "feed/xa-mot/chapters/thu-01.json").read_text(encoding="utf-8"))
    captions = (project / "feed/xa-mot/transcripts/thu-01.vtt").read_text(encoding="utf-8")
    (earlier,) = (one for one in chapters["chapters"] if one["title"] == "Công nghệ thông tin")
    (chapter,) = (one for one in chapters["chapters"] if one["title"] == "Chuyển đổi số")
    assert chapter["startTime"] > earlier["startTime"] + 1
    begins = next(block for block in captions.split("\n\n") if "Bà con nghe" in block)
    minutes, seconds = begins.partition(" -->")[0].split("\n")[-1].split(":")[-2:]
    assert chapter["startTime"] == pytest.approx(60 * int(minutes) + float(seconds), abs=0.002)
    samples, rate_hz = soundfile.read(project / "audio/xa-mot/radio/thu-01-phat-thanh.wav")
    start = int(chapter["startTime"] * rate_hz)
    before, after = samples[start - rate_hz // 5 : start - 480, 0], samples[start : start + rate_hz // 5, 0]
    assert np.abs(before).max() < 0.05 * np.abs(after).max()


def test_the_second_build_makes_nothing_and_the_first_writes_down_what_is_said(project: Path) -> None:
    record(project, "point-01", "Điểm thứ một. Nghe đài. Đài phát buổi sáng. Bà con nghe trên loa.")
    said = built(project)
    assert f"{FOLDER}/point-01.wav" in said
    binding = (project / FOLDER / "point-01.yaml").read_text(encoding="utf-8")
    assert "Đài phát buổi sáng." in binding
    before = published(project)
    assert not rebuilt(project).made
    assert (published(project), (project / FOLDER / "point-01.yaml").read_text(encoding="utf-8")) == (
        before,
        binding,
    )


def test_when_the_words_change_the_build_refuses_and_what_was_published_stands(project: Path) -> None:
    record(project, "point-01", "Điểm thứ một. Nghe đài. Đài phát buổi sáng. Bà con nghe trên loa.")
    built(project)
    before = published(project)
    edit(project, POINT, "Bà con nghe trên loa.", "Bà con nghe trên loa và điện thoại.")
    said = inside(project, "build")
    assert said.returncode == 1
    for words in (f"{FOLDER}/point-01.wav", "trên loa.", "và điện thoại", "outdated: synthetic"):
        assert words in said.stderr
    assert published(project) == before


def test_a_station_may_let_the_voice_speak_instead_and_is_told_each_time(project: Path) -> None:
    record(project, "point-01", "Điểm thứ một. Nghe đài. Đài phát buổi sáng. Bà con nghe trên loa.")
    edit(project, STATION, "masters:", ALLOW)
    built(project)
    edit(project, POINT, "Bà con nghe trên loa.", "Bà con nghe trên loa và điện thoại.")
    for _ in range(2):
        said = inside(project, "build")
        assert (said.returncode, said.stderr.count(f"{FOLDER}/point-01.wav")) == (0, 1)
    edit(project, POINT, " và điện thoại", "")
    assert pieces_of(rebuilt(project), "point-01") == ["recording"]  # it speaks these words again


def test_a_new_take_under_the_old_name_is_bound_to_the_words_of_now(project: Path) -> None:
    record(project, "point-01/05", "Bà con nghe trên loa.")
    rebuilt(project)
    edit(project, POINT, "Bà con nghe trên loa.", "Bà con cùng nghe.")
    with pytest.raises(ContentError):
        rebuilt(project)
    record(project, "point-01/05", "Bà con cùng nghe.", voice="vi+f4")
    assert "recording" in kinds(rebuilt(project))
    assert "Bà con cùng nghe." in (project / FOLDER / "point-01/05.yaml").read_text(encoding="utf-8")


def test_a_sentence_before_it_moves_a_recording_along(project: Path) -> None:
    record(project, "point-01/05", "Bà con nghe trên loa.")
    at = pieces_of(rebuilt(project), "point-01").index("recording")
    edit(project, POINT, "Đài phát buổi sáng.", "Đài phát buổi sáng. Đài phát cả buổi chiều.")
    assert pieces_of(rebuilt(project), "point-01").index("recording") == at + 1


def test_where_people_speak_everything_no_file_says_that_a_machine_does(project: Path) -> None:
    edit(project, STATION, "masters:", "disclosure: none\nmasters:")
    record(project, "opening", "Đây là Đài xã Một.")
    record(project, "closing", "Nội dung theo công văn của tỉnh Mẫu.")
    record(project, "point-01", "Điểm thứ một. Nghe đài. Đài phát buổi sáng. Bà con nghe trên loa.")
    rebuilt(project)
    mark = "AI-GENERATED".encode("utf-16-le")
    files = [project / f"audio/xa-mot/podcast/thu-{name}-podcast.mp3" for name in ("01", "02")]
    assert [mark in file.read_bytes() for file in files] == [False, True]


@pytest.mark.parametrize("place", ["point-09", "point-01/99", "point-01/chào", "doan-la/01"])
def test_a_recording_at_no_place_is_named(project: Path, place: str) -> None:
    record(project, place, "Lạc chỗ.")
    with pytest.raises(ContentError, match=place) as caught:
        rebuilt(project)
    assert "truyenthanh script" in str(caught.value)


def test_two_files_for_one_place_are_refused(project: Path) -> None:
    path = record(project, "point-01", "Một.")
    path.with_suffix(".mp3").write_bytes(path.read_bytes())
    with pytest.raises(ContentError, match="point-01"):
        read_project(project)


def test_what_is_no_sound_is_named_with_its_place(project: Path) -> None:
    record(project, "point-01", "Một.").write_text("không phải âm thanh")
    said = inside(project, "build")
    assert said.returncode == 1
    assert f"{FOLDER}/point-01.wav" in said.stderr
    assert not (project / FOLDER / "point-01.yaml").exists()


def test_stations_share_a_folder_only_as_far_as_their_words_are_the_same(project: Path) -> None:
    share = "recordings: {folder: xa-mot}\nmasters:"
    edit(project, "content/stations/xa-hai.yaml", "masters:", share)
    record(project, "point-01", "Điểm thứ một. Nghe đài. Đài phát buổi sáng. Bà con nghe trên loa.")
    plans = [one.plan for one in build(project, None, None, 2, SILENT)]
    assert plans[0].steps["point-01"] is plans[1].steps["point-01"]
    (project / FOLDER / "point-01.wav").unlink()
    (project / FOLDER / "point-01.yaml").unlink()
    record(project, "point-02", "Điểm thứ hai. Trồng cây.")  # worded otherwise in the other document
    with pytest.raises(ContentError, match="point-02"):
        build(project, None, None, 2, SILENT)


def test_settings_that_are_none_are_refused(project: Path) -> None:
    edit(project, STATION, "masters:", "recordings: {outdated: maybe}\nmasters:")
    with pytest.raises(ContentError, match=r"recordings\.outdated"):
        read_project(project)


def test_a_station_without_recordings_is_as_before(project: Path) -> None:
    station = read_project(project).stations["xa-mot"]
    assert station == replace(station, recordings={}, synthetic_for_outdated=False)
