"""What is broadcast is the official wording, word for word, typing errors aside that are listed.

The appendix of each source text is compared with what the stations say of it, by a differ that knows
nothing of how ``script.py`` words a point: every difference must be a listed correction or the full
stop that closes a title, and every one listed must occur.
"""

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from places import REPOSITORY

from truyenthanh.content.project import read_project
from truyenthanh.errors import ContentError
from truyenthanh.model import Correction, Point, Project, Station
from truyenthanh.script.document_wording import as_written
from truyenthanh.script.episodes import write_episodes

PROJECT = read_project(REPOSITORY)
SHIPPED = ("17-diem",)  # what an editor adds beside it is the editor's own to compare

Words = tuple[str, ...]
Change = tuple[Words, Words]

# The sources as they were received.
SHA256 = {
    "an-giang-17-diem.txt": "29b18479dba2ea853f07a8b4fce7e76a5765045426d9a659c86520360aecb41c",
    "bac-giang-17-diem.txt": "6ae915d5be7531d7a56a289f8ce34c933cd68d35ecf9cc714edd20da2052b200",
}


def appendix(document: str) -> list[str]:
    """The words of a document's appendix, from "1." to the end of its last point."""
    source = PROJECT.root / "content/sources" / PROJECT.documents[document].source
    text = source.read_text(encoding="utf-8")
    after = re.split(r"(?mi)^\s*phụ lục\s*$", text)[1]
    points = re.split(r"\(Kèm theo[^)]*\)", after)[1]
    return points.partition("Toàn văn bài phát biểu")[0].split()


def broadcast(project: Project, station: Station) -> tuple[list[str], list[int]]:
    """The words of the document that a station says, each point under its number ("5."), and where
    the title of each point ends."""
    words: list[str] = []
    title_ends: list[int] = []
    for episode in write_episodes(project, station)[: len(project.series[station.series].points)]:
        body = episode.sections[1].utterances
        assert [item.written for item in body if not item.from_document] == [f"Điểm thứ {episode.number}."]
        words.append(f"{episode.number}.")
        title_ends.append(len(words) + len(episode.title.split()))
        words += [word for item in body if item.from_document for word in item.written.split()]
    return words, title_ends


def changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[Change, int]]:
    """Every difference of two texts, and where it ends in the new one."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        ((tuple(old[i1:i2]), tuple(new[j1:j2])), j2)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def corrections(project: Project, station: Station) -> list[Correction]:
    points = project.series[station.series].points
    return [one for point in points for one in point.corrections if station.document in one.documents]


def unexplained(project: Project, station: Station) -> Counter[Change]:
    """The differences that nothing in the content explains, and the listed ones that do not occur."""
    said, title_ends = broadcast(project, station)
    closed_by = project.series[station.series].documents[station.document]
    expected = Counter(
        change
        for one in corrections(project, station)
        for change, _ in changes(one.written.split(), one.corrected.split())
    )
    closed = 0
    for change, end in changes(appendix(station.document), said):
        old, new = ("".join(words) for words in change)
        if closed_by and end in title_ends and old == new + closed_by:
            closed += 1
        else:
            expected.subtract([change])
    wrong = Counter({change: count for change, count in expected.items() if count})
    if closed != (len(title_ends) if closed_by else 0):
        wrong[(closed_by,), (str(closed),)] += 1
    return wrong


def with_point(project: Project, station: Station, point: Point) -> Project:
    """The project with one point of the station's series worded otherwise."""
    series = project.series[station.series]
    points = tuple(point if one.id == point.id else one for one in series.points)
    return replace(project, series={**project.series, series.id: replace(series, points=points)})


def reworded(point: Point, old: str, new: str) -> Point:
    passages = tuple(
        replace(passage, paragraphs=tuple(text.replace(old, new) for text in passage.paragraphs))
        for passage in point.passages
    )
    assert passages != point.passages
    return replace(point, passages=passages)


STATIONS = [
    pytest.param(station, id=name) for name, station in PROJECT.stations.items() if station.series in SHIPPED
]
DOCUMENTS = [
    pytest.param(series.id, document, id=f"{series.id}/{document}")
    for series in PROJECT.series.values()
    if series.id in SHIPPED
    for document in series.documents
]


@pytest.mark.parametrize("name", SHA256)
def test_the_sources_stand_as_they_were_received(name: str) -> None:
    raw = (REPOSITORY / "content/sources" / name).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == SHA256[name]


def test_every_document_shipped_is_pinned() -> None:
    used = {document for name in SHIPPED for document in PROJECT.series[name].documents}
    assert {PROJECT.documents[document].source for document in used} == set(SHA256)


@pytest.mark.parametrize(
    "document", [document for name in SHIPPED for document in PROJECT.series[name].documents]
)
def test_the_whole_appendix_is_compared(document: str) -> None:
    words = appendix(document)
    assert words[:3] == ["1.", "Chuyển", "trọng"]
    assert words[-4:] == ["+", "Công", "nghệ", "số."]
    assert [word for word in words if re.fullmatch(r"\d+\.", word)] == [f"{n}." for n in range(1, 18)]


@pytest.mark.parametrize("station", STATIONS)
def test_a_station_says_its_document_word_for_word(station: Station) -> None:
    assert not unexplained(PROJECT, station)


@pytest.mark.parametrize("station", STATIONS)
def test_the_omnibus_says_the_same_as_the_points(station: Station) -> None:
    *points, omnibus = write_episodes(PROJECT, station)
    assert omnibus.sections[1:-1] == tuple(episode.sections[1] for episode in points)


@pytest.mark.parametrize(("series_id", "document"), DOCUMENTS)
def test_points_as_written_are_the_appendix(series_id: str, document: str) -> None:
    series = PROJECT.series[series_id]
    assert written_words(series.points, series_id, document) == appendix(document)


@pytest.mark.parametrize(("series_id", "document"), DOCUMENTS)
def test_no_variant_is_dead(series_id: str, document: str) -> None:
    points = PROJECT.series[series_id].points
    for at, point in enumerate(points):
        for variant in point.variants:
            others = tuple(one for one in point.variants if one != variant)
            changed = (*points[:at], replace(point, variants=others), *points[at + 1 :])
            same = written_words(changed, series_id, document) == appendix(document)
            assert same == (variant.document != document), variant


def written_words(points: Sequence[Point], series_id: str, document: str) -> list[str]:
    words: list[str] = []
    for point in points:
        there = as_written(point, PROJECT.series[series_id], document)
        words += [f"{point.number}.", *there.title.split()]
        words += [word for p in there.passages for text in p.paragraphs for word in text.split()]
    return words


def test_the_typing_errors_known_are_the_ones_corrected() -> None:
    found = {
        name: [one.written for one in corrections(PROJECT, station)]
        for name, station in PROJECT.stations.items()
    }
    assert found["bac-giang"] == ["Chuyển đối số"]
    assert found["an-giang-y-te"] == ["Chuyển đối số", "rêng lẻ"]


# ---------------------------------------------------------------- it can fail


@pytest.mark.parametrize("station", STATIONS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" toàn diện,", ","),
        ("toàn diện,", "toàn diện và đồng bộ,"),
        ("toàn diện,", "tòan diện,"),
        ("toàn diện,", "toàn diện"),
        ("Chỉ có một môi trường số. ", ""),
    ],
)
def test_a_changed_word_is_found(station: Station, old: str, new: str) -> None:
    point = PROJECT.series[station.series].points[4]
    changed = with_point(PROJECT, station, reworded(point, old, new))
    assert unexplained(changed, station)


@pytest.mark.parametrize("station", STATIONS)
def test_swapped_points_are_found(station: Station) -> None:
    series = PROJECT.series[station.series]
    first, second, *rest = series.points
    swapped = (replace(second, number=1), replace(first, number=2), *rest)
    project = replace(PROJECT, series={series.id: replace(series, points=swapped)})
    assert unexplained(project, station)


def test_a_silent_correction_is_found() -> None:
    station = PROJECT.stations["bac-giang"]
    point = PROJECT.series[station.series].points[6]
    silent = replace(reworded(point, "Chuyển đối số", "Chuyển đổi số"), corrections=())
    assert unexplained(with_point(PROJECT, station, silent), station)


def test_a_dead_correction_is_refused() -> None:
    station = PROJECT.stations["bac-giang"]
    point = PROJECT.series[station.series].points[0]
    dead = Correction("rêng lẻ", "riêng lẻ", ("bac-giang",), "không có ở đây", 1)
    changed = with_point(PROJECT, station, replace(point, corrections=(dead,)))
    with pytest.raises(ContentError, match="0 lần"):
        write_episodes(changed, station)
