"""Five days of the 17 points, two quarters of an hour a day: what the sheet says, measured by others."""

import json
import shutil
from pathlib import Path

import pytest
from commands import built
from places import REPOSITORY
from speechlike import ffmpeg_decodes, ffmpeg_reads

from truyenthanh.cli.edge import main
from truyenthanh.content.project import read_project
from truyenthanh.content.timetables import time_of_day
from truyenthanh.onair.sessions import Asked, plan_sessions, write_session_files

TIMES = tuple(at for text in ("05:00", "17:00") if (at := time_of_day(text)))
ASKED = Asked(slot_s=900, days=5, times=TIMES)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("seventeen")
    shutil.copytree(REPOSITORY / "content", root / "content")
    built(root, "--station", "xa-mau")
    return root


@pytest.mark.parametrize("master", ["loudspeaker", "radio", "podcast"])
def test_every_point_is_heard_as_long_and_as_loud_as_it_should(
    root: Path, master: str, tmp_path: Path
) -> None:
    project = read_project(root)
    station = project.stations["xa-mau"]
    planned = plan_sessions(root, station, project.series[station.series], master, ASKED)
    entries = write_session_files(tmp_path, planned)
    files = json.loads((root / "audio/xa-mau/manifest.json").read_bytes())["files"]
    assert len(entries) == 10
    assert planned.order.left_over == ()
    assert {one.number for session in planned.order.sessions for one in session.items} == set(range(1, 18))
    for entry, session in zip(entries, planned.order.sessions, strict=True):
        path = tmp_path / entry.file
        assert abs(len(ffmpeg_decodes(path)) / 48_000 - session.seconds) <= 0.024
        level = ffmpeg_reads(path)["lufs"]
        for item in session.items:
            assert abs(level - files[item.path]["integrated_lufs"]) <= 0.2, (entry.file, item.episode)


def test_the_command_takes_what_the_brief_of_a_station_says(root: Path, tmp_path: Path) -> None:
    asked = ["--slot", "15m", "--days", "5", "--times", "05:00,17:00", "--from", "2023-04-03"]
    assert main(["schedule", str(tmp_path), "--root", str(root), "--station", "xa-mau", *asked]) == 0
    assert len(list(tmp_path.glob("phien-*-loa.mp3"))) == 10
