"""Small projects that are built once a run, by whichever process of the tests needs one first.

Copies of them share files where nobody writes into one: the program puts new files over old ones. Who has
to damage a file in a copy overwrites it, or takes a copy that shares none.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return the project of this name in a folder of the whole run; the first who asks makes it."""
    root, made = folder / name, folder / f"{name}.made"
    with FileLock(folder / f"{name}.lock"):
        if not made.exists():
            make(root)
            made.write_text(json.dumps(_shared_files(root)), encoding="utf-8")
    return root


def check_untouched(root: Path) -> None:
    """A test that wrote into a file of its copy wrote into those of all others: say so."""
    before = json.loads(root.with_name(f"{root.name}.made").read_text(encoding="utf-8"))
    now = _shared_files(root)
    assert now == before, sorted(path for path in {*before, *now} if before.get(path) != now.get(path))


def linked(root: Path, to: Path) -> Path:
    """Return a copy that shares what is published and the store with ``root``: nothing may write into it."""
    return Path(shutil.copytree(root, to, copy_function=_link_or_copy))


def lend_store(root: Path, to: Path) -> Path:
    """Give the project ``to`` what a build of ``root`` has made, but no memory of a build; return it."""
    for kind in ("blobs", "records"):
        folder = root / ".cache/store" / kind
        shutil.copytree(folder, to / ".cache/store" / kind, copy_function=os.link, dirs_exist_ok=True)
    return to


def overwrite(path: Path, data: bytes) -> None:
    """Put other bytes at ``path``, whose old file other copies may share."""
    path.unlink()
    path.write_bytes(data)


def _link_or_copy(source: str, target: str) -> str:
    if _is_shared(Path(source)):
        os.link(source, target)
        return target
    return str(shutil.copy2(source, target))


def _is_shared(path: Path) -> bool:
    """Whether a file takes its name when it is whole: what is published, and results in the store."""
    parts = path.parts
    is_result = "store" in parts and ("blobs" in parts or "records" in parts)
    return is_result or (("audio" in parts or "feed" in parts) and not path.name.startswith("."))


def _shared_files(root: Path) -> dict[str, list[int]]:
    found = {path: path.stat() for path in root.rglob("*") if path.is_file() and _is_shared(path)}
    return {path.relative_to(root).as_posix(): [at.st_size, at.st_mtime_ns] for path, at in found.items()}
