"""Workers that are none: all is done in the process of the test, one task at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from truyenthanh.making.workers import Workers


@contextmanager
def alone(jobs: int, preload: str | None = None) -> Iterator[Workers]:
    """Stand for ``truyenthanh.making.workers.workers``."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield Workers(executor, jobs)
