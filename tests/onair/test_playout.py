"""Lists for playout systems hold every file with its title, its cue and its loudness, whatever the title."""

import csv
import io
import re
import shlex
from datetime import datetime, timedelta, timezone

from truyenthanh.onair.playout import (
    Entry,
    annotated,
    annotated_playlist,
    rivendell_name,
    rivendell_script,
    rivendell_table,
)

STARTS = datetime(2023, 4, 3, 5, tzinfo=timezone(timedelta(hours=7)))
HARD = "Điểm \"1\": a\\b, #{x}; 'c' $(d)"


def entry(title: str = "Phiên 05:00", file: str = "phien-2023-04-03-0500-loa.mp3") -> Entry:
    return Entry(file, title, "Đài xã Một", "Ba điều", 211.968, -12.46, STARTS, 900)


def annotations(line: str) -> dict[str, str]:
    """Return what a line says, read as Liquidsoap does: between quotes, backslashes before some signs."""
    pairs = re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', line)
    return {key: re.sub(r"\\(.)", r"\1", value) for key, value in pairs}


def test_a_line_for_liquidsoap() -> None:
    line = annotated(entry(), "/media/xa-mot")
    assert annotations(line) == {
        "title": "Phiên 05:00",
        "artist": "Đài xã Một",
        "album": "Ba điều",
        "liq_cue_in": "0.000",
        "liq_cue_out": "211.920",
        "liq_integrated_lufs": "-12.46 dB",
        "replaygain_track_gain": "-5.54 dB",
    }
    assert line.startswith("annotate:title=")
    assert line.endswith(":/media/xa-mot/phien-2023-04-03-0500-loa.mp3")


def test_no_title_breaks_the_line_or_runs_a_program() -> None:
    line = annotated(entry(HARD), "/m")
    assert annotations(line)["title"] == HARD.replace("#{", "# {")
    assert "#{" not in line
    assert "\n" not in annotated(entry("a\nb"), "/m")
    assert annotated_playlist([entry(), entry()], "/m").count("\n") == 2


def test_rivendell_finds_group_and_cart_in_the_name() -> None:
    name = rivendell_name("phien-2023-04-03-0500-phat-thanh.wav", 400001)
    group, cart, rest = name.split("_")  # as --metadata-pattern=%g_%n_%t. takes it apart
    assert (len(group) <= 10, len(cart), rest) == (True, 6, "phien-2023-04-03-0500-phat-thanh.wav")


def test_the_script_calls_rdimport_once_a_file_with_everything_quoted() -> None:
    lines = rivendell_script([entry(HARD), entry()]).splitlines()
    calls = [shlex.split(line) for line in lines if line.startswith("rdimport")]
    assert [call[-1] for call in calls] == [
        "PHATTHANH_400001_phien-2023-04-03-0500-loa.mp3",
        "PHATTHANH_400002_phien-2023-04-03-0500-loa.mp3",
    ]
    assert f"--set-string-title={HARD}" in calls[0]
    assert "--set-datetimes=20230403-050000,20230403-051500" in calls[0]
    assert {"--autotrim-level=0", "--normalization-level=0"} <= set(calls[0])


def test_the_table_is_read_back_and_no_title_is_a_formula() -> None:
    text = rivendell_table([entry("=1+1"), entry(HARD)])
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["title"] for row in rows] == ["'=1+1", HARD]
    assert (rows[0]["cart"], rows[0]["seconds"], rows[0]["lufs"]) == ("400001", "211.968", "-12.46")
