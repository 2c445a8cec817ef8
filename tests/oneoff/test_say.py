"""Any text, heard: through the command, in a project and outside of any."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from commands import built, inside, truyenthanh
from project import edit, write_project
from ready import lend_store

from truyenthanh.content.project import read_project
from truyenthanh.engines import ENGINES
from truyenthanh.model import Voice
from truyenthanh.oneoff import say

Samples = npt.NDArray[np.float32]
TEXT = "Mời bà con nghe đài lúc 5 giờ, ngày 25/3/2023."


@pytest.fixture
def project(built_project: Path, tmp_path: Path) -> Path:
    return lend_store(built_project, write_project(tmp_path / "dự án"))


def sound(path: Path) -> Samples:
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate_hz == 48_000
    return np.asarray(samples)


@pytest.mark.parametrize("name", ["a.mp3", "tiếng nói.WAV"])
@pytest.mark.parametrize("master", ["podcast", "radio", "loudspeaker"])
def test_every_master_comes_as_either_file(tmp_path: Path, name: str, master: str) -> None:
    said = inside(tmp_path, "say", TEXT, "-o", name, "--master", master)
    assert said.returncode == 0, said.stderr
    samples = sound(tmp_path / name)
    mono = name.endswith("3") and master != "radio"
    assert samples.shape[1] == (1 if mono else 2)
    assert 4 < len(samples) / 48_000 < 9
    level = {"podcast": "−19,0" if mono else "−16,0", "radio": "−23,0", "loudspeaker": "−13,5"}[master]
    assert level in said.stdout
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name]


def test_the_same_text_gives_the_same_file_and_another_voice_another(project: Path) -> None:
    calls = (("a.mp3",), ("b.mp3",), ("c.mp3", "--voice", "vi+m3"), ("d.mp3", "--rate", "120"))
    for name, *more in (*calls, ("e.mp3", "--pitch", "0")):
        run = truyenthanh if name == "a.mp3" else inside
        assert run(project, "say", TEXT, "-o", name, *more).returncode == 0
    a, b, c, d, e = ((project / f"{name}.mp3").read_bytes() for name in "abcde")
    assert a == b
    assert len({a, c, d, e}) == 4


def test_it_is_read_as_the_station_reads(project: Path) -> None:
    plain = inside(project, "say", "Gặp QWZX nhé.", "-o", "a.wav")
    assert "QWZX" in plain.stderr
    with (project / "content/lexicon.yaml").open("w", encoding="utf-8") as file:
        file.write("- {written: QWZX, spoken: Khoa giáo Văn xã}\n")
    known = inside(project, "say", "Gặp QWZX nhé.", "-o", "b.wav", "--station", "xa-hai")
    assert "QWZX" not in known.stderr
    edit(project, "content/stations/xa-hai.yaml", "masters:", "pauses: {sentence: 2000}\nmasters:")
    for station in ("xa-mot", "xa-hai"):
        inside(project, "say", "Một. Hai.", "-o", f"{station}.wav", "--station", station)
    longer = len(sound(project / "xa-hai.wav")) - len(sound(project / "xa-mot.wav"))
    assert longer / 48_000 == pytest.approx(2 - 0.35, abs=0.024)


def test_what_a_build_has_made_is_not_made_again(project: Path) -> None:
    built(project)
    before = {path.name for path in (project / ".cache/store/records").rglob("*.json")}
    assert inside(project, "say", "Bà con nghe trên loa.", "-o", "a.mp3", "--role", "digital").returncode == 0
    fresh = {path.name for path in (project / ".cache/store/records").rglob("*.json")} - before
    assert len(fresh) == 2  # the section of this sentence alone, and its master


def test_lines_are_paragraphs_and_may_come_from_a_pipe(tmp_path: Path) -> None:
    long = "\n\n".join([TEXT] * 100)
    assert len(long) > 4_500
    (tmp_path / "loi.txt").write_text(long, encoding="utf-8")
    said = inside(tmp_path, "say", long, "-o", "a.mp3", "--jobs", "2")
    assert said.returncode == 0, said.stderr
    assert len(sound(tmp_path / "a.mp3")) / 48_000 > 400


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["", "-o", "a.mp3"], "không có chữ nào"),
        (["…", "-o", "a.mp3"], "không có chữ nào"),
        (["Một.", "-o", "a.ogg"], ".mp3, .wav"),
        (["Một.", "-o", "a.mp3", "--voice", "lạ"], "lạ"),
        (["Một.", "-o", "a.mp3", "--engine", "lạ"], "lạ"),
        (["Một.", "-o", "a.mp3", "--master", "lạ"], "lạ"),
        (["Một.", "-o", "a.mp3", "--rate", "9"], "120"),
        (["Một.", "-o", "a.mp3", "--rate", "0"], "120"),
        (["Một.", "-o", "a.mp3", "--slow"], "rate"),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "a.mp3").write_bytes(b"still here")
    said = inside(tmp_path, "say", *arguments)
    assert said.returncode == 1
    assert words in said.stderr
    assert (tmp_path / "a.mp3").read_bytes() == b"still here"


def test_a_voice_whose_tones_merge_comes_with_a_warning(tmp_path: Path) -> None:
    said = inside(tmp_path, "say", "Một.", "-o", "a.mp3", "--voice", "vi-vn-x-central")
    assert (said.returncode, "lẫn thanh" in said.stderr) == (0, True)


@pytest.mark.parametrize(
    ("usual", "asked", "slow"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_a_voice_is_slow_where_the_station_or_the_user_says_so(
    project: Path, usual: bool, asked: bool, slow: bool
) -> None:
    station = read_project(project).stations["xa-mot"]
    station = replace(station, voices={"gtts": {"announcer": Voice("com.vn", slow=usual)}})
    assert say._voice(ENGINES["gtts"], station, say.SayRequest(TEXT, slow=asked)).slow is slow
