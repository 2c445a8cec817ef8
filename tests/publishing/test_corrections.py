"""Published episodes: what is corrected, what is dated later; a station's own cover and licence."""

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from commands import built, inside, published
from PIL import Image
from project import SERIES, edit, write_project
from ready import lend_store, linked

from truyenthanh.content.project import read_project
from truyenthanh.errors import ContentError
from truyenthanh.feed.cover import SMALL_LIMIT_BYTES, small_cover
from truyenthanh.feed.picture import checked_picture
from truyenthanh.model import License, Revision

SERIES_FILE = f"content/series/{SERIES}/series.yaml"
STATION = "content/stations/xa-mot.yaml"
REVISED = """
revisions:
  - {episode: tron-bo, date: 2023-06-01, note: thu lại cả ba điều}
  - episode: "02"
    date: 2023-05-02
    note: "sửa: cây cho bóng mát quanh năm"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


@pytest.fixture(scope="module")
def finished(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lend_store(built_project, write_project(tmp_path_factory.mktemp("corrections")))
    edit(root, STATION, "masters: [podcast, radio, loudspeaker]", "masters: [podcast]")
    built(root)
    return root


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    return linked(finished, tmp_path / "project")


def revise(root: Path, text: str = REVISED) -> None:
    file = root / SERIES_FILE
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def say_otherwise(root: Path) -> None:
    edit(root, f"content/series/{SERIES}/points/02.yaml", "Cây cho bóng mát.", "Cây cho bóng mát quanh năm.")
    edit(root, f"content/series/{SERIES}/points/02.yaml", "here: cho bóng mát", "here: cho bóng mát quanh")


def feed_of(root: Path) -> str:
    return (root / "feed/xa-mot/feed.xml").read_text(encoding="utf-8")


# ---------------------------------------------------------------- content


def test_revisions_are_read_oldest_first(root: Path) -> None:
    revise(root)
    assert read_project(root).series[SERIES].revisions == (
        Revision("02", date(2023, 5, 2), "sửa: cây cho bóng mát quanh năm"),
        Revision("tron-bo", date(2023, 6, 1), "thu lại cả ba điều"),
    )


@pytest.mark.parametrize(
    ("old", "new", "key", "field"),
    [
        ('episode: "02"', 'episode: "04"', "content.no_episode", "revisions[2].episode"),
        ("2023-05-02", "2/5/2023", "content.bad_day", "revisions[2].date"),
        ("2023-05-02", "2023-02-30", "content.bad_day", "revisions[2].date"),
        ("2023-05-02", "20230502", "content.bad_day", "revisions[2].date"),
        ("2023-05-02", "0023-05-02", "content.bad_day", "revisions[2].date"),
        ("    date: 2023-05-02\n", "", "content.missing_key", "revisions[2].date"),
        ('note: "sửa: cây cho bóng mát quanh năm"', 'note: ""', "content.empty", "revisions[2].note"),
        ("note: thu", "lý-do: thu", "content.unknown_key", "revisions[1].lý-do"),
    ],
)
def test_a_revision_that_is_none_is_refused(root: Path, old: str, new: str, key: str, field: str) -> None:
    revise(root, REVISED.replace(old, new))
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert (caught.value.key, caught.value.facts["field"]) == (key, field)


@pytest.mark.parametrize(
    ("given", "licence"),
    [
        ("cc-by-4.0", License("cc-by-4.0", None)),
        (
            "{text: Phát lại tự do, url: https://xa.example.org/quyen}",
            License("Phát lại tự do", "https://xa.example.org/quyen"),
        ),
    ],
)
def test_a_licence_is_a_known_name_or_words_with_an_address(root: Path, given: str, licence: License) -> None:
    edit(root, STATION, "  model_edition: yes", f"  license: {given}")
    assert read_project(root).stations["xa-mot"].feed.license == licence


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("Phát lại tự do", "content.bad_license"),
        ("[cc-by-4.0]", "content.not_mapping"),
        ("{text: Phát lại tự do}", "content.missing_key"),
        ("{text: Phát lại, url: 'javascript:alert(1)'}", "content.bad_address"),
        ("{text: " + "x" * 129 + ", url: https://xa.example.org}", "content.too_long"),
    ],
)
def test_a_licence_nobody_could_look_up_is_refused(root: Path, given: str, key: str) -> None:
    edit(root, STATION, "  model_edition: yes", f"  license: {given}")
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert caught.value.key == key


# ---------------------------------------------------------------- corrected after it was published


def test_status_and_build_hint_at_a_correction_that_nobody_is_told_of(project: Path) -> None:
    say_otherwise(project)
    said = inside(project, "status").stdout
    assert "Đã phát hành, nay lời khác đi: thu-02, thu-tron-bo. Nên ghi" in said
    listed = json.loads(inside(project, "status", "--json").stdout)["xa-mot"]
    assert [one["name"] for one in listed if one["kind"] == "episode"] == ["thu-02", "thu-tron-bo"]
    before = published(project)
    assert "Tập đã phát hành nay đổi lời: thu-02, thu-tron-bo." in built(project)
    assert "phát hành" not in inside(project, "status").stdout
    changed = {path for path, sha in published(project).items() if before.get(path) != sha}
    assert set(published(project)) == set(before)  # every name stays
    assert "audio/xa-mot/podcast/thu-02-podcast.mp3" in changed


def test_a_correction_that_is_told_is_not_hinted_at_and_stands_in_the_feed(project: Path) -> None:
    guids = re.findall("<guid[^>]*>([^<]*)", feed_of(project))
    say_otherwise(project)
    revise(project)
    said = inside(project, "status").stdout
    assert "Nên ghi một mục revisions" not in said
    assert "ngày sửa đã được ghi để báo người nghe: thu-02, thu-tron-bo." in said
    assert "revisions" not in built(project)
    feed = feed_of(project)
    assert "Đã sửa ngày 2/5/2023: sửa: cây cho bóng mát quanh năm" in feed
    assert "Đã sửa ngày 1/6/2023: thu lại cả ba điều" in feed
    assert re.findall("<guid[^>]*>([^<]*)", feed) == guids
    sound = json.loads((project / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))["files"]
    path = "audio/xa-mot/podcast/thu-02-podcast.mp3"
    assert f"{path}?v={sound[path]['sha256'][:8]}" in feed
    edit(project, f"content/series/{SERIES}/points/02.yaml", "mát quanh năm.", "mát suốt năm.")
    edit(project, f"content/series/{SERIES}/points/02.yaml", "here: cho bóng mát quanh", "here: cho bóng mát")
    assert "nay đổi lời: thu-02, thu-tron-bo." in built(project)  # the entry is of the last time


def test_another_voice_is_a_correction_of_the_sound(project: Path) -> None:
    edit(project, STATION, "it: {voice: vi+m3, pitch: 50}", "it: {voice: vi+m3, pitch: 55}")
    assert "nay âm thanh khác đi: thu-01, thu-02," in inside(project, "status").stdout
    assert "nay đổi âm thanh: thu-01, thu-02," in built(project)


def test_a_note_alone_makes_no_sound_and_no_transcript(project: Path) -> None:
    before = published(project)
    revise(project)
    pending = json.loads(inside(project, "status", "--json").stdout)["xa-mot"]
    assert {one["kind"] for one in pending} == {"feed", "episode_page"}
    built(project)
    changed = {path for path, sha in published(project).items() if before.get(path) != sha}
    pages = {f"feed/xa-mot/{name}.html" for name in ("thu-02", "thu-tron-bo")}
    assert all("Đã sửa ngày" in (project / page).read_text(encoding="utf-8") for page in pages)
    assert changed == {"feed/xa-mot/feed.xml", *pages, "audio/xa-mot/manifest.json"}


def test_the_first_publication_corrects_nothing(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    assert "phát hành, nay" not in inside(root, "status").stdout


# ---------------------------------------------------------------- dates


def test_what_is_dated_later_is_made_but_not_shown(project: Path) -> None:
    whole = published(project)
    built(project, "--as-of", "2023-04-04")
    feed, page = feed_of(project), (project / "feed/xa-mot/index.html").read_text(encoding="utf-8")
    assert feed.count("<item>") == 2
    for text in (feed, page):
        assert "thu-02" in text
        assert "thu-03" not in text
        assert "thu-tron-bo" not in text
    assert set(whole) - set(published(project)) == {
        f"feed/xa-mot/{name}.html" for name in ("thu-03", "thu-tron-bo")
    }
    assert inside(project, "status", "--as-of", "2023-04-04").stdout.count("không có gì phải làm") == 1
    built(project, "--as-of", "2023-04-02")
    assert "<item>" not in feed_of(project)
    built(project)
    assert published(project) == whole


def test_a_day_belongs_to_the_series_own_clock(project: Path) -> None:
    """05:00 in Hanoi is still the day before in London."""
    built(project, "--as-of", "2023-04-03")
    assert feed_of(project).count("<item>") == 1


def test_an_episode_of_the_future_is_built_with_a_warning(project: Path) -> None:
    edit(project, SERIES_FILE, "2023-04-03T05:00", "2962-04-03T05:00")
    run = inside(project, "build")
    assert run.returncode == 0
    assert "xa-mot: 4 tập ghi ngày phát hành ở tương lai, sớm nhất 3/4/2962: thu-01" in run.stderr
    assert "tương lai" not in run.stdout
    assert feed_of(project).count("<item>") == 4
    assert "tương lai" not in inside(project, "build", "--as-of", "2023-04-03").stderr


@pytest.mark.parametrize("given", ["3/4/2023", "2023-13-01", "hôm nay"])
def test_as_of_takes_a_date_and_nothing_else(root: Path, given: str) -> None:
    run = inside(root, "build", "--as-of", given)
    assert run.returncode == 2
    assert "hãy viết như 2023-05-02" in run.stderr


# ---------------------------------------------------------------- the station's own picture


def picture(side: tuple[int, int] = (1400, 1400), mode: str = "RGB", kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(side).convert(mode).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("name", "kind", "ending"), [("bìa.jpg", "JPEG", "jpg"), ("bia.PNG", "PNG", "png")])
def test_a_stations_own_picture_is_the_cover(project: Path, name: str, kind: str, ending: str) -> None:
    given = picture(kind=kind)
    (project / "content/pictures").mkdir()
    (project / "content/pictures" / name).write_bytes(given)
    edit(project, STATION, "  model_edition: yes", f"  cover: {name}")
    built(project)
    (cover,) = [
        path
        for path in published(project)
        if re.fullmatch(rf"feed/xa-mot/cover-[0-9a-f]{{8}}\.{ending}", path)
    ]
    assert (project / cover).read_bytes() == given
    assert feed_of(project).count(cover.rpartition("/")[2]) == 2
    sound = (project / "audio/xa-mot/podcast/thu-01-podcast.mp3").read_bytes()
    assert small_cover(given) in sound


@pytest.mark.parametrize(
    ("data", "ending", "key"),
    [
        (picture((1400, 1401)), "jpg", "cover.not_square"),
        (picture((1399, 1399)), "jpg", "cover.bad_side"),
        (picture((3001, 3001)), "jpg", "cover.bad_side"),
        (picture(mode="L"), "jpg", "cover.bad_colours"),
        (picture(mode="CMYK"), "jpg", "cover.bad_colours"),
        (picture(mode="RGBA", kind="PNG"), "png", "cover.bad_colours"),
        (picture(mode="P", kind="PNG"), "png", "cover.bad_colours"),
        (picture(kind="PNG"), "jpg", "cover.misnamed"),
        (picture(kind="GIF"), "jpg", "cover.unreadable"),
        (picture()[:-9_000], "jpg", "cover.unreadable"),
        (b"<svg/>", "png", "cover.unreadable"),
        (b"", "jpg", "cover.unreadable"),
        (picture() + bytes(512 * 1024), "jpg", "cover.too_large"),
    ],
)
def test_a_picture_that_directories_refuse_is_refused(data: bytes, ending: str, key: str) -> None:
    with pytest.raises(ContentError) as caught:
        checked_picture(data, ending, "content/pictures/bia.jpg")
    assert caught.value.key == key
    assert str(caught.value).startswith("content/pictures/bia.jpg: ")


def test_a_refused_picture_leaves_what_was_published(project: Path) -> None:
    before = published(project)
    (project / "content/pictures").mkdir()
    (project / "content/pictures/bia.jpg").write_bytes(picture((1400, 1000)))
    edit(project, STATION, "  model_edition: yes", "  cover: bia.jpg")
    run = inside(project, "build")
    assert run.returncode == 1
    assert "content/pictures/bia.jpg: ảnh rộng 1400, cao 1000 điểm ảnh." in run.stderr
    assert published(project) == before


def test_a_picture_that_is_not_there_is_named(root: Path) -> None:
    edit(root, STATION, "  model_edition: yes", "  cover: ../stations/xa-mot.yaml")
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert (caught.value.key, caught.value.facts["field"]) == ("content.no_file", "feed.cover")


def test_the_small_cover_of_the_busiest_picture_fits_into_a_tag() -> None:
    out = io.BytesIO()
    noise = Image.effect_noise((1400, 1400), 255)
    Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(180))).save(out, "JPEG", quality=60)
    small = small_cover(out.getvalue())
    assert len(small) <= SMALL_LIMIT_BYTES
    assert Image.open(io.BytesIO(small)).size == (600, 600)
