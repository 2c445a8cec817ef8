"""Sound files with one fault each, and good ones from elsewhere: what QC is tried on."""

import io
import struct
import subprocess
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import imageio_ffmpeg
import numpy as np
import soundfile
from speechlike import Samples, body, sentence

from truyenthanh.mixing.filtering import amplitude, from_pcm, to_pcm
from truyenthanh.mixing.limiter import limit
from truyenthanh.mixing.masters import finish
from truyenthanh.mixing.mp3 import decode, encode_section, frame_bytes, write_mp3
from truyenthanh.mixing.profiles import MASTERS
from truyenthanh.mixing.wav import Bext, write_wav

RATE_HZ = 48_000
BEXT = Bext("", "", "", datetime(2023, 4, 3), -23, 5, -3, -20, -21)
NAMES = {"podcast": "a-podcast.mp3", "radio": "a-phat-thanh.wav", "loudspeaker": "a-loa.mp3"}


@cache
def mastered(name: str) -> Samples:
    """Return 20 s of speech as a master is heard, one channel."""
    audio, kbps = finish(body().pcm, MASTERS[name]).audio, MASTERS[name].bitrate_kbps
    samples = from_pcm(audio) if kbps is None else decode(audio, kbps)
    samples.setflags(write=False)
    return samples


def plain() -> Samples:
    """Return speech as it comes from nowhere in particular."""
    return mastered("radio")


def write_mastered(folder: Path, name: str, samples: Samples) -> Path:
    """Write samples as a file of that master, without mastering them."""
    path, kbps = folder / NAMES[name], MASTERS[name].bitrate_kbps
    with path.open("wb") as out:
        if kbps is None:
            write_wav(out, [to_pcm(samples)], len(samples), BEXT)
        else:
            padded = np.pad(samples, (0, -len(samples) % 1152 + 1152))
            frames = encode_section(padded, kbps)
            write_mp3(out, b"", [frames], len(frames) // frame_bytes(kbps), kbps)
    return path


def write_pcm(path: Path, samples: Samples, rate_hz: int = RATE_HZ) -> Path:
    """Write samples, mono or (n, channels), as 16 bits."""
    soundfile.write(path, samples, rate_hz, subtype="PCM_16")
    return path


def ffmpeg(path: Path, samples: Samples, *options: str, rate_hz: int = RATE_HZ) -> Path:
    """Write samples by ffmpeg, whatever the name's ending and the options make of them."""
    held = io.BytesIO()
    soundfile.write(held, samples, rate_hz, subtype="FLOAT", format="WAV")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "wav", "-i", "-", *options]
    subprocess.run([*command, str(path)], input=held.getvalue(), check=True)
    return path


def at_level(samples: Samples, gain_db: float) -> Samples:
    return np.asarray(samples * np.float32(amplitude(gain_db)))


def loudest(samples: Samples, peak: float) -> Samples:
    return np.asarray(samples * np.float32(peak / np.abs(samples).max()))


def clipped(samples: Samples, gain_db: float = 12) -> Samples:
    return np.clip(at_level(loudest(samples, 1), gain_db), -1, 1)


def clipped_once(samples: Samples) -> Samples:
    out = at_level(loudest(samples, 1), -1)
    top = int(np.abs(out).argmax())
    out[top - 2 : top + 3] = 1
    return out


def whistle(count: int) -> Samples:
    """Return a tone at the level of a horn's master, with nothing above its mean but 3 dB."""
    return sine(1000, 0.3, count) * np.clip(np.minimum(np.arange(count), np.arange(count)[::-1]) / 4800, 0, 1)


def sine(hertz: float, peak: float, count: int, phase: float = 0) -> Samples:
    return np.asarray(peak * np.sin(2 * np.pi * hertz * np.arange(count) / RATE_HZ + phase), np.float32)


def with_gap(samples: Samples, seconds: float) -> Samples:
    quiet = np.flatnonzero(np.abs(samples[5 * RATE_HZ :]) < 1e-6)[0] + 5 * RATE_HZ
    return np.insert(samples, quiet, np.zeros(round(seconds * RATE_HZ), np.float32))


def with_click(samples: Samples) -> Samples:
    clicked = samples.copy()
    clicked[10 * RATE_HZ] += 0.3
    return clicked


def peaks_between_samples(samples: Samples) -> Samples:
    """Return speech with a tone at a quarter of the rate whose samples all miss its crests."""
    tone = sine(RATE_HZ / 4, 1.0, 480, np.pi / 4) * np.hanning(480).astype(np.float32)
    out = samples.copy()
    out[: len(tone)] = 0.95 / 0.7071 * tone
    return np.concatenate([np.zeros(4800, np.float32), out])


def with_bytes(path: Path, change: Callable[[bytearray], bytearray]) -> Path:
    path.write_bytes(change(bytearray(path.read_bytes())))
    return path


def lying(data: bytearray) -> bytearray:
    at = data.index(b"Info") + 8
    data[at : at + 4] = struct.pack(">I", int.from_bytes(data[at : at + 4], "big") // 2)
    return data


def with_junk(data: bytearray) -> bytearray:
    middle = len(data) // 2 // 288 * 288
    return data[:middle] + b"<html>not a frame</html>" * 20 + data[middle:]


def stereo(left: Samples, right: Samples) -> Samples:
    return np.column_stack([left, right])


class Case(NamedTuple):
    """A fault: the finding it must give, whether that is an error, and how the file is written."""

    kind: str
    is_error: bool
    write: Callable[[Path], Path]


def _own(name: str, change: Callable[[Samples], Samples]) -> Callable[[Path], Path]:
    return lambda folder: write_mastered(folder, name, change(mastered(name)))


def _spoilt(name: str, change: Callable[[bytearray], bytearray]) -> Callable[[Path], Path]:
    return lambda folder: with_bytes(write_mastered(folder, name, mastered(name)), change)


def _wave(change: Callable[[Samples], Samples]) -> Callable[[Path], Path]:
    return lambda folder: write_pcm(folder / "nơi khác.wav", change(plain()))


def _mp3(name: str, *options: str) -> Callable[[Path], Path]:
    return lambda folder: ffmpeg(folder / NAMES[name], mastered(name), *options)


def _written(name: str, data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return write


def _silent(samples: Samples) -> Samples:
    return 0 * samples


def _broken(folder: Path) -> Path:
    samples = plain().copy()
    samples[48_000:48_010] = np.nan
    soundfile.write(folder / "nan.wav", samples, RATE_HZ, subtype="FLOAT")
    return folder / "nan.wav"


FAULTS: dict[str, Case] = {
    "clipped": Case("clipped", True, _wave(clipped)),
    "clipped once": Case("clipped", False, _wave(clipped_once)),
    "clipped, as an MP3": Case(
        "clipped",
        True,
        lambda folder: ffmpeg(folder / "a.mp3", clipped(plain(), 18), "-b:a", "128k", "-ac", "1"),
    ),
    "clipped, then lowered": Case("flat_tops", True, _wave(lambda s: at_level(clipped(s), -6))),
    "too quiet": Case("too_quiet", True, _own("podcast", lambda s: at_level(s, -6))),
    "too loud": Case("too_loud", True, _own("radio", lambda s: at_level(s, 2))),
    "too quiet for anybody": Case("too_quiet", False, _wave(lambda s: at_level(s, -18))),
    "too quiet for horns": Case("too_quiet_rms", True, _own("loudspeaker", lambda s: at_level(s, -5))),
    "too loud for horns": Case(
        "too_loud_rms", True, _own("loudspeaker", lambda s: limit(at_level(s, 3), -1.5))
    ),
    "peaks too high for horns": Case(
        "peaky", True, _own("loudspeaker", lambda s: loudest(_in_band(plain(), 400, 5500), 0.84))
    ),
    "squeezed for horns": Case("squeezed", True, _own("loudspeaker", lambda s: whistle(len(s)))),
    "a constant voltage": Case("dc_offset", True, _wave(lambda s: s + np.float32(0.02))),
    "a gap of 3 s": Case("gap", True, _own("podcast", lambda s: with_gap(s, 3))),
    "a gap of 8 s": Case("gap", False, _wave(lambda s: with_gap(s, 8))),
    "wrong sample rate": Case("sample_rate", True, _mp3("podcast", "-b:a", "96k", "-ar", "44100")),
    "half an MP3": Case("truncated", True, _spoilt("podcast", lambda d: d[: len(d) // 2])),
    "half an MP3, cut between frames": Case(
        "truncated", True, _spoilt("podcast", lambda d: d[: len(d) // 2 // 288 * 288])
    ),
    "half a WAV": Case("truncated", True, _spoilt("radio", lambda d: d[: len(d) // 2])),
    "one channel inverted": Case("out_of_phase", True, _wave(lambda s: stereo(s, -s))),
    "a dead channel": Case("dead_channel", True, _wave(lambda s: stereo(s, 0 * s))),
    "wrong bit rate": Case("bit_rate", True, _mp3("podcast", "-b:a", "64k")),
    "VBR": Case("not_constant", True, _mp3("podcast", "-q:a", "4")),
    "two channels where one is expected": Case("channels", True, _mp3("podcast", "-b:a", "96k", "-ac", "2")),
    "one channel where two are expected": Case(
        "channels",
        True,
        lambda folder: write_pcm(folder / NAMES["radio"], at_level(mastered("radio"), 3.01)),
    ),
    "FLAC by the name of an MP3": Case(
        "format",
        True,
        lambda folder: ffmpeg(folder / "a.flac", mastered("podcast")).rename(folder / NAMES["podcast"]),
    ),
    "all silent": Case("silent", True, _wave(_silent)),
    "a long silence at the start": Case(
        "long_start", True, _own("podcast", lambda s: np.pad(s, (120_000, 0)))
    ),
    "a long silence at the end": Case("long_end", True, _own("podcast", lambda s: np.pad(s, (0, 200_000)))),
    "starts in the middle of a word": Case("abrupt_start", True, _own("radio", lambda s: s[_loud(s) :])),
    "ends in the middle of a word": Case("abrupt_end", True, _own("radio", lambda s: s[: _loud(s)])),
    "peaks between samples": Case(
        "true_peak", True, lambda folder: write_mastered(folder, "radio", peaks_between_samples(plain()))
    ),
    "an Info frame that lies": Case("header_length", True, _spoilt("podcast", lying)),
    "junk between frames": Case("junk", True, _spoilt("podcast", with_junk)),
    "junk behind a WAV": Case("junk", True, _spoilt("radio", lambda d: d + bytes(range(100)))),
    "a click": Case("click", False, _wave(with_click)),
    "hum under horns": Case("hum", True, _own("loudspeaker", lambda s: s + sine(50, amplitude(-42), len(s)))),
    "energy below the horn": Case(
        "below_band", True, _own("loudspeaker", lambda s: limit(0.85 * s + 0.03 * _rumble(len(s)), -1.5))
    ),
    "hiss above the horn": Case(
        "outside_band", True, _own("loudspeaker", lambda s: limit(0.85 * s + 0.06 * _hiss(len(s)), -1.5))
    ),
    "no bext": Case(
        "no_bext", False, lambda folder: write_pcm(folder / NAMES["radio"], stereo(plain(), plain()))
    ),
    "samples that are no numbers": Case("broken_samples", True, _broken),
    "a header and nothing else": Case("empty", True, _wave(lambda s: s[:0])),
    "an empty file": Case("unreadable", True, _written("rỗng.mp3", b"")),
    "a letter": Case("unreadable", True, _written("thư.mp3", "Kính gửi đài truyền thanh.\n".encode() * 99)),
    "a picture": Case("unreadable", True, _written("ảnh.wav", b"\x89PNG\r\n\x1a\n" + bytes(4000))),
    "nothing there": Case("missing", True, lambda folder: folder / "không có.mp3"),
}


def _loud(samples: Samples) -> int:
    """Return a place in the middle of a syllable."""
    return int(np.abs(samples[8 * RATE_HZ : 12 * RATE_HZ]).argmax()) + 8 * RATE_HZ


def _rumble(count: int) -> Samples:
    return _noise(count, 80, 200)


def _hiss(count: int) -> Samples:
    return _noise(count, 9000, 15_000)


def _noise(count: int, low_hz: float, high_hz: float) -> Samples:
    """Return noise in a band, RMS one, with both ends faded."""
    noise = np.random.default_rng(1).standard_normal(count).astype(np.float32)
    band = _in_band(noise, low_hz, high_hz)
    band *= np.clip(np.minimum(np.arange(count), np.arange(count)[::-1]) / 4800, 0, 1)
    return np.asarray(band / band.std(), np.float32)


def _in_band(samples: Samples, low_hz: float, high_hz: float) -> Samples:
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    inside = (hertz > low_hz) & (hertz < high_hz)
    return np.asarray(np.fft.irfft(np.where(inside, np.fft.rfft(samples), 0), len(samples)), np.float32)


@cache
def voice() -> Samples:
    """Return two voices in a studio that is not quite still, at −16 LUFS and 44.1 kHz, two channels."""
    left, right = (0.5 * sentence(12, seed, 44_100, pitch) for seed, pitch in ((5, 120), (6, 210)))
    room = 0.0008 * np.random.default_rng(2).standard_normal(len(left)).astype(np.float32)
    pair = np.stack([left + 0.4 * right + room, right + 0.4 * left - room], axis=1)
    fade = np.clip(np.minimum(np.arange(len(left)), np.arange(len(left))[::-1]) / 8820, 0, 1)
    return np.asarray(2.5 * pair * fade[:, None], np.float32)


ELSEWHERE: dict[str, tuple[str, tuple[str, ...]]] = {
    "a podcast": ("a.mp3", ("-b:a", "128k")),
    "a podcast of variable bit rate": ("a.mp3", ("-q:a", "3")),
    "for little data": ("a.mp3", ("-ar", "24000", "-ac", "1", "-b:a", "32k")),
    "without an Info frame": ("a.mp3", ("-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0")),
    "with an ID3v1 tag": ("a.mp3", ("-b:a", "192k", "-write_id3v1", "1", "-metadata", "title=Thời sự")),
    "a phone's": ("a.m4a", ("-b:a", "128k")),
    "lossless": ("a.flac", ()),
    "a free one": ("a.ogg", ("-c:a", "libvorbis", "-q:a", "4")),
    "a plain WAV": ("a.wav", ("-c:a", "pcm_s24le")),
    "a WAV of floats": ("a.wav", ("-c:a", "pcm_f32le")),
    "a WAV of another rate": ("a.wav", ("-ar", "32000")),
}
