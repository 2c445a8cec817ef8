"""Check that a reply of the online voice is the whole sound of its clause, and decode it.

The service answers a client in a hurry with an empty page or a captcha under status 200, and sound has
arrived cut: decoders play half an MP3, or one with a hole in it, without complaint. So the reply is
compared with what the client extracted, its frames are walked, and its length is compared with the clause.
"""

import base64
import io
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from truyenthanh.errors import EngineError

from .sound import Sound

# Fast Vietnamese speech reaches 7 syllables a second, slow announcing falls to 2.5.
SHORTEST_SYLLABLE_S: Final = 0.13
LONGEST_SYLLABLE_S: Final = 0.9
SLOW_FACTOR: Final = 2.0  # how much longer the slow voice may take; it need not
LONGEST_SILENCE_S: Final = 1.5  # around the speech of one reply
AUDIBLE: Final = 0.003  # -50 dBFS

ID3V2_HEADER_BYTES: Final = 10  # id3.org, ID3v2.4.0 structure, 3.1
ID3V1_BYTES: Final = 128
# Generation, layer, rate and channel mode: the same in every frame of one sound.
SAME_IN_EVERY_FRAME: Final = 0xFFFE0CC0

# kb/s of layer III by bitrate index (ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3)
_KBPS_MPEG1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_MPEG2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def check_parts(parts: Sequence[bytes], reply: bytes, clause: str) -> None:
    """Raise ``EngineError`` unless each part is exactly a string of the reply, and none is left over.

    gTTS takes what it finds: base64 is decoded up to the first invalid character, so the second of two
    strings is lost, and what follows a hole in one.
    """
    if not any(parts):
        raise EngineError("engines.gtts_no_sound", clause=clause)
    whole = all(b'"[\\"' + base64.b64encode(part) + b'\\"]"' in reply for part in parts)
    if not whole or reply.count(b'"jQ1olc"') != len(parts):
        raise EngineError("engines.gtts_cut", clause=clause)


def decode_reply(mp3: bytes, clause: str, *, is_slow: bool = False) -> Sound:
    """Return the sound of a reply, one channel. Raises ``EngineError`` unless it is whole and plausible."""
    headers = list(frame_headers(mp3))
    if not headers:
        raise EngineError("engines.gtts_no_sound", clause=clause)
    if None in headers:
        raise EngineError("engines.gtts_cut", clause=clause)
    try:
        samples, rate_hz = soundfile.read(io.BytesIO(mp3), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise EngineError("engines.gtts_no_sound", clause=clause) from error
    if samples.shape[1] != 1 or not np.isfinite(samples).all():
        raise EngineError("engines.gtts_cut", clause=clause)
    sound = Sound(np.ascontiguousarray(samples[:, 0]), int(rate_hz))
    _check_length(sound, clause, LONGEST_SYLLABLE_S * (SLOW_FACTOR if is_slow else 1.0))
    return sound


def frame_headers(mp3: bytes) -> Iterator[bytes | None]:
    """Yield the header of every MP3 frame, then None unless they are one unbroken run of one kind.

    Nothing is yielded if there is no frame. Tags may come before and after, and zeros after.
    """
    at, end, kind = _after_tag(mp3), len(mp3), None
    while header := mp3[at : at + 4]:
        length = _frame_bytes(header) if len(header) == 4 else 0
        if not length:
            break
        this = int.from_bytes(header) & SAME_IN_EVERY_FRAME
        if at + length > end or this != (kind := this if kind is None else kind):
            yield None
            return
        yield header
        at += length
    rest = mp3[at:]
    is_tag = rest.startswith(b"TAG") and len(rest) == ID3V1_BYTES
    if kind is not None and any(rest) and not is_tag:
        yield None


def _after_tag(mp3: bytes) -> int:
    """Return where an ID3v2 tag ends: its size has seven bits per byte."""
    if not mp3.startswith(b"ID3") or len(mp3) < ID3V2_HEADER_BYTES:
        return 0
    size = sum((byte & 0x7F) << shift for byte, shift in zip(mp3[6:10], (21, 14, 7, 0), strict=True))
    return ID3V2_HEADER_BYTES + size


def _frame_bytes(header: bytes) -> int:
    """Return the length of the layer III frame that begins with these 4 bytes; 0 if none does."""
    if header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    generation, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if generation == 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kbps = _KBPS_MPEG1[bitrate] if generation == 3 else _KBPS_MPEG2[bitrate]
    bytes_a_frame = 144_000 if generation == 3 else 72_000  # 1152 or 576 samples, 8 bits per byte
    return bytes_a_frame * kbps // _RATES_HZ[generation][rate] + (header[2] >> 1 & 1)


def _check_length(sound: Sound, clause: str, longest_syllable_s: float) -> None:
    """Raise ``EngineError`` if the speech is too short or the sound too long for the clause's syllables."""
    syllables = sum(any(letter.isalnum() for letter in word) for word in clause.split())
    total_s = len(sound.samples) / sound.rate_hz
    speech_s = audible_s(sound.samples, sound.rate_hz)
    too_short = speech_s < SHORTEST_SYLLABLE_S * syllables
    if too_short or total_s > longest_syllable_s * syllables + LONGEST_SILENCE_S:
        raise EngineError("engines.gtts_length", clause=clause, seconds=total_s, syllables=syllables)


def audible_s(samples: NDArray[np.float32], rate_hz: int) -> float:
    """Return the seconds from the first to the last sample above -50 dBFS."""
    loud = np.flatnonzero(np.abs(samples) > AUDIBLE)
    return float(loud[-1] - loud[0] + 1) / rate_hz if len(loud) else 0.0
