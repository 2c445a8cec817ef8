"""``content/`` becomes records; whatever is wrong is shown by file, line and field."""

import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from places import REPOSITORY
from project import POINTS, SERIES, STATIONS, edit, write_project

from truyenthanh.content.project import read_project
from truyenthanh.errors import ContentError, TruyenthanhError
from truyenthanh.model import Pacing, Project, Voice
from truyenthanh.script.episodes import write_episodes

PROJECT = "content/project.yaml"
SOURCE = "content/sources/tinh.yaml"
SERIES_FILE = f"content/series/{SERIES}/series.yaml"
POINT = f"content/series/{SERIES}/points/02.yaml"
LAST_POINT = f"content/series/{SERIES}/points/03.yaml"
STATION = "content/stations/xa-mot.yaml"
FILES = (PROJECT, SOURCE, SERIES_FILE, POINT, LAST_POINT, STATION)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


# ---------------------------------------------------------------- what comes out


def test_the_small_project_is_read(root: Path) -> None:
    project = read_project(root)
    assert (project.default_station, project.default_engine) == ("xa-mot", "espeak")
    assert tuple(sorted(project.stations)) == tuple(sorted(STATIONS))
    series = project.series[SERIES]
    assert [(point.id, point.number) for point in series.points] == [(n, i) for i, n in enumerate(POINTS, 1)]
    assert series.every == timedelta(days=1)
    assert series.documents == {"tinh": "", "so": "."}
    assert series.points[1].passages[1].paragraphs == ("Trồng 20% diện tích.",)
    assert (series.points[1].variants[0].here, series.points[1].variants[0].there) == (
        "cho bóng mát",
        "cho nhiều bóng mát",
    )


def test_blank_number_and_day_stay_none(root: Path) -> None:
    document = read_project(root).documents["tinh"]
    assert (document.number, document.day, document.month) == (None, None, 3)


def test_voices_and_sounds(root: Path) -> None:
    (root / "content/sounds/hieu.wav").write_bytes(b"RIFF")
    edit(root, STATION, "masters:", "sounds: {chime: hieu.wav}\nmasters:")
    station = read_project(root).stations["xa-mot"]
    assert station.voices["espeak"]["it"] == Voice("vi+m3", None, 50)
    assert station.sounds == {"chime": "hieu.wav", "sting": None}


@pytest.mark.parametrize(
    ("line", "said"),
    [("", "Giọng đọc do máy tạo ra."), ("disclosure: none\n", None), ("disclosure: Máy đọc.\n", "Máy đọc.")],
)
def test_the_disclosure_is_on_by_default(root: Path, line: str, said: str | None) -> None:
    edit(root, STATION, "masters:", f"{line}masters:")
    assert read_project(root).stations["xa-mot"].disclosure == said


def test_a_series_may_go_without_omnibus(root: Path) -> None:
    text = (root / SERIES_FILE).read_text(encoding="utf-8")
    (root / SERIES_FILE).write_text(text.partition("omnibus:")[0], encoding="utf-8")
    assert read_project(root).series[SERIES].omnibus is None


def test_windows_line_ends_and_bom_change_nothing(root: Path) -> None:
    before = read_project(root)
    for path in sorted((root / "content").rglob("*.yaml")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_project(root) == before


def test_the_project_of_this_repository_is_read() -> None:
    project = read_project(REPOSITORY)
    assert len(project.stations) >= 3
    assert len(project.series["17-diem"].points) == 17


# ---------------------------------------------------------------- what is refused

# file, old, new, key, line, field

REFUSED: list[tuple[str, str, str, str, int | None, str]] = [
    (PROJECT, "station: xa-mot", "station: xa-ba", "content.no_station", 1, "station"),
    (PROJECT, "engine: espeak\n", "", "content.missing_key", 1, "engine"),
    (PROJECT, "engine: espeak", "engine:", "content.empty", 2, "engine"),
    (PROJECT, "engine:", "enigne:", "content.unknown_key", 2, "enigne"),
    (SOURCE, "file: tinh.txt", "file: khong-co.txt", "content.no_file", 1, "file"),
    (SOURCE, "file: tinh.txt", "file: ../sources/tinh.txt", "content.no_file", 1, "file"),
    (SOURCE, "file: tinh.txt", "file: ..", "content.no_file", 1, "file"),
    (SOURCE, "file: tinh.txt", "file: /etc/hostname", "content.no_file", 1, "file"),
    (SOURCE, "file: tinh.txt", "file: " + "x" * 300, "content.no_file", 1, "file"),
    (SOURCE, "month: 3", "month: 13", "content.not_integer", 5, "month"),
    (SOURCE, "number:\n", "", "content.missing_key", 1, "number"),
    (SOURCE, "year: 2023", "year: [2023]", "content.not_text", 6, "year"),
    (SERIES_FILE, "title: Ba điều nên nhớ", 'title: ""', "content.empty", 1, "title"),
    (SERIES_FILE, "season: 1", "season: một", "content.not_integer", 2, "season"),
    (SERIES_FILE, "  - id: so", "  - id: khong-co", "content.no_document", 5, "documents[2].id"),
    (SERIES_FILE, "title_end:", "title_ends:", "content.unknown_key", 6, "documents[2].title_ends"),
    (SERIES_FILE, '"02", "03"]', '"02", "02"]', "content.repeated_point", 21, "points[3]"),
    (SERIES_FILE, '"02", "03"]', '"02", "03", "04"]', "content.missing_point", 21, "points[4]"),
    (SERIES_FILE, '"02", "03"]', '"02"]', "content.unlisted_point", 21, "points"),
    (SERIES_FILE, '["01"', '["../01"', "content.bad_id", 21, "points[1]"),
    (SERIES_FILE, 'points: ["01", "02", "03"]', "points: []", "content.too_few", 21, "points"),
    (SERIES_FILE, 'points: ["01", "02", "03"]', "points: 01", "content.not_list", 21, "points"),
    (SERIES_FILE, "every: 1 day", "every: hằng ngày", "content.bad_interval", 8, "every"),
    (SERIES_FILE, "T05:00+07:00", "", "content.bad_moment", 7, "first"),
    (SERIES_FILE, "id: tron-bo", "id: Trọn-Bộ", "content.bad_id", 23, "omnibus.id"),
    (SERIES_FILE, "id: tron-bo", 'id: "03"', "content.repeated_point", 23, "omnibus.id"),
    (SERIES_FILE, "  opening: Mở đầu\n", "", "content.missing_key", 11, "chapters.opening"),
    (SERIES_FILE, "    role: digital\n", "", "content.missing_key", 18, "parts[2].role"),
    (POINT, "title: Trồng cây", "title:", "content.empty", 1, "title"),
    (POINT, "title: Trồng cây", "title: Trồng cây\ntitle: Trồng cây", "yaml.repeated_key", 2, "title"),
    (POINT, "title: Trồng cây\n", "", "content.missing_key", 1, "title"),
    (POINT, "digital:", "digitl:", "content.unknown_key", 4, "digitl"),
    (POINT, "it:\n  - Cây cho bóng mát.", "it: Cây cho bóng mát.", "content.not_list", 2, "it"),
    (POINT, "- Trồng 20% diện tích.", "- [Trồng]", "content.not_text", 5, "digital[1]"),
    (POINT, "document: so", "document: khong-co", "content.no_document", 7, "variants[1].document"),
    (POINT, "    here: cho bóng mát\n", "", "content.missing_key", 7, "variants[1].here"),
    (POINT, "Cây cho", "Ca\u0302y cho", "yaml.not_nfc", 3, ""),
    (POINT, "Cây cho", "Cây\x0bcho", "yaml.control", 3, ""),
    (POINT, "  - Cây cho", "\t- Cây cho", "yaml.tab", 3, ""),
    (LAST_POINT, "    why: lỗi gõ dấu\n", "", "content.missing_key", 7, "corrections[1].why"),
    (LAST_POINT, "[tinh, so]", "[tinh, xx]", "content.no_document", 9, "corrections[1].documents[2]"),
    (LAST_POINT, "[tinh, so]", "[]", "content.too_few", 9, "corrections[1].documents"),
    (STATION, "document: tinh", "document: khong-co", "content.no_document", 2, "document"),
    (STATION, "series: thu", "series: khong-co", "content.no_series", 3, "series"),
    (STATION, "name: Đài xã Một\ndocument", "name: [Đài, xã]\ndocument", "content.not_text", 1, "name"),
    (STATION, "site: https://", "site: ", "content.bad_address", 4, "site"),
    (STATION, 'ident:\n  - "Đây là {station}."', "ident: []", "content.too_few", 5, "ident"),
    (STATION, "pitch: 50", "pich: 50", "content.unknown_key", 12, "voices.espeak.it.pich"),
    (
        STATION,
        "it: {voice: vi+m3, pitch: 50}",
        "ti: {voice: vi+m3}",
        "content.unknown_key",
        12,
        "voices.espeak.ti",
    ),
    (STATION, "masters:", "sounds: {chime: ../x.wav}\nmasters:", "content.no_file", 18, "sounds.chime"),
    (STATION, "masters:", "sounds: {gong: x.wav}\nmasters:", "content.unknown_key", 18, "sounds.gong"),
    (STATION, "11111111-1111", "11111111", "content.bad_guid", 28, "feed.guid"),
    (STATION, "model_edition: yes", "model_edition: có", "content.not_flag", 30, "feed.model_edition"),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "line", "field"), REFUSED)
def test_refusals_name_file_line_and_field(
    root: Path, file: str, old: str, new: str, key: str, line: int | None, field: str
) -> None:
    edit(root, file, old, new)
    with pytest.raises(ContentError) as caught:
        read_project(root)
    facts = caught.value.facts
    found = (caught.value.key, facts["file"], facts.get("line"), facts.get("field", ""))
    assert found == (key, file, line, field)
    where = f"{file}, dòng {line}" + (f", mục “{field}”: " if field else ": ")
    assert str(caught.value).startswith(where)


def test_an_unknown_key_is_refused_with_a_hint(root: Path) -> None:
    edit(root, POINT, "digital:", "digitl:")
    with pytest.raises(ContentError, match=r"không có mục nào tên “digitl”\. Có phải: digital"):
        read_project(root)


def test_voices_that_are_not_a_mapping_are_refused_and_blank_ones_are_not(root: Path) -> None:
    text = (root / STATION).read_text(encoding="utf-8")
    before, _, rest = text.partition("voices:")
    after = rest[rest.index("masters:") :]
    (root / STATION).write_text(f"{before}voices:\n{after}", encoding="utf-8")
    assert read_project(root).stations["xa-mot"].voices == {}
    (root / STATION).write_text(f"{before}voices: espeak\n{after}", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert (caught.value.key, caught.value.facts["field"]) == ("content.not_mapping", "voices")


def test_a_document_that_the_series_does_not_follow_is_refused(root: Path) -> None:
    for name in ("yaml", "txt"):
        source = (root / f"content/sources/tinh.{name}").read_text(encoding="utf-8")
        (root / f"content/sources/khac.{name}").write_text(source, encoding="utf-8")
    edit(root, STATION, "document: tinh", "document: khac")
    with pytest.raises(ContentError, match="Chỉ theo: tinh, so"):
        read_project(root)


@pytest.mark.parametrize("folder", ["content/stations", "content/series", "content/sources"])
def test_a_missing_folder_is_named(root: Path, folder: str) -> None:
    (root / folder).rename(root / "elsewhere")
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert (caught.value.key, caught.value.facts["file"]) == ("content.no_folder", folder)


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_project(tmp_path)
    assert str(caught.value).startswith(PROJECT)


@pytest.mark.parametrize("name", ["Xa-Mot.yaml", "xã.yaml", "a b.yaml", "a..b.yaml", "-.yaml"])
def test_a_file_name_that_is_no_id_is_refused(root: Path, name: str) -> None:
    (root / STATION).rename(root / "content/stations" / name)
    with pytest.raises(ContentError) as caught:
        read_project(root)
    assert (caught.value.key, caught.value.facts["file"]) == ("content.bad_id", f"content/stations/{name}")
    assert "dòng" not in str(caught.value)


def test_records_are_frozen(root: Path) -> None:
    project = read_project(root)
    with pytest.raises(dataclasses.FrozenInstanceError):
        project.default_engine = "gtts"  # type: ignore[misc]  # what is tested


# ---------------------------------------------------------------- anything at all


def outcome(root: Path) -> Project | TruyenthanhError:
    """The project with its scripts written, or the refusal."""
    try:
        project = read_project(root)
        for station in project.stations.values():
            write_episodes(project, station)
    except TruyenthanhError as error:
        str(error)  # raises if a fact of its message is missing
        return error
    return project


@pytest.mark.parametrize("file", FILES)
def test_any_bytes_in_any_file_are_read_or_refused(tmp_path: Path, file: str) -> None:
    root = write_project(tmp_path)

    @settings(max_examples=40)
    @given(raw=st.binary(max_size=60))
    def check(raw: bytes) -> None:
        (root / file).write_bytes(raw)
        assert isinstance(outcome(root), TruyenthanhError)

    check()


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**12),
    st.sampled_from(
        [
            "",
            " ",
            "..",
            "a/b",
            "{x}",
            "{number}",
            "[{day}]",
            "1 day",
            "0 days",
            "yes",
            "none",
            "\\0",
            "x" * 300,
        ]
    ),
    st.text(max_size=12),
)
TREES = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(st.text(max_size=6), below, max_size=3)
    ),
)


def places(tree: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a YAML tree."""
    below: list[tuple[Any, Any]] = []
    if isinstance(tree, dict):
        below = list(tree.items())
    elif isinstance(tree, list):
        below = list(enumerate(tree))
    return [above, *(place for key, child in below for place in places(child, (*above, key)))]


def replaced(tree: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A copy of the tree with another value at one place."""
    if not place:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[place[0]] = replaced(tree[place[0]], place[1:], value)
    return copy


@pytest.mark.parametrize("file", FILES)
def test_any_value_at_any_place_is_read_or_refused(tmp_path: Path, file: str) -> None:
    root = write_project(tmp_path)
    tree = yaml.load((root / file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    @settings(max_examples=80)
    @given(place=st.sampled_from(places(tree)), value=TREES)
    def check(place: tuple[Any, ...], value: Any) -> None:
        changed = yaml.safe_dump(replaced(tree, place, value), allow_unicode=True)
        (root / file).write_bytes(changed.encode("utf-8", "replace"))
        outcome(root)

    check()


def test_how_the_network_is_asked_is_the_projects_to_say(root: Path) -> None:
    assert read_project(root).pacing == Pacing(pause_s=1.0, deadline_s=20.0, attempts=8)
    edit(
        root, "content/project.yaml", "engine: espeak", "engine: espeak\nonline: {pause_ms: 250, attempts: 3}"
    )
    assert read_project(root).pacing == Pacing(pause_s=0.25, deadline_s=20.0, attempts=3)
    edit(root, "content/project.yaml", "pause_ms: 250", "pause_ms: -1")
    with pytest.raises(ContentError, match=r"online\.pause_ms"):
        read_project(root)
