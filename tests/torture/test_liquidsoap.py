"""The annotated list played through by Liquidsoap itself, where it is installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from commands import built
from project import write_project

from truyenthanh.cli.edge import main
from truyenthanh.onair.playout import Entry, annotated

LIQUIDSOAP = shutil.which("liquidsoap")
SCRIPT = """\
settings.init.allow_root.set(true)
log.stdout.set(true)
log.level.set(3)
s = cue_cut(playlist(mode="normal", loop=false, "@LIST"))
s.on_track(fun (m) -> print("PLAYS " ^ m["title"] ^ " | " ^ m["liq_cue_out"] ^ " | " ^ m["artist"]))
clock.assign_new(sync="none", [s])
output.dummy(fallible=true, on_stop=shutdown, s)
"""
HARD = "Điểm \"1\": a\\b; 'c', #{x} 100%"


@pytest.mark.skipif(LIQUIDSOAP is None, reason="liquidsoap is not installed")
def test_liquidsoap_plays_every_file_of_the_list_without_a_warning(tmp_path: Path) -> None:
    assert LIQUIDSOAP is not None
    root, folder = write_project(tmp_path / "project"), tmp_path / "on air"
    built(root)
    asked = ["--slot", "1m", "--days", "2", "--times", "05:00,17:00", "--for", "liquidsoap"]
    assert main(["schedule", str(folder), "--root", str(root), *asked]) == 0
    listed = folder / "liquidsoap.m3u"
    files = sorted(path.name for path in folder.glob("*.mp3"))
    hard = annotated(Entry(files[0], HARD, "Đài: A", "x", 5.0, -12.0), folder.as_posix())
    listed.write_text(f"{hard}\n{listed.read_text(encoding='utf-8')}", encoding="utf-8")
    script = tmp_path / "play.liq"
    script.write_text(SCRIPT.replace("@LIST", listed.as_posix()), encoding="utf-8")
    run = subprocess.run([LIQUIDSOAP, script], capture_output=True, text=True, timeout=120, check=False)
    played = re.findall(r"^PLAYS (.+) \| ([\d.]+) \| .", run.stdout, re.MULTILINE)
    assert next(title for title, _ in played) == HARD.replace("#{", "# {")
    assert len(played) == len(files) + 1
    assert run.stdout.count("Cueing out...") == len(played)
    said = [line for line in run.stdout.splitlines() if re.search(r":[12]\]|warn|error", line, re.IGNORECASE)]
    assert [
        line for line in said if "End_of_file" not in line
    ] == []  # ffmpeg's way to say that a file is over
