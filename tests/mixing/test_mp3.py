"""Frames that join: lengths, places and bytes, read by libsndfile and by ffmpeg."""

import io
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
from truyenthanh.mixing.mp3 import (
    check_joinable,
    crc16,
    decode,
    encode_section,
    frame_bytes,
    info_frame,
    silent_frame,
    write_mp3,
)

Samples = npt.NDArray[np.float32]
BITRATES_KBPS = (64, 96, 128)
SECTIONS = tuple(from_pcm(section.pcm) for section in (opening(), body(), opening()))


def file_of(sections: list[bytes], kbps: int, tag: bytes = b"") -> bytes:
    out = io.BytesIO()
    write_mp3(out, tag, sections, sum(map(len, sections)) // frame_bytes(kbps), kbps)
    return out.getvalue()


def lag(heard: Samples, meant: Samples) -> int:
    """Return by how many samples ``heard`` comes late."""
    size = 2 * len(meant)
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(meant, size))
    at = int(np.fft.irfft(product, size).argmax())
    return at if at < len(meant) else at - size


@pytest.mark.parametrize("kbps", [128, 192])
def test_two_equal_channels_are_joined_and_decoded_like_one(kbps: int, tmp_path: Path) -> None:
    frames = [encode_section(one, kbps, 2) for one in SECTIONS]
    path, count = tmp_path / "x.mp3", sum(map(len, frames)) // frame_bytes(kbps)
    with path.open("wb") as out:
        write_mp3(out, b"", frames, count, kbps, 2)
    heard, rate_hz = soundfile.read(path, dtype="float32")
    assert (rate_hz, heard.shape) == (48_000, (sum(map(len, SECTIONS)), 2))
    np.testing.assert_array_equal(heard[:, 0], heard[:, 1])
    alone = decode(frames[1], kbps, 2)
    place = slice(len(SECTIONS[0]), len(SECTIONS[0]) + len(alone))
    np.testing.assert_allclose(heard[place, 0], alone, atol=1e-6)
    assert lag(alone, SECTIONS[1]) == 0
    power = [float((samples.astype(np.float64) ** 2).mean()) for samples in (alone, SECTIONS[1])]
    assert 10 * np.log10(power[0] / power[1]) == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("kbps", BITRATES_KBPS)
@pytest.mark.parametrize("frames", [2, 3, 7, 40])
def test_a_section_of_n_frames_is_n_frames_of_one_size(kbps: int, frames: int) -> None:
    noise = 0.1 * np.random.default_rng(1).standard_normal(frames * FRAME_SAMPLES).astype(np.float32)
    noise[-FRAME_SAMPLES:] = 0
    walked = walk_frames(encode_section(noise, kbps))
    assert len(walked) == frames
    assert {frame.size for frame in walked} == {3 * kbps}
    assert walked[0].main_data_begin == 0


@pytest.mark.parametrize("length", [FRAME_SAMPLES, 3 * FRAME_SAMPLES + 1])
def test_what_is_not_whole_frames_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=str(length)):
        encode_section(np.zeros(length, np.float32), 96)


def test_frames_that_lean_on_others_are_refused() -> None:
    frames = encode_section(SECTIONS[0], 96)
    check_joinable(frames, len(frames) // 288, 96, 1)
    for wrong, count in [(frames[288:], len(frames) // 288 - 1), (frames, 3)]:
        with pytest.raises(ValueError, match="cannot be joined"):
            check_joinable(wrong, count, 96, 1)


@pytest.mark.parametrize("byte", [0, 1, 2])
def test_a_frame_unlike_the_others_in_their_midst_is_refused(byte: int) -> None:
    frames = bytearray(encode_section(SECTIONS[0], 96))
    frames[5 * 288 + byte] ^= 0x10
    with pytest.raises(ValueError, match="cannot be joined"):
        check_joinable(bytes(frames), len(frames) // 288, 96, 1)


@pytest.mark.parametrize("kbps", BITRATES_KBPS)
def test_a_section_decodes_in_place_at_its_own_level(kbps: int) -> None:
    heard = decode(encode_section(SECTIONS[1], kbps), kbps)
    assert len(heard) == len(SECTIONS[1])
    assert lag(heard, SECTIONS[1]) == 0
    power = [float((samples.astype(np.float64) ** 2).mean()) for samples in (heard, SECTIONS[1])]
    assert 10 * np.log10(power[0] / power[1]) == pytest.approx(0, abs=0.06)


@pytest.mark.parametrize("decoder", ["soundfile", "ffmpeg"])
@pytest.mark.parametrize("kbps", BITRATES_KBPS)
def test_every_section_of_a_file_lies_on_the_pcm_to_the_sample(
    tmp_path: Path, kbps: int, decoder: str
) -> None:
    encoded = [encode_section(section, kbps) for section in SECTIONS]
    path = tmp_path / "episode.mp3"
    path.write_bytes(file_of(encoded, kbps))
    heard = ffmpeg_decodes(path) if decoder == "ffmpeg" else decode(b"".join(encoded), kbps)
    assert len(heard) == sum(map(len, SECTIONS))
    start = 0
    for section in SECTIONS:
        assert lag(heard[start : start + len(section)], section) == 0
        start += len(section)
        if start < len(heard):  # 20 ms to either side of a joint
            assert np.abs(heard[start - 960 : start + 960]).max() < 10 ** (-70 / 20)
    assert np.abs(heard[:960]).max() < 10 ** (-70 / 20)


def test_a_section_has_the_same_bytes_wherever_it_stands() -> None:
    first, second = (encode_section(section, 96) for section in SECTIONS[:2])
    assert encode_section(SECTIONS[0], 96) == first
    assert first in file_of([second, first], 96)
    assert first in file_of([first], 96)


def test_a_section_decodes_alike_behind_another() -> None:
    first, second = (encode_section(section, 96) for section in SECTIONS[:2])
    joined = decode(second + first, 96)
    assert np.abs(joined[len(SECTIONS[1]) :] - decode(first, 96)).max() < 10 ** (-70 / 20)


@pytest.mark.parametrize("kbps", BITRATES_KBPS)
def test_the_info_frame_says_what_the_file_holds(kbps: int) -> None:
    data = file_of([encode_section(section, kbps) for section in SECTIONS], kbps)
    walked = walk_frames(data)
    head = data[: frame_bytes(kbps)]
    assert head[21:25] == b"Info"
    assert int.from_bytes(head[29:33], "big") == len(walked) - 1
    assert int.from_bytes(head[33:37], "big") == len(data)
    tag = head[21 + 120 :]
    assert tag[:9] == b"LAME3.100"
    delay, padding = tag[21] << 4 | tag[22] >> 4, (tag[22] & 15) << 8 | tag[23]
    assert (len(walked) - 1) * FRAME_SAMPLES - delay - padding == sum(map(len, SECTIONS))
    assert crc16(head[: 21 + 120 + 34]).to_bytes(2, "big") == tag[34:36]


def test_the_crc_is_the_one_of_the_lame_tag() -> None:
    assert crc16(b"123456789") == 0xBB3D  # CRC-16/ARC


def test_the_seek_table_rises_and_points_at_the_time_it_stands_for() -> None:
    frames = 50
    table = info_frame(frames, 96)[37:137]
    assert list(table) == sorted(table)
    for percent in (0, 25, 50, 99):  # the Info frame and one silent frame stand around them
        assert table[percent] / 256 * (frames + 2) == pytest.approx(
            1 + percent / 100 * (frames + 1), abs=0.25
        )


def test_mutagen_reads_length_and_bit_rate(tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(file_of([encode_section(section, 96) for section in SECTIONS], 96))
    read: Any = MP3  # mutagen is typed in part only
    info = read(path).info
    assert info.length == pytest.approx(sum(map(len, SECTIONS)) / 48_000, abs=0.0001)
    assert (info.bitrate, info.sample_rate, info.channels) == (96_000, 48_000, 1)


def test_the_silent_frame_is_silent_and_needs_nothing() -> None:
    walked = walk_frames(silent_frame(96) * 3)
    assert [frame.main_data_begin for frame in walked] == [0, 0, 0]
    assert not decode(silent_frame(96) * 5, 96).any()


def test_fewer_or_more_frames_than_announced_are_our_bug() -> None:
    frames = encode_section(SECTIONS[0], 96)
    for count in (1, len(frames)):
        with pytest.raises(ValueError, match="announced"):
            write_mp3(io.BytesIO(), b"", [frames], count, 96)


@pytest.mark.parametrize("cut", [1, 100, 287])
def test_a_torn_file_does_not_walk(cut: int) -> None:
    frames = encode_section(SECTIONS[0], 96)
    with pytest.raises(ValueError, match=r"torn|no layer III"):
        walk_frames(frames[:-cut])
    with pytest.raises(ValueError, match="no layer III"):
        walk_frames(frames[cut:])
