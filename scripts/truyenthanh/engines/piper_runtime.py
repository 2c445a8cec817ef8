"""Piper's runtime: one text in, samples out, from a voice that is loaded once per process.

Worker processes make clips in parallel, so a session has one thread: two workers with a thread pool
each would compete for the cores, and sums would be added in varying order.
"""

import hashlib
import json
import sys
import unicodedata
from functools import cache
from typing import Final

import numpy as np
import onnxruntime
from piper import PiperConfig, PiperVoice, SynthesisConfig
from piper.phonemize_espeak import ESPEAK_DATA_DIR

from truyenthanh.errors import EngineError
from truyenthanh.system import reason_of

from .piper_voices import InstalledVoice, VoiceFile
from .sound import Sound

# If one of these is missing, the C library prints a line and ends the process.
ESPEAK_FILES: Final = ("phontab", "phonindex", "phondata", "intonations", "vi_dict", "lang/aav/vi")
QUIET: Final = 3  # onnxruntime's log level: errors only, which it raises as well


def synthesise(text: str, installed: InstalledVoice, rate_percent: int) -> Sound:
    """Return ``text`` spoken at ``rate_percent`` of the voice's own pace.

    No noise is added to the sound or to durations, so the same text gives the same samples; piper's own
    levelling, sentence by sentence, is off. Raises ``EngineError``.
    """
    said = speakable(text)
    if not any(char.isalnum() for char in said):  # espeak would read the signs by name: "chấm than"
        raise EngineError("engines.nothing_said", engine="piper", sentence=text)
    voice = load(installed)
    settings = SynthesisConfig(
        length_scale=voice.config.length_scale * 100 / rate_percent,
        noise_scale=0.0,
        noise_w_scale=0.0,
        normalize_audio=False,
    )
    _check_sounds(voice, said, text)
    try:
        pieces = [chunk.audio_float_array for chunk in voice.synthesize(said, settings)]
    except Exception as error:  # onnxruntime's errors have no base class of their own
        raise EngineError("engines.piper_broken", voice=installed.name, reason=reason_of(error)) from error
    samples = np.concatenate([np.atleast_1d(piece) for piece in pieces] or [np.zeros(0)]).astype(np.float32)
    if not np.isfinite(samples).all():
        raise EngineError("engines.piper_broken", voice=installed.name, reason="NaN")
    if not samples.any():
        raise EngineError("engines.nothing_said", engine="piper", sentence=text)
    return Sound(samples, voice.config.sample_rate)


def speakable(text: str) -> str:
    """Return ``text`` as NFC on one line, without anything that piper or espeak-ng would take for a command.

    ``[[ ]]`` encloses raw phonemes for piper; a control character truncates the text in C.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if char in "[]" or unicodedata.category(char) == "Cc" else char for char in composed)
    return " ".join("".join(kept).split())


def _check_sounds(voice: PiperVoice, said: str, text: str) -> None:
    """Raise ``EngineError`` for a phoneme that the voice has not learned: piper would leave it out."""
    sounds = {sound for sentence in voice.phonemize(said) for sound in sentence}
    unknown = [
        sound
        for sound in sorted(sounds - set(voice.config.phoneme_id_map))
        if unicodedata.category(sound[0]) == "Ll"
    ]
    if unknown:
        raise EngineError("engines.piper_unknown_sound", sentence=text, sounds=", ".join(unknown))


@cache
def load(installed: InstalledVoice) -> PiperVoice:
    """Return the voice, its files checked against the hashes recorded when it was installed."""
    _check_espeak()
    config = _verified(installed, installed.config)
    model = _verified(installed, installed.model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = QUIET
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return PiperVoice(session, PiperConfig.from_dict(json.loads(config)), use_tashkeel=False)
    except Exception as error:
        raise EngineError("engines.piper_broken", voice=installed.name, reason=reason_of(error)) from error


def _verified(installed: InstalledVoice, file: VoiceFile) -> bytes:
    """Return the file's bytes after checking their hash."""
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise EngineError("engines.piper_damaged", voice=installed.name, file=file.path.name) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise EngineError("engines.piper_damaged", voice=installed.name, file=file.path.name)
    return data


def _check_espeak() -> None:
    """Raise ``EngineError`` if espeak-ng would not find its data. Long paths work (2 400 bytes measured)."""
    readable = sys.platform != "win32" or str(ESPEAK_DATA_DIR).isascii()  # C's fopen takes no UTF-8 there
    if not readable or not all((ESPEAK_DATA_DIR / file).is_file() for file in ESPEAK_FILES):
        raise EngineError("engines.piper_data", folder=str(ESPEAK_DATA_DIR))
