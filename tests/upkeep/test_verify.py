"""Whatever happens to a published file is found and named, and the next build mends it."""

import hashlib
import json
import re
import shutil
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from building import build
from commands import published
from places import PACKAGE

import truyenthanh.upkeep.verify as module
from truyenthanh.build import BuildListener
from truyenthanh.cli.commands import truyenthanh
from truyenthanh.cli.edge import main
from truyenthanh.mixing.measurements import measure
from truyenthanh.publishing.manifest import manifest_bytes
from truyenthanh.publishing.places import Places
from truyenthanh.publishing.publication import publishing
from truyenthanh.store.atomic_files import write_atomic
from truyenthanh.upkeep.file_checks import LEVELS, Fault
from truyenthanh.upkeep.verify import Verified, verify_station

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
STATION = "xa-mot"
MANIFEST = f"audio/{STATION}/manifest.json"
SOUND = f"audio/{STATION}/podcast/thu-01-podcast.mp3"
FEED = f"feed/{STATION}/feed.xml"


PAPERS = {
    FEED: f"""<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>t</title>
<atom:link rel="self" href="https://x.example.org/{FEED}"/>
<item><enclosure url="https://x.example.org/{SOUND}?v=1" length="%d"/></item></channel></rss>""",
    f"feed/{STATION}/transcripts/thu-01.vtt": "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na\n",
    f"feed/{STATION}/chapters/thu-01.json": "{}",
    f"feed/{STATION}/index.html": "<html></html>",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A station that has published one second of a tone, and papers about it."""
    (tmp_path / "content").mkdir()
    (tmp_path / SOUND).parent.mkdir(parents=True)
    with wave.open(str(tmp_path / SOUND), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes(b"".join((3000 * (n // 50 % 2)).to_bytes(2, "little") for n in range(48_000)))
    quality, _ = measure(tmp_path / SOUND)
    figures = {"seconds": 1.0, **{name: getattr(quality.levels, name) for name in LEVELS}}
    files = {SOUND: entry_of((tmp_path / SOUND).read_bytes()) | figures}
    for path, text in PAPERS.items():
        raw = (text % files[SOUND]["bytes"] if "%d" in text else text).encode()
        write_atomic(tmp_path / path, raw)
        files[path] = entry_of(raw)
    write_atomic(tmp_path / MANIFEST, manifest_bytes({"station": STATION, "files": files}))
    return tmp_path


@pytest.fixture
def built_root(site: Path, tmp_path: Path) -> Path:
    shutil.copytree(site, tmp_path / "site")
    return tmp_path / "site"


def entry_of(raw: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}


def verified(root: Path) -> Verified:
    return verify_station(root, STATION, 2, lambda *_: None, lambda _: None)


def found(root: Path) -> set[tuple[str, str]]:
    return {(fault.file, fault.what) for fault in verified(root).faults}


def flip(path: Path, at: int = -1) -> None:
    raw = bytearray(path.read_bytes())
    raw[at if at >= 0 else len(raw) // 2] ^= 1
    path.write_bytes(raw)


def edit_manifest(root: Path, change: Callable[[Any], object]) -> None:
    manifest = json.loads((root / MANIFEST).read_bytes())
    change(manifest)
    (root / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


# ---------------------------------------------------------------- whole


def test_what_is_whole_is_left_as_it_is(root: Path) -> None:
    before = published(root)
    one = verified(root)
    assert (one.faults, one.unnamed, one.files, one.seconds) == ((), (), 5, 1.0)
    assert published(root) == before


def test_what_was_built_is_whole_and_what_is_damaged_is_found_until_a_build_mends_it(
    built_root: Path,
) -> None:
    before = published(built_root)
    captions = f"feed/{STATION}/transcripts/thu-01.vtt"
    gone, cut = f"feed/{STATION}/chapters/thu-02.json", f"audio/{STATION}/podcast/thu-02-podcast.mp3"
    damaged = {(SOUND, "content"), (captions, "content"), (gone, "missing"), (cut, "size")}
    one = verified(built_root)
    assert (one.faults, one.unnamed, one.files) == ((), (), len(before) - 1)
    flip(built_root / SOUND)
    flip(built_root / captions)
    (built_root / gone).unlink()
    (built_root / cut).write_bytes((built_root / cut).read_bytes()[:-100])
    assert found(built_root) == damaged
    assert found(built_root) == damaged
    (done,) = build(built_root, [], None, 2, SILENT)
    assert done.changed == {path for path, _ in damaged}
    assert published(built_root) == before


def test_another_station_and_hidden_records_are_no_concern(root: Path) -> None:
    (root / f"audio/{STATION}/.history").write_text("x\n")
    write_atomic(root / "audio/xa-hai/manifest.json", b"{")
    assert (verified(root).faults, verified(root).unnamed) == ((), ())


# ---------------------------------------------------------------- damaged


def test_every_published_file_is_held_to_its_bytes(root: Path) -> None:
    paths = [path for path in published(root) if path != MANIFEST]
    for path in paths:
        flip(root / path)
    assert found(root) == {(path, "content") for path in paths}


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"files": []}', b"[" * 100_000])
def test_a_damaged_manifest_is_named(root: Path, raw: bytes) -> None:
    (root / MANIFEST).write_bytes(raw)
    assert found(root) == {(MANIFEST, "bad_manifest")}
    assert (root / MANIFEST).read_bytes() == raw


def test_a_manifest_that_is_gone_is_named(root: Path) -> None:
    (root / MANIFEST).unlink()
    assert found(root) == {(MANIFEST, "no_manifest")}


@pytest.mark.parametrize("name", ["seconds", *LEVELS])
def test_a_figure_that_is_not_so_is_found(root: Path, name: str) -> None:
    def change(manifest: Any) -> None:
        manifest["files"][SOUND][name] += 0.2

    edit_manifest(root, change)
    assert found(root) == {(SOUND, name)}


def test_entries_of_another_shape_or_outside_the_station_are_named(root: Path) -> None:
    def change(manifest: Any) -> None:
        manifest["files"][SOUND] = []
        manifest["files"][FEED]["bytes"] = "many"
        manifest["files"]["audio/../precious.txt"] = {}

    edit_manifest(root, change)
    bad = [fault for fault in verified(root).faults if fault.what == "bad_entry"]
    assert {fault.facts["name"] for fault in bad} == {SOUND, FEED, "audio/../precious.txt"}


def test_a_feed_that_names_what_is_not_published_is_found(root: Path) -> None:
    edit_manifest(root, lambda manifest: manifest["files"].pop(SOUND))
    one = verified(root)
    assert [(fault.what, fault.facts) for fault in one.faults] == [("feed_names", {"name": SOUND})]
    assert one.unnamed == (SOUND,)


def test_a_feed_that_says_another_length_is_found(root: Path) -> None:
    raw = (root / FEED).read_bytes().replace(b'length="', b'length="1')
    (root / FEED).write_bytes(raw)
    edit_manifest(root, lambda manifest: manifest["files"][FEED].update(entry_of(raw)))
    assert found(root) == {(FEED, "feed_length")}


def test_files_that_nobody_published_are_named_and_are_no_fault(root: Path) -> None:
    write_atomic(root / f"feed/{STATION}/ghi-chu.txt", b"mine")
    write_atomic(root / f"audio/{STATION}/podcast/.DS_Store", b"theirs")
    one = verified(root)
    assert set(one.unnamed) == {f"feed/{STATION}/ghi-chu.txt", f"audio/{STATION}/podcast/.DS_Store"}
    assert one.faults == ()


def test_an_interrupted_swap_is_finished_first(root: Path) -> None:
    places, page = Places(root, STATION), f"feed/{STATION}/index.html"
    files = json.loads((root / MANIFEST).read_bytes())["files"]
    files[page] = entry_of(b"<p></html>")
    with publishing(places):
        write_atomic(places.staged(page), b"<p></html>")
        write_atomic(places.staged_manifest, manifest_bytes({"files": files}))
    assert found(root) == set()
    assert (root / page).read_bytes() == b"<p></html>"
    assert not places.staged_manifest.exists()


def test_a_file_that_a_build_replaces_meanwhile_is_no_fault(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What seemed wrong while builds could run is looked at again while none can."""
    flip(root / SOUND)
    check, calls = module._check, []

    def replaced_meanwhile(places: Places, entries: Any, *rest: Any) -> Any:
        calls.append(set(entries))
        wrong = check(places, entries, *rest)
        flip(root / SOUND)
        return wrong

    monkeypatch.setattr(module, "_check", replaced_meanwhile)
    assert found(root) == set()
    assert calls[1] == {SOUND}


def test_a_copy_without_content_is_only_looked_at(root: Path) -> None:
    shutil.rmtree(root / "content")
    flip(root / SOUND)
    before = published(root)
    assert found(root) == {(SOUND, "content")}
    assert published(root) == before


# ---------------------------------------------------------------- the command


def test_the_command_says_what_is_wrong_where_and_what_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_atomic(root / "content/project.yaml", f"station: {STATION}\n".encode())
    assert main(["verify", "--root", str(root), "--store"]) == 0
    said = capsys.readouterr().out
    assert "tất cả nguyên vẹn" in said
    flip(root / SOUND)
    (root / f"feed/{STATION}/ghi-chu.txt").write_bytes(b"mine")
    assert main(["verify", "--root", str(root), "--all"]) == 1
    said = capsys.readouterr().out
    assert f"{SOUND}: nội dung đã bị thay đổi" in said
    assert f"truyenthanh build --station {STATION}" in said
    assert "ghi-chu.txt" in said
    assert main(["verify", "--root", str(root), "--json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["stations"]
    assert (one["faults"][0]["file"], one["faults"][0]["what"]) == (SOUND, "content")


def test_a_station_without_a_publication_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--root", str(root), "--station", "xa-hai"]) == 1
    assert "xa-hai" in capsys.readouterr().err
    assert main(["verify", "--root", str(root), "--station", "xa-hai", "--all"]) == 2


def test_every_kind_of_fault_has_words() -> None:
    from catalogues import templates

    modules = ("upkeep/verify.py", "upkeep/file_checks.py")
    source = "".join((PACKAGE / name).read_text(encoding="utf-8") for name in modules)
    kinds = {*re.findall(r'Fault\(\w+, "(\w+)"', source), "seconds", *LEVELS}
    others = {"progress", "progress_store", "nothing", "whole", "faults", "unnamed"}
    others |= {"store_entry", "store_damaged", "store_whole", "at"}
    told = {key.partition(".")[2] for key in templates("vi") if key.startswith("verify.")}
    assert kinds | others == told
    assert truyenthanh.commands["verify"].help
    assert Fault("a", "missing").facts == {}
