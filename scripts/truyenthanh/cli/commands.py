"""The commands. Each one's work is elsewhere; here are its options and what it says."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..messages import say
from . import audition, serve, sound, text
from .master import master
from .options import Day, cores, jobs_option, project_folder, root_option
from .report import aired, report
from .terminal import Progress, built_summary, dated_later, pending_summary
from .voices import voices
from .words import Command, Group


@click.group(cls=Group, help=say("cli.help"), epilog=say("cli.epilog"))
@click.version_option(
    __version__, prog_name="truyenthanh", message="%(prog)s %(version)s", help=say("cli.version_option")
)
def truyenthanh() -> None:
    """Everything below this is a command."""


def _common(function: Any) -> Any:
    """Add the options that say which stations, with which voice, of which project."""
    for option in (
        root_option,
        click.option("--as-of", type=Day(), metavar=say("cli.day_metavar"), help=say("cli.as_of")),
        click.option("--engine", metavar="NAME", help=say("cli.engine")),
        click.option("--all", "all_stations", is_flag=True, help=say("cli.all")),
        click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.station")),
    ):
        function = option(function)
    return function


@truyenthanh.command(cls=Command, help=say("cli.build_help"), short_help=say("cli.build_short"))
@_common
@jobs_option
def build(
    stations: tuple[str, ...],
    all_stations: bool,
    engine: str | None,
    root: Path | None,
    jobs: int | None,
    as_of: date | None,
) -> None:
    from ..build import Watcher
    from ..build import build as build_stations

    folder, progress = project_folder(root), Progress()
    watcher = Watcher(progress.planned, progress.made, progress.damaged, progress.waiting, progress.warned)
    try:
        chosen = _chosen(stations, all_stations)
        built = build_stations(folder, chosen, engine, jobs or cores(), watcher, as_of)
    finally:
        progress.close()
    for one in built:
        click.echo(built_summary(one))
        if early := dated_later(one.plan, datetime.now(UTC)):
            click.echo(early, err=True)
    _tell_orphans(folder)


@truyenthanh.command(cls=Command, help=say("cli.status_help"), short_help=say("cli.status_short"))
@_common
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
def status(
    stations: tuple[str, ...],
    all_stations: bool,
    engine: str | None,
    root: Path | None,
    as_json: bool,
    as_of: date | None,
) -> None:
    from ..build import status as status_of

    folder = project_folder(root)
    pending = status_of(folder, _chosen(stations, all_stations), engine, as_of)
    if as_json:
        plain = {station: [asdict(one) for one in steps] for station, steps in pending.items()}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for station, steps in pending.items():
        click.echo(pending_summary(station, steps))
    _tell_orphans(folder)


def _tell_orphans(root: Path) -> None:
    """Say which folders belong to no station any more; they would be uploaded all the same."""
    from ..publication import orphans

    stations = [path.stem for path in (root / "content" / "stations").glob("*.yaml")]
    for folder in orphans(root, stations):
        click.echo(say("publication.orphan", folder=folder), err=True)


def _chosen(stations: tuple[str, ...], all_stations: bool) -> list[str] | None:
    """Return the stations asked for, an empty list for the project's own choice, None for all."""
    if all_stations and stations:
        raise click.UsageError(say("cli.station_or_all"))
    return None if all_stations else list(stations)


for _command in (
    text.read,
    text.check,
    text.script,
    audition.say_aloud,
    voices,
    master,
    sound.qc,
    serve.serve,
    aired,
    report,
):
    truyenthanh.add_command(_command)
