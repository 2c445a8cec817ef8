"""The command script, as a user runs it."""

import json
from pathlib import Path

import pytest
from commands import built, truyenthanh
from project import write_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def test_the_script_shows_times_roles_and_words(project: Path) -> None:
    run = truyenthanh(project, "script", "thu-02")
    assert run.returncode == 0, run.stderr
    assert "ước tính" in run.stderr
    assert "[digital] Trồng 20% diện tích." in run.stdout
    assert "→ Trồng hai mươi phần trăm diện tích." in run.stdout
    assert "# Chuyển đổi số" in run.stdout
    built(project)
    again = truyenthanh(project, "script", "thu-02", "--json")
    assert "ước tính" not in again.stderr
    lines = json.loads(again.stdout)
    assert [line["start_ms"] for line in lines] == sorted(line["start_ms"] for line in lines)
    assert all(line["is_exact"] for line in lines)
    vtt = (project / "feed/xa-mot/transcripts/thu-02.vtt").read_text(encoding="utf-8")
    seconds, ms = divmod(next(line["start_ms"] for line in lines if line["role"] == "it"), 1000)
    assert f"00:{seconds:02d}.{ms:03d}" in vtt or f"00:00:{seconds:02d}.{ms:03d}" in vtt


def test_an_episode_nobody_has_is_told_with_those_there_are(project: Path) -> None:
    run = truyenthanh(project, "script", "thu-09")
    assert run.returncode == 1
    assert "thu-01" in run.stderr
