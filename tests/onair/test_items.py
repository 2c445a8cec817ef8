"""What a station can play, from the publication alone."""

import json
from pathlib import Path

import pytest
from project import write_project
from station_on_air import OMNIBUS, STATION, publish

from truyenthanh.errors import PublicationError
from truyenthanh.onair import items
from truyenthanh.onair.items import published_items, station_on_air


def key_of(root: Path, station: str = STATION, master: str = "loudspeaker") -> str:
    with pytest.raises(PublicationError) as raised:
        published_items(root, station, master)
    assert str(raised.value)
    return raised.value.key


def change(root: Path, **facts: object) -> None:
    path = root / f"audio/{STATION}/manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **facts}), encoding="utf-8")


def test_the_episodes_come_in_order_and_the_omnibus_only_when_asked_for(tmp_path: Path) -> None:
    publish(tmp_path)
    found = published_items(tmp_path, STATION, "loudspeaker")
    assert [item.episode for item in found] == ["thu-01", "thu-02", "thu-03"]
    assert found[0].level == -13.5
    assert found[0].first_words == "Điểm thứ 1. Nghe đài"
    assert published_items(tmp_path, STATION, "loudspeaker", with_omnibus=True)[-1].episode == OMNIBUS


def test_what_was_built_says_its_outer_words_and_which_holds_all(site: Path) -> None:
    found = published_items(site, STATION, "podcast", with_omnibus=True)
    assert [item.episode for item in found] == ["thu-01", "thu-02", "thu-03", "thu-tron-bo"]
    assert found[0].first_words == "Điểm thứ 1. Nghe đài Đài …"
    assert found[0].last_words == "… sáng. Bà con nghe trên loa."
    assert len(published_items(site, STATION, "podcast")) == 3


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert key_of(tmp_path) == "onair.nothing_published"
    publish(tmp_path)
    assert key_of(tmp_path, "xa-ba") == "onair.no_station"
    assert key_of(tmp_path, "../xa-mot") == "onair.no_station"
    assert key_of(tmp_path, master="radio") == "onair.no_master"
    assert key_of(tmp_path, master="../x") == "onair.no_master"


def test_a_file_that_is_gone_or_of_another_length_is_said(tmp_path: Path) -> None:
    publish(tmp_path)
    path = tmp_path / f"audio/{STATION}/loudspeaker/thu-02-loa.mp3"
    path.write_bytes(b"x")
    assert key_of(tmp_path) == "onair.no_file"
    path.unlink()
    assert key_of(tmp_path) == "onair.no_file"


def test_a_manifest_of_an_older_version_asks_for_a_build(tmp_path: Path) -> None:
    publish(tmp_path)
    for episodes in ([{"id": "thu-01"}], None, ["x"]):
        change(tmp_path, episodes=episodes)
        assert key_of(tmp_path) == "onair.old_manifest"
    change(tmp_path, episodes=[])
    assert key_of(tmp_path) == "onair.no_episode"


def test_a_swap_that_does_not_end_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path)
    monkeypatch.setattr(items, "SWAP_PAUSE_S", 0)
    staged = tmp_path / f"audio/{STATION}/.staging/manifest.json"
    staged.parent.mkdir()
    staged.write_bytes((tmp_path / f"audio/{STATION}/manifest.json").read_bytes())
    assert key_of(tmp_path) == "onair.swap_under_way"


def test_the_station_is_the_only_one_or_the_projects_own(tmp_path: Path) -> None:
    with pytest.raises(PublicationError):
        station_on_air(tmp_path, None)
    publish(tmp_path)
    assert station_on_air(tmp_path, None) == STATION
    (tmp_path / "audio/xa-hai").mkdir()
    (tmp_path / "audio/xa-hai/manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(PublicationError, match="xa-hai, xa-mot"):
        station_on_air(tmp_path, None)
    assert station_on_air(tmp_path, "xa-hai") == "xa-hai"
    assert station_on_air(write_project(tmp_path), None) == STATION
