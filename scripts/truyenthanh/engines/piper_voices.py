"""Piper's voices on this machine: where they are, their records, and their licences.

::

    <the user's data>/truyenthanh/voices/<name>/<name>.onnx, <name>.onnx.json, MODEL_CARD, record.json

``record.json`` is written last: without it a voice does not count (``piper_install.py``).
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from truyenthanh.errors import EngineError

from .sound import VoiceCard

NAME: Final = re.compile(r"([a-z]{2,3})_[A-Z]{2}-[A-Za-z0-9_]+-(?:x_low|low|medium|high)")
LANGUAGE: Final = "vi"
RECORD: Final = "record.json"
MODEL_CARD: Final = "MODEL_CARD"
MIB: Final = 1 << 20

# The Vietnamese voices of the public collection: licence of the data ("" if unknown), and their
# approximate size; the exact sizes are in the collection's list.
KNOWN: Final[dict[str, tuple[str, int]]] = {
    "vi_VN-vais1000-medium": ("CC BY 4.0", 60 * MIB),
    "vi_VN-25hours_single-low": ("", 60 * MIB),
    "vi_VN-vivos-x_low": ("CC BY-NC-SA", 27 * MIB),
}
_FREE: Final = re.compile(r"\b(cc0|cc.?by|mit|apache|bsd|public domain|gpl|openrail)\b", re.IGNORECASE)
_NOT_FOR_BUSINESS: Final = re.compile(r"\bnc\b|non.?commercial|research only", re.IGNORECASE)
_LICENCE_LINE: Final = re.compile(
    r"^[^\w\n]*licen[cs]e[^\w\n]*?:[ \t*]*([^\s*].*?)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A file of an installed voice, as of its installation."""

    path: Path
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """An installed voice. ``language`` is that of its phonemes (espeak-ng's name), ``licence`` its data's."""

    name: str
    language: str
    licence: str
    model: VoiceFile
    config: VoiceFile


def voices_folder() -> Path:
    """Return the folder of the user's voices; it need not exist."""
    import platformdirs

    return platformdirs.user_data_path("truyenthanh", appauthor=False) / "voices"


def check_name(name: str) -> None:
    """Raise ``EngineError`` if it is not the name of a voice, or names a voice of another language."""
    match = NAME.fullmatch(name)
    if match is None:
        known = ", ".join(dict.fromkeys([*_installed_names(), *KNOWN]))
        raise EngineError("engines.unknown_voice", engine="piper", voice=name, known=known)
    check_language(name, match[1])


def check_language(name: str, language: str) -> None:
    """Raise ``EngineError`` unless ``language`` is Vietnamese."""
    if language.partition("-")[0] != LANGUAGE:
        known = ", ".join(KNOWN)
        raise EngineError("engines.piper_other_language", voice=name, language=language, known=known)


def installed_voice(name: str) -> InstalledVoice:
    """Return the record of a voice whose files exist. Raises ``EngineError`` with the command to run."""
    if not NAME.fullmatch(name) or not (voices_folder() / name / RECORD).exists():
        raise EngineError("engines.piper_not_installed", voice=name)
    voice = read_record(name)
    if voice is None:
        raise EngineError("engines.piper_damaged", voice=name, file=RECORD)
    for file in (voice.model, voice.config):
        if not file.path.is_file() or file.path.stat().st_size != file.bytes:
            raise EngineError("engines.piper_damaged", voice=name, file=file.path.name)
    check_language(name, voice.language)
    return voice


def read_record(name: str) -> InstalledVoice | None:
    """Return what was recorded when the voice was installed; None if that cannot be read."""
    folder = voices_folder() / name
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        model, config = (
            VoiceFile(folder / file, str(record[key]["sha256"]), int(record[key]["bytes"]))
            for key, file in (("model", f"{name}.onnx"), ("config", f"{name}.onnx.json"))
        )
        if _SHA256.fullmatch(model.sha256) and _SHA256.fullmatch(config.sha256):
            return InstalledVoice(name, str(record["language"]), str(record["licence"]), model, config)
    return None


def record_text(voice: InstalledVoice) -> str:
    """Return the record of a voice as written beside its files."""
    files = {
        key: {"sha256": file.sha256, "bytes": file.bytes}
        for key, file in (("model", voice.model), ("config", voice.config))
    }
    record = {"name": voice.name, "language": voice.language, "licence": voice.licence, **files}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def cards() -> tuple[VoiceCard, ...]:
    """Return the installed voices, then those of the public collection that are not."""
    installed = [voice for name in _installed_names() if (voice := read_record(name)) is not None]
    here = [
        VoiceCard(one.name, "installed", "", one.licence, one.model.bytes + one.config.bytes)
        for one in installed
    ]
    names = {one.name for one in installed}
    elsewhere = [
        VoiceCard(name, "available", "", licence, size)
        for name, (licence, size) in KNOWN.items()
        if name not in names
    ]
    return (*here, *elsewhere)


def _installed_names() -> list[str]:
    return sorted(
        record.parent.name
        for record in voices_folder().glob(f"*/{RECORD}")
        if NAME.fullmatch(record.parent.name)
    )


# ---------------------------------------------------------------- licences


def licence_of(name: str) -> str:
    """Return the licence of a voice, installed or known; "" if unknown."""
    voice = read_record(name) if NAME.fullmatch(name) else None
    return voice.licence if voice is not None else KNOWN.get(name, ("", 0))[0]


def licence_in_card(name: str, card: str) -> str:
    """Return what the voice's model card says about its licence, and what else is known about it."""
    lines = list(dict.fromkeys(_LICENCE_LINE.findall(card)))
    known = KNOWN.get(name, ("", 0))[0]
    more = [known] if known and not any(known in line for line in lines) else []  # a card may say "see URL"
    return "; ".join([*lines, *more])


def licence_caution(licence: str) -> str | None:
    """Return the key of a warning: not for commercial use, or no recognizable licence."""
    if _NOT_FOR_BUSINESS.search(licence):
        return "engines.piper_noncommercial"
    return None if _FREE.search(licence) else "engines.piper_no_licence"
