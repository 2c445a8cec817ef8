"""At the limits of the machine a build works, or says in one message what is in its way."""

import resource
import shutil
import subprocess
import sys
import unicodedata
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import build
from commands import published
from PIL import Image
from project import edit
from ready import linked

from truyenthanh.build import BuildListener
from truyenthanh.cli.edge import main
from truyenthanh.content.project import read_project
from truyenthanh.errors import ContentError
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.publishing.places import Places
from truyenthanh.publishing.publication import publishing

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
STATION = "content/stations/xa-mot.yaml"
POINT = "content/series/thu/points/01.yaml"


@pytest.fixture
def root(site: Path, tmp_path: Path) -> Path:
    return linked(site, tmp_path / "site")


def rebuilt(root: Path) -> StationBuild:
    (one,) = build(root, [], None, 2, SILENT)
    return one


def run_limited(root: Path, limit_bytes: int) -> "subprocess.CompletedProcess[str]":
    """Build where no file may grow beyond so many bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    return subprocess.run(
        [sys.executable, "-m", "truyenthanh", "build"],
        cwd=root,
        preexec_fn=limit,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("limit_bytes", [0, 30_000, 200_000])
def test_a_disk_that_takes_no_more_is_one_message_and_nothing_changes(root: Path, limit_bytes: int) -> None:
    before = published(root)
    edit(root, POINT, "trên loa", "qua loa")
    run = run_limited(root, limit_bytes)
    assert run.returncode == 1, run.stderr
    (message,) = [line for line in run.stderr.splitlines() if line and not line.startswith("Cần làm")]
    assert "Hãy" in message
    assert published(root) == before
    assert not [path for path in root.rglob("*") if path.name.endswith(".part") or path.name == ".staging"]
    rebuilt(root)


@pytest.fixture
def read_only(root: Path) -> Iterator[Path]:
    """The project, its audio/ on a file system that is read only."""
    audio = str(root / "audio")
    bound = subprocess.run(["mount", "--bind", audio, audio], capture_output=True, check=False)
    if sys.platform != "linux" or bound.returncode != 0:
        pytest.skip("cannot mount a folder read only here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", audio], check=True)
        yield root
    finally:
        subprocess.run(["umount", audio], check=True)


def test_a_folder_that_is_read_only_is_named_and_nothing_changes(
    read_only: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = published(read_only)
    assert main(["build", "--root", str(read_only)]) == 0  # nothing to do, nothing to write
    capsys.readouterr()
    edit(read_only, POINT, "trên loa", "qua loa")
    assert main(["build", "--root", str(read_only)]) == 1
    (message,) = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("Cần làm")]
    assert str(read_only / "audio") in message
    assert published(read_only) == before


def test_a_path_of_200_characters_with_spaces_and_marks(site: Path, tmp_path: Path) -> None:
    folder = "Đài truyền thanh xã, bản sao của chị Hường " * 2
    root = tmp_path / (folder + "ă") / ("ở " * 60 + "đây")
    assert len(str(root)) > 200
    shutil.copytree(site, root)
    assert not rebuilt(root).made
    edit(root, POINT, "trên loa", "qua loa")
    assert rebuilt(root).changed


def test_names_that_came_from_a_mac_are_the_names_that_are_written(root: Path) -> None:
    """A Mac writes "ô" as two characters in a file's name; content writes it as one."""
    apart = unicodedata.normalize("NFD", "chuông làng.wav")
    (root / "content/sounds").mkdir(exist_ok=True)
    with wave.open(str(root / "content/sounds" / apart), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes(b"".join((1000 * (n // 50 % 2)).to_bytes(2, "little") for n in range(48_000)))
    (root / "content/pictures").mkdir()
    cover = root / "content/pictures" / unicodedata.normalize("NFD", "bìa.jpg")
    Image.new("RGB", (1400, 1400), "navy").save(cover)
    source = root / "content/sources" / "tinh.txt"
    source.rename(source.with_name(unicodedata.normalize("NFD", "công văn.txt")))
    edit(root, "content/sources/tinh.yaml", "file: tinh.txt", "file: công văn.txt")
    edit(root, STATION, "masters:", "sounds:\n  chime: chuông làng.wav\nmasters:")
    edit(root, STATION, "  language: vi\n", "  language: vi\n  cover: bìa.jpg\n")
    station = read_project(root).stations["xa-mot"]
    assert (station.sounds["chime"], station.feed.cover) == (apart, cover.name)
    one = rebuilt(root)
    assert {"sound", "cover", "section"} <= {step.kind.name for step in one.made}


def test_a_folder_of_recordings_named_by_a_mac(root: Path) -> None:
    """Places are plain letters, so only the files beside them can be written apart: they are no places."""
    folder = root / "content/recordings/xa-mot"
    folder.mkdir(parents=True)
    (folder / unicodedata.normalize("NFD", "ghi âm nháp.txt")).write_bytes(b"no recording")
    assert read_project(root).stations["xa-mot"].recordings == {}


@pytest.mark.parametrize("name", ["Xa-mot", "XA-HAI", "xã-một", unicodedata.normalize("NFD", "xã")])
def test_ids_that_differ_only_in_case_or_marks_are_refused(root: Path, name: str) -> None:
    """On a disk that does not tell a from A two stations would write one file."""
    (root / "content/stations" / f"{name}.yaml").write_bytes((root / STATION).read_bytes())
    with pytest.raises(ContentError, match="a-z"):
        read_project(root)


def test_no_two_published_files_differ_only_in_case(site: Path) -> None:
    paths = list(published(site))
    assert len({path.casefold() for path in paths}) == len(paths)
    assert all(path.isascii() for path in paths)


def test_a_lock_that_cannot_be_made_is_one_message(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_bytes(b"a file in its place")
    assert main(["build", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert str(root / ".cache") in said
    assert "Traceback" not in said


def test_links_in_place_of_the_folders_are_followed(root: Path, tmp_path: Path) -> None:
    """audio/ may be a link to another disk."""
    (root / "audio").rename(tmp_path / "đĩa khác")
    (root / "audio").symlink_to(tmp_path / "đĩa khác")
    with publishing(Places(root, "xa-mot")):
        pass
    assert not rebuilt(root).made
