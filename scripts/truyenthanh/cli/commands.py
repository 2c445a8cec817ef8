"""The commands. Each one's work is elsewhere; here are its options and what it says."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..errors import ContentError
from ..messages import say
from .terminal import Progress, built_summary, pending_summary
from .words import Command, Group

PROJECT_FILE = Path("content") / "project.yaml"


@click.group(cls=Group, help=say("cli.help"), epilog=say("cli.epilog"))
@click.version_option(
    __version__, prog_name="truyenthanh", message="%(prog)s %(version)s", help=say("cli.version_option")
)
def truyenthanh() -> None:
    """Everything below this is a command."""


def _common(function: Any) -> Any:
    """Add the options that say which stations, with which voice, of which project."""
    for option in (
        click.option("--root", type=click.Path(path_type=Path), metavar="DIR", help=say("cli.root")),
        click.option("--engine", metavar="NAME", help=say("cli.engine")),
        click.option("--all", "all_stations", is_flag=True, help=say("cli.all")),
        click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.station")),
    ):
        function = option(function)
    return function


@truyenthanh.command(cls=Command, help=say("cli.build_help"), short_help=say("cli.build_short"))
@_common
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", default=None, help=say("cli.jobs"))
def build(
    stations: tuple[str, ...], all_stations: bool, engine: str | None, root: Path | None, jobs: int | None
) -> None:
    from ..build import Watcher
    from ..build import build as build_stations

    progress = Progress()
    watcher = Watcher(planned=progress.planned, made=progress.made, damaged=progress.damaged)
    try:
        built = build_stations(
            _project(root), _chosen(stations, all_stations), engine, jobs or _cores(), watcher
        )
    finally:
        progress.close()
    for one in built:
        click.echo(built_summary(one))


@truyenthanh.command(cls=Command, help=say("cli.status_help"), short_help=say("cli.status_short"))
@_common
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
def status(
    stations: tuple[str, ...], all_stations: bool, engine: str | None, root: Path | None, as_json: bool
) -> None:
    from ..build import status as status_of

    pending = status_of(_project(root), _chosen(stations, all_stations), engine)
    if as_json:
        plain = {station: [asdict(one) for one in steps] for station, steps in pending.items()}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for station, steps in pending.items():
        click.echo(pending_summary(station, steps))


def _chosen(stations: tuple[str, ...], all_stations: bool) -> list[str] | None:
    """Return the stations asked for, an empty list for the project's own choice, None for all."""
    if all_stations and stations:
        raise click.UsageError(say("cli.station_or_all"))
    return None if all_stations else list(stations)


def _project(root: Path | None) -> Path:
    """Return the project's folder: the one given, or the nearest one above with a project file."""
    here = (root or Path.cwd()).absolute()
    for folder in [here] if root else [here, *here.parents]:
        if (folder / PROJECT_FILE).is_file():
            return folder
    raise ContentError("cli.no_project", folder=str(here))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
