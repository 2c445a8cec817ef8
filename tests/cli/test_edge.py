"""How errors become words and exit codes."""

import os
from pathlib import Path

import pytest
from commands import built, truyenthanh
from project import write_project

from truyenthanh.cli import edge


def test_a_bug_of_ours_is_logged_and_exits_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("our fault")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("truyenthanh.cli.commands.truyenthanh.main", break_down)
    assert edge.main(["status"]) == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    log = tmp_path / "truyenthanh-error.log"
    assert str(log) in said
    assert "our fault" in log.read_text(encoding="utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    built(project)
    (project / "audio").chmod(0o500)
    try:
        run = truyenthanh(project, "build", "--engine", "gtts")
    finally:
        (project / "audio").chmod(0o700)
    assert run.returncode == 1
    assert "audio" in run.stderr
