"""The real content, all stations, built as a user builds it and measured by others than ourselves.

ffmpeg decodes and measures every file; feedparser and podcastparser read the feeds.
"""

import hashlib
import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest
from commands import built, published
from feed_rules import broken
from onsets import CLOSE_S, misses, sounding
from places import REPOSITORY

from truyenthanh.content.project import read_project
from truyenthanh.mixing.examine import examine
from truyenthanh.mixing.findings import master_of
from truyenthanh.planning.plan import plan_stations
from truyenthanh.publishing.known_results import known_steps

STATIONS = ("an-giang-y-te", "bac-giang", "xa-mau")
MEASURED = ("bac-giang",)  # file by file, one episode in six; make torture measures every file of all
RATE_HZ = 48_000
FRAME = 1152
JOINT_MS = 20
QUIET = 10 ** (-70 / 20)
LEVELS = {"podcast": (-19.0, 0.3), "radio": (-23.0, 0.2)}  # LUFS as a meter reads the file
Samples = npt.NDArray[np.float32]

pytestmark = pytest.mark.slow(60)
every_file = False


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All stations, built in a folder that holds nothing but the content."""
    root = tmp_path_factory.mktemp("site")
    (root / "content").symlink_to(REPOSITORY / "content")
    said = built(root, "--all")
    assert said.count("17-diem-toan-tap") == len(STATIONS)
    return root


def manifest(site: Path, station: str) -> dict[str, Any]:
    files: dict[str, Any] = json.loads((site / f"audio/{station}/manifest.json").read_text(encoding="utf-8"))
    return files


def measured(site: Path, station: str, master: str = "") -> dict[str, dict[str, Any]]:
    """Return the files to decode here: of every sixth episode and of the omnibus, or all (make torture)."""
    files = audio_of(site, station, master)
    numbers = {f"-{number:02d}-" for number in range(2, 18, 6)}
    return {
        path: entry
        for path, entry in files.items()
        if every_file or "toan-tap" in path or any(one in path for one in numbers)
    }


def audio_of(site: Path, station: str, master: str = "") -> dict[str, dict[str, Any]]:
    files = manifest(site, station)["files"]
    sounds = {path: entry for path, entry in files.items() if "seconds" in entry}
    return {path: entry for path, entry in sounds.items() if path.startswith(f"audio/{station}/{master}")}


def ffmpeg(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", *arguments]
    return subprocess.run(command, capture_output=True, check=True)


@lru_cache(maxsize=12)  # the omnibuses are looked at by several tests: 400 MB in all
def decoded(path: Path) -> Samples:
    """Return the first channel as ffmpeg decodes it, following the Info header."""
    raw = ffmpeg("-v", "error", "-i", str(path), "-af", "pan=mono|c0=c0", "-f", "f32le", "-").stdout
    return np.frombuffer(raw, "<f4")


def metered(path: Path) -> dict[str, float]:
    said = ffmpeg(
        "-i", str(path), "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"
    ).stderr.decode(errors="replace")
    summary = said[said.rindex("Summary:") :]
    return {
        name: float(re.search(pattern, summary)[1])  # type: ignore[index]
        for name, pattern in {"lufs": r"I:\s+(\S+) LUFS", "peak": r"Peak:\s+(\S+) dBFS"}.items()
    }


def test_every_station_has_18_episodes_as_3_masters(site: Path) -> None:
    for station in STATIONS:
        assert len(audio_of(site, station)) == 18 * 3
        assert all(re.fullmatch(r"[a-z0-9./_-]+", path) for path in manifest(site, station)["files"])


@pytest.mark.parametrize("station", MEASURED)
def test_every_file_meets_its_master_by_ffmpegs_meter(site: Path, station: str) -> None:
    files = measured(site, station)
    with ThreadPoolExecutor(2) as pool:
        readings = dict(zip(files, pool.map(lambda path: metered(site / path), files), strict=True))
    for path, read in readings.items():
        master = path.split("/")[2]
        assert read["peak"] <= -1.0, path
        assert files[path]["integrated_lufs"] == pytest.approx(read["lufs"], abs=0.1), path
        if master in LEVELS:
            target, tolerance = LEVELS[master]
            assert read["lufs"] == pytest.approx(target, abs=tolerance), path


def test_the_loudspeaker_files_have_their_power_and_their_band(site: Path) -> None:
    for path in measured(site, "bac-giang", "loudspeaker"):
        sound = decoded(site / path)
        rms_dbfs = 10 * np.log10(np.mean(np.square(sound, dtype=np.float64)))
        assert rms_dbfs == pytest.approx(-13.5, abs=0.5), path
        power = np.square(np.abs(np.fft.rfft(sound[: 60 * RATE_HZ])))
        hertz = np.fft.rfftfreq(len(sound[: 60 * RATE_HZ]), 1 / RATE_HZ)
        share = {edge: power[hertz < edge].sum() / power.sum() for edge in (250, 300, 6000)}
        assert share[6000] - share[300] > 0.96, path
        assert share[250] < 0.004, path


@pytest.mark.parametrize("station", MEASURED)
def test_every_file_passes_qc_and_the_manifest_says_so(site: Path, station: str) -> None:
    files = audio_of(site, station)
    assert {path: entry["qc"]["verdict"] for path, entry in files.items()} == dict.fromkeys(files, "pass")
    for path in files:
        if "toan-tap" not in path and "-05-" not in path:  # the omnibus holds the sections of all
            continue
        examined = examine(site / path, master_of(Path(path)))
        assert examined.findings == (), path
        assert examined.quality is not None
        assert files[path]["longest_gap_s"] == pytest.approx(
            examined.quality.silences.longest_gap_s, abs=0.02
        )


def test_mp3_and_wav_lie_on_each_other_to_the_sample(site: Path) -> None:
    for episode in ("17-diem-05", "17-diem-toan-tap") if every_file else ("17-diem-05",):
        wave = decoded(site / f"audio/bac-giang/radio/{episode}-phat-thanh.wav")
        for name in ("podcast/{}-podcast.mp3", "loudspeaker/{}-loa.mp3"):
            sound = decoded(site / f"audio/bac-giang/{name.format(episode)}")
            assert len(sound) == len(wave)
            for at in range(0, len(wave) - 10 * RATE_HZ, len(wave) // 4):
                one, other = (x[at : at + 10 * RATE_HZ] for x in (wave, sound))
                spectrum = np.fft.rfft(one, 2 * len(one)) * np.conj(np.fft.rfft(other, 2 * len(one)))
                assert np.argmax(np.abs(np.fft.irfft(spectrum))) == 0, (episode, name, at)


def test_the_info_header_says_how_long_the_file_decodes(site: Path) -> None:
    for master, rate in (("podcast", 96), ("loudspeaker", 128)):
        for path in (
            path for path in audio_of(site, "bac-giang", master) if "-05-" in path or "toan" in path
        ):
            data = (site / path).read_bytes()
            tag = data.index(b"Info")
            frames = int.from_bytes(data[tag + 8 : tag + 12], "big")
            delay_padding = int.from_bytes(data[tag + 141 : tag + 144], "big")
            said = frames * FRAME - (delay_padding >> 12) - (delay_padding & 0xFFF)
            assert abs(said - len(decoded(site / path))) <= FRAME, (path, rate)


@pytest.mark.parametrize("master", ["podcast", "radio", "loudspeaker"])
def test_around_every_joint_there_is_silence(site: Path, master: str) -> None:
    """Joints of passages, by their lengths in the store; chapters begin behind joints of sections."""
    chapters = json.loads(
        (site / "feed/bac-giang/chapters/17-diem-toan-tap.json").read_text(encoding="utf-8")
    )
    ((path, entry),) = [one for one in audio_of(site, "bac-giang", master).items() if "toan-tap" in one[0]]
    sound = np.abs(decoded(site / path))
    near = RATE_HZ * JOINT_MS // 1000
    blobs = site / ".cache/store/blobs"
    sizes = [(blobs / digest[:2] / digest).stat().st_size for digest in entry["sections"]]
    per_frame = {"podcast": 288, "radio": 2 * FRAME, "loudspeaker": 384}[master]
    joints = list(accumulate(size // per_frame * FRAME for size in sizes))
    assert joints.pop() == len(sound)
    assert len(joints) > 50
    for joint in joints:
        assert sound[joint - near : joint + near].max() <= QUIET, (master, joint / RATE_HZ)
    for mark in chapters["chapters"][1:]:
        start = round(mark["startTime"] * RATE_HZ)
        assert sound[start : start + RATE_HZ].max() > 0.01  # there speech begins
    assert sound[:near].max() <= QUIET
    assert sound[-near:].max() <= QUIET


def test_every_pause_is_as_long_as_it_was_set_or_a_frame_longer_where_a_passage_ends(site: Path) -> None:
    project = read_project(site)
    (plan,) = plan_stations(project, [project.stations["bac-giang"]], "espeak")
    known, longer = known_steps(site, [plan]), 0
    for planned in plan.episodes:
        for section, step in zip(planned.episode.sections, planned.sections, strict=True):
            spans = known[step].figures["spans"]
            for item, (_, end), (start, _) in zip(section.items[:-1], spans[:-1], spans[1:], strict=True):
                more = start - end - 48 * item.pause_after_ms
                assert 0 <= more < FRAME, (section.id, item)
                longer += more > 0
    assert longer > 50


def test_the_omnibus_joins_the_very_frames_of_the_episodes(site: Path) -> None:
    files = audio_of(site, "bac-giang", "podcast")
    (whole,) = [entry["sections"] for path, entry in files.items() if "toan-tap" in path]
    episodes = [entry["sections"] for path, entry in files.items() if "toan-tap" not in path]
    shared = set(episodes[0]).intersection(*episodes[1:])  # opening and closing
    assert whole[0] in shared
    assert whole[-1] in shared
    bodies = [digest for one in episodes for digest in one if digest not in shared]
    assert [digest for digest in whole if digest not in shared] == bodies


@pytest.mark.parametrize("station", STATIONS)
def test_every_feed_keeps_every_rule(site: Path, station: str) -> None:
    assert broken((site / f"feed/{station}/feed.xml").read_bytes(), site) == []


def test_every_sentence_starts_where_it_is_heard_to_start(site: Path) -> None:
    """All that is said by one station: others share the sections, and all masters the clock."""
    for path in measured(site, "bac-giang", "podcast"):
        episode = path.rpartition("/")[2].removesuffix("-podcast.mp3")
        told = json.loads((site / f"feed/bac-giang/transcripts/{episode}.json").read_bytes())["segments"]
        assert max(misses(told, sounding(decoded(site / path)))) < CLOSE_S, episode


@pytest.mark.parametrize("station", STATIONS)
def test_the_feed_is_read_by_others(site: Path, station: str) -> None:
    import feedparser
    import podcastparser

    raw = (site / f"feed/{station}/feed.xml").read_bytes()
    feed = feedparser.parse(raw)
    assert not feed.bozo
    assert len(feed.entries) == 18
    numbers = [int(entry.itunes_episode) for entry in feed.entries]
    assert numbers == list(range(18, 0, -1))
    assert all(one.published_parsed > other.published_parsed for one, other in pairwise(feed.entries))
    assert feed.entries[0].title.startswith("Toàn tập")
    with (site / f"feed/{station}/feed.xml").open("rb") as stream:
        assert len(podcastparser.parse("https://example.org/feed.xml", stream)["episodes"]) == 18


@pytest.mark.parametrize("station", STATIONS)
def test_the_feed_names_only_files_that_are_there_with_their_sizes(site: Path, station: str) -> None:
    raw = (site / f"feed/{station}/feed.xml").read_text(encoding="utf-8")
    origin = f"https://{station}.truyenthanh.example.org/"
    assert origin in raw
    for name in set(re.findall(rf"{re.escape(origin)}([^\"<\s#?]+)", raw)):
        assert (site / name).is_file(), name
    for enclosure in ElementTree.fromstring(raw).iter("enclosure"):
        name, _, version = enclosure.attrib["url"].removeprefix(origin).partition("?v=")
        file = site / name
        assert version == hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        assert file.stat().st_size == int(enclosure.attrib["length"])


def test_guids_stay_what_they_were_when_the_series_was_first_published(site: Path) -> None:
    """Directories and players know feed and episodes by these; they never change again."""
    raw = (site / "feed/bac-giang/feed.xml").read_text(encoding="utf-8")
    assert "<podcast:guid>3014e38a-a601-5265-8cdd-3e20b26c54be</podcast:guid>" in raw
    guids = re.findall(r"<guid isPermaLink=\"false\">([0-9a-f-]{36})</guid>", raw)
    assert len(set(guids)) == 18
    assert guids[-1] == "8f67e3b8-f23c-5029-9850-3f8b99d42f36"


def test_the_pages_link_only_what_is_there(site: Path) -> None:
    for station in STATIONS:
        pages = list((site / f"feed/{station}").glob("*.html"))
        assert len(pages) == 19
        for page in pages:
            names = re.findall(r"(?:href|src)=\"([^\"#]+)", page.read_text(encoding="utf-8"))
            names = [name for name in names if not re.match(r"[a-z]+:", name)]
            assert len(names) > 9
            assert [name for name in set(names) if not (page.parent / name).resolve().is_file()] == []


def test_the_index_of_18_episodes_weighs_less_than_60_kilobytes(site: Path) -> None:
    """With style and script; audio, cover and font come later or not at all."""
    folder = site / "feed/bac-giang"
    loaded = [folder / "index.html", *folder.glob("assets/*.css"), *folder.glob("assets/*.js")]
    assert len(loaded) == 3
    assert sum(file.stat().st_size for file in loaded) < 60_000


def test_nothing_of_this_machine_or_moment_is_published(site: Path) -> None:
    for path in published(site):
        if not path.endswith((".wav", ".mp3", ".jpg", ".woff2", ".zip")):
            text = (site / path).read_text(encoding="utf-8")
            assert str(site) not in text
            assert str(REPOSITORY) not in text
