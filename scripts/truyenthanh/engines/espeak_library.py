"""The C library espeak-ng through ctypes: one text in, samples out, nothing remembered between texts.

The library keeps state between texts, so a sentence would get different bytes after a different one:
it is opened and closed for every text (under 2 ms). It also seeds its breath noise from the clock, so
the seed is set. It takes one text at a time and is not thread-safe.

Functions, flags and structures: espeak-ng 1.52, ``src/include/espeak-ng/speak_lib.h`` and
``espeak_ng.h``.
"""

import ctypes
import filecmp
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import espeakng_loader
import numpy as np

from truyenthanh.errors import EngineError
from truyenthanh.system import reason_of

from .sound import Sound

SYNCHRONOUS: Final = 2  # espeak_AUDIO_OUTPUT: AUDIO_OUTPUT_SYNCHRONOUS
DO_NOT_EXIT: Final = 0x8000  # espeakINITIALIZE_DONT_EXIT
UTF8: Final = 1  # espeakCHARS_UTF8
BY_CHARACTER: Final = 1  # espeak_POSITION_TYPE: POS_CHARACTER
RATE, AMPLITUDE, PITCH, PITCH_RANGE = 1, 2, 3, 4  # espeak_PARAMETER
SEED: Final = 1
VOICE_FILES: Final = {"vi": "aav/vi"}  # under lang/; regional voices are found by name only

LONGEST_DATA_PATH_BYTES: Final = 159  # N_PATH_HOME is 160; a longer path is truncated, and not found
VIETNAMESE_DATA: Final = (
    *("phondata", "phonindex", "phontab", "intonations", "vi_dict", "en_dict"),
    *("lang/aav/vi*", "lang/gmw/en", "voices/!v/*"),
)

_SamplesCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_one_at_a_time: Final = Lock()


@dataclass(frozen=True, slots=True)
class Settings:
    """Voice and parameters, in espeak-ng's own units."""

    voice: str
    rate: int
    amplitude: int
    pitch: int
    pitch_range: int


def synthesise(text: str, settings: Settings) -> Sound:
    """Return ``text`` (NFC) spoken, without SSML; no samples if there is nothing to say.

    Raises ``EngineError`` if the library or its data cannot be used.
    """
    with _one_at_a_time, _opened_library() as library:
        rate_hz = _initialise(library)
        try:
            _set_voice(library, settings)
            samples = _spoken(library, text)
        finally:
            library.espeak_Terminate()
    return Sound(np.frombuffer(samples, "<i2").astype(np.float32) / np.float32(32768), rate_hz)


@contextmanager
def _opened_library() -> Iterator[ctypes.CDLL]:
    """Open the library, and unload it completely at the end."""
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        raise EngineError("engines.espeak_missing", reason=reason_of(error)) from error
    try:
        yield library
    finally:
        _unload(library)


def _unload(library: ctypes.CDLL) -> None:
    if sys.platform == "win32":
        free = ctypes.WinDLL("kernel32").FreeLibrary
        free.argtypes = [ctypes.c_void_p]  # a handle has 64 bits, ctypes defaults to 32
        free(library._handle)
    else:
        from _ctypes import dlclose

        dlclose(library._handle)


def _initialise(library: ctypes.CDLL) -> int:
    """Start the library on our data; return its sample rate in Hz.

    If the library does not find the data it is given, it looks for the system's, so check which it took.
    """
    data = _data_path()
    rate_hz = int(library.espeak_Initialize(SYNCHRONOUS, 0, data, DO_NOT_EXIT))
    taken = ctypes.c_char_p()
    library.espeak_Info.restype = ctypes.c_char_p
    library.espeak_Info(ctypes.byref(taken))
    if rate_hz <= 0 or taken.value != data:
        raise EngineError("engines.espeak_data", folder=os.fsdecode(data))
    library.espeak_ng_SetRandSeed(ctypes.c_long(SEED))
    return rate_hz


def _set_voice(library: ctypes.CDLL, settings: Settings) -> None:
    """Set voice and parameters. A file is found at once; a name only after all voices have been read."""
    language, plus, variant = settings.voice.partition("+")
    name = f"{VOICE_FILES.get(language, language)}{plus}{variant}"
    if library.espeak_SetVoiceByName(name.encode()):
        raise EngineError("engines.espeak_data", folder=os.fsdecode(_data_path()))
    for parameter, value in (
        (RATE, settings.rate),
        (AMPLITUDE, settings.amplitude),
        (PITCH, settings.pitch),
        (PITCH_RANGE, settings.pitch_range),
    ):
        library.espeak_SetParameter(parameter, value, 0)


def _spoken(library: ctypes.CDLL, text: str) -> bytes:
    """Return 16-bit little-endian samples, which the library delivers piece by piece."""
    pieces: list[bytes] = []

    def keep(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            pieces.append(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _SamplesCallback(keep)  # in a variable, so that it outlives the calls into C
    library.espeak_SetSynthCallback(callback)
    ended = text.replace("\0", " ").encode() + b"\0"
    library.espeak_Synth(ended, ctypes.c_size_t(len(ended)), 0, BY_CHARACTER, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return b"".join(pieces)


@cache
def _data_path() -> bytes:
    """Return a folder with espeak-ng's data that the C library accepts: the installed one, or a copy."""
    installed = Path(espeakng_loader.get_data_path())
    native = _native(installed)
    if native is not None:
        return native
    files = sorted(file for pattern in VIETNAMESE_DATA for file in installed.glob(pattern) if file.is_file())
    short = Path(tempfile.gettempdir()) / f"truyenthanh-espeak-{_digest(files)}"
    native = _native(short)
    if native is None:
        raise EngineError("engines.path_too_long", folder=str(installed), short=str(short))
    try:
        _copy(files, installed, short)
    except OSError as error:
        raise EngineError("engines.data_copy", folder=str(short), reason=reason_of(error)) from error
    return native


def _native(folder: Path) -> bytes | None:
    """Return the path as bytes for C's ``fopen``; None if the library cannot take it."""
    try:
        native = str(folder).encode("mbcs") if sys.platform == "win32" else os.fsencode(folder)
    except UnicodeEncodeError:
        return None
    return native if len(native) <= LONGEST_DATA_PATH_BYTES else None


def _digest(files: list[Path]) -> str:
    """Return 16 hex digits over the contents, so that every version gets a copy of its own."""
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()[
        :16
    ]


def _copy(files: list[Path], source: Path, target: Path) -> None:
    """Make ``target`` hold ``files`` byte for byte, replacing what is missing or damaged there.

    Every file appears whole under its name or not at all, so processes may do this concurrently.
    """
    for file in files:
        place = target / file.relative_to(source)
        if place.is_file() and filecmp.cmp(file, place, shallow=False):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".part-", delete=False) as part:
            part.write(file.read_bytes())
        shutil.copymode(file, part.name)
        Path(part.name).replace(place)
