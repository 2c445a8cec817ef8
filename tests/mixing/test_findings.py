"""Every planted fault is named, no other error beside it; good files from elsewhere pass."""

from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from planted import (
    ELSEWHERE,
    FAULTS,
    RATE_HZ,
    Case,
    ffmpeg,
    mastered,
    plain,
    voice,
    write_mastered,
    write_pcm,
)
from speechlike import body

from truyenthanh.errors import SoundError
from truyenthanh.mixing import lowdata
from truyenthanh.mixing.findings import Finding, judge, master_of, verdict
from truyenthanh.mixing.masters import finish
from truyenthanh.mixing.measurements import measure
from truyenthanh.mixing.profiles import MASTERS

pytestmark = pytest.mark.slow(15)


def found(path: Path) -> tuple[Finding, ...]:
    """Return what is found, as the command does."""
    try:
        return judge(measure(path)[0], master_of(path))
    except SoundError as error:
        kind = "missing" if error.key == "mixing.no_sound_file" else "unreadable"
        return (Finding(kind, True, str(error)),)


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_named_and_no_other_error(tmp_path: Path, case: Case) -> None:
    findings = found(case.write(tmp_path))
    assert case.kind in [one.kind for one in findings if one.is_error is case.is_error]
    assert {one.kind for one in findings if one.is_error} <= {case.kind}


def test_a_file_for_few_megabytes_passes_as_its_master(tmp_path: Path) -> None:
    frames = finish(body().pcm, MASTERS["lowdata"]).audio
    path = tmp_path / "a-nhe.mp3"
    with path.open("wb") as out:
        lowdata.write_mp3(out, b"", [frames], len(frames) // lowdata.FRAME_BYTES)
    assert master_of(path) is MASTERS["lowdata"]
    assert found(path) == ()


@pytest.mark.parametrize("name", [name for name in MASTERS if name != "lowdata"])
def test_our_own_files_pass_as_their_master(tmp_path: Path, name: str) -> None:
    path = write_mastered(tmp_path, name, mastered(name))
    assert master_of(path) is MASTERS[name]
    assert found(path) == ()


@pytest.mark.parametrize(("name", "options"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_good_files_from_elsewhere_are_sound(tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    quality = measure(ffmpeg(tmp_path / name, voice(), *options, rate_hz=44_100))[0]
    assert judge(quality, None) == ()
    assert -18 < quality.levels.integrated_lufs < -15


def test_what_is_sound_in_general_is_not_yet_a_master(tmp_path: Path) -> None:
    quality = measure(ffmpeg(tmp_path / "a.mp3", voice(), "-b:a", "128k", rate_hz=44_100))[0]
    kinds = {one.kind for one in judge(quality, MASTERS["podcast"])}
    assert {"sample_rate", "channels", "bit_rate", "too_loud"} <= kinds


@pytest.mark.parametrize("count", [0, 1, 100, 191, 10_000])
def test_next_to_nothing_is_measured_without_a_word(tmp_path: Path, count: int) -> None:
    quality = measure(write_pcm(tmp_path / "a.wav", np.full(count, 0.1, np.float32)))[0]
    assert judge(quality, None)
    assert quality.seconds == pytest.approx(count / RATE_HZ, abs=0.001)


def test_places_are_where_the_faults_are(tmp_path: Path) -> None:
    def place(name: str) -> float:
        (one,) = [one for one in found(FAULTS[name].write(tmp_path)) if one.kind == FAULTS[name].kind]
        return one.at_s[0]

    assert place("a click") == pytest.approx(10, abs=0.01)
    assert place("clipped once") == pytest.approx(np.abs(plain()).argmax() / RATE_HZ, abs=0.01)
    gap = place("a gap of 3 s")
    assert np.abs(mastered("podcast")[round((gap + 0.01) * RATE_HZ) :][:480]).max() < 0.001
    assert place("peaks between samples") == pytest.approx(0.1, abs=0.03)


def test_a_master_is_known_by_name_or_folder() -> None:
    known = {
        "x/17-diem-01-podcast.mp3": "podcast",
        "17-diem-01-phat-thanh.wav": "radio",
        "A-LOA.MP3": "loudspeaker",
        "loudspeaker/bai.mp3": "loudspeaker",
    }
    for name, master in known.items():
        assert master_of(PurePosixPath(name)) is MASTERS[master]
    for name in ("a.mp3", "loa.mp3", "radio/a.mp3", "a-loa.wav"):
        assert master_of(PurePosixPath(name)) is None


def test_the_verdict_is_that_of_the_worst_finding() -> None:
    warning, error = Finding("click", False), Finding("gap", True)
    assert [verdict(found) for found in ((), (warning,), (warning, error))] == ["pass", "warn", "fail"]
