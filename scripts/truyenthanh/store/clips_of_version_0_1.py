"""Clips that version 0.1 made from what a service had sent, found again in a store it wrote.

That version kept only the levelled clip. Its recipe also named code and library versions, which say nothing
about what was asked for, so a clip is looked up by engine, clauses and voice.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..model import Voice
from ..recipe import canonical
from .store import DamagedBlobError, read_blob, read_record


def levelled_clip(store: Path, service: str, clauses: tuple[str, ...], voice: Voice) -> bytes | None:
    """Return the PCM of a sentence, 48 kHz mono at the speech level; None if there is none undamaged."""
    for sha256 in _clips(store).get(_key(service, clauses, voice), ()):
        try:
            return read_blob(store, sha256)
        except DamagedBlobError:
            continue
    return None


def _key(service: str, clauses: object, voice: object) -> str:
    return canonical([service, clauses, voice])


@cache
def _clips(store: Path) -> dict[str, list[str]]:
    """Return the sha256 of such clips by what was asked for. Read once per process: nothing adds to them."""
    found: dict[str, list[str]] = {}
    for path in sorted((store / "records").glob("??/*.json")):
        record = read_record(store, path.stem)
        if record is not None and _is_such_a_clip(record["recipe"]):
            settings = record["recipe"]["settings"]
            key = _key(settings["engine"], settings["clauses"], settings["voice"])
            found.setdefault(key, []).append(record["blobs"]["pcm"])
    return found


def _is_such_a_clip(recipe: Mapping[str, Any]) -> bool:
    return recipe["kind"] == "clip" and "code" in recipe["settings"]  # now beside the settings
