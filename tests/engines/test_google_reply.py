"""Which sound of the online voice is whole: MP3 walked frame by frame, lengths compared with the words."""

import base64

import numpy as np
import pytest
from google_server import strings, tone

from truyenthanh.engines.google_reply import check_parts, decode_reply, frame_headers
from truyenthanh.errors import EngineError

CLAUSE = "Công nghệ thông tin là công cụ,"
FRAME_BYTES = 192  # 576 samples at 24 kHz and 64 kb/s
GOOD = tone(1.6)
MIDDLE = FRAME_BYTES * 30
ID3V2 = b"ID3\x04\x00\x00\x00\x00\x01\x00" + b"\xff\xf3\x84\xc4" * 32  # 128 bytes that look like frames
ID3V1 = b"TAG" + b"\xff\xf3" * 62 + b"\0"


def refused(mp3: bytes) -> str:
    with pytest.raises(EngineError) as caught:
        decode_reply(mp3, CLAUSE)
    return caught.value.key.removeprefix("engines.gtts_")


@pytest.mark.parametrize(
    "mp3",
    [
        pytest.param(GOOD, id="as it is"),
        pytest.param(ID3V2 + GOOD, id="tag before"),
        pytest.param(GOOD + ID3V1, id="tag after"),
        pytest.param(GOOD + bytes(50), id="zeros after"),
        pytest.param(tone(0.8) + tone(0.8), id="two sounds of one kind"),
    ],
)
def test_a_whole_sound_is_taken(mp3: bytes) -> None:
    spoken = decode_reply(mp3, CLAUSE)
    assert len(spoken.samples) / spoken.rate_hz == pytest.approx(1.65, abs=0.15)


@pytest.mark.parametrize(
    "mp3",
    [
        pytest.param(GOOD[:-1], id="one byte short"),
        pytest.param(GOOD[: len(GOOD) // 2], id="half"),
        pytest.param(GOOD[:MIDDLE] + GOOD[MIDDLE + 100 :], id="cut in the middle"),
        pytest.param(
            GOOD[: FRAME_BYTES * 30] + bytes(4) + GOOD[FRAME_BYTES * 30 + 4 :],
            id="broken frame in the middle",
        ),
        pytest.param(GOOD + b"<html>captcha</html>", id="garbage after"),
        pytest.param(GOOD + ID3V1[:-1], id="half a tag after"),
        pytest.param(tone(0.8) + tone(0.8, rate_hz=16000), id="another rate in the middle"),
        pytest.param(tone(0.8) + tone(0.8, channels=2), id="another number of channels in the middle"),
        pytest.param(tone(1.6, channels=2), id="two channels"),
        pytest.param(GOOD + b"\xff", id="the first byte of a frame"),
    ],
)
def test_what_is_not_one_unbroken_run_of_frames_is_cut(mp3: bytes) -> None:
    assert refused(mp3) == "cut"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"<html>" * 100,
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        ID3V2,
        b"ID3\x04",
        b"<html>" + GOOD,
        bytes(5000),
    ],
)
def test_what_does_not_begin_with_a_frame_is_no_sound(data: bytes) -> None:
    assert refused(data) == "no_sound"


def test_the_frames_of_a_sound_are_counted() -> None:
    assert len(list(frame_headers(GOOD))) == len(GOOD) // FRAME_BYTES
    assert None not in list(frame_headers(GOOD))


def test_a_wav_is_refused_though_the_decoder_would_take_it() -> None:
    import io

    import soundfile

    out = io.BytesIO()
    soundfile.write(out, np.sin(np.arange(38400) / 20).astype(np.float32), 24000, format="WAV")
    assert refused(out.getvalue()) == "no_sound"


@pytest.mark.parametrize(("seconds", "fits"), [(0.7, False), (1.0, True), (7.0, True), (8.0, False)])
def test_the_length_must_suit_the_syllables(seconds: float, fits: bool) -> None:
    if fits:
        assert decode_reply(tone(seconds), CLAUSE).samples.any()
    else:
        assert refused(tone(seconds)) == "length"


# ---------------------------------------------------------------- the reply around it


def parts_of(*encoded: bytes) -> bytes:
    return strings(*(base64.b64encode(one).decode() for one in encoded)).body


@pytest.mark.parametrize(
    ("parts", "reply", "key"),
    [
        pytest.param([GOOD], parts_of(GOOD), None, id="one"),
        pytest.param([GOOD, GOOD], parts_of(GOOD) + parts_of(GOOD), None, id="two lines, both taken"),
        pytest.param([GOOD], parts_of(GOOD) + parts_of(GOOD), "cut", id="two lines, one lost"),
        pytest.param([GOOD], parts_of(GOOD, GOOD), "cut", id="two strings, one lost"),
        pytest.param([GOOD[:300]], parts_of(GOOD), "cut", id="only its beginning decoded"),
        pytest.param([], b"<html>", "no_sound", id="none"),
        pytest.param([b""], parts_of(b""), "no_sound", id="an empty one"),
    ],
)
def test_what_the_client_took_must_be_all_there_was(
    parts: list[bytes], reply: bytes, key: str | None
) -> None:
    if key is None:
        check_parts(parts, reply, CLAUSE)
    else:
        with pytest.raises(EngineError) as caught:
            check_parts(parts, reply, CLAUSE)
        assert caught.value.key == f"engines.gtts_{key}"
