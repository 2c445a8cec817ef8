"""Remove from the store what nothing needs, while no build runs; an interrupted run does no harm.

What the last builds of each station used is kept: the records of their recipes, and the blobs that these
name. Records are removed before blobs, so every remaining record names blobs that exist.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreError
from ..publishing.places import Places
from ..publishing.publication import publishing
from ..store.atomic_files import sweep
from ..store.store import generation_files, read_generation, read_record, store_folder

Waiting = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was or would be removed, in files and bytes; and what stays."""

    files: int
    bytes: int
    kept_files: int
    kept_bytes: int


def prune(root: Path, stations: Sequence[str], keep: int, waiting: Waiting, *, dry_run: bool) -> Pruned:
    """Remove what none of the last ``keep`` builds (1 to GENERATIONS) of the stations used.

    Nothing is kept for stations that are neither named nor published. ``audio/``, ``feed/`` and
    ``content/`` are not touched. Raises StoreError if what a build used cannot be read.
    """
    store = store_folder(root)
    known = sorted({*stations, *(path.parent.name for path in root.glob("audio/*/manifest.json"))})
    with ExitStack() as stack:
        for station in known:
            stack.enter_context(publishing(Places(root, station), waiting))
        recipes = _needed_recipes(store, known, keep)
        records = {path for path in (store / "records").glob("??/*") if path.stem not in recipes}
        blobs = _blobs_of(store, recipes)
        lost = {path for path in (store / "blobs").glob("??/*") if path.name not in blobs}
        going, all_files = _sizes([*records, *lost]), _sizes(store.glob("[rb]*/??/*"))
        if not dry_run:
            _remove([*_old_generations(store, known, keep), *records, *lost])
            sweep(store / "tmp")
    left = {path: size for path, size in all_files.items() if path not in going}
    return Pruned(len(going), sum(going.values()), len(left), sum(left.values()))


def _needed_recipes(store: Path, stations: Sequence[str], keep: int) -> set[str]:
    """Return the recipes of the last builds. A damaged list is removed, and the next build writes a new
    one.
    """
    needed: set[str] = set()
    for station in stations:
        there = [path for path in generation_files(store, station) if path.exists()]
        for path in there[:keep]:
            recipes = read_generation(path, station)
            if recipes is None:
                path.unlink(missing_ok=True)
                raise StoreError("store.damaged_generation", file=f"last/{path.name}", station=station)
            needed.update(recipes.values())
    return needed


def _blobs_of(store: Path, recipes: Iterable[str]) -> set[str]:
    """Return the blobs that the records of the recipes name."""
    found = (read_record(store, recipe) for recipe in recipes)
    return {sha for record in found if record is not None for sha in record["blobs"].values()}


def _old_generations(store: Path, stations: Sequence[str], keep: int) -> list[Path]:
    """Return the lists of recipes older than what is kept, and those of stations that no longer exist."""
    wanted: set[Path] = set()
    for station in stations:
        wanted.update([path for path in generation_files(store, station) if path.exists()][:keep])
    return sorted(set((store / "last").glob("*.json")) - wanted)


def _sizes(paths: Iterable[Path]) -> dict[Path, int]:
    return {path: path.stat().st_size for path in paths if path.is_file()}


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
