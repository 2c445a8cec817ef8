"""Install a voice: fetched, checked, and put in its place completely, or not at all.

Files arrive under a name that ends in ``.part`` and holds their expected md5, so that an interrupted
download is resumed, but never with another version of the file. Only when all files are right do they get
their names, and the record that makes them a voice comes last.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import filelock

from truyenthanh.errors import EngineError
from truyenthanh.system import reason_of

from . import piper_voices
from .piper_collection import Listed, Source, listed_files
from .piper_voices import MODEL_CARD, RECORD, InstalledVoice, VoiceFile

SPARE_BYTES: Final = 16 << 20  # left free on the disk
PHONEMES_FROM: Final = "espeak"


@dataclass(frozen=True, slots=True)
class Watch:
    """Callbacks: the licence, before the voice is fetched; the bytes of a file so far."""

    licence: Callable[[str, str], None] = lambda _name, _licence: None
    arrived: Callable[[str, int, int], None] = lambda _file, _bytes, _total: None


def install(name: str, source: Source, watch: Watch) -> tuple[InstalledVoice, bool]:
    """Return the voice's record, and whether anything had to be fetched for it.

    Raises ``EngineError``; a voice that was installed before still is, unless it was damaged.
    """
    piper_voices.check_name(name)
    folder = piper_voices.voices_folder() / name
    with _disk_explained(folder), _alone(name, folder):
        files, language = listed_files(source, name)
        piper_voices.check_language(name, language)
        recorded = piper_voices.read_record(name)
        missing = [file for file in files if not _is_whole(folder / file.name, file)]
        if recorded is not None and not missing:
            watch.licence(name, recorded.licence)
            return recorded, False
        _check_room(folder, missing)
        licence = _licence(name, source, files, folder, watch)
        fetched = {file.name: _fetch(source, file, folder, watch) for file in _small_first(files)}
        spoken = _language_of(name, fetched[f"{name}.onnx.json"])
        _put_in_place(folder, fetched)
        return _recorded(name, folder, spoken, licence), True


def _licence(name: str, source: Source, files: list[Listed], folder: Path, watch: Watch) -> str:
    """Return the voice's licence, reporting it before anything large is fetched."""
    card = next((file for file in files if file.name == MODEL_CARD), None)
    text = ""
    if card is not None:
        text = _fetch(source, card, folder, watch).read_text(encoding="utf-8", errors="replace")
    licence = piper_voices.licence_in_card(name, text)
    watch.licence(name, licence)
    return licence


def _small_first(files: list[Listed]) -> list[Listed]:
    """Return the files smallest first, so that what is wrong with a voice shows early."""
    return sorted(files, key=lambda file: file.bytes)


def _language_of(name: str, config: Path) -> str:
    """Return the language of a config. Raises ``EngineError`` unless the engine can use it."""
    try:
        facts = json.loads(config.read_text(encoding="utf-8"))
        language, phonemes = str(facts["espeak"]["voice"]), facts.get("phoneme_type", PHONEMES_FROM)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EngineError("install.bad_config", voice=name, reason=reason_of(error)) from error
    piper_voices.check_language(name, language)
    if phonemes != PHONEMES_FROM:
        raise EngineError("install.bad_config", voice=name, reason=f"phoneme_type {phonemes}")
    return language


# ---------------------------------------------------------------- one file


def _fetch(source: Source, file: Listed, folder: Path, watch: Watch) -> Path:
    """Return the file, checked, under its temporary name, or in its place if it was there already.

    A resumed download that comes out wrong is fetched once more from the beginning.
    """
    if _is_whole(folder / file.name, file):
        return folder / file.name
    part = folder / f"{file.name}.{file.md5[:8]}.part"
    for stale in folder.glob(f"{file.name}.????????.part"):
        if stale != part:
            stale.unlink()
    resumed = _size(part)
    _append(source, file, part, watch)
    is_cut = 0 < _size(part) < file.bytes
    if resumed and not is_cut and not _is_whole(part, file):
        part.unlink()
        _append(source, file, part, watch)
    if not _is_whole(part, file):
        arrived = _size(part)
        if arrived < file.bytes:  # keep what came
            raise EngineError("install.cut", file=file.name, arrived=arrived, bytes=file.bytes)
        part.unlink()
        raise EngineError("install.wrong_file", file=file.name)
    return part


def _append(source: Source, file: Listed, part: Path, watch: Watch) -> None:
    """Append the missing part of the file, never more than its size."""
    start = _size(part)
    if start == file.bytes:
        return
    stream = source.stream(file.path, start if start < file.bytes else 0)
    with stream as (begins, pieces), part.open("r+b" if part.exists() else "wb") as out:
        out.truncate(begins)
        out.seek(begins)
        done = begins
        for piece in pieces:
            out.write(piece)
            out.flush()  # what has arrived outlives a killed process
            done += len(piece)
            watch.arrived(file.name, done, file.bytes)
            if done > file.bytes:
                break
        os.fsync(out.fileno())


def _is_whole(path: Path, file: Listed) -> bool:
    return _size(path) == file.bytes and _digest(path, "md5") == file.md5


def _digest(path: Path, kind: str) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


# ---------------------------------------------------------------- all of them


def _put_in_place(folder: Path, fetched: dict[str, Path]) -> None:
    """Give the files their names. Meanwhile there is no record, so there is no voice."""
    (folder / RECORD).unlink(missing_ok=True)
    for name, path in fetched.items():
        if path.name != name:
            path.replace(folder / name)
    _sync(folder)


def _recorded(name: str, folder: Path, language: str, licence: str) -> InstalledVoice:
    model, config = (
        VoiceFile(path, _digest(path, "sha256"), path.stat().st_size)
        for path in (folder / f"{name}.onnx", folder / f"{name}.onnx.json")
    )
    voice = InstalledVoice(name, language, licence, model, config)
    part = folder / f"{RECORD}.part"
    with part.open("wb") as file:
        file.write(piper_voices.record_text(voice).encode())
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / RECORD)
    _sync(folder)
    return voice


def _sync(folder: Path) -> None:
    """Make the renames survive a power failure, where folders can be synced."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone(name: str, folder: Path) -> Iterator[None]:
    """Hold the voice's lock, which the system frees when its holder dies.

    Engines know nothing about the store, so this is not one of ``store/locks.py``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(folder.with_name(f".{name}.lock"), timeout=0):
            yield
    except filelock.Timeout as error:
        raise EngineError("install.in_use", voice=name) from error
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()  # if nothing was installed


def _check_room(folder: Path, missing: list[Listed]) -> None:
    needed = sum(file.bytes - _size(folder / f"{file.name}.{file.md5[:8]}.part") for file in missing)
    if shutil.disk_usage(folder).free < needed + SPARE_BYTES:
        raise EngineError("install.no_room", folder=str(folder), needed_mib=(needed >> 20) + 1)


@contextmanager
def _disk_explained(folder: Path) -> Iterator[None]:
    """Turn disk errors into advice; what has arrived is kept, to be resumed."""
    try:
        yield
    except OSError as error:
        raise EngineError("install.disk", folder=str(folder), reason=reason_of(error)) from error
