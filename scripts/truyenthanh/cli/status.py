"""The command that says what a build would do, and why."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ..build import status as status_of
from ..messages import say
from .json_output import echo_json, json_option
from .localized_click import Command
from .options import plan_options, project_folder, stations_asked_for
from .summaries import orphan_warnings, pending_summary


@click.command(cls=Command, help=say("cli.status_help"))
@plan_options
@json_option
def status(
    stations: tuple[str, ...],
    all_stations: bool,
    engine: str | None,
    root: Path | None,
    as_json: bool,
    as_of: date | None,
) -> None:
    """Print, by station, the most that a build would make."""
    folder = project_folder(root)
    pending = status_of(folder, stations_asked_for(stations, all_stations), engine, as_of)
    if as_json:
        echo_json({station: [asdict(one) for one in steps] for station, steps in pending.items()})
        return
    for station, steps in pending.items():
        click.echo(pending_summary(station, steps))
    for warning in orphan_warnings(folder):
        click.echo(warning, err=True)
