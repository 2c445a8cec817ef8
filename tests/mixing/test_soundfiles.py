"""Files as people bring them: of several kinds, cut, lying about what they are."""

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from speechlike import Samples, sentence

from truyenthanh.errors import SoundError
from truyenthanh.mixing.soundfiles import opened, read_mono

RATE_HZ = 44_100


def write_m4a(path: Path, samples: Samples, rate_hz: int = RATE_HZ) -> Path:
    """Write what a phone would record: AAC in an MP4 file."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=rate_hz)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate = rate_hz
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return path


def correlation(one: Samples, other: Samples) -> float:
    """Return how alike two sounds are at their best alignment within 100 ms."""
    n = 1 << (len(one) + len(other)).bit_length()
    cross = np.fft.irfft(np.fft.rfft(one, n) * np.conj(np.fft.rfft(other, n)), n)
    near = np.concatenate([cross[:4800], cross[-4800:]])
    return float(near.max() / np.sqrt(np.sum(one**2) * np.sum(other**2)))


def test_a_phones_m4a_is_read_whole(tmp_path: Path) -> None:
    spoken = sentence(2.5, 3, rate_hz=RATE_HZ)
    samples, rate_hz = read_mono(write_m4a(tmp_path / "điện thoại.m4a", spoken), 60)
    assert rate_hz == RATE_HZ
    assert len(samples) / RATE_HZ == pytest.approx(2.5, abs=0.06)
    assert correlation(samples, spoken) > 0.99


def test_what_a_name_says_does_not_matter(tmp_path: Path) -> None:
    spoken = sentence(1, 3, rate_hz=RATE_HZ)
    write_m4a(tmp_path / "a.m4a", spoken).rename(tmp_path / "a.wav")
    assert correlation(read_mono(tmp_path / "a.wav", 60)[0], spoken) > 0.99


def test_a_long_file_comes_in_blocks(tmp_path: Path) -> None:
    spoken = sentence(6, 3, rate_hz=RATE_HZ)
    soundfile.write(tmp_path / "a.flac", np.column_stack([spoken, spoken]), RATE_HZ)
    with opened(tmp_path / "a.flac") as sound:
        blocks = list(sound.blocks)
    assert sound.channels == 2
    assert len(blocks) > 3
    assert sum(map(len, blocks)) == len(spoken)


def test_channels_that_cancel_leave_one_and_a_lone_channel_is_kept(tmp_path: Path) -> None:
    spoken = sentence(1, 3, rate_hz=RATE_HZ)
    for other, gain in ((-spoken, 1.0), (0 * spoken, 0.5), (spoken, 1.0)):
        soundfile.write(tmp_path / "a.wav", np.column_stack([spoken, other]), RATE_HZ, subtype="FLOAT")
        np.testing.assert_allclose(read_mono(tmp_path / "a.wav", 60)[0], gain * spoken, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("chữ.wav", "không phải âm thanh".encode(), "not_a_sound"),
        ("rỗng.m4a", b"", "not_a_sound"),
        ("ảnh.m4a", b"\x89PNG\r\n\x1a\n" + bytes(400), "not_a_sound"),
    ],
)
def test_what_is_no_sound_is_named(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SoundError) as caught:
        read_mono(tmp_path / name, 60)
    assert caught.value.key == f"mixing.{key}"
    assert name in str(caught.value)


def test_half_an_m4a_is_refused(tmp_path: Path) -> None:
    whole = write_m4a(tmp_path / "a.m4a", sentence(2, 3, rate_hz=RATE_HZ)).read_bytes()
    (tmp_path / "a.m4a").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SoundError, match=r"a\.m4a"):
        read_mono(tmp_path / "a.m4a", 60)


def test_without_the_decoder_the_extra_is_named(tmp_path: Path) -> None:
    write_m4a(tmp_path / "a.m4a", sentence(1, 3, rate_hz=RATE_HZ))
    program = (
        "import sys; sys.modules['av'] = None\n"
        "from pathlib import Path; from truyenthanh.mixing.soundfiles import read_mono\n"
        "try: read_mono(Path(sys.argv[1]), 60)\n"
        "except Exception as error: print(error)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.m4a")], capture_output=True, encoding="utf-8"
    )
    assert "truyenthanh[m4a]" in said.stdout


def test_a_damaged_header_is_refused_and_not_believed(tmp_path: Path) -> None:
    whole = bytearray(write_m4a(tmp_path / "a.m4a", sentence(1, 3, rate_hz=RATE_HZ)).read_bytes())
    soundfile.write(tmp_path / "a.wav", sentence(1, 3, rate_hz=RATE_HZ), RATE_HZ)
    wave = bytearray((tmp_path / "a.wav").read_bytes())
    wave[24:28] = (1).to_bytes(4, "little")  # one sample a second
    for name in (b"mp4a", b"esds"):  # a codec that nobody knows
        whole[(at := whole.rindex(name)) : at + 4] = b"?!?!"
    for file, data in (("a.m4a", whole), ("a.wav", wave)):
        (tmp_path / file).write_bytes(data)
        with pytest.raises(SoundError, match=file), opened(tmp_path / file) as sound:
            list(sound.blocks)
