"""The command that writes an operator's pack."""

from datetime import date, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ..content.project import read_project
from ..errors import ContentError
from ..messages import say
from ..onair.items import station_on_air
from ..onair.pack import Scheduled
from ..onair.pack import pack as write_pack
from ..onair.pack_writer import WrittenPack
from ..onair.sessions import Asked, Planned, plan_sessions, write_all
from .localized_click import Command
from .options import PATH, nearest_project, published_folder, published_root_option
from .timetable import running_order_table, timetable_options
from .wrong_calls import WrongCall


@click.command(cls=Command, help=say("cli.pack_help"))
@click.argument("dest", type=PATH, metavar=say("cli.pack_dest"))
@click.option("--station", metavar="ID", help=say("cli.pack_station"))
@click.option("--master", default="loudspeaker", metavar=say("cli.name_metavar"), help=say("cli.pack_master"))
@click.option("--with-omnibus", is_flag=True, help=say("cli.pack_omnibus"))
@click.option("--no-schedule", is_flag=True, help=say("cli.pack_no_schedule"))
@timetable_options
@click.option("--check", is_flag=True, help=say("cli.pack_check"))
@published_root_option
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
    """Write the pack and say what changed in it."""
    asked = Asked(slot, days, times, first, repeat)
    if no_schedule and asked.is_anything:
        raise WrongCall("cli.pack_schedule_or_none")
    folder = published_folder(root)
    name = station_on_air(folder, station)
    planned = None if no_schedule else _planned(folder, name, master, asked)
    write = partial(write_pack, folder, name, master, dest, with_omnibus=with_omnibus, check=check)
    if planned is None:
        click.echo(_summary(write()))
        return
    with TemporaryDirectory() as beside:
        written = write(scheduled=Scheduled(planned.order, write_all(Path(beside), planned)))
    click.echo(running_order_table(planned))
    click.echo(_summary(written))


def _planned(root: Path, name: str, master: str, asked: Asked) -> Planned | None:
    """Return what is played when, if the user or the station's file says so; a copy has no such file."""
    if nearest_project(root) is None:
        if asked.is_anything:
            raise ContentError("cli.no_project", folder=str(root))
        return None
    project = read_project(root)
    station = project.stations.get(name)
    if station is None or (station.timetable is None and not asked.is_anything):
        return None
    return plan_sessions(root, station, project.series[station.series], master, asked)


def _summary(written: WrittenPack) -> str:
    """Return what was done for a pack, and what is left for the reader to do."""
    place = str(written.place)
    if not written.written and not written.removed:
        return say("pack.nothing", place=place)
    lines = [say("pack.done", place=place, written=len(written.written), removed=len(written.removed))]
    if written.changes:
        lines.append(say("pack.replace", count=len(written.changes), sheet=str(written.sheet)))
    if written.kept_log is not None:
        lines.append(say("pack.log_kept", file=written.kept_log))
    return "\n".join(lines)
