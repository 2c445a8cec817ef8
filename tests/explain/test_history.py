"""The history says what builds changed, why and by what; and no build fails for it."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from building import build
from commands import published
from project import edit
from ready import linked

from truyenthanh import __version__
from truyenthanh.build import BuildListener
from truyenthanh.cli.edge import main
from truyenthanh.explain import history
from truyenthanh.explain.history import MAX_BYTES, NAMED, append_history, history_file, read_history
from truyenthanh.messages import Message
from truyenthanh.publishing.places import Places
from truyenthanh.publishing.publication import publishing

STATION = "xa-mot"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "audio" / STATION).mkdir(parents=True)
    return Places(tmp_path, STATION)


def test_a_build_that_changes_something_adds_a_line_and_one_that_does_not_adds_none(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = linked(site, tmp_path / "site")
    places, warned = Places(root, STATION), list[Message]()
    watcher = replace(BuildListener(*(lambda *_: None for _ in range(5))), on_warning=warned.append)
    (first,) = read_history(places)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", first["time"])
    assert (first["truyenthanh"], first["engine"]) == (__version__, "espeak")
    assert first["espeakng-loader"] == "0.2.4"
    assert first["voices"].startswith("announcer:vi+f1")
    assert first["changed"] == str(len(published(root)) - 1)
    assert float(first["seconds"]) > 0
    build(root, [], None, 2, watcher)
    assert len(read_history(places)) == 1
    edit(root, "content/series/thu/points/01.yaml", "trên loa", "qua loa")
    build(root, [], None, 2, watcher)
    (_, second) = read_history(places)
    assert second["why"] == "written: point-01/05"
    assert second["episodes"] == "thu-01,thu-tron-bo"
    assert "clip:1," in second["made"]
    assert ".history" not in (root / f"audio/{STATION}/manifest.json").read_text(encoding="utf-8")
    assert main(["history", "--root", str(root)]) == 0
    assert "lời viết: point-01/05" in capsys.readouterr().out
    assert main(["history", "--root", str(root), "--json", "--last", "1"]) == 0
    assert json.loads(capsys.readouterr().out) == {STATION: [second]}

    history_file(places).unlink()
    history_file(places).mkdir()  # nothing can be written there, not even by root
    edit(root, "content/series/thu/points/01.yaml", "qua loa", "trên loa")
    (one,) = build(root, [], None, 2, watcher)
    assert one.changed
    assert any(f"audio/{STATION}/.history" in str(warning) for warning in warned)
    assert read_history(places) == []


def test_a_torn_line_spoils_no_other(places: Places) -> None:
    history_file(places).write_bytes(b"\xff\x00 time=1 wh")
    append_history(places, 'time=2 why="a \\"b\\""')
    append_history(places, "time=3")
    assert history_file(places).read_bytes().splitlines()[1:] == [b'time=2 why="a \\"b\\""', b"time=3"]
    assert [line["time"] for line in read_history(places)] == ["1", "2", "3"]
    assert read_history(places)[1]["why"] == 'a "b"'


def test_it_is_rotated_and_one_older_file_is_kept(places: Places) -> None:
    line = "time=1 why=" + "x" * 1000
    for _ in range(3):
        history_file(places).write_text(f"{line}\n" * (MAX_BYTES // len(line) - 1), encoding="utf-8")
        for _ in range(5):
            append_history(places, line)
    files = {path.name: path.stat().st_size for path in history_file(places).parent.iterdir()}
    assert set(files) == {".history", ".history.1"}
    assert all(size < MAX_BYTES + len(line) + 2 for size in files.values())
    assert {len(one["why"]) for one in read_history(places)} == {1000}


def test_without_a_history_it_says_so(tmp_path: Path, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--root", str(site), "--station", "xa-hai"]) == 0
    assert "xa-hai" in capsys.readouterr().out


def test_a_swap_leaves_the_history_alone(places: Places) -> None:
    append_history(places, "time=1")
    with publishing(places):
        pass
    assert read_history(places) == [{"time": "1"}]


def test_a_line_is_on_the_disk_when_it_is_added(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: synced.append(os.fstat(number).st_size))
    append_history(places, "time=1")
    append_history(places, "time=2")
    assert synced == [7, 14]


def test_of_many_steps_some_are_named_and_the_rest_is_counted() -> None:
    names = [f"point-01/{number:02d}" for number in range(1, NAMED + 3)]
    assert history._named(names) == f"{', '.join(names[:NAMED])}, +2"
    assert history._named(names[:NAMED]) == ", ".join(names[:NAMED])
