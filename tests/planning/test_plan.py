"""What a plan shows, packs and records of the episodes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from project import EPISODES, edit, write_project

from truyenthanh.approval.review import approve
from truyenthanh.content.project import read_project
from truyenthanh.planning.passages import BOUNDARY_MS
from truyenthanh.planning.plan import plan_stations
from truyenthanh.planning.plan_records import Plan

STATION = "xa-mot"
STATION_FILE = f"content/stations/{STATION}.yaml"
MASTERS = "masters: [podcast, radio, loudspeaker]"
FEED = f"feed/{STATION}/feed.xml"


def planned(root: Path, as_of: date | None = None) -> Plan:
    project = read_project(root)
    (plan,) = plan_stations(project, [project.stations[STATION]], "espeak", as_of)
    return plan


def settings_of(plan: Plan, path: str) -> Any:
    return plan.files[path].settings


@pytest.mark.parametrize(("day", "shown"), [(2, 0), (3, 1), (4, 2), (30, 4)])
def test_an_episode_is_shown_from_its_own_day_on(tmp_path: Path, day: int, shown: int) -> None:
    plan = planned(write_project(tmp_path), date(2023, 4, day))
    assert [one.episode.id for one in plan.listed] == list(EPISODES[:shown])


def test_a_feed_that_shows_no_episode_yet_says_already_who_will_speak(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    assert settings_of(planned(root), FEED).synthetic
    assert settings_of(planned(root, date(2023, 4, 2)), FEED).synthetic


def test_only_an_mp3_carries_the_cover_and_not_the_one_that_saves_data(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    edit(root, STATION_FILE, MASTERS, "masters: [podcast, radio, loudspeaker, lowdata]")
    audio = planned(root).episodes[0].audio
    carrying = {name for name, step in audio.items() if step.named_inputs.cover is not None}
    assert set(audio) == {"podcast", "radio", "loudspeaker", "lowdata"}
    assert carrying == {"podcast", "loudspeaker"}


def test_a_pack_holds_all_but_the_omnibus(tmp_path: Path) -> None:
    pack = settings_of(planned(write_project(tmp_path)), f"audio/{STATION}/{STATION}-podcast.zip")
    assert [one.id for one in pack.contents] == list(EPISODES[:-1])


def test_the_record_of_an_approved_version_says_who_is_heard(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    edit(root, STATION_FILE, MASTERS, f"approval: yes\n{MASTERS}")
    approve(root, STATION, None, "Ông A", date(2023, 4, 1))
    records = [step.settings for step in planned(root).steps.values() if step.kind.name == "approved"]
    assert [one.approved.value.heard for one in records] == [("clip",)] * len(EPISODES)


def test_pauses_are_as_long_as_the_script_says_between_passages_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truyenthanh.planning.passages.LEAST_SYLLABLES", 3)  # so that there are several
    ends = 0
    for one in planned(write_project(tmp_path)).episodes:
        for section, step in zip(one.episode.sections, one.sections, strict=True):
            *before, last = [list(passage.settings.pauses_ms) for passage in step.inputs]
            for pauses_ms in before:
                pauses_ms[-1] += BOUNDARY_MS  # the silence that every passage begins and ends with
                ends += 1
            written = [item.pause_after_ms for item in section.items]
            assert [ms for passage in (*before, last) for ms in passage] == written
    assert ends > 0
