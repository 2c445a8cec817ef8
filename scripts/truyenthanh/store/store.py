"""The store: results as blobs named by the sha256 of their bytes, and one record per recipe.

``.cache/store/blobs/ab/abcd…`` holds bytes, ``records/ab/abcd….json`` says what a recipe gave: the
recipe itself, its blobs, their sizes and figures. A blob is written before the record that names it, and
both are hashed whenever they are read, so a torn or corrupted file is never used. The folder may be
deleted at any time; that costs a full build.

``last/<station>.json`` holds the recipe of each step in a station's last build, and
``words/<station>.json`` its sentences, so that ``status`` can say what changed; ``last/<station>.1.json``
and so on hold the recipes of earlier builds, so that pruning keeps what they used.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..errors import StoreError
from ..recipe import StepResult, canonical, digest
from .atomic_files import write_unsynced
from .locks import hold_lock
from .sealed_json import read_sealed, sealed_bytes

GENERATIONS = 10  # builds of a station whose recipes are remembered

Damaged = Callable[[StoreError], None]
Recipe = Mapping[str, object]


class DamagedBlobError(StoreError):
    """A blob's bytes do not match its name. It has been removed and will be rebuilt."""


def store_folder(root: Path) -> Path:
    """Return where the store of a project is."""
    return root / ".cache" / "store"


def find(store: Path, recipe: str, damaged: Damaged | None = None) -> StepResult | None:
    """Return the result of the recipe with this digest; None unless all of it still exists.

    A caller that rebuilds what is missing passes ``damaged``, which is called with each damaged record or
    blob after that has been removed.
    """
    record = read_record(store, recipe)
    if record is None:
        if damaged is not None and _record_path(store, recipe).exists():
            _record_path(store, recipe).unlink(missing_ok=True)
            damaged(StoreError("store.damaged", name=recipe[:12]))
        return None
    made = StepResult(recipe, record["blobs"], record["sizes"], record["figures"], record["kept"])
    lacking = {
        sha for name, sha in made.blobs.items() if made.kept and not _has(store, sha, made.sizes[name])
    }
    for sha in lacking:
        if damaged is not None and _blob_path(store, sha).exists():
            _blob_path(store, sha).unlink(missing_ok=True)
            damaged(StoreError("store.damaged", name=sha[:12]))
    return None if lacking else made


def keep(
    store: Path,
    recipe: Recipe,
    blobs: Mapping[str, bytes],
    figures: Mapping[str, Any],
) -> StepResult:
    """Store the blobs that a recipe gave, then its record, and return the result."""
    names = {}
    for name, data in blobs.items():
        names[name] = hashlib.sha256(data).hexdigest()
        if not _has(store, names[name], len(data)):
            write_unsynced(_blob_path(store, names[name]), data, store / "tmp")
    sizes = {name: len(data) for name, data in blobs.items()}
    return _record(store, recipe, names, sizes, figures, kept=True)


def note_file(store: Path, recipe: Recipe, sha256: str, size: int, figures: Mapping[str, Any]) -> StepResult:
    """Record a published file that a recipe gave; its bytes are in the publication, not here."""
    return _record(store, recipe, {"file": sha256}, {"file": size}, figures, kept=False)


def read_blob(store: Path, sha256: str) -> bytes:
    """Return the bytes of a blob, checked by hash. If it is damaged, removes it, raises DamagedBlobError."""
    path = _blob_path(store, sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedBlobError("store.damaged", name=sha256[:12]) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        path.unlink(missing_ok=True)
        raise DamagedBlobError("store.damaged", name=sha256[:12])
    return data


def drop_damaged(store: Path, damaged: Damaged) -> None:
    """Remove every damaged blob and report each: a power failure may have damaged many at once."""
    for path in (store / "blobs").glob("??/*"):
        try:
            read_blob(store, path.name)
        except DamagedBlobError as error:
            damaged(error)


def last_recipes(store: Path, station: str) -> dict[str, str]:
    """Return the recipe of each step in the station's last build, by the step's name in its plan."""
    return read_generation(generation_files(store, station)[0], station) or {}


def read_generation(path: Path, station: str) -> dict[str, str] | None:
    """Return the recipes that one build of a station used, by step; None if they are damaged or missing."""
    recipes: dict[str, str] | None = read_sealed(path, station)
    return recipes


def generation_files(store: Path, station: str) -> list[Path]:
    """Return the files that hold the recipes of a station's last builds, newest first."""
    older = [store / "last" / f"{station}.{age}.json" for age in range(1, GENERATIONS)]
    return [store / "last" / f"{station}.json", *older]


def remember_recipes(store: Path, station: str, recipes: Mapping[str, str]) -> None:
    """Write the recipe of each step of the station's build, as the newest generation."""
    files = generation_files(store, station)
    for newer, older in reversed(list(pairwise(files))):
        if newer.exists():
            newer.replace(older)
    write_unsynced(files[0], sealed_bytes(canonical(recipes), station), store / "tmp")


def last_words(store: Path, station: str) -> dict[str, str]:
    """Return each sentence of the station's last build as written, by the name of its step."""
    return read_generation(_words_file(store, station), station) or {}


def remember_words(store: Path, station: str, words: Mapping[str, str]) -> None:
    """Write each sentence as written: the recipe of a clip holds only what is spoken."""
    sealed = sealed_bytes(canonical(words), station)
    write_unsynced(_words_file(store, station), sealed, store / "tmp")


def _words_file(store: Path, station: str) -> Path:
    return store / "words" / f"{station}.json"


def recorded_recipe(store: Path, recipe: str) -> dict[str, Any] | None:
    """Return the recipe that was recorded under this digest."""
    record = read_record(store, recipe)
    return record["recipe"] if record is not None else None


def locked(store: Path, recipe: str) -> AbstractContextManager[None]:
    """Hold the lock of a recipe, so that two builds do not do the same slow work.

    The system frees it when its holder dies. There are 256 of them, shared by digest.
    """
    return hold_lock(store / "locks" / f"{recipe[:2]}.lock")


def _record(
    store: Path,
    recipe: Recipe,
    blobs: Mapping[str, str],
    sizes: Mapping[str, int],
    figures: Mapping[str, Any],
    *,
    kept: bool,
) -> StepResult:
    name = digest(recipe)
    record = {"recipe": recipe, "blobs": blobs, "sizes": sizes, "figures": figures, "kept": kept}
    write_unsynced(_record_path(store, name), sealed_bytes(canonical(record), name), store / "tmp")
    return StepResult(name, blobs, sizes, figures, kept)


def read_record(store: Path, recipe: str) -> dict[str, Any] | None:
    """Return the record of a recipe if it is intact: its first line seals name and body."""
    record: dict[str, Any] | None = read_sealed(_record_name(store, recipe), recipe)
    return record


def _has(store: Path, sha256: str, size: int) -> bool:
    try:
        return os.stat(_blob_name(store, sha256)).st_size == size  # noqa: PTH116 -- hundreds of times a build
    except OSError:
        return False


def _blob_path(store: Path, sha256: str) -> Path:
    return Path(_blob_name(store, sha256))


def _blob_name(store: Path, sha256: str) -> str:
    return f"{store}/blobs/{sha256[:2]}/{sha256}"


def _record_path(store: Path, recipe: str) -> Path:
    return Path(_record_name(store, recipe))


def _record_name(store: Path, recipe: str) -> str:
    return f"{store}/records/{recipe[:2]}/{recipe}.json"
