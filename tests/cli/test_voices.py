"""The commands for voices, and a whole build with a neural voice, as a user runs them."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from commands import built, published, truyenthanh
from project import edit, write_project
from tiny_voice import NAME, user_of, voice_files, write_collection

from truyenthanh.engines import ENGINES

pytestmark = pytest.mark.slow(12)

# A proxy at which nobody listens: the online voice fails at once, whatever network there is.
OFFLINE = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "NO_PROXY": ""}
LIMITED = "vi_VN-vivos-x_low"


@pytest.fixture
def user(tmp_path: Path) -> Mapping[str, str]:
    """The environment of a user who has no voice yet."""
    return {**user_of(tmp_path / "data"), **OFFLINE}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    return write_collection(tmp_path / "usb")


def install(root: Path, user: Mapping[str, str], *arguments: str) -> str:
    run = truyenthanh(root, "voices", "install", *arguments, environment=user)
    assert run.returncode == 0, run.stderr
    return run.stdout


# ---------------------------------------------------------------- what there is


def test_the_list_has_every_voice_of_every_engine(tmp_path: Path, user: Mapping[str, str]) -> None:
    run = truyenthanh(tmp_path, "voices", environment=user)
    assert run.returncode == 0, run.stderr
    rows = {tuple(line.split()[:2]) for line in run.stdout.splitlines()[1:]}
    for engine in ENGINES.values():
        if engine.name != "piper":
            assert {(engine.name, card.name) for card in engine.voices()} <= rows
    assert {("piper", NAME), ("piper", LIMITED)} <= rows
    assert re.search(rf"{NAME} +cài thêm được +CC BY 4.0 +60 MiB\n", run.stdout)
    assert re.search(rf"{LIMITED} +cài thêm được +CC BY-NC-SA +27 MiB +xem dưới\n", run.stdout)
    assert "thương mại" in run.stdout
    assert "truyenthanh voices install" in run.stdout


def test_the_list_of_one_engine(tmp_path: Path, user: Mapping[str, str]) -> None:
    run = truyenthanh(tmp_path, "voices", "--engine", "gtts", environment=user)
    assert {line.split()[0] for line in run.stdout.splitlines()[1:]} == {"gtts"}
    assert truyenthanh(tmp_path, "voices", "--engine", "none", environment=user).returncode == 1


def test_the_list_for_programs(tmp_path: Path, user: Mapping[str, str]) -> None:
    run = truyenthanh(tmp_path, "voices", "--json", environment=user)
    rows = {(row["engine"], row["name"]): row for row in json.loads(run.stdout)}
    assert set(rows["piper", NAME]) == {"engine", "name", "state", "region", "licence", "bytes", "caution"}
    assert rows["piper", NAME]["caution"] is None
    assert LIMITED in rows["piper", LIMITED]["caution"]
    assert rows["espeak", "vi"]["state"] == "installed"


# ---------------------------------------------------------------- one more


def test_a_voice_is_installed_with_its_licence_said_first(
    tmp_path: Path, user: Mapping[str, str], collection: Path
) -> None:
    run = truyenthanh(tmp_path, "voices", "install", NAME, "--from", str(collection), environment=user)
    assert run.returncode == 0, run.stderr
    licence, installed = run.stdout.splitlines()
    assert licence == f"Giấy phép của giọng {NAME}: CC0 (a test); CC BY 4.0."
    assert installed.startswith(f"Đã cài giọng {NAME}")
    assert [line.split()[2] for line in run.stderr.splitlines()] == [
        "MODEL_CARD",
        f"{NAME}.onnx",
        f"{NAME}.onnx.json",
    ]
    again = install(tmp_path, user, NAME, "--from", str(collection))
    assert "đã có sẵn" in again
    assert "CC BY 4.0" in again
    listed = truyenthanh(tmp_path, "voices", "--engine", "piper", environment=user).stdout
    assert re.search(rf"{NAME} +có sẵn", listed)
    assert not (tmp_path / "truyenthanh-error.log").exists()


def test_on_a_terminal_one_line_changes_and_is_cleared(
    tmp_path: Path, user: Mapping[str, str], collection: Path
) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "truyenthanh", "voices", "install", NAME, "--from", str(collection)]
    environment = {**os.environ, **user, "COLUMNS": "60"}
    run = subprocess.run(command, stdout=theirs, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    text = b"".join(iter(lambda: read_pty(ours), b"")).decode()
    os.close(ours)
    assert run.returncode == 0
    shown = [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]
    assert shown == [
        "MODEL_CARD: 100% của 0,0 MiB",
        f"Giấy phép của giọng {NAME}: CC0 (a test); CC BY 4.0.",
        f"{NAME}.onnx: 100% của 0,0 MiB",
        f"{NAME}.onnx.json: 100% của 0,0 MiB",
        f"Đã cài giọng {NAME} (1 MiB) vào {tmp_path}/data/truyenthanh/voices/{NAME}.",
    ]


def read_pty(ours: int) -> bytes:
    try:
        return os.read(ours, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_a_limited_licence_is_cautioned_about(tmp_path: Path, user: Mapping[str, str]) -> None:
    files = voice_files(LIMITED, card=b"* License: CC BY-NC-SA 4.0")
    said = install(tmp_path, user, LIMITED, "--from", str(write_collection(tmp_path / "usb", files, LIMITED)))
    assert "CC BY-NC-SA 4.0" in said
    assert "thương mại" in said


def test_a_voice_that_cannot_be_had_is_exit_code_1(
    tmp_path: Path, user: Mapping[str, str], collection: Path
) -> None:
    for arguments, part in (
        ((LIMITED, "--from", str(collection)), LIMITED),
        ((NAME, "--from", str(tmp_path)), "voices.json"),
        ((NAME,), "--from"),
    ):
        run = truyenthanh(tmp_path, "voices", "install", *arguments, environment=user)
        assert (run.returncode, run.stdout) == (1, "")
        assert part in run.stderr
    assert truyenthanh(tmp_path, "voices", "install", environment=user).returncode == 2


# ---------------------------------------------------------------- does it speak?


def test_every_voice_says_a_sentence(tmp_path: Path, user: Mapping[str, str], collection: Path) -> None:
    install(tmp_path, user, NAME, "--from", str(collection))
    for engine, count in (("espeak", len(ENGINES["espeak"].voices())), ("piper", 1)):
        run = truyenthanh(tmp_path, "voices", "--test", "--engine", engine, "--json", environment=user)
        assert run.returncode == 0, run.stderr
        trials = json.loads(run.stdout)
        assert len(trials) == count
        for trial in trials:
            assert trial["error"] is None
            assert 0 < trial["took_s"] < 10
            assert 2 < trial["length_s"] < 8
            assert -45 < trial["raw_lufs"] < -5
            assert trial["clip_lufs"] == pytest.approx(-23, abs=0.3)


def test_a_voice_that_fails_says_why_in_its_row(
    tmp_path: Path, user: Mapping[str, str], collection: Path
) -> None:
    install(tmp_path, user, NAME, "--from", str(collection))
    model = tmp_path / "data/truyenthanh/voices" / NAME / f"{NAME}.onnx"
    model.write_bytes(bytes(model.stat().st_size))
    run = truyenthanh(tmp_path, "voices", "--test", "--engine", "piper", environment=user)
    assert run.returncode == 1
    assert f"truyenthanh voices install {NAME}" in run.stdout


def test_where_there_is_no_voice_to_try_it_says_so(tmp_path: Path, user: Mapping[str, str]) -> None:
    run = truyenthanh(tmp_path, "voices", "--test", "--engine", "piper", environment=user)
    assert (run.returncode, run.stdout) == (1, "")
    assert "voices install" in run.stderr


# ---------------------------------------------------------------- a whole build


def test_a_build_with_a_neural_voice(tmp_path: Path, user: Mapping[str, str], collection: Path) -> None:
    root = write_project(tmp_path / "project")
    missing = truyenthanh(root, "build", "--engine", "piper", environment=user)
    assert missing.returncode == 1
    assert f"truyenthanh voices install {NAME}" in missing.stderr
    assert published(root) == {}

    install(root, user, NAME, "--from", str(collection))
    built(root, "--engine", "piper", "--jobs", "2", environment=user)
    manifest = json.loads((root / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))
    assert NAME in json.dumps(manifest)
    first = published(root)
    status = truyenthanh(root, "status", "--engine", "piper", environment=user)
    assert "không có gì phải làm" in unicodedata.normalize("NFC", status.stdout)

    other = write_project(tmp_path / "other")
    built(other, "--engine", "piper", "--jobs", "1", environment=user)
    assert published(other) == first


def test_a_build_says_what_is_to_be_known_of_the_licence(tmp_path: Path, user: Mapping[str, str]) -> None:
    files = voice_files(LIMITED, card=b"* License: CC BY-NC-SA 4.0")
    install(tmp_path, user, LIMITED, "--from", str(write_collection(tmp_path / "usb", files, LIMITED)))
    root = write_project(tmp_path / "project")
    voices = "".join(
        f"    {role}: {{voice: {LIMITED}, rate: 110}}\n" for role in ("announcer", "it", "digital")
    )
    edit(root, "content/stations/xa-mot.yaml", "  gtts:\n", f"  piper:\n{voices}  gtts:\n")
    run = truyenthanh(root, "build", "--engine", "piper", environment=user)
    assert run.returncode == 0, run.stderr
    assert run.stderr.count("thương mại") == 1
