"""Whether a reply of the online voice is the whole sound of its clause, and that sound.

The service answers a hurried client with an empty page or a captcha under status 200, and sound has
arrived cut: a decoder plays half an MP3 without a word. So frames are walked and lengths compared.
"""

import io
from typing import Final

import numpy as np
import soundfile
from numpy.typing import NDArray

from truyenthanh.errors import EngineError

from .sound import Sound

# Fast Vietnamese speech reaches 7 syllables a second, slow announcing falls to 2.5.
SHORTEST_SYLLABLE_S: Final = 0.13
LONGEST_SYLLABLE_S: Final = 0.9
LONGEST_SILENCE_S: Final = 1.5  # around the speech of one reply
AUDIBLE: Final = 0.003  # -50 dBFS

# kb/s of layer III by bitrate index (ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3)
_KBPS_MPEG1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_MPEG2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def decode_reply(mp3: bytes, clause: str) -> Sound:
    """Return the sound of a reply, one channel. Raises ``EngineError`` unless it is whole and plausible."""
    try:
        samples, rate_hz = soundfile.read(io.BytesIO(mp3), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise EngineError("engines.gtts_no_sound", clause=clause) from error
    if samples.shape[1] != 1 or is_cut(mp3):
        raise EngineError("engines.gtts_cut", clause=clause)
    sound = Sound(np.ascontiguousarray(samples[:, 0]), int(rate_hz))
    _check_length(sound, clause)
    return sound


def is_cut(mp3: bytes) -> bool:
    """Return whether the last MP3 frame ends after the data does. Bytes that are no frame are passed over."""
    at = 0
    while at + 4 <= len(mp3):
        at += _frame_bytes(mp3[at : at + 4]) or 1
    return at > len(mp3)


def _frame_bytes(header: bytes) -> int:
    """Return the length of the layer III frame that begins with these 4 bytes, 0 where none does."""
    if header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    generation, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if generation == 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kbps = _KBPS_MPEG1[bitrate] if generation == 3 else _KBPS_MPEG2[bitrate]
    bytes_a_frame = 144_000 if generation == 3 else 72_000  # 1152 or 576 samples, 8 bits a byte
    return bytes_a_frame * kbps // _RATES_HZ[generation][rate] + (header[2] >> 1 & 1)


def _check_length(sound: Sound, clause: str) -> None:
    """Raise ``EngineError`` where speech is too short or sound too long for the clause's syllables."""
    syllables = sum(any(letter.isalnum() for letter in word) for word in clause.split())
    total_s = len(sound.samples) / sound.rate_hz
    speech_s = audible_s(sound.samples, sound.rate_hz)
    too_short = speech_s < SHORTEST_SYLLABLE_S * syllables
    if too_short or total_s > LONGEST_SYLLABLE_S * syllables + LONGEST_SILENCE_S:
        raise EngineError(
            "engines.gtts_length", clause=clause, seconds=round(total_s, 2), syllables=syllables
        )


def audible_s(samples: NDArray[np.float32], rate_hz: int) -> float:
    """Return the seconds from the first to the last sample above -50 dBFS."""
    loud = np.flatnonzero(np.abs(samples) > AUDIBLE)
    return float(loud[-1] - loud[0] + 1) / rate_hz if len(loud) else 0.0
