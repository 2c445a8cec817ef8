"""The plan of the pages: what makes one of them again, and what it notes."""

from pathlib import Path
from typing import Any

import pytest
from project import EPISODES, edit, write_project

from truyenthanh.content.project import read_project
from truyenthanh.feed.entries import Notes
from truyenthanh.planning.pages import _speakers, sources_of_speech
from truyenthanh.planning.passages import passage_step
from truyenthanh.planning.plan import plan_stations
from truyenthanh.planning.plan_records import Plan
from truyenthanh.recipe import digest
from truyenthanh.steps.section import SECTION, SectionInputs, SectionSettings
from truyenthanh.steps.step import NO_INPUTS, kind_named

FOLDER = "feed/xa-mot"
POINT_2 = "content/series/thu/points/02.yaml"
STATION = "content/stations/xa-mot.yaml"


def planned(root: Path, station: str = "xa-mot") -> Plan:
    project = read_project(root)
    (plan,) = plan_stations(project, [project.stations[station]], "espeak")
    return plan


def pages(plan: Plan) -> dict[str, str]:
    """Return the digest of what each page holds of itself, by its name; its inputs are another matter."""
    return {
        path.rpartition("/")[2]: digest(step.settings)
        for path, step in plan.files.items()
        if path.endswith(".html")
    }


def changed(root: Path, path: str, old: str, new: str) -> set[str]:
    """Return the pages whose own settings an edit changes."""
    before = pages(planned(root))
    edit(root, path, old, new)
    after = pages(planned(root))
    assert after.keys() == before.keys()
    return {name for name in after if after[name] != before[name]}


def notes(plan: Plan, name: str) -> Notes:
    settings: Any = plan.files[f"{FOLDER}/{name}.html"].settings
    found: Notes = settings.notes.value
    return found


def test_every_episode_has_a_page_and_there_is_one_index(tmp_path: Path) -> None:
    assert set(pages(planned(write_project(tmp_path)))) == {
        "index.html",
        *(f"{one}.html" for one in EPISODES),
    }


def test_a_changed_sentence_changes_its_own_pages_only(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    assert changed(root, POINT_2, "Trồng 20% diện tích", "Trồng 30% diện tích") == {
        "thu-02.html",
        "thu-tron-bo.html",
    }


def test_a_changed_title_also_changes_the_neighbours_and_the_index(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    names = changed(root, POINT_2, "title: Trồng cây", "title: Trồng rừng")
    assert names == {"index.html", *(f"{one}.html" for one in EPISODES)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("announcer: {voice: vi+f1, pitch: 40}", "announcer: {voice: vi+f2, pitch: 45}"),
        ("masters:", "lexicon:\n  - {written: VTV, spoken: vê tê vê}\nmasters:"),
        ("masters:", "recordings: {outdated: synthetic}\nmasters:"),
    ],
)
def test_what_is_only_heard_changes_no_page(tmp_path: Path, old: str, new: str) -> None:
    assert changed(write_project(tmp_path), STATION, old, new) == set()


def test_what_all_pages_show_changes_all_pages(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    assert len(changed(root, STATION, "Được phát lại tự do", "Cứ phát lại")) == 5


def test_a_page_needs_its_own_sections_and_files_and_the_index_the_files_it_names(tmp_path: Path) -> None:
    files = planned(write_project(tmp_path)).files
    own = [one.kind.name for one in files[f"{FOLDER}/thu-02.html"].inputs]
    assert own == ["section"] * 3 + ["audio"] * 3
    assert [one.path for one in files[f"{FOLDER}/index.html"].inputs] == [
        f"audio/xa-mot/{kind}/{episode}-{ending}.mp3"
        for episode in EPISODES
        for kind, ending in (("podcast", "podcast"), ("loudspeaker", "loa"))
    ] + ["audio/xa-mot/xa-mot-podcast.zip"]


def test_typing_errors_are_noted_where_they_are_read_and_for_the_document_that_has_them(
    tmp_path: Path,
) -> None:
    root = write_project(tmp_path)
    plan = planned(root)
    (mistake,) = notes(plan, "thu-03").mistakes
    assert (mistake.written, mistake.corrected, mistake.why) == ("sách đẹp", "sạch đẹp", "lỗi gõ dấu")
    assert notes(plan, "thu-tron-bo").mistakes == (mistake,)
    assert notes(plan, "thu-02").mistakes == ()
    edit(root, "content/series/thu/points/03.yaml", "documents: [tinh, so]", "documents: [so]")
    edit(root, "content/series/thu/points/03.yaml", "Đường làng sách đẹp", "Đường làng sạch sách đẹp")
    assert notes(planned(root), "thu-03").mistakes == ()


@pytest.mark.parametrize(
    ("kinds", "speakers"),
    [
        (("sound", "clip", "clip"), "synthetic"),
        (("sound", "clip", "recording"), "mixed"),
        (("sound", "recording"), "people"),
        (("sound",), "synthetic"),
    ],
)
def test_who_speaks_is_seen_from_what_is_heard(kinds: tuple[str, ...], speakers: str) -> None:
    pieces = tuple(kind_named(kind).step(None, NO_INPUTS) for kind in kinds)
    passages = [passage_step(some, [0] * len(some), [1] * len(some)) for some in (pieces[:1], pieces[1:])]
    sections = [SECTION.step(SectionSettings(), SectionInputs((one,))) for one in passages]
    assert _speakers(sources_of_speech(sections)) == speakers
