"""What stands published is the old or the new, whole: wherever the swap is interrupted."""

import errno
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from truyenthanh.errors import PublicationError
from truyenthanh.publishing.manifest import Manifest, manifest_bytes, note_damage, read_manifest
from truyenthanh.publishing.places import Places
from truyenthanh.publishing.publication import publish, publishing
from truyenthanh.store.atomic_files import write_atomic

STATION = "xa-mot"
AUDIO = f"audio/{STATION}/podcast"
FEED = f"feed/{STATION}"

# Two episodes and a cover; the second edition drops one episode, adds another and has a new cover and style.
OLD = {
    f"{AUDIO}/thu-01-podcast.mp3": b"one",
    f"{AUDIO}/thu-02-podcast.mp3": b"two",
    f"{FEED}/cover-aaaaaaaa.jpg": b"old cover",
    f"{FEED}/transcripts/thu-01.vtt": b"WEBVTT one",
    f"{FEED}/assets/page-aaaaaaaa.css": b"old style",
    f"{FEED}/thu-01.html": b"thu-01-podcast.mp3 thu-01.vtt page-aaaaaaaa.css",
    f"{FEED}/thu-02.html": b"thu-02-podcast.mp3 page-aaaaaaaa.css",
    f"{FEED}/index.html": b"thu-01.html thu-02.html cover-aaaaaaaa.jpg page-aaaaaaaa.css",
    f"{FEED}/feed.xml": b"thu-01-podcast.mp3 thu-02-podcast.mp3 cover-aaaaaaaa.jpg",
}
NEW = {
    f"{AUDIO}/thu-01-podcast.mp3": b"one, corrected",
    f"{AUDIO}/thu-03-podcast.mp3": b"three",
    f"{FEED}/cover-bbbbbbbb.jpg": b"new cover",
    f"{FEED}/transcripts/thu-01.vtt": b"WEBVTT one, corrected",
    f"{FEED}/assets/page-bbbbbbbb.css": b"new style",
    f"{FEED}/thu-01.html": b"thu-01-podcast.mp3 thu-01.vtt page-bbbbbbbb.css",
    f"{FEED}/thu-03.html": b"thu-03-podcast.mp3 thu-03.vtt page-bbbbbbbb.css",
    f"{FEED}/index.html": b"thu-01.html thu-03.html cover-bbbbbbbb.jpg page-bbbbbbbb.css",
    f"{FEED}/transcripts/thu-03.vtt": b"WEBVTT three",
    f"{FEED}/feed.xml": b"thu-01-podcast.mp3 thu-03-podcast.mp3 cover-bbbbbbbb.jpg thu-03.vtt",
}

Files = dict[str, bytes]


def manifest(files: Files) -> Manifest:
    return {"station": STATION, "files": {path: {"bytes": len(data)} for path, data in files.items()}}


def stage_audio(places: Places, files: Files) -> Files:
    """Stage the audio, as its makers do; return the texts."""
    for path, data in files.items():
        if path.startswith("audio/"):
            write_atomic(places.staged(path), data)
    return {path: data for path, data in files.items() if not path.startswith("audio/")}


def edition(places: Places, files: Files) -> None:
    with publishing(places):
        publish(places, manifest(files), stage_audio(places, files))


def standing(root: Path) -> Files:
    """Everything in audio/ and feed/, staging included, manifests aside."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for tree in ("audio", "feed")
        for path in (root / tree).rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def named_files_stand(root: Path) -> bool:
    """Whether every file that the feed, the index or a page names is there."""
    written = [root / FEED / "feed.xml", *(root / FEED).glob("*.html")]
    names = {name for file in written for name in file.read_bytes().decode().split()}
    found = {path.name for path in root.rglob("*") if ".staging" not in path.parts}
    return names <= found


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path, STATION)
    edition(places, OLD)
    return places


# ---------------------------------------------------------------- whole


def test_an_edition_stands_as_its_manifest_says(places: Places) -> None:
    assert standing(places.root) == OLD
    assert read_manifest(places) == manifest(OLD)
    assert places.manifest.read_bytes() == manifest_bytes(manifest(OLD))


def test_the_next_edition_replaces_it_and_nothing_is_left(places: Places) -> None:
    edition(places, NEW)
    assert standing(places.root) == NEW
    assert read_manifest(places) == manifest(NEW)
    assert not list(places.root.rglob(".staging"))


def test_files_that_did_not_change_need_no_staging(places: Places) -> None:
    with publishing(places):
        publish(places, manifest(OLD), {f"{FEED}/index.html": b"page"})
    assert standing(places.root) == {**OLD, f"{FEED}/index.html": b"page"}


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"{}", b'{"files": []}', b"null", b"\xff"])
def test_a_damaged_manifest_is_a_manifest_without_files(places: Places, raw: bytes) -> None:
    places.manifest.write_bytes(raw)
    assert read_manifest(places)["files"] == {}
    edition(places, NEW)
    assert read_manifest(places) == manifest(NEW)


def test_what_was_published_stays_known_however_often_damage_is_found(places: Places) -> None:
    path, others = f"{FEED}/index.html", {**manifest(OLD)["files"]}
    others.pop(path)
    write_atomic(places.manifest, manifest_bytes({"files": {**others, path: {"sha256": "published"}}}))
    for found in ("flipped", "flipped again"):
        note_damage(places, {path: found})
        files = read_manifest(places)["files"]
        assert files.pop(path) == {"sha256": found, "expected": "published"}
        assert files == others


# ---------------------------------------------------------------- interrupted


class PowerCut(BaseException):
    """The machine stops here."""


def cut_after(patch: pytest.MonkeyPatch, steps: int, watch: Callable[[], None]) -> None:
    """Let only ``steps`` renames and removals happen, then cut the power before the next."""
    done = 0

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*args: Any, **more: Any) -> Any:
            nonlocal done
            if done == steps:
                raise PowerCut
            done += 1
            result = act(*args, **more)
            watch()
            return result

        return instead

    remove = Path.unlink

    def removed(path: Path, missing_ok: bool = False) -> None:
        if not path.name.endswith(".part"):  # nobody tidies up after a power cut
            counted_remove(path)

    counted_remove = counted(remove)
    patch.setattr(Path, "replace", counted(Path.replace))
    patch.setattr(Path, "unlink", removed)


def interrupted(places: Places, steps: int) -> bool:
    """Publish the new edition, cut after so many steps; whether it was cut."""

    def watch() -> None:
        assert named_files_stand(places.root)

    with pytest.MonkeyPatch.context() as patch:
        with publishing(places):
            pass
        cut_after(patch, steps, watch)
        try:
            edition(places, NEW)
        except PowerCut:
            return True
    return False


@pytest.mark.parametrize("steps", range(40))
def test_a_cut_anywhere_leaves_the_old_or_gives_the_new(places: Places, steps: int) -> None:
    cut = interrupted(places, steps)
    assert named_files_stand(places.root)
    staged = places.staged_manifest.exists()
    with publishing(places):
        now = standing(places.root)
    assert now == (NEW if staged or not cut else OLD)
    assert read_manifest(places) == manifest(now)
    assert not list(places.root.rglob(".staging"))


def test_both_sides_of_the_point_of_no_return_are_tried(tmp_path: Path) -> None:
    results = []
    for steps in range(40):
        places = Places(tmp_path / str(steps), STATION)
        edition(places, OLD)
        cut = interrupted(places, steps)
        with publishing(places):
            results.append((cut, standing(places.root) == NEW))
    assert set(results) == {(True, False), (True, True), (False, True)}
    assert results == sorted(results, key=lambda one: (not one[0], one[1]))


def test_recovery_may_itself_be_cut(places: Places) -> None:
    for steps in range(7, 40):
        if not interrupted(places, steps) or places.staged_manifest.exists():
            break
    assert places.staged_manifest.exists()
    for _ in range(20):
        with pytest.MonkeyPatch.context() as patch:
            cut_after(patch, 1, lambda: None)
            try:
                with publishing(places):
                    break
            except PowerCut:
                assert named_files_stand(places.root)
    assert standing(places.root) == NEW


def test_a_build_that_fails_leaves_what_stood(places: Places) -> None:
    def fail() -> None:
        with publishing(places):
            stage_audio(places, NEW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with publishing(places):
        assert standing(places.root) == OLD


def test_the_disk_refuses(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "feed.xml")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PublicationError, match=r"feed\.xml: ổ đĩa hết chỗ"):
        edition(places, NEW)


def test_a_full_disk_is_told_even_without_a_name(places: Places) -> None:
    with (
        pytest.raises(PublicationError, match=f"máy từ chối đọc hoặc ghi {places.root}: ổ đĩa hết chỗ"),
        publishing(places),
    ):
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("folder", [AUDIO, FEED])
def test_a_folder_that_may_not_be_written_is_named_before_anything_is_changed(
    places: Places, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    refused = places.root / folder
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != refused)
    with pytest.raises(PublicationError, match=folder) as caught:
        edition(places, NEW)
    assert caught.value.key == "publication.refused"
    assert standing(places.root) == OLD
    assert read_manifest(places) == manifest(OLD)


def test_a_file_in_use_is_named(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def busy(self: Path, target: Path) -> Path:
        if self.suffix == ".mp3":
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(PublicationError, match="chạy lại lệnh để làm tiếp"):
        edition(places, NEW)


# ---------------------------------------------------------------- what is not ours


@pytest.mark.parametrize(
    "path",
    [
        f"audio/{STATION}/../../precious.txt",
        f"audio/{STATION}/../xa-hai/theirs.mp3",
        "audio/xa-hai/theirs.mp3",
        f"content/{STATION}/precious.txt",
        "precious.txt",
        "/precious.txt",
        "../precious.txt",
        f"audio/{STATION}-2/theirs.mp3",
        f"audio/{STATION}/podcast",
    ],
)
def test_foreign_paths_in_an_old_manifest_are_left_alone(places: Places, path: str) -> None:
    theirs = [
        *("precious.txt", "audio/xa-hai/theirs.mp3", f"audio/{STATION}-2/theirs.mp3"),
        f"content/{STATION}/precious.txt",
    ]
    for name in theirs:
        write_atomic(places.root / name, b"precious")
    write_atomic(places.manifest, manifest_bytes(manifest({**OLD, path: b"x"})))
    edition(places, NEW)
    assert all((places.root / name).read_bytes() == b"precious" for name in theirs)
    assert {name for name in standing(places.root) if f"/{STATION}/" in name} == set(NEW)


def test_a_file_that_nobody_published_is_left_alone(places: Places) -> None:
    write_atomic(places.root / FEED / "ghi-chu.txt", b"mine")
    edition(places, NEW)
    assert (places.root / FEED / "ghi-chu.txt").read_bytes() == b"mine"


def test_another_station_is_left_alone(places: Places) -> None:
    other = Places(places.root, "xa-hai")
    theirs = {path.replace(STATION, "xa-hai"): data for path, data in OLD.items()}
    edition(other, theirs)
    edition(places, NEW)
    assert standing(places.root) == {**theirs, **NEW}


# ---------------------------------------------------------------- one build at a time


def _hold(root: Path, held: Event) -> None:
    with publishing(Places(root, STATION)):
        held.set()
        signal.pause()


def test_a_dead_builder_does_not_block_the_next(places: Places) -> None:
    context = multiprocessing.get_context("fork")
    held = context.Event()
    builder = context.Process(target=_hold, args=(places.root, held))
    builder.start()
    assert held.wait(10)
    assert builder.pid is not None
    os.kill(builder.pid, signal.SIGKILL)
    builder.join(10)
    edition(places, NEW)
    assert standing(places.root) == NEW


def test_a_live_builder_makes_the_next_wait(places: Places) -> None:
    context = multiprocessing.get_context("fork")
    held = context.Event()
    first = context.Process(target=_hold, args=(places.root, held))
    first.start()
    assert held.wait(10)
    entered = context.Event()
    second = context.Process(target=_hold, args=(places.root, entered))
    second.start()
    assert not entered.wait(0.3)
    first.kill()
    assert entered.wait(10)
    second.kill()
    first.join(10)
    second.join(10)


# ---------------------------------------------------------------- drives and programs that refuse


def in_use_at(patch: pytest.MonkeyPatch, steps: int) -> None:
    """Let the rename or removal after ``steps`` of them meet a file that another program holds open."""
    left, replace, unlink = steps, Path.replace, Path.unlink

    def busy(path: Path) -> bool:
        nonlocal left
        left -= 1
        return left == -1 and not path.name.endswith(".part")

    def replaced(path: Path, target: Path) -> Path:
        if busy(Path(target)):
            raise PermissionError(13, "in use", str(target))
        return replace(path, target)

    def removed(path: Path, missing_ok: bool = False) -> None:
        if busy(path):
            raise PermissionError(13, "in use", str(path))
        unlink(path, missing_ok)

    patch.setattr(Path, "replace", replaced)
    patch.setattr(Path, "unlink", removed)


@pytest.mark.parametrize("steps", range(36))
def test_a_file_in_use_anywhere_is_told_and_the_next_command_does_the_rest(
    places: Places, steps: int
) -> None:
    told = False
    with pytest.MonkeyPatch.context() as patch:
        in_use_at(patch, steps)
        try:
            edition(places, NEW)
        except PublicationError:
            told = True
    assert named_files_stand(places.root)
    staged = places.staged_manifest.exists()
    with publishing(places):
        assert standing(places.root) == (NEW if staged or not told else OLD)
    assert not list(places.root.rglob(".staging"))


@pytest.mark.parametrize("number", [errno.EEXIST, errno.EPERM])
def test_a_drive_that_cannot_rename_over_a_file(
    places: Places, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if Path(target).exists():
            raise OSError(number, "no")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    edition(places, NEW)
    assert standing(places.root) == NEW
    assert read_manifest(places) == manifest(NEW)


def test_on_such_a_drive_the_old_file_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, b"old")
    rename = Path.rename

    def never(self: Path, target: Path) -> Path:
        raise OSError(errno.EEXIST, "no")

    def only_aside(self: Path, target: Path) -> Path:
        if not self.name.endswith("-old.part") and Path(target).name == "a.txt":
            raise OSError(errno.EIO, "no")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", never)
    monkeypatch.setattr(Path, "rename", only_aside)
    with pytest.raises(OSError, match="no"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", bytes(200)])
def test_a_swap_whose_manifest_the_disk_lost_is_followed_by_a_publication_of_everything(
    places: Places, raw: bytes
) -> None:
    """Some of the new files may stand under old names: no figure of the old manifest can be trusted."""
    places.staged_manifest.parent.mkdir()
    places.staged_manifest.write_bytes(raw)
    with publishing(places):
        assert not places.manifest.exists()
        assert not places.staged_manifest.exists()
        assert standing(places.root) == OLD
