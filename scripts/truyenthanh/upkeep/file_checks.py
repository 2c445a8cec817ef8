"""Checks of one published file: its bytes, and what can be heard or read in it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ..errors import SoundError
from ..mixing.quiet_decoders import quiet_decoders
from ..publishing.manifest import expected_of
from ..store.atomic_files import file_sha256
from ..system import reason_of

SECONDS_TOLERANCE: Final = 0.01
LEVEL_TOLERANCE: Final = 0.1  # in LU or dB: figures are combined from sections, and differ by 0.01 at most
LEVELS: Final = ("integrated_lufs", "true_peak_dbtp", "rms_dbfs")
_CUE = re.compile(r"(\d+):([0-5]\d):([0-5]\d)[.,](\d{3}) --> (\d+):([0-5]\d):([0-5]\d)[.,](\d{3})")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file, by its path from the root; the message is ``verify.<what>``."""

    file: str
    what: str
    facts: Mapping[str, object] = field(default_factory=dict)
    sha256: str | None = None  # of the actual file, if it is not as published


def check_file(root: Path, path: str, entry: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a published file: its bytes, or what can be heard or read in it."""
    expected = expected_of(entry)
    try:
        size, found = (root / path).stat().st_size, file_sha256(root / path)
    except FileNotFoundError:
        return [Fault(path, "missing")]
    except OSError as error:
        return [Fault(path, "refused", {"reason": reason_of(error)})]
    if size != entry["bytes"]:
        return [Fault(path, "size", {"found": size, "expected": entry["bytes"]}, found)]
    if found != expected:
        return [Fault(path, "content", {"found": found[:12], "expected": expected[:12]}, found)]
    return _sound_faults(root, path, entry) if "seconds" in entry else _text_faults(root, path)


def _sound_faults(root: Path, path: str, entry: Mapping[str, Any]) -> list[Fault]:
    """Decode a file to its end, measure it, and compare the figures with the manifest."""
    from ..mixing.measurements import measure

    try:
        with quiet_decoders():
            quality, _ = measure(root / path)
    except SoundError as error:
        return [Fault(path, "unreadable", {"reason": error.message})]
    measured = {"seconds": quality.seconds, **{name: getattr(quality.levels, name) for name in LEVELS}}
    off = {
        name: value
        for name, value in measured.items()
        if abs(value - entry[name]) > (SECONDS_TOLERANCE if name == "seconds" else LEVEL_TOLERANCE)
    }
    return [Fault(path, name, {"found": value, "expected": entry[name]}) for name, value in off.items()]


# ---------------------------------------------------------------- texts


def _text_faults(root: Path, path: str) -> list[Fault]:
    check = READABLE.get(Path(path).suffix)
    try:
        if check is not None:
            check((root / path).read_bytes())
    except (OSError, ValueError, SyntaxError, RecursionError) as error:
        return [Fault(path, "unreadable", {"reason": reason_of(error)})]
    return []


def _cues(raw: bytes) -> None:
    """Raise ValueError if captions have no cue, or one that ends before it starts, or cues out of order."""
    before = 0
    spans = [[int(part) for part in found] for found in _CUE.findall(raw.decode())]
    for h, m, s, ms, end_h, end_m, end_s, end_ms in spans:
        start, end = ((h * 60 + m) * 60 + s) * 1000 + ms, ((end_h * 60 + end_m) * 60 + end_s) * 1000 + end_ms
        if not before <= start <= end:
            raise ValueError(f"{h:02}:{m:02}:{s:02}")
        before = start
    if not spans:
        raise ValueError("-->")


def _page(raw: bytes) -> None:
    if not raw.rstrip().lower().endswith(b"</html>"):
        raise ValueError("</html>")
    raw.decode()


def _feed(raw: bytes) -> None:
    from lxml import etree

    etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _picture(raw: bytes) -> None:
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(raw)) as picture:
        picture.load()


READABLE: Final[dict[str, Callable[[bytes], object]]] = {
    ".json": json.loads,
    ".vtt": _cues,
    ".srt": _cues,
    ".txt": bytes.decode,
    ".html": _page,
    ".xml": _feed,
    ".jpg": _picture,
    ".png": _picture,
}
