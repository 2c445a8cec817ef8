"""The command for sessions: what is played when, and a file for every session."""

from datetime import date, time
from pathlib import Path
from typing import Final

import click

from ..content.project import read_project, stations_named
from ..messages import say
from ..onair.sessions import (
    SYSTEMS,
    Asked,
    Planned,
    plan_sessions,
    write_calendar,
    write_for_system,
    write_session_files,
)
from .localized_click import Command
from .options import PATH, project_folder, root_option
from .timetable import running_order_table, timetable_options

FORMS: Final = ("files", "liquidsoap", "rivendell")


@click.command(cls=Command, help=say("cli.schedule_help"))
@click.argument("dest", required=False, type=PATH, metavar=say("cli.schedule_dest"))
@click.option("--station", metavar="ID", help=say("cli.schedule_station"))
@click.option("--master", metavar=say("cli.name_metavar"), help=say("cli.schedule_master"))
@timetable_options
@click.option("--for", "form", type=click.Choice(FORMS), default="files", help=say("cli.schedule_for"))
@click.option("--media", metavar=say("cli.folder_metavar"), help=say("cli.schedule_media"))
@root_option
def schedule(
    dest: Path | None,
    station: str | None,
    master: str | None,
    slot: int | None,
    days: int | None,
    times: tuple[time, ...] | None,
    first: date | None,
    repeat: bool,
    form: str,
    media: str | None,
    root: Path | None,
) -> None:
    """Print what is played when, and write a file for every session if a destination is given."""
    folder = project_folder(root)
    project = read_project(folder)
    of = stations_named(project, [station] if station else [])[0]
    asked = Asked(slot, days, times, first, repeat)
    planned = plan_sessions(folder, of, project.series[of.series], master or _usual(of.masters), asked)
    click.echo(running_order_table(planned))
    if dest is not None:
        click.echo(_written(planned, dest, form, media))


def _usual(masters: tuple[str, ...]) -> str:
    return "loudspeaker" if "loudspeaker" in masters else masters[0]


def _written(planned: Planned, dest: Path, form: str, media: str | None) -> str:
    """Write the sessions and return what to report."""
    count = len(planned.order.sessions)
    beside = [write_calendar(dest, planned)]
    if form in SYSTEMS:
        beside += write_for_system(dest, planned, form, media)
    else:
        write_session_files(dest, planned)
    return say("schedule.written", count=count, folder=str(dest), beside=", ".join(beside))
