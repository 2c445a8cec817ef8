"""What shared options mean: which project, which stations."""

from pathlib import Path

import pytest
from commands import truyenthanh
from project import write_project

from truyenthanh.cli.options import stations_asked_for
from truyenthanh.cli.wrong_calls import WrongCall


def test_outside_a_project_it_says_where_to_go(tmp_path: Path) -> None:
    run = truyenthanh(tmp_path, "build")
    assert run.returncode == 1
    assert "content/project.yaml" in run.stderr
    assert "--root" in run.stderr


def test_inside_a_folder_of_the_project_it_finds_the_root(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "content" / ".nowhere").mkdir(exist_ok=True)
    assert "xa-mot" in truyenthanh(project / "content", "status").stdout


def test_none_of_the_stations_named_stands_for_the_default_one_and_none_at_all_for_every_one() -> None:
    assert stations_asked_for(("xa-mot",), all_stations=False) == ("xa-mot",)
    assert stations_asked_for((), all_stations=False) == ()
    assert stations_asked_for((), all_stations=True) is None
    with pytest.raises(WrongCall):
        stations_asked_for(("xa-mot",), all_stations=True)
