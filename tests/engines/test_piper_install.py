"""Installing a voice: from an address, from a folder, and past everything that can go wrong on the way.

After each fault nothing half-made stands under a final name, and the next attempt succeeds.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import filelock
import pytest
from certificates import make_certificates
from mirror_server import Fault, Mirror, mirroring
from tiny_voice import CARD, NAME, config_bytes, listing, model_bytes, user_of, voice_files, write_collection

from truyenthanh.engines import piper, piper_collection, piper_install, piper_voices
from truyenthanh.engines.piper_collection import Folder, Site, source_of
from truyenthanh.engines.piper_install import Watch, install
from truyenthanh.errors import EngineError
from truyenthanh.model import Voice

MODEL = f"{NAME}.onnx"
CONFIG = f"{NAME}.onnx.json"
FILES = {MODEL, CONFIG, "MODEL_CARD", "record.json"}


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the voice will lie in."""
    for name, value in user_of(tmp_path / "data").items():
        monkeypatch.setenv(name, value)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "data/truyenthanh/voices" / NAME


@pytest.fixture
def mirror(voices: Path, tmp_path: Path) -> Iterator[Mirror]:
    """A mirror of a collection of one voice."""
    with mirroring(write_collection(tmp_path / "mirror")) as running:
        yield running


def fetch(mirror: Mirror, watch: Watch = Watch()) -> bool:  # noqa: B008 - a frozen record
    return install(NAME, source_of(mirror.address), watch)[1]


def refusal(mirror: Mirror) -> EngineError:
    """Return why the voice was not installed; there is none then, not even half of one."""
    with pytest.raises(EngineError) as caught:
        fetch(mirror)
    assert str(caught.value)
    assert not any(path.name in FILES for path in piper_voices.voices_folder().glob("*/*"))
    assert all(card.state == "available" for card in piper.voices())
    return caught.value


def check_installed(voices: Path) -> None:
    assert {path.name for path in voices.iterdir()} == FILES
    assert (voices / MODEL).read_bytes() == model_bytes()
    assert (voices / CONFIG).read_bytes() == config_bytes()
    piper.check(Voice(NAME))
    assert piper.speak(("Xin chào.",), Voice(NAME)).samples.any()


# ---------------------------------------------------------------- where from


def test_from_an_address(mirror: Mirror, voices: Path) -> None:
    assert fetch(mirror)
    check_installed(voices)
    assert mirror.asked[0].path == "voices.json"


def test_a_file_is_on_the_disk_before_it_gets_its_name(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync, synced = os.fsync, list[tuple[int, int]]()

    def noted(number: int) -> None:
        about = os.fstat(number)
        synced.append((about.st_ino, about.st_size))
        sync(number)

    monkeypatch.setattr(os, "fsync", noted)
    fetch(mirror)
    there = {path.name: path.stat() for path in voices.iterdir()}
    assert set(there) == FILES
    assert {(about.st_ino, about.st_size) for about in there.values()} <= set(synced)
    assert [inode for inode, _ in synced].count(
        voices.stat().st_ino
    ) == 2  # the names of files, and the record's
    assert synced[-1][0] == voices.stat().st_ino


@pytest.mark.parametrize("ending", ["/", "/voices.json", "/voices.json?download=true"])
def test_an_address_may_be_that_of_the_list(mirror: Mirror, voices: Path, ending: str) -> None:
    assert install(NAME, source_of(mirror.address + ending), Watch())[1]
    check_installed(voices)


def test_from_a_folder_laid_out_as_the_collection(tmp_path: Path, voices: Path) -> None:
    install(NAME, source_of(str(write_collection(tmp_path / "usb"))), Watch())
    check_installed(voices)


def test_from_a_folder_of_files_side_by_side(tmp_path: Path, voices: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    for path, data in voice_files().items():
        (usb / path.rpartition("/")[2]).write_bytes(data)
    (usb / "voices.json").write_text(json.dumps(listing(voice_files())))
    install(NAME, source_of(str(usb)), Watch())
    check_installed(voices)


def test_the_public_collection_is_where_pipers_own_downloader_looks() -> None:
    from piper.download_voices import VOICES_JSON

    source = source_of(None)
    assert isinstance(source, Site)
    assert VOICES_JSON.startswith(f"{source.address}/voices.json")


def test_a_folder_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"voices\.json"):
        source_of(str(tmp_path))


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://mirror.example.org/voices", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1/v", True),
        ("http://[::1]:80/", True),
        ("http://192.168.1.10/voices", True),
        ("http://10.0.0.1", True),
        ("http://mirror.example.org/voices", False),
        ("http://93.184.216.34/", False),
        ("HTTP://mirror.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://[", False),
        ("http://", False),
    ],
)
def test_plain_http_only_within_the_house(address: str, is_taken: bool) -> None:
    if is_taken:
        assert isinstance(source_of(address), Site)
    else:
        with pytest.raises(EngineError):
            source_of(address)


def test_a_redirection_out_of_the_house_is_not_followed_blindly(mirror: Mirror, voices: Path) -> None:
    files = next(path for path in voice_files() if path.endswith(MODEL))
    here = mirror.address.replace("127.0.0.1", "localhost")
    mirror.faults.append((MODEL, Fault(status=302, location=f"{here}/{files}")))
    fetch(mirror)
    check_installed(voices)


def test_a_redirection_to_plain_http_elsewhere_is_refused(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper_collection, "_is_near", lambda host: host == "127.0.0.1")
    elsewhere = mirror.address.replace("127.0.0.1", "localhost")
    path = next(path for path in voice_files() if path.endswith(MODEL))
    mirror.faults.append((MODEL, Fault(status=302, location=f"{elsewhere}/{path}")))
    assert refusal(mirror).key == "install.plain_http"


# ---------------------------------------------------------------- again


def test_what_is_whole_is_not_fetched_again(mirror: Mirror, voices: Path) -> None:
    fetch(mirror)
    mirror.asked.clear()
    assert not fetch(mirror)
    assert [one.path for one in mirror.asked] == ["voices.json"]


@pytest.mark.parametrize("file", [MODEL, CONFIG, "MODEL_CARD", "record.json"])
def test_what_is_damaged_is_mended(mirror: Mirror, voices: Path, file: str) -> None:
    fetch(mirror)
    (voices / file).write_bytes(b"x" * (voices / file).stat().st_size)
    mirror.asked.clear()
    assert fetch(mirror)
    check_installed(voices)
    fetched = {one.path.rpartition("/")[2] for one in mirror.asked} - {"voices.json"}
    assert fetched == {file} - {"record.json"}


def test_a_newer_voice_replaces_the_older_and_a_failed_one_does_not(
    mirror: Mirror, voices: Path, tmp_path: Path
) -> None:
    fetch(mirror)
    write_collection(mirror.folder, voice_files(model=model_bytes(0.2)))
    mirror.faults.append((MODEL, Fault(cut_at=300)))
    with pytest.raises(EngineError):
        fetch(mirror)
    assert (voices / MODEL).read_bytes() == model_bytes()
    piper.check(Voice(NAME))
    fetch(mirror)
    assert (voices / MODEL).read_bytes() == model_bytes(0.2)
    assert not list(voices.glob("*.part"))


def test_between_two_versions_there_is_no_voice(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two renames, files of both versions stand there: they must not pass for one."""
    fetch(mirror)
    write_collection(mirror.folder, voice_files(model=model_bytes(0.2), config=config_bytes(hop_length=300)))
    rename = Path.replace

    def killed(path: Path, target: Path) -> Path:
        if target.name == MODEL:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        fetch(mirror)
    monkeypatch.setattr(Path, "replace", rename)
    with pytest.raises(EngineError, match="chưa có trên máy"):
        piper.check(Voice(NAME))
    fetch(mirror)
    assert (voices / MODEL).read_bytes() == model_bytes(0.2)
    piper.check(Voice(NAME))


def test_two_at_once_do_not_mix(mirror: Mirror, voices: Path) -> None:
    voices.parent.mkdir(parents=True)
    with filelock.FileLock(voices.parent / f".{NAME}.lock"):
        error = refusal(mirror)
    assert error.key == "install.in_use"
    assert fetch(mirror)
    check_installed(voices)


# ---------------------------------------------------------------- interrupted


def test_what_was_cut_is_taken_up_again(mirror: Mirror, voices: Path) -> None:
    mirror.faults += [(MODEL, Fault(cut_at=300)), (MODEL, Fault(cut_at=200))]
    assert refusal(mirror).key in ("install.cut", "install.unreachable")
    assert refusal(mirror).key in ("install.cut", "install.unreachable")
    fetch(mirror)
    check_installed(voices)
    assert mirror.starts(MODEL) == [None, 300, 500]


def test_a_file_that_is_short_at_its_source_is_seen(mirror: Mirror, voices: Path) -> None:
    """Nothing on the way says so; what came is kept each time."""
    mirror.faults += [(MODEL, Fault(cut_at=300, is_short=True)), (MODEL, Fault(cut_at=200, is_short=True))]
    errors = [refusal(mirror), refusal(mirror)]
    assert [(error.key, error.facts["arrived"]) for error in errors] == [
        ("install.cut", 300),
        ("install.cut", 500),
    ]
    fetch(mirror)
    check_installed(voices)
    assert mirror.starts(MODEL) == [None, 300, 500]


def test_a_cut_without_a_length_is_seen(mirror: Mirror, voices: Path) -> None:
    mirror.faults.append((MODEL, Fault(cut_at=300, chunked=True)))
    assert refusal(mirror).key in ("install.cut", "install.unreachable")
    mirror.faults.append((MODEL, Fault(chunked=True)))
    fetch(mirror)
    check_installed(voices)


def test_a_server_that_ignores_ranges_begins_again(mirror: Mirror, voices: Path) -> None:
    mirror.faults += [(MODEL, Fault(cut_at=300)), (MODEL, Fault(ignores_range=True))]
    refusal(mirror)
    fetch(mirror)
    check_installed(voices)
    assert mirror.starts(MODEL) == [None, 300]


def test_a_beginning_that_was_wrong_is_fetched_again_whole(mirror: Mirror, voices: Path) -> None:
    mirror.faults.append((MODEL, Fault(cut_at=300, flip_at=10)))
    refusal(mirror)
    fetch(mirror)
    check_installed(voices)
    assert mirror.starts(MODEL) == [None, 300, None]


def test_what_belongs_to_another_version_is_not_taken_up(mirror: Mirror, voices: Path) -> None:
    mirror.faults.append((MODEL, Fault(cut_at=300)))
    refusal(mirror)
    newer = voice_files(model=model_bytes(0.2))
    write_collection(mirror.folder, newer)
    fetch(mirror)
    assert (voices / MODEL).read_bytes() == model_bytes(0.2)
    assert mirror.starts(MODEL) == [None, None]
    assert not list(voices.glob("*.part"))


@pytest.mark.parametrize("size", [len(model_bytes()), len(model_bytes()) + 9])
def test_a_part_that_is_long_enough_but_wrong_is_thrown_away(mirror: Mirror, voices: Path, size: int) -> None:
    mirror.faults.append((MODEL, Fault(cut_at=300)))
    refusal(mirror)
    (part,) = voices.glob(f"{MODEL}.????????.part")
    part.write_bytes(b"x" * size)
    fetch(mirror)
    check_installed(voices)


def test_a_server_whose_file_got_shorter_answers_416_and_begins_again(mirror: Mirror, voices: Path) -> None:
    mirror.faults += [(MODEL, Fault(cut_at=300)), (MODEL, Fault(status=416))]
    refusal(mirror)
    fetch(mirror)
    check_installed(voices)
    assert mirror.starts(MODEL) == [None, 300, None]


def test_interrupted_from_the_keyboard_it_goes_on_where_it_was(mirror: Mirror, voices: Path) -> None:
    """In a process of its own, by a real signal, in the middle of the model."""
    mirror.faults.append((MODEL, Fault(drip_s=0.05)))
    command = [sys.executable, "-m", "truyenthanh", "voices", "install", NAME, "--from", mirror.address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as run:
        deadline_s = time.monotonic() + 20
        while not any(part.stat().st_size >= 100 for part in voices.glob(f"{MODEL}.????????.part")):
            assert time.monotonic() < deadline_s
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=20)
    assert run.returncode == 130
    assert {path.suffix for path in voices.iterdir()} == {".part"}
    fetch(mirror)
    check_installed(voices)
    assert (mirror.starts(MODEL)[1] or 0) >= 100


# ---------------------------------------------------------------- wrong


@pytest.mark.parametrize("file", [MODEL, CONFIG, "MODEL_CARD"])
@pytest.mark.parametrize("fault", [Fault(flip_at=20), Fault(extra=b"more")])
def test_what_is_not_as_listed_is_not_kept(mirror: Mirror, voices: Path, file: str, fault: Fault) -> None:
    mirror.faults.append((file, fault))
    error = refusal(mirror)
    assert (error.key, error.facts["file"]) == ("install.wrong_file", file)
    assert not list(voices.glob(f"{file}.*"))
    fetch(mirror)
    check_installed(voices)


def test_a_file_without_end_is_not_written_to_its_end(mirror: Mirror, voices: Path) -> None:
    mirror.faults.append((MODEL, Fault(extra=b"x" * 3_000_000)))
    most: list[int] = []
    with pytest.raises(EngineError) as caught:
        fetch(mirror, Watch(arrived=lambda file, done, total: most.append(done)))
    assert caught.value.key == "install.wrong_file"
    assert max(most) <= len(model_bytes()) + piper_collection.CHUNK_BYTES


@pytest.mark.parametrize("status", [404, 403, 500, 503])
def test_what_a_server_refuses_is_named(mirror: Mirror, voices: Path, status: int) -> None:
    for file in ("voices.json", MODEL):
        mirror.faults.append((file, Fault(status=status)))
        error = refusal(mirror)
        assert (error.key, error.facts["status"]) == ("install.refused", status)
        assert file in str(error)
    fetch(mirror)
    check_installed(voices)


@pytest.mark.parametrize("drip_s", [0.1, 60.0])
def test_a_server_that_stalls_or_drips_is_given_up(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch, drip_s: float
) -> None:
    monkeypatch.setattr(piper_collection, "STALL_S", 0.4)
    mirror.faults.append((MODEL, Fault(drip_s=drip_s)))
    began_s = time.monotonic()
    assert refusal(mirror).key == "install.stalled"
    assert time.monotonic() - began_s < 2
    monkeypatch.undo()
    for name, value in user_of(voices.parents[2]).items():
        monkeypatch.setenv(name, value)
    fetch(mirror)
    check_installed(voices)


def test_a_closed_door_is_named(voices: Path, mirror: Mirror) -> None:
    mirror.closing.set()
    with pytest.raises(EngineError) as caught:
        install(NAME, Site("http://127.0.0.1:9/voices"), Watch())
    assert caught.value.key == "install.unreachable"
    assert "--from" in str(caught.value)


def test_a_certificate_nobody_vouches_for_is_refused(
    voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    _, chain, _ = make_certificates(tmp_path, ["localhost"])
    with mirroring(write_collection(tmp_path / "mirror"), chain) as mirror:
        assert refusal(mirror).key == "install.certificate"
        assert mirror.asked == []


# ---------------------------------------------------------------- the list


def changed(**facts: Any) -> dict[str, Any]:
    """Return a list whose facts of the model are others."""
    voices = listing(voice_files())
    path = next(path for path in voice_files() if path.endswith(MODEL))
    new_path = facts.pop("path", path)
    voices[NAME]["files"][new_path] = {**voices[NAME]["files"].pop(path), **facts}
    return voices


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="no JSON"),
        pytest.param("[]", id="no mapping"),
        pytest.param("[" * 100_000, id="nested"),
        pytest.param("\xff", id="no UTF-8"),
        pytest.param(json.dumps({NAME: []}), id="no facts"),
        pytest.param(json.dumps({NAME: {"language": {"family": "vi"}, "files": {}}}), id="no files"),
        pytest.param(json.dumps(changed(path=f"../../{MODEL}")), id="path that goes up"),
        pytest.param(json.dumps(changed(path=f"/etc/{MODEL}")), id="path from the root"),
        pytest.param(json.dumps(changed(path=f"C:\\{MODEL}")), id="path with a drive"),
        pytest.param(json.dumps(changed(path=f"a/./{MODEL}")), id="path with a dot"),
        pytest.param(json.dumps(changed(size_bytes=-1)), id="negative size"),
        pytest.param(json.dumps(changed(size_bytes="12")), id="size in words"),
        pytest.param(json.dumps(changed(size_bytes=1 << 40)), id="size of a disk"),
        pytest.param(json.dumps(changed(md5_digest="../x")), id="md5 that is none"),
        pytest.param(json.dumps(changed(md5_digest=None)), id="no md5"),
        pytest.param(json.dumps(changed(path="vi/other.onnx")), id="no model"),
    ],
)
def test_a_broken_list_is_refused(mirror: Mirror, voices: Path, text: str) -> None:
    (mirror.folder / "voices.json").write_bytes(text.encode("latin-1"))
    assert refusal(mirror).key == "install.bad_list"
    assert [one.path for one in mirror.asked] == ["voices.json"]
    assert not voices.exists()
    write_collection(mirror.folder)
    fetch(mirror)
    check_installed(voices)


def test_a_list_without_end_is_not_read_to_its_end(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper_collection, "LARGEST_LIST_BYTES", 500)
    mirror.faults.append(("voices.json", Fault(extra=b" " * 5_000_000)))
    assert refusal(mirror).key == "install.bad_list"


def test_a_voice_that_is_not_in_the_list(mirror: Mirror, voices: Path) -> None:
    with pytest.raises(EngineError, match="vi_VN-vivos-x_low"):
        install("vi_VN-vivos-x_low", source_of(mirror.address), Watch())
    assert not list(piper_voices.voices_folder().glob("*/*"))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("../../x", "engines.unknown_voice"),
        ("vi_VN-x-huge", "engines.unknown_voice"),
        ("en_US-lessac-medium", "engines.piper_other_language"),
    ],
)
def test_a_name_is_judged_before_anything_is_asked(mirror: Mirror, voices: Path, name: str, key: str) -> None:
    with pytest.raises(EngineError) as caught:
        install(name, source_of(mirror.address), Watch())
    assert caught.value.key == key
    assert mirror.asked == []


def test_a_list_that_says_another_language(mirror: Mirror, voices: Path) -> None:
    (mirror.folder / "voices.json").write_text(json.dumps(listing(voice_files(), family="en")))
    assert refusal(mirror).key == "engines.piper_other_language"


@pytest.mark.parametrize(
    ("config", "key"),
    [
        (config_bytes("en-us"), "engines.piper_other_language"),
        (config_bytes(phoneme_type="pinyin"), "install.bad_config"),
        (b"{}", "install.bad_config"),
        (b"[1]", "install.bad_config"),
        (b"\xff", "install.bad_config"),
    ],
)
def test_a_config_that_cannot_be_used(mirror: Mirror, voices: Path, config: bytes, key: str) -> None:
    write_collection(mirror.folder, voice_files(config=config))
    assert refusal(mirror).key == key
    write_collection(mirror.folder)
    fetch(mirror)
    check_installed(voices)


# ---------------------------------------------------------------- the disk and the stick


def test_a_file_missing_on_the_stick_is_named(tmp_path: Path, voices: Path) -> None:
    usb = write_collection(tmp_path / "usb")
    next(usb.rglob("MODEL_CARD")).unlink()
    with pytest.raises(EngineError, match="MODEL_CARD") as caught:
        install(NAME, Folder(usb), Watch())
    assert caught.value.key == "install.no_file"


def test_a_stick_that_cannot_be_read_is_not_taken_for_the_disk(
    tmp_path: Path, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb = write_collection(tmp_path / "usb")
    model = next(usb.rglob(MODEL))
    open_file = Path.open

    def pulled_out(path: Path, *arguments: Any, **settings: Any) -> Any:
        if path == model:
            raise OSError(5, "Input/output error", str(path))
        return open_file(path, *arguments, **settings)

    monkeypatch.setattr(Path, "open", pulled_out)
    with pytest.raises(EngineError) as caught:
        install(NAME, Folder(usb), Watch())
    assert caught.value.key == "install.unreadable"


def test_a_disk_without_room_is_seen_before_anything_is_fetched(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper_install, "SPARE_BYTES", 1 << 60)
    assert refusal(mirror).key == "install.no_room"
    assert [one.path for one in mirror.asked] == ["voices.json"]


def test_a_disk_that_fills_up_keeps_what_has_arrived(mirror: Mirror, voices: Path) -> None:
    """A limit on the size of files refuses the write as a full disk does: real, in a process of its own."""
    resource = pytest.importorskip("resource")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    write_collection(mirror.folder, voice_files(card=b"x", config=config_bytes()))
    command = [sys.executable, "-m", "truyenthanh", "voices", "install", NAME, "--from", mirror.address]
    run = subprocess.run(command, preexec_fn=limit, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1, run.stderr
    assert str(voices) in run.stderr
    assert {path.suffix for path in voices.iterdir() if path.name != "MODEL_CARD"} == {".part"}
    assert max(path.stat().st_size for path in voices.glob("*.part")) == 300
    fetch(mirror)
    assert (voices / MODEL).read_bytes() == model_bytes()
    assert 300 in mirror.starts(MODEL)


def test_a_folder_that_cannot_be_written_is_named(mirror: Mirror, voices: Path) -> None:
    voices.parent.parent.mkdir(parents=True)
    voices.parent.write_text("a file where the folder should be")
    with pytest.raises(EngineError) as caught:
        fetch(mirror)
    assert caught.value.key == "install.disk"


# ---------------------------------------------------------------- what is told


def test_the_licence_is_told_before_the_model_is_fetched(mirror: Mirror, voices: Path) -> None:
    told: list[str] = []
    watch = Watch(
        lambda name, licence: told.append(f"{name}: {licence}"), lambda file, done, total: told.append(file)
    )
    fetch(mirror, watch)
    licence = f"{NAME}: CC0 (a test); CC BY 4.0"
    assert told.index(licence) < told.index(MODEL)
    assert told.count(licence) == 1
    assert (voices / "MODEL_CARD").read_text() == CARD


def test_a_voice_without_a_card_is_what_is_known_of_it(mirror: Mirror, voices: Path) -> None:
    files = {path: data for path, data in voice_files().items() if not path.endswith("MODEL_CARD")}
    (mirror.folder / "voices.json").write_text(json.dumps(listing(files)))
    told: list[str] = []
    fetch(mirror, Watch(licence=lambda _name, licence: told.append(licence)))
    assert told == ["CC BY 4.0"]
    assert piper.voices()[0].licence == "CC BY 4.0"


def test_progress_ends_at_the_whole(mirror: Mirror, voices: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}
    fetch(mirror, Watch(arrived=lambda file, done, total: told.setdefault(file, []).append((done, total))))
    assert {file: steps[-1] for file, steps in told.items()}[MODEL] == (len(model_bytes()),) * 2
    assert set(told) == FILES - {"record.json"}
