"""A build as the command makes one: with a crew of its own that is let go at the end."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from truyenthanh import build as program
from truyenthanh.build import BuildListener
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.making.preload import preload
from truyenthanh.making.workers import Crew


def build(
    root: Path,
    stations: Sequence[str] | None,
    engine: str | None,
    jobs: int,
    watcher: BuildListener,
    as_of: date | None = None,
    *,
    wait: bool = True,
) -> tuple[StationBuild, ...]:
    """Do what ``truyenthanh.build.build`` does, by so many workers."""
    with Crew(jobs, preload) as crew:
        return program.build(root, stations, engine, crew, watcher, as_of, wait=wait)
