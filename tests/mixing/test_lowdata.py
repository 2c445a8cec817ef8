"""Frames of 24 kHz that join to the sample, as libsndfile and ffmpeg decode them."""

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from mutagen.mp3 import MP3
from speechlike import body, ffmpeg_decodes, opening

from truyenthanh.mixing import FRAME_SAMPLES
from truyenthanh.mixing.filtering import from_pcm
from truyenthanh.mixing.frames import walk_frames
from truyenthanh.mixing.lowdata import (
    FRAME_BYTES,
    INFO_BYTES,
    LOW_FRAME_SAMPLES,
    decode,
    encode_section,
    info_frame,
    silent_frames,
    thinned,
    write_mp3,
)

Samples = npt.NDArray[np.float32]
SECTIONS = tuple(from_pcm(section.pcm) for section in (opening(), body(), opening()))


def lag(heard: Samples, meant: Samples) -> int:
    """Return by how many samples ``heard`` comes late."""
    size = 2 * len(meant)
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(meant, size))
    at = int(np.fft.irfft(product, size).argmax())
    return at if at < len(meant) else at - size


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lowdata") / "x.mp3"
    frames = [encode_section(section) for section in SECTIONS]
    with path.open("wb") as out:
        write_mp3(out, b"", frames, sum(map(len, frames)) // FRAME_BYTES)
    return path


@pytest.mark.parametrize("frames", [5, 6, 7, 40])
def test_a_section_of_n_frames_is_n_frames_of_96_bytes(frames: int) -> None:
    noise = 0.1 * np.random.default_rng(1).standard_normal(frames * FRAME_SAMPLES).astype(np.float32)
    walked = walk_frames(encode_section(noise))
    assert len(walked) == frames
    assert {(frame.size, frame.bitrate_kbps, frame.sample_rate_hz, frame.channels) for frame in walked} == {
        (96, 32, 24_000, 1)
    }
    assert walked[0].main_data_begin == 0


@pytest.mark.parametrize("length", [4 * FRAME_SAMPLES, 5 * FRAME_SAMPLES + 1])
def test_what_is_not_whole_frames_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=str(length)):
        encode_section(np.zeros(length, np.float32))


@pytest.mark.parametrize("decoder", ["libsndfile", "ffmpeg"])
def test_every_section_decodes_where_the_clock_says(file: Path, decoder: str) -> None:
    heard = ffmpeg_decodes(file) if decoder == "ffmpeg" else soundfile.read(file, dtype="float32")[0]
    assert len(heard) == sum(map(len, SECTIONS)) // 2
    at = 0
    for section in SECTIONS:
        meant = thinned(section)
        place = heard[at : at + len(meant)]
        assert lag(place, meant) == 0
        power = [float((samples.astype(np.float64) ** 2).mean()) for samples in (place, meant)]
        assert 10 * np.log10(power[0] / power[1]) == pytest.approx(0, abs=0.05)
        at += len(meant)
        joint = heard[max(at - 240, 0) : at + 240]
        assert np.abs(joint).max() < 10 ** (-70 / 20)


def test_a_section_decodes_alone_as_among_others(file: Path) -> None:
    heard = soundfile.read(file, dtype="float32")[0]
    frames = [encode_section(section) for section in SECTIONS]
    alone = decode(frames[1])
    assert len(alone) == len(SECTIONS[1])
    place = heard[len(SECTIONS[0]) // 2 :][: len(SECTIONS[1]) // 2]
    np.testing.assert_allclose(alone[::2][2400:-2400], place[2400:-2400], atol=2e-3)
    assert lag(alone, SECTIONS[1]) == 0


def test_the_info_frame_says_length_delay_and_size(file: Path) -> None:
    data = file.read_bytes()
    count = sum(map(len, SECTIONS)) // FRAME_SAMPLES
    walked = walk_frames(data)
    assert walked[0].size == INFO_BYTES
    assert len(walked) == 1 + count + 2
    at = data.index(b"Info")
    frames, size = struct.unpack(">II", data[at + 8 : at + 16])
    assert (frames, size) == (count + 2, len(data))
    delay_padding = int.from_bytes(data[at + 141 : at + 144], "big")
    delay, padding = delay_padding >> 12, delay_padding & 0xFFF
    assert frames * LOW_FRAME_SAMPLES - delay - padding == count * LOW_FRAME_SAMPLES
    reader: Any = MP3  # mutagen is typed in part only
    info = reader(file).info
    assert (info.sample_rate, info.channels) == (24_000, 1)
    assert info.length == pytest.approx(count * 0.024, abs=0.05)


def test_what_is_announced_must_come() -> None:
    with pytest.raises(ValueError, match="3 frames"):
        write_mp3(io.BytesIO(), b"", [silent_frames()], 3)


def test_the_same_section_gives_the_same_bytes() -> None:
    assert encode_section(SECTIONS[0]) == encode_section(SECTIONS[0].copy())
    assert info_frame(7) == info_frame(7)
    assert info_frame(7) != info_frame(8)
