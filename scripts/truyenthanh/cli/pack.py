"""The command that lays down an operator's pack."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..messages import say
from .options import nearest_project
from .words import Command

if TYPE_CHECKING:
    from ..onair.laying import Laid


@click.command(cls=Command, help=say("cli.pack_help"), short_help=say("cli.pack_short"))
@click.argument("dest", type=click.Path(path_type=Path), metavar=say("cli.pack_dest"))
@click.option("--station", metavar="ID", help=say("cli.pack_station"))
@click.option("--master", default="loudspeaker", metavar="NAME", help=say("cli.pack_master"))
@click.option("--with-omnibus", is_flag=True, help=say("cli.pack_omnibus"))
@click.option("--check", is_flag=True, help=say("cli.pack_check"))
@click.option("--root", type=click.Path(path_type=Path), metavar="DIR", help=say("cli.serve_root"))
def pack(
    dest: Path, station: str | None, master: str, with_omnibus: bool, check: bool, root: Path | None
) -> None:
    from ..onair.items import station_on_air
    from ..onair.pack import pack as lay_down

    folder = nearest_project(root) or (root or Path.cwd()).absolute()
    name = station_on_air(folder, station)
    click.echo(laid_summary(lay_down(folder, name, master, dest, with_omnibus=with_omnibus, check=check)))


def laid_summary(laid: "Laid") -> str:
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
