"""The command that reports what was aired in a period."""

from datetime import date
from pathlib import Path

import click

from ..messages import say
from ..onair.report import report_of
from ..onair.report_files import report_paths, write_report
from .localized_click import Command
from .options import (
    PATH,
    Day,
    all_option,
    project_folder,
    root_option,
    stations_asked_for,
    stations_option,
)
from .table import day
from .wrong_calls import WrongCall


@click.command(cls=Command, help=say("cli.report_help"))
@click.argument("destinations", nargs=-1, required=True, type=PATH, metavar=say("cli.report_dest"))
@click.option(
    "--from", "first", type=Day(), required=True, metavar=say("cli.day_metavar"), help=say("cli.from")
)
@click.option("--to", "last", type=Day(), required=True, metavar=say("cli.day_metavar"), help=say("cli.to"))
@stations_option
@all_option
@click.option("--replace", is_flag=True, help=say("cli.report_replace"))
@root_option
def report(
    destinations: tuple[Path, ...],
    first: date,
    last: date,
    stations: tuple[str, ...],
    all_stations: bool,
    replace: bool,
    root: Path | None,
) -> None:
    """Write the report in every format asked for."""
    asked_for = stations_asked_for(stations, all_stations)
    if first > last:
        raise WrongCall("cli.from_after_to", first=day(first), last=day(last))
    paths = report_paths(destinations, first, last)
    figures = report_of(project_folder(root), asked_for, first, last)
    write_report(figures, paths, replace=replace)
    for path in paths:
        click.echo(say("report.written", file=str(path)))
