"""The whole flow on a small project, run as a user runs it: what is made, what is not, what survives."""

import json
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from building import build
from commands import built, published, truyenthanh
from project import EPISODES, edit, write_project
from ready import linked, overwrite

from truyenthanh.build import BuildListener
from truyenthanh.errors import SoundError
from truyenthanh.explain.outcome import StationBuild

pytestmark = pytest.mark.slow(30)

MASTERS = {"podcast": "podcast.mp3", "radio": "phat-thanh.wav", "loudspeaker": "loa.mp3"}
TRANSCRIPTS = ("vtt", "srt", "json", "html", "txt")
SILENT = BuildListener(*(lambda *_: None for _ in range(5)))


@pytest.fixture
def project(built_project: Path, tmp_path: Path) -> Iterator[Path]:
    """A built project to change."""
    root = tmp_path / "dự án của xã"  # a space and letters beyond ASCII, as on a real desktop
    yield linked(built_project, root)
    assert not [path for path in root.rglob("*") if path.name.endswith(".part") or path.name == ".staging"]


def rebuilt(root: Path) -> StationBuild:
    (one,) = build(root, [], None, 2, SILENT)
    return one


def kinds(one: StationBuild) -> Counter[str]:
    return Counter(step.kind.name for step in one.made)


def test_a_build_gives_every_episode_as_every_master_with_all_that_goes_with_it(built_project: Path) -> None:
    there = set(published(built_project))
    audio = {
        f"audio/xa-mot/{master}/{episode}-{ending}"
        for episode in EPISODES
        for master, ending in MASTERS.items()
    }
    texts = {f"feed/xa-mot/transcripts/{episode}.{kind}" for episode in EPISODES for kind in TRANSCRIPTS}
    chapters = {f"feed/xa-mot/chapters/{episode}.json" for episode in EPISODES}
    cover = {path for path in there if path.startswith("feed/xa-mot/cover-")}
    pages = {f"feed/xa-mot/{name}.html" for name in ("index", *EPISODES)}
    assets = {path for path in there if path.startswith("feed/xa-mot/assets/")}
    rest = {"feed/xa-mot/feed.xml", "audio/xa-mot/manifest.json", "audio/xa-mot/xa-mot-podcast.zip"}
    assert len(cover) == 2  # for directories and for pages
    assert len(assets) == 4  # style, script, font and its licence
    assert there == audio | texts | chapters | cover | pages | assets | rest


def test_the_manifest_is_true(built_project: Path) -> None:
    manifest = json.loads((built_project / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))
    there = {
        path: sha for path, sha in published(built_project).items() if not path.endswith("manifest.json")
    }
    assert {path: entry["sha256"] for path, entry in manifest["files"].items()} == there
    for path, entry in manifest["files"].items():
        assert (built_project / path).stat().st_size == entry["bytes"]
    speech = manifest["files"]["audio/xa-mot/podcast/thu-01-podcast.mp3"]
    assert speech["engine"] == "espeak"
    assert len(speech["sections"]) == 3
    assert manifest["voices"]["announcer"]["name"] == "vi+f1"
    assert str(built_project) not in json.dumps(manifest)


def test_a_second_build_makes_nothing_and_says_so(project: Path) -> None:
    times = {path: (project / path).stat().st_mtime_ns for path in published(project)}
    said = built(project)
    assert "Không có gì phải làm" in said
    assert "mới làm" not in said
    assert {path: (project / path).stat().st_mtime_ns for path in published(project)} == times
    assert "không có gì phải làm" in truyenthanh(project, "status").stdout


def test_one_changed_sentence_makes_one_clip_one_passage_and_what_hangs_on_them(project: Path) -> None:
    before = published(project)
    edit(project, "content/series/thu/points/02.yaml", "Cây cho bóng mát.", "Cây cho bóng mát quanh năm.")
    edit(project, "content/series/thu/points/02.yaml", "here: cho bóng mát", "here: cho bóng mát quanh")
    pending = json.loads(truyenthanh(project, "status", "--json").stdout)["xa-mot"]
    one = rebuilt(project)
    made = kinds(one)
    assert made == {
        "clip": 1,
        "passage": 1,
        "section": 1,
        "master": 3,
        "audio": 6,  # its own episode and the omnibus, three masters each
        "pack": 1,
        "captions": 4,  # two forms
        "text": 6,  # three
        "chapters": 2,
        "episode_page": 2,
        "page": 1,
        "feed": 1,
    }
    promised = Counter(step["kind"] for step in pending)
    assert all(made[kind] <= promised[kind] for kind in made)
    assert promised["clip"] == 1
    changed = {path for path, sha in published(project).items() if before.get(path) != sha}
    assert {path for path in changed if path.startswith("audio/") and "manifest" not in path} == {
        f"audio/xa-mot/{master}/{episode}-{ending}"
        for episode in ("thu-02", "thu-tron-bo")
        for master, ending in MASTERS.items()
    } | {"audio/xa-mot/xa-mot-podcast.zip"}


def test_status_says_what_changed_from_what_to_what(project: Path) -> None:
    edit(project, "content/series/thu/points/01.yaml", "Bà con nghe trên loa.", "Bà con nghe qua loa.")
    said = truyenthanh(project, "status").stdout
    assert "lời viết: “Bà con nghe trên loa.” → “Bà con nghe qua loa.”" in said
    assert "point-01/" in said


def test_a_word_that_is_read_the_same_makes_texts_only(project: Path) -> None:
    """ "20%" and "hai mươi phần trăm" sound the same: no clip is made, the transcript changes."""
    edit(
        project,
        "content/series/thu/points/02.yaml",
        "Trồng 20% diện tích.",
        "Trồng hai mươi phần trăm diện tích.",
    )
    made = kinds(rebuilt(project))
    assert not {"clip", "passage", "section", "master"} & set(made)
    assert made["text"] == 6


def test_an_edit_undone_costs_no_sound(project: Path) -> None:
    before = published(project)
    path = "content/series/thu/points/01.yaml"
    edit(project, path, "trên loa", "qua loa")
    rebuilt(project)
    edit(project, path, "qua loa", "trên loa")
    made = kinds(rebuilt(project))
    assert set(made) <= {"audio", "pack"}
    assert published(project) == before


def test_built_twice_from_nothing_with_one_job_and_with_two_the_bytes_are_the_same(
    built_project: Path, tmp_path: Path
) -> None:
    root = write_project(tmp_path / "once more")
    built(root, "--jobs", "1")
    assert published(root) == published(built_project)


def test_another_station_takes_the_clips_and_sections_it_shares(project: Path) -> None:
    said = built(project, "--all")
    manifests = [
        json.loads((project / f"audio/{station}/manifest.json").read_text(encoding="utf-8"))["files"]
        for station in ("xa-mot", "xa-hai")
    ]
    first = manifests[0]["audio/xa-mot/podcast/thu-01-podcast.mp3"]["sections"]
    second = manifests[1]["audio/xa-hai/podcast/thu-01-podcast.mp3"]["sections"]
    assert first[1] == second[1]  # the body of point 1
    assert first[0] != second[0]  # each has its own ident
    assert (
        "đoạn ghép: 3 làm mới, 2 dùng lại" in said
    )  # opening, closing, and point 2, which is worded otherwise


def test_a_published_file_that_is_gone_or_cut_is_made_again(project: Path) -> None:
    before = published(project)
    (project / "audio/xa-mot/radio/thu-01-phat-thanh.wav").unlink()
    overwrite(project / "feed/xa-mot/feed.xml", b"<rss")
    rebuilt(project)
    assert published(project) == before


def test_a_damaged_blob_is_found_and_made_again(project: Path) -> None:
    before = published(project)
    shutil.rmtree(project / "audio")
    blobs = sorted((project / ".cache/store/blobs").rglob("?" * 64))
    for blob in (blobs[0], blobs[-1]):
        data = bytearray(blob.read_bytes())
        data[len(data) // 2] ^= 1
        overwrite(blob, bytes(data))
    heard: list[object] = []
    watcher = replace(SILENT, on_damage=heard.append)
    build(project, [], None, 2, watcher)
    assert heard
    assert published(project) == before


def test_a_loss_of_power_that_took_every_blob_costs_one_build(project: Path) -> None:
    """Some file systems keep a new file's size and lose its bytes."""
    before = published(project)
    shutil.rmtree(project / "audio")
    for blob in (project / ".cache/store/blobs").rglob("?" * 64):
        overwrite(blob, bytes(blob.stat().st_size))
    heard: list[object] = []
    build(project, [], None, 2, replace(SILENT, on_damage=heard.append))
    assert len(heard) > 20
    assert published(project) == before


def test_an_episode_taken_out_goes_from_the_publication(project: Path) -> None:
    edit(project, "content/series/thu/series.yaml", 'points: ["01", "02", "03"]', 'points: ["01", "02"]')
    (project / "content/series/thu/points/03.yaml").unlink()
    one = rebuilt(project)
    assert "audio/xa-mot/radio/thu-03-phat-thanh.wav" in one.removed
    assert "feed/xa-mot/thu-03.html" in one.removed
    assert not [path for path in published(project) if "thu-03" in path]
    assert "thu-03" not in (project / "feed/xa-mot/feed.xml").read_text(encoding="utf-8")


def test_a_series_of_plain_paragraphs_is_built_too(tmp_path: Path) -> None:
    """Nothing knows that a point has two sides: one part, called as the editor likes, is enough."""
    root = write_project(tmp_path)
    series = root / "content/series/thu/series.yaml"
    text = series.read_text(encoding="utf-8")
    start, end = text.index("parts:"), text.index("points:")
    parts = "parts:\n  - key: paragraphs\n    role: announcer\n    label: Nội dung\n"
    series.write_text(text[:start] + parts + text[end:], encoding="utf-8")
    for path in (root / "content/series/thu/points").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").replace("it:", "paragraphs:").replace("digital:\n", "")
        path.write_text(lines, encoding="utf-8")
    for path in (root / "content/stations").glob("*.yaml"):
        kept = [
            line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("    it:")
        ]
        path.write_text(
            "\n".join(line for line in kept if not line.startswith("    digital:")), encoding="utf-8"
        )
    (one,) = build(root, [], None, 2, SILENT)
    episode = one.plan.episodes[0].episode
    assert [chapter.title for chapter in episode.chapters] == ["Mở đầu", "Nội dung", "Lời kết"]


def test_an_interrupted_build_exits_130_and_leaves_what_stood(project: Path) -> None:
    before = published(project)
    shutil.rmtree(project / ".cache")
    edit(project, "content/series/thu/points/01.yaml", "trên loa", "qua loa")
    command = [sys.executable, "-m", "truyenthanh", "build"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    blobs = project / ".cache/store/blobs"
    while process.poll() is None and not blobs.exists():
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said.decode()
    assert "Đã dừng theo yêu cầu" in said.decode()
    assert "Traceback" not in said.decode()
    assert published(project) == before
    rebuilt(project)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_build_takes_its_workers_with_it_and_the_next_one_goes_on(project: Path) -> None:
    before = published(project)
    shutil.rmtree(project / ".cache")
    command = [sys.executable, "-m", "truyenthanh", "build"]
    process = subprocess.Popen(command, cwd=project, stderr=subprocess.DEVNULL)
    blobs = project / ".cache/store/blobs"
    while process.poll() is None and not blobs.exists():
        time.sleep(0.005)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    process.wait()
    assert workers
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline, "a worker outlived its build"
        time.sleep(0.05)
    built(project)
    assert published(project) == before


def test_who_waits_for_another_build_is_told_so(project: Path) -> None:
    shutil.rmtree(project / ".cache/store/unchanged")  # else there is nothing to wait for
    from filelock import FileLock

    with FileLock(project / ".cache/locks/xa-mot.lock"):
        command = [sys.executable, "-m", "truyenthanh", "build"]
        process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stderr is not None
        assert "Đang có lần build khác" in process.stderr.readline().decode()
        assert process.poll() is None
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Không có gì phải làm" in said.decode()


def test_status_names_files_to_be_laid_down_again_and_files_to_go(project: Path) -> None:
    (project / "feed/xa-mot/feed.xml").unlink()
    edit(project, "content/series/thu/series.yaml", 'points: ["01", "02", "03"]', 'points: ["01", "02"]')
    (project / "content/series/thu/points/03.yaml").unlink()
    (project / "feed/xa-mot/transcripts/thu-01.vtt").unlink()
    pending = json.loads(truyenthanh(project, "status", "--json").stdout)["xa-mot"]
    why = {one["name"]: one["why"] for one in pending}
    assert why["feed/xa-mot/transcripts/thu-01.vtt"] == "unpublished"
    assert why["audio/xa-mot/radio/thu-03-phat-thanh.wav"] == "obsolete"
    one = rebuilt(project)
    assert one.changed | one.removed <= set(why)


def test_a_station_that_is_gone_is_named(project: Path) -> None:
    built(project, "--all")
    (project / "content/stations/xa-hai.yaml").unlink()
    assert "audio/xa-hai" in truyenthanh(project, "build").stderr
    assert "feed/xa-hai" in truyenthanh(project, "status").stderr


def test_a_sound_that_changes_under_the_build_is_refused(project: Path) -> None:
    chime = project / "content/sounds/chuong.wav"
    with wave.open(str(chime), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes(b"".join((1000 * (n // 50 % 2)).to_bytes(2, "little") for n in range(48_000)))
    edit(project, "content/stations/xa-mot.yaml", "masters:", "sounds:\n  chime: chuong.wav\nmasters:")

    def change(_: int) -> None:
        chime.write_bytes(chime.read_bytes()[:-2] + b"\x01\x00")

    with pytest.raises(SoundError, match=r"chuong\.wav: tệp vừa bị thay"):
        build(project, [], None, 1, replace(SILENT, on_planned=change))


def test_the_online_engine_builds_through_the_real_client(project: Path, tmp_path: Path) -> None:
    from google_server import answering

    (tmp_path / "google").mkdir()
    edit(project, "content/project.yaml", "engine: espeak\n", "engine: espeak\nonline: {pause_ms: 50}\n")
    with answering(tmp_path / "google") as google:
        environment = dict(google.environment)
        run = truyenthanh(project, "build", "--engine", "gtts", environment=environment)
        assert run.returncode == 0, run.stderr
        asked = len(google.asked)
        assert asked >= 15  # every sentence of the programme once
        assert "Không có gì phải làm" in built(project, "--engine", "gtts", environment=environment)
        assert len(google.asked) == asked
    manifest = json.loads((project / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))
    assert manifest["engine"] == "gtts"


def test_an_online_engine_that_fails_publishes_nothing(project: Path) -> None:
    edit(project, "content/project.yaml", "engine: espeak\n", "engine: espeak\nonline: {attempts: 2}\n")
    before = published(project)
    run = truyenthanh(project, "build", "--engine", "gtts", environment={"HTTPS_PROXY": "http://127.0.0.1:9"})
    assert run.returncode == 1
    assert "--engine espeak" in run.stderr
    assert "Traceback" not in run.stderr
    assert published(project) == before


def test_a_voice_whose_tones_merge_is_spoken_with_a_warning(project: Path) -> None:
    assert "lẫn thanh" not in truyenthanh(project, "build").stderr
    edit(
        project,
        "content/stations/xa-mot.yaml",
        "announcer: {voice: vi+f1, pitch: 40}",
        "announcer: {voice: vi-vn-x-central}",
    )
    said = truyenthanh(project, "build")
    assert (said.returncode, said.stderr.count("vi-vn-x-central")) == (0, 1)
