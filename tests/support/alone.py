"""A crew that does all its work in the process of the test, one task at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Alone(ThreadPoolExecutor):
    """Stands for ``truyenthanh.making.workers.Crew``."""

    def __init__(self, jobs: int, prepare: Callable[[], None]) -> None:
        super().__init__(max_workers=1)
        self.jobs = jobs
