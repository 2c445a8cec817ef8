"""The command qc: on what was built, on files from elsewhere, in words, in JSON and as pictures."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile
from catalogues import templates
from commands import inside, truyenthanh
from project import write_project
from ready import linked

from truyenthanh.cli.findings import PLACED
from truyenthanh.messages import say
from truyenthanh.mixing import examine, findings

RATE_HZ = 48_000
EPISODE = "audio/xa-mot/podcast/thu-01-podcast.mp3"


@pytest.fixture(scope="module")
def project(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linked(built_project, tmp_path_factory.mktemp("qc") / "xã")


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """A tone that starts and stops at once, with a second of silence in its midst."""
    path = tmp_path / "tiếng & <kèn>.wav"
    samples = 0.2 * np.sin(np.arange(3 * RATE_HZ) * 0.1)
    samples[RATE_HZ : 2 * RATE_HZ] = 0
    soundfile.write(path, samples, RATE_HZ)
    return path


def plain(project: Path, *arguments: str) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = json.loads(inside(project, "qc", "--json", *arguments).stdout)
    return said


def kinds_found() -> set[str]:
    """Return the kinds of findings that the code can give."""
    text = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (findings, examine))
    return set(re.findall(r'Finding\(\s*"(\w+)"', text)) | {"missing", "unreadable"}


def test_everything_built_passes_as_its_master_and_the_manifest_knew_it(project: Path) -> None:
    run = truyenthanh(project, "qc")
    assert run.returncode == 0, run.stdout
    assert "12 tệp: 12 đạt, 0 nên nghe lại, 0 có lỗi." in run.stdout
    assert "Đang đo 12 tệp" in run.stderr
    manifest = json.loads((project / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))["files"]
    for one in plain(project):
        entry, figures = manifest[one["file"]], one["figures"]
        assert entry["qc"] == {"verdict": "pass", "findings": []}
        assert one["master"] == one["file"].split("/")[2]
        for group in ("levels", "silences"):
            for name in set(figures[group]) & set(entry):
                assert entry[name] == pytest.approx(figures[group][name], abs=0.05), (one["file"], name)
        assert entry["seconds"] == pytest.approx(figures["seconds"], abs=0.001)


def test_a_file_that_was_cut_after_the_build_is_an_error(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "thu-01-podcast.mp3"
    path.write_bytes((project / EPISODE).read_bytes()[:-5000])
    run = inside(project, "qc", str(path))
    assert run.returncode == 1
    assert "Lỗi: tệp bị cụt ở cuối" in run.stdout
    assert run.stderr == ""  # libmpg123 has a lot to say of such a file
    assert "1 tệp: 0 đạt, 0 nên nghe lại, 1 có lỗi." in run.stdout


def test_what_is_missing_or_no_sound_is_a_row_with_its_reason(project: Path, tone: Path) -> None:
    run = inside(project, "qc", "không có.mp3", "content/project.yaml", str(tone))
    assert run.returncode == 1
    assert "không có tệp âm thanh này" in run.stdout
    assert "không đọc được tệp âm thanh này" in run.stdout
    assert "Traceback" not in run.stderr
    assert "3 tệp: 0 đạt, 1 nên nghe lại, 2 có lỗi." in run.stdout


def test_the_same_file_is_judged_by_the_master_asked_for(project: Path, tone: Path) -> None:
    (general,) = plain(project, str(tone))
    assert (general["master"], general["verdict"]) == (None, "warn")
    assert {one["kind"] for one in general["findings"]} == {"abrupt_start", "abrupt_end", "click"}
    (radio,) = plain(project, str(tone), "--master", "radio")
    assert {"too_loud", "channels", "abrupt_end"} <= {one["kind"] for one in radio["findings"]}
    assert radio["findings"][0]["text"].endswith(".")


def test_every_finding_has_its_words_and_all_words_are_used() -> None:
    fixed = {"nothing_published", "begun", "progress", "error", "warning", "summary", "no_master"}
    fixed |= {"loudness_axis", "target", "caption_file", "caption_levels", "caption_rest"}
    fixed |= {f"{kind}_at" for kind in PLACED}
    assert {
        key.removeprefix("qc.") for key in templates("vi") if key.startswith("qc.")
    } - fixed == kinds_found()
    for kind in kinds_found() - {"missing", "unreadable"}:
        text = say(f"qc.{kind}", value="VALUE", limit="LIMIT")
        assert re.search(r"[.] (Hãy|Vẫn)", text), text
        assert text.endswith("."), text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--master", "tv"], "podcast, radio, loudspeaker"),
        (["--all", "--station", "xa-mot"], "không chọn cả hai"),
        (["a.mp3", "--all"], "không dùng cả hai"),
        (["a.mp3", "b.mp3", "--picture", "x.png"], "tên một thư mục"),
        (["a.mp3", "--picture", "x.jpg"], ".svg"),
    ],
)
def test_a_wrong_call_is_refused(project: Path, arguments: list[str], said: str) -> None:
    run = inside(project, "qc", *arguments)
    assert run.returncode == 2
    assert said in run.stderr


def test_before_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    run = inside(write_project(tmp_path), "qc")
    assert run.returncode == 1
    assert "truyenthanh build" in run.stderr


def test_pictures_are_the_same_every_time_and_hold_what_is_said(project: Path, tone: Path) -> None:
    for name in ("một.svg", "hai.svg", "một.png", "hai.png"):
        assert inside(project, "qc", str(tone), "--picture", f"ảnh/{name}").returncode == 0
    folder = project / "ảnh"
    for ending in ("svg", "png"):
        assert (folder / f"một.{ending}").read_bytes() == (folder / f"hai.{ending}").read_bytes()
    drawn = ElementTree.parse(folder / "một.svg").getroot()
    words = [one.text or "" for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert tone.name in words
    assert "nên nghe lại" in words
    assert any(text.startswith("tiếng dừng đột ngột ở cuối tệp") for text in words)


def test_many_files_are_drawn_into_a_folder_each_under_its_name(project: Path, tone: Path) -> None:
    other = project / "khác" / tone.name
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(tone.read_bytes())
    inside(project, "qc", str(tone), str(other), EPISODE, "--picture", "nhiều")
    names = {path.name for path in (project / "nhiều").iterdir()}
    assert names == {f"{tone.name}.png", f"{tone.name}-2.png", "thu-01-podcast.mp3.png"}
