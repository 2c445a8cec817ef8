"""An episode's figures are those of its sections joined, and one that misses its target is refused."""

import dataclasses
import io
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from speechlike import body, clips, ffmpeg_reads, opening

from truyenthanh.errors import SoundError
from truyenthanh.mixing.episode import (
    EpisodeFile,
    MasteredSection,
    check_target,
    combined,
    write_episode,
)
from truyenthanh.mixing.findings import judge
from truyenthanh.mixing.masters import finish
from truyenthanh.mixing.measurements import measure
from truyenthanh.mixing.profiles import MASTERS
from truyenthanh.mixing.stitch import stitch
from truyenthanh.model import Chapter, ChapterMark, Cue, Episode, Section, Utterance


def section(master: str, pcm: bytes) -> MasteredSection:
    finished = finish(pcm, MASTERS[master])
    figures = finished.figures
    return MasteredSection(
        audio=lambda: finished.audio,
        energies=finished.energies,
        true_peak_dbtp=figures["true_peak_dbtp"],
        mean_square=figures["mean_square"],
        samples=int(figures["samples"]),
    )


def file(master: str) -> EpisodeFile:
    said = Section("a", (Cue("chime", 0), Utterance("Một câu.", "Một câu.", "announcer", 0, False)))
    when = datetime(2023, 4, 3, tzinfo=UTC)
    episode = Episode("thu-01", 1, "Tên", "Mô tả", when, (said, said), (Chapter("Mở đầu", 0, 0),))
    marks = (ChapterMark(0, 1000, "Mở đầu"),)
    return EpisodeFile(MASTERS[master], episode, "Đài", "Chuyên mục", 2, True, marks, None)


@pytest.mark.parametrize("master", MASTERS)
def test_the_combined_figures_are_what_ffmpeg_reads_of_the_file(master: str, tmp_path: Path) -> None:
    sections = [section(master, opening().pcm), section(master, body().pcm)]
    path = tmp_path / f"x.{MASTERS[master].extension}"
    with path.open("wb") as out:
        figures = write_episode(out, file(master), sections)
    read = ffmpeg_reads(path)
    assert figures["integrated_lufs"] == pytest.approx(read["lufs"], abs=0.1)
    assert figures["true_peak_dbtp"] == pytest.approx(read["peak"], abs=0.15)
    assert figures["seconds"] == pytest.approx(sum(one.samples for one in sections) / 48_000, abs=0.001)


def test_an_episode_that_misses_its_level_or_peak_is_refused_before_a_byte_is_written() -> None:
    good = section("radio", body().pcm)
    loud = dataclasses.replace(good, true_peak_dbtp=-0.4)
    out = io.BytesIO()
    with pytest.raises(SoundError, match="−0,4 dBTP"):
        write_episode(out, file("radio"), [good, loud])
    assert out.getvalue() == b""
    figures = combined([good], MASTERS["radio"])
    with pytest.raises(SoundError, match="−21,9 LUFS"):
        check_target({**figures, "integrated_lufs": -21.9}, MASTERS["radio"], "thu-01")
    with pytest.raises(SoundError, match="−12,4 dBFS RMS"):
        check_target({**figures, "rms_dbfs": -12.4}, MASTERS["loudspeaker"], "thu-01")
    check_target({**figures, "rms_dbfs": -16.9}, MASTERS["loudspeaker"], "thu-01")  # half of it is pauses


def test_a_wav_is_moved_to_its_loudness_to_the_hundredth_and_an_mp3_is_left_as_it_is(tmp_path: Path) -> None:
    for master, moved in (("radio", True), ("podcast", False)):
        sections = [section(master, opening().pcm), section(master, body().pcm)]
        joined = combined(sections, MASTERS[master])
        assert joined["integrated_lufs"] != MASTERS[master].level
        path = tmp_path / f"x.{MASTERS[master].extension}"
        with path.open("wb") as out:
            figures = write_episode(out, file(master), sections)
        assert (figures["integrated_lufs"] == MASTERS[master].level) is moved
        assert ({name: figures[name] for name in joined} == joined) is not moved
        assert ffmpeg_reads(path)["lufs"] == pytest.approx(figures["integrated_lufs"], abs=0.051)


def test_a_wav_is_never_moved_over_its_peak() -> None:
    good = section("radio", body().pcm)
    near = dataclasses.replace(good, true_peak_dbtp=-1.0)
    quiet = dataclasses.replace(near, energies=(np.frombuffer(near.energies, "<f4") * 0.97).tobytes())
    figures = write_episode(io.BytesIO(), file("radio"), [quiet])
    assert figures["true_peak_dbtp"] == -1.0
    assert figures["integrated_lufs"] < MASTERS["radio"].level


def test_silences_and_verdict_are_known_without_decoding(tmp_path: Path) -> None:
    path = tmp_path / "x-podcast.mp3"
    pause = stitch([(clips()[1], 3200), (clips()[2], 0)]).pcm
    with path.open("wb") as out:
        figures = write_episode(
            out, file("podcast"), [section("podcast", body().pcm), section("podcast", pause)]
        )
    quality = measure(path)[0]
    for name, value in asdict(quality.silences).items():
        assert figures[name] == pytest.approx(value, abs=0.005)
    assert figures["qc"]["verdict"] == "fail"
    assert [one["kind"] for one in figures["qc"]["findings"]] == ["gap"]
    assert [one.kind for one in judge(quality, MASTERS["podcast"])] == ["gap"]
    good = write_episode(io.BytesIO(), file("podcast"), [section("podcast", body().pcm)])
    assert good["qc"] == {"verdict": "pass", "findings": []}


def test_a_long_section_counts_for_more_than_a_short_one() -> None:
    def of(seconds: int, mean_square: float) -> MasteredSection:
        slots = np.full(seconds * 250, mean_square, "<f4").tobytes()
        return MasteredSection(lambda: b"", slots, -3.0, mean_square, seconds * 48_000)

    figures = combined([of(1, 0.1), of(9, 0.001)], MASTERS["loudspeaker"])
    assert figures["rms_dbfs"] == pytest.approx(10 * np.log10((1 * 0.1 + 9 * 0.001) / 10), abs=0.01)
    assert figures["seconds"] == 10
