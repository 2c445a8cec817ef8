import io
import struct
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
import soundfile
from speechlike import body, opening

from truyenthanh.errors import SoundError
from truyenthanh.mixing.wav import Bext, ascii_field, bext_body, chunk, write_wav

BEXT = Bext(
    description="Điểm thứ 5. Chuyển đổi số – “thay đổi”",
    originator="Đài truyền thanh xã Mẫu, huyện Yên Thế, tỉnh Bắc Giang",
    originator_reference="17-diem-05",
    originated=datetime(2023, 4, 3, 5, 0),
    loudness_lufs=-23.04,
    loudness_range_lu=6.5,
    true_peak_dbtp=-3.217,
    max_momentary_lufs=-19.9,
    max_short_term_lufs=-21.5,
)


def written(sections: list[bytes], bext: Bext = BEXT) -> bytes:
    out = io.BytesIO()
    write_wav(out, iter(sections), sum(map(len, sections)) // 2, bext)
    return out.getvalue()


def chunks(data: bytes) -> dict[bytes, bytes]:
    assert data[:4] == b"RIFF"
    assert data[8:12] == b"WAVE"
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    found, at = {}, 12
    while at < len(data):
        name, size = struct.unpack("<4sI", data[at : at + 8])
        found[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(data)
    return found


def test_the_sections_stand_in_both_channels_one_after_the_other() -> None:
    sections = [opening().pcm, body().pcm * 8, opening().pcm]  # the middle one is more than one piece
    samples, rate_hz = soundfile.read(io.BytesIO(written(sections)), dtype="int16")
    mono = np.frombuffer(b"".join(sections), "<i2")
    assert rate_hz == 48_000
    assert samples.shape == (len(mono), 2)
    assert (samples[:, 0] == mono).all()
    assert (samples[:, 1] == mono).all()


def test_the_chunks_are_bext_format_and_data() -> None:
    found = chunks(written([opening().pcm]))
    assert list(found) == [b"bext", b"fmt ", b"data"]
    assert struct.unpack("<HHIIHH", found[b"fmt "]) == (1, 2, 48_000, 192_000, 4, 16)


def test_bext_says_what_tech_3285_asks() -> None:
    body = chunks(written([opening().pcm]))[b"bext"]
    assert body[:256].rstrip(b"\0") == b'Diem thu 5. Chuyen doi so - "thay doi"'
    assert body[256:288] == b"Dai truyen thanh xa Mau, huyen Y"
    assert body[288:320].rstrip(b"\0") == b"17-diem-05"
    assert body[320:338] == b"2023-04-0305:00:00"
    assert struct.unpack("<QH", body[338:348]) == (0, 2)
    assert struct.unpack("<5h", body[412:422]) == (-2304, 650, -322, -1990, -2150)
    assert body[602:].startswith(b"A=PCM,F=48000,W=16,M=dual-mono")
    assert body.endswith(b"\r\n")


def test_a_level_that_does_not_fit_is_marked_unknown() -> None:
    body = bext_body(replace(BEXT, true_peak_dbtp=-120.0))
    assert struct.unpack("<h", body[416:418]) == (0x7FFF,)


def test_a_chunk_of_odd_length_is_padded() -> None:
    assert chunk(b"test", b"abc") == b"test\x03\x00\x00\x00abc\x00"
    data = written([opening().pcm], replace(BEXT, coding_history="A=PCM\r\n "))
    assert list(chunks(data)) == [b"bext", b"fmt ", b"data"]
    assert soundfile.info(io.BytesIO(data)).frames == len(opening().pcm) // 2


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ủy ban nhân dân tỉnh Bắc Giang", b"Uy ban nhan dan tinh Bac Giang"),
        ("ĐƯỜNG đẹp, gửi Ỹ", b"DUONG dep, gui Y"),
        ("điểm", b"diem"),
        ("日", b"?"),
    ],
)
def test_vietnamese_is_folded_to_ascii(text: str, folded: bytes) -> None:
    assert ascii_field(text, 256) == folded


def test_more_than_four_gibibytes_are_refused_before_anything_is_written() -> None:
    out = io.BytesIO()
    with pytest.raises(SoundError, match="4 GiB"):
        write_wav(out, [], 7 * 3600 * 48_000, BEXT)
    assert not out.getvalue()


def test_fewer_samples_than_announced_are_our_bug() -> None:
    with pytest.raises(ValueError, match="announced"):
        write_wav(io.BytesIO(), [opening().pcm], 5, BEXT)


def test_the_same_sections_give_the_same_bytes() -> None:
    assert written([opening().pcm]) == written([opening().pcm])
