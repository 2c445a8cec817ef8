"""Check every entry of the store against its name; damaged ones are removed, and rebuilt when needed."""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from ..making.workers import workers
from ..store.atomic_files import file_sha256
from ..store.store import read_generation, read_record

OnProgress = Callable[[int, int], None]  # how many folders of how many


def verify_store(store: Path, jobs: int, on_progress: OnProgress) -> tuple[int, tuple[str, ...]]:
    """Return how many entries the store has, and which were damaged and therefore removed."""
    folders = sorted(path for kind in ("blobs", "records") for path in (store / kind).glob("??"))
    total, damaged = 0, list(_damaged_generations(store))
    if folders:
        with workers(min(jobs, len(folders))) as hands:
            for done, (count, bad) in enumerate(hands.executor.map(_check_folder, folders), 1):
                on_progress(done, len(folders))
                total += count
                damaged += bad
    return total, tuple(damaged)


def _check_folder(folder: Path) -> tuple[int, list[str]]:
    """Return how many entries one folder of the store has, and which of them were damaged."""
    count, bad, store = 0, [], folder.parent.parent
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        count += 1
        with contextlib.suppress(FileNotFoundError):  # just pruned
            if folder.parent.name == "blobs":
                good = file_sha256(path) == path.name
            else:
                good = read_record(store, path.stem) is not None
            if not good:
                bad.append(f"{folder.parent.name}/{folder.name}/{path.name}")
                path.unlink(missing_ok=True)
    return count, bad


def _damaged_generations(store: Path) -> Iterable[str]:
    for path in sorted((store / "last").glob("*.json")):
        if read_generation(path, path.name.partition(".")[0]) is None:
            yield f"last/{path.name}"
            path.unlink(missing_ok=True)
