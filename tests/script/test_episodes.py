"""Points become sections of utterances: their order, their pauses, and the lines a station adds."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from project import EPISODES, edit, write_project

from truyenthanh.content.project import read_project
from truyenthanh.errors import ContentError
from truyenthanh.model import Cue, Document, Episode, Pauses, Project, Section, Utterance
from truyenthanh.reading.sentences import sentences
from truyenthanh.script.document_wording import as_written, citation
from truyenthanh.script.episodes import clauses_of, write_episodes

PAUSES = Pauses()
POINTS = "content/series/thu/points"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return read_project(write_project(tmp_path_factory.mktemp("project")))


def episodes(project: Project, station: str = "xa-mot") -> tuple[Episode, ...]:
    return write_episodes(project, project.stations[station])


def shape(section: Section) -> list[str]:
    """What a section holds: who speaks, or which sound."""
    return [item.sound if isinstance(item, Cue) else item.role for item in section.items]


def lines(section: Section) -> list[str]:
    return [one.written for one in section.utterances]


# ---------------------------------------------------------------- sections


def test_an_episode_per_point_and_the_omnibus(project: Project) -> None:
    assert tuple(episode.id for episode in episodes(project)) == EPISODES
    assert [episode.number for episode in episodes(project)] == [1, 2, 3, 4]


def test_opening_body_closing(project: Project) -> None:
    opening, body, closing = episodes(project)[0].sections
    assert (opening.id, body.id, closing.id) == ("opening", "point-01", "closing")
    assert shape(opening) == ["chime", "announcer"]
    assert shape(body) == ["announcer", "announcer", "it", "sting", "digital"]
    assert shape(closing) == ["announcer", "announcer", "chime"]
    assert lines(opening) == ["Đây là Đài xã Một."]
    assert lines(body) == ["Điểm thứ 1.", "Nghe đài", "Đài phát buổi sáng.", "Bà con nghe trên loa."]
    assert lines(closing) == [
        "Nội dung theo công văn của tỉnh Mẫu, tháng 3 năm 2023.",
        "Giọng đọc do máy tạo ra.",
    ]


def test_what_is_spoken_has_words_only_and_ends_in_a_stop(project: Project) -> None:
    spoken = [one.spoken for episode in episodes(project) for one in episode.utterances]
    assert "Điểm thứ nhất." in spoken
    assert "Nghe đài." in spoken
    assert "Trồng hai mươi phần trăm diện tích." in spoken
    assert all(line.endswith(".") and not any(char.isdigit() for char in line) for line in spoken)


def test_only_the_document_is_marked_as_the_documents(project: Project) -> None:
    for episode in episodes(project):
        opening, *bodies, closing = episode.sections
        for section in (opening, closing):
            assert not any(one.from_document for one in section.utterances)
        for body in bodies:
            said = [one.from_document for one in body.utterances]
            assert said == [False] + [True] * (len(said) - 1)


def test_the_disclosure_is_said_unless_switched_off(project: Project) -> None:
    station = replace(project.stations["xa-mot"], disclosure=None)
    closing = write_episodes(project, station)[0].sections[-1]
    assert lines(closing) == ["Nội dung theo công văn của tỉnh Mẫu, tháng 3 năm 2023."]
    assert shape(closing)[-1] == "chime"


def test_pauses(project: Project) -> None:
    opening, body, closing = episodes(project)[2].sections
    assert [item.pause_after_ms for item in opening.items] == [
        PAUSES.chime_ms,
        PAUSES.paragraph_ms,
    ]
    assert [item.pause_after_ms for item in body.items] == [
        PAUSES.paragraph_ms,  # Điểm thứ 3.
        PAUSES.paragraph_ms,  # Giữ sạch
        PAUSES.passage_ms,  # Đường làng sạch đẹp.
        PAUSES.passage_ms,  # sting
        PAUSES.sentence_ms,  # Không vứt rác.
        PAUSES.passage_ms,  # Có thùng rác.
    ]
    assert [item.pause_after_ms for item in closing.items] == [
        PAUSES.paragraph_ms,
        PAUSES.chime_ms,
        0,
    ]


def test_chapters_point_at_the_passages(project: Project) -> None:
    episode = episodes(project)[1]
    marks = [(mark.title, mark.section, mark.item) for mark in episode.chapters]
    assert marks == [
        ("Mở đầu", 0, 0),
        ("Công nghệ thông tin", 1, 2),
        ("Chuyển đổi số", 1, 4),
        ("Lời kết", 2, 0),
    ]
    assert shape(episode.sections[1])[2::2] == ["it", "digital"]


def test_the_omnibus_has_a_chapter_per_point(project: Project) -> None:
    marks = [(mark.title, mark.section) for mark in episodes(project)[-1].chapters]
    assert marks == [
        ("Mở đầu", 0),
        ("1. Nghe đài", 1),
        ("2. Trồng cây", 2),
        ("3. Giữ sạch", 3),
        ("Lời kết", 4),
    ]


def test_bodies_are_the_same_in_both_episodes(project: Project) -> None:
    *points, omnibus = episodes(project)
    assert omnibus.sections[0] is points[0].sections[0]
    assert omnibus.sections[-1] is points[0].sections[-1]
    for body, episode in zip(omnibus.sections[1:-1], points, strict=True):
        assert body is episode.sections[1]


def test_stations_that_word_a_point_alike_share_its_body(project: Project) -> None:
    one, other = (episodes(project, station) for station in ("xa-mot", "xa-hai"))
    same = [a.sections[1] == b.sections[1] for a, b in zip(one[:3], other[:3], strict=True)]
    assert same == [True, False, True]


def test_variants_and_corrections_are_read(project: Project) -> None:
    assert "Cây cho nhiều bóng mát." in lines(episodes(project, "xa-hai")[1].sections[1])
    for station in ("xa-mot", "xa-hai"):
        assert "Đường làng sạch đẹp." in lines(episodes(project, station)[2].sections[1])


def test_as_written_undoes_the_corrections_and_closes_the_titles(project: Project) -> None:
    series = project.series["thu"]
    point = as_written(series.points[2], series, "so")
    assert point.title == "Giữ sạch."
    assert point.passages[0].paragraphs == ("Đường làng sách đẹp.",)


def test_titles_descriptions_and_dates(project: Project) -> None:
    first, second, _, omnibus = episodes(project)
    assert (second.title, omnibus.title) == ("Trồng cây", "Trọn bộ ba điều")
    assert second.description == "Điểm 2: Trồng cây. Theo công văn của tỉnh Mẫu, tháng 3 năm 2023."
    assert omnibus.description == "Cả ba điều. Theo công văn của tỉnh Mẫu, tháng 3 năm 2023."
    assert first.published.isoformat() == "2023-04-03T05:00:00+07:00"
    assert omnibus.published - first.published == timedelta(days=3)


def test_a_series_may_go_without_omnibus(project: Project) -> None:
    series = replace(project.series["thu"], omnibus=None)
    short = replace(project, series={"thu": series})
    assert tuple(episode.id for episode in episodes(short)) == EPISODES[:3]


# ---------------------------------------------------------------- lines with fields


def with_citation(document: Document, **changes: object) -> str:
    return citation(replace(document, **changes))  # type: ignore[arg-type]  # any of its fields


def test_blanks_are_left_out_of_the_citation(project: Project) -> None:
    blank = project.documents["tinh"]
    assert citation(blank) == "công văn của tỉnh Mẫu, tháng 3 năm 2023"
    assert with_citation(blank, number="12") == "công văn số 12 của tỉnh Mẫu, tháng 3 năm 2023"
    assert with_citation(blank, day=25) == "công văn của tỉnh Mẫu, ngày 25 tháng 3 năm 2023"
    assert citation(project.documents["so"]) == "công văn số 12 của Sở Y tế, ngày 4 tháng 4 năm 2023"


def test_a_blank_outside_brackets_is_refused(project: Project) -> None:
    with pytest.raises(ContentError) as caught:
        with_citation(project.documents["tinh"], month=None)
    assert (caught.value.key, caught.value.facts["file"]) == (
        "script.blank_field",
        "content/sources/tinh.yaml",
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("content/stations/xa-mot.yaml", "{station}", "{staton}", "ident"),
        ("content/stations/xa-mot.yaml", "{citation}", "{number}", "closing"),
        ("content/series/thu/series.yaml", "Điểm thứ {number}", "Điểm thứ {numbr}", "announcement"),
        ("content/series/thu/series.yaml", "{title}", "{tên}", "description"),
        (
            "content/series/thu/series.yaml",
            "Cả ba điều. Theo {citation}",
            "Theo {number}",
            "omnibus.description",
        ),
    ],
)
def test_an_unknown_field_is_refused(tmp_path: Path, file: str, old: str, new: str, field: str) -> None:
    root = write_project(tmp_path)
    edit(root, file, old, new)
    with pytest.raises(ContentError) as caught:
        episodes(read_project(root))
    facts = caught.value.facts
    assert (caught.value.key, facts["file"], facts["field"]) == ("script.no_field", file, field)
    assert str(facts["name"]) in str(caught.value)


def test_braces_in_a_name_are_not_filled_in(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    edit(root, "content/stations/xa-mot.yaml", "name: Đài xã Một\ndocument", "name: Đài {series}\ndocument")
    assert lines(episodes(read_project(root))[0].sections[0]) == ["Đây là Đài {series}."]


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("paragraph", "cut"),
    [
        ("Một. Hai! Ba? Bốn… Năm", ("Một.", "Hai!", "Ba?", "Bốn…", "Năm")),
        ("Họp ở TP. Bắc Giang. Mời bà con.", ("Họp ở TP. Bắc Giang.", "Mời bà con.")),
        ("Ông Nguyễn V. A đến.", ("Ông Nguyễn V. A đến.",)),
        ("TL. Chủ tịch, KT. Chánh Văn phòng ký.", ("TL. Chủ tịch, KT. Chánh Văn phòng ký.",)),
        ("PGS. TS. Trần Văn B nói. Bà con nghe.", ("PGS. TS. Trần Văn B nói.", "Bà con nghe.")),
        ("Mua rau, quả v.v. và gạo.", ("Mua rau, quả v.v. và gạo.",)),
        ("Giá 1.200 đồng. Rẻ.", ("Giá 1.200 đồng.", "Rẻ.")),
        ("Anh hỏi: “Đi đâu?” rồi đi.", ("Anh hỏi: “Đi đâu?” rồi đi.",)),
        ("Không có dấu", ("Không có dấu",)),
    ],
)
def test_sentences(paragraph: str, cut: tuple[str, ...]) -> None:
    assert sentences(paragraph) == cut


def test_no_word_is_lost_between_sentences(project: Project) -> None:
    for point in project.series["thu"].points:
        for passage in point.passages:
            for paragraph in passage.paragraphs:
                assert " ".join(sentences(paragraph)) == paragraph


def test_clauses_of_an_utterance_hold_all_its_words() -> None:
    said = Utterance("…", "một hai, ba bốn năm, sáu.", "it", 0, True)
    assert clauses_of(said, None) == (said.spoken,)
    assert clauses_of(said, 12) == ("một hai,", "ba bốn năm,", "sáu.")


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("file", "old", "new", "station", "line", "found"),
    [
        ("02.yaml", "here: cho bóng mát", "here: bóng râm", "xa-hai", 7, 0),
        ("02.yaml", "here: cho bóng mát", "here: n", "xa-hai", 7, 4),
        ("03.yaml", "written: sách đẹp", "written: xanh đẹp", "xa-mot", 7, 0),
        ("03.yaml", "written: sách đẹp", "written: rác", "xa-mot", 7, 2),
    ],
)
def test_what_is_not_found_exactly_once_is_refused(
    tmp_path: Path, file: str, old: str, new: str, station: str, line: int, found: int
) -> None:
    root = write_project(tmp_path)
    edit(root, f"{POINTS}/{file}", old, new)
    with pytest.raises(ContentError) as caught:
        episodes(read_project(root), station)
    facts = caught.value.facts
    assert (caught.value.key, facts["file"], facts["line"]) == ("script.not_once", f"{POINTS}/{file}", line)
    assert f"có {found} lần" in str(caught.value)


def test_what_no_rule_understands_is_noted_with_its_sentence(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    edit(root, f"{POINTS}/01.yaml", "Bà con nghe trên loa.", "Bà con nghe XQZW trên loa.")
    said = episodes(read_project(root))[0].sections[1].utterances
    assert {one.written: one.unknown for one in said if one.unknown} == {
        "Bà con nghe XQZW trên loa.": ("XQZW",)
    }


def test_a_text_without_a_word_is_refused(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    edit(root, f"{POINTS}/01.yaml", "Bà con nghe trên loa.", '"..."')
    with pytest.raises(ContentError) as caught:
        episodes(read_project(root))
    assert (caught.value.key, caught.value.facts["file"]) == ("script.nothing_to_say", f"{POINTS}/01.yaml")


@pytest.mark.parametrize("line", ["Đây là {station.", "Đây là station}.", "Đây là {{station}}."])
def test_a_lone_brace_is_refused(tmp_path: Path, line: str) -> None:
    root = write_project(tmp_path)
    edit(root, "content/stations/xa-mot.yaml", "Đây là {station}.", line)
    with pytest.raises(ContentError) as caught:
        episodes(read_project(root))
    assert caught.value.key in ("script.lone_brace", "script.no_field")


def test_a_project_may_switch_the_disclosure_off(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    edit(root, "content/project.yaml", "Giọng đọc do máy tạo ra.", "none")
    assert lines(episodes(read_project(root))[0].sections[2]) == [
        "Nội dung theo công văn của tỉnh Mẫu, tháng 3 năm 2023."
    ]


def test_the_disclosure_may_name_the_station(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    edit(root, "content/project.yaml", "Giọng đọc do máy tạo ra.", '"Giọng của {station} do máy tạo ra."')
    assert lines(episodes(read_project(root))[0].sections[2])[-1] == "Giọng của Đài xã Một do máy tạo ra."
