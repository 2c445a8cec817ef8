"""The command that lays down an operator's pack."""

from datetime import date, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ..errors import ContentError
from ..messages import say
from .options import nearest_project
from .schedule import asked_of, sheet, timetable_options
from .words import Command, WrongCall

if TYPE_CHECKING:
    from ..onair.pack_writer import WrittenPack
    from ..onair.sessions import Asked, Planned


@click.command(cls=Command, help=say("cli.pack_help"), short_help=say("cli.pack_short"))
@click.argument("dest", type=click.Path(path_type=Path), metavar=say("cli.pack_dest"))
@click.option("--station", metavar="ID", help=say("cli.pack_station"))
@click.option("--master", default="loudspeaker", metavar=say("cli.name_metavar"), help=say("cli.pack_master"))
@click.option("--with-omnibus", is_flag=True, help=say("cli.pack_omnibus"))
@click.option("--no-schedule", is_flag=True, help=say("cli.pack_no_schedule"))
@timetable_options
@click.option("--check", is_flag=True, help=say("cli.pack_check"))
@click.option(
    "--root", type=click.Path(path_type=Path), metavar=say("cli.folder_metavar"), help=say("cli.serve_root")
)
def pack(
    dest: Path,
    station: str | None,
    master: str,
    with_omnibus: bool,
    no_schedule: bool,
    slot: int | None,
    days: int | None,
    times: tuple[time, ...] | None,
    first: date | None,
    repeat: bool,
    check: bool,
    root: Path | None,
) -> None:
    from ..onair.items import station_on_air
    from ..onair.pack import Scheduled
    from ..onair.pack import pack as lay_down
    from ..onair.sessions import write_all

    asked = asked_of(slot, days, times, first, repeat)
    if no_schedule and asked.is_anything:
        raise WrongCall("cli.pack_schedule_or_none")
    folder = nearest_project(root) or (root or Path.cwd()).absolute()
    name = station_on_air(folder, station)
    planned = None if no_schedule else _planned(folder, name, master, asked)
    lay = partial(lay_down, folder, name, master, dest, with_omnibus=with_omnibus, check=check)
    if planned is None:
        click.echo(laid_summary(lay()))
        return
    with TemporaryDirectory() as beside:
        laid = lay(scheduled=Scheduled(planned.order, write_all(Path(beside), planned)))
    click.echo(sheet(planned))
    click.echo(laid_summary(laid))


def _planned(root: Path, name: str, master: str, asked: "Asked") -> "Planned | None":
    """Return what is played when, if the user or the station's file says it; a copy has no such file."""
    if nearest_project(root) is None:
        if asked.is_anything:
            raise ContentError("cli.no_project", folder=str(root))
        return None
    from ..content.project import read_project
    from ..onair.sessions import plan_sessions

    project = read_project(root)
    station = project.stations.get(name)
    if station is None or (station.timetable is None and not asked.is_anything):
        return None
    return plan_sessions(root, station, project.series[station.series], master, asked)


def laid_summary(laid: "WrittenPack") -> str:
    """Return what was done for a pack, and what is left to the reader to do."""
    place = str(laid.place)
    if not laid.written and not laid.removed:
        return say("pack.nothing", place=place)
    lines = [say("pack.done", place=place, written=len(laid.written), removed=len(laid.removed))]
    if laid.changes:
        lines.append(say("pack.replace", count=len(laid.changes), sheet=str(laid.sheet)))
    if laid.kept_log is not None:
        lines.append(say("pack.log_kept", file=laid.kept_log))
    return "\n".join(lines)
