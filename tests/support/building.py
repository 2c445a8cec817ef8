"""A build as the command makes one: by workers of its own that are let go at the end."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from truyenthanh import build as program
from truyenthanh.build import BuildListener
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.making.workers import PRELOAD, workers


def build(
    root: Path,
    stations: Sequence[str] | None,
    engine: str | None,
    jobs: int,
    listener: BuildListener,
    as_of: date | None = None,
    *,
    wait: bool = True,
) -> tuple[StationBuild, ...]:
    """Do what ``truyenthanh.build.build`` does, by so many workers."""
    with workers(jobs, PRELOAD) as made_by:
        return program.build(root, stations, engine, made_by, listener, as_of, wait=wait)
