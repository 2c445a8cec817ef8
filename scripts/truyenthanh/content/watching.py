"""Notice when content is saved, to rebuild while an editor works with the page open beside the text."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

LOOK_EVERY_S = 0.25
Signature = Mapping[str, tuple[int, int, int]]


def saves(root: Path, wait: Callable[[float], None] = time.sleep) -> Iterator[tuple[str, ...]]:
    """Yield an empty tuple, then, forever, the content files that were saved, each time some were.

    A burst of saves counts as one: it ends when the files have not changed for a moment. What is saved
    during a build is yielded next.
    """
    seen = signature(root)
    yield ()
    while True:
        wait(LOOK_EVERY_S)
        now = signature(root)
        if now == seen:
            continue
        while (later := _after(root, wait)) != now:
            now = later
        changed = sorted(name for name in {*seen, *now} if seen.get(name) != now.get(name))
        seen = now
        yield tuple(changed)


def _after(root: Path, wait: Callable[[float], None]) -> Signature:
    wait(LOOK_EVERY_S)
    return signature(root)


def signature(root: Path) -> Signature:
    """Return size and times of every file under ``content/``; files that vanish meanwhile are left out."""
    found = {}
    for folder, _, names in os.walk(root / "content"):
        for name in names:
            path = Path(folder, name)
            try:
                stat = path.stat()
            except OSError:
                continue
            shown = path.relative_to(root).as_posix()
            found[shown] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    return found
