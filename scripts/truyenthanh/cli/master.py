"""The command that finishes any sound file as a master."""

from pathlib import Path

import click

from ..messages import say
from ..mixing.profiles import MASTERS
from .sound import finding_line
from .table import clock
from .words import Command

FILE = click.Path(path_type=Path)


@click.command(cls=Command, help=say("cli.master_help"), short_help=say("cli.master_short"))
@click.argument("name", metavar=say("cli.master_name"))
@click.argument("source", type=FILE, metavar=say("cli.master_in"))
@click.argument("out", type=FILE, metavar=say("cli.master_out"))
def master(name: str, source: Path, out: Path) -> None:
    from ..oneoff.master import remaster

    def told(stage: str) -> None:
        click.echo(say(f"remaster.{stage}", file=str(source)), err=True)

    finished = remaster(name, source, out, told)
    levels, by_rms = finished.quality.levels, MASTERS[name].measure == "rms"
    facts = {
        "file": str(out),
        "seconds": clock(finished.quality.seconds),
        "level": levels.rms_dbfs if by_rms else levels.integrated_lufs,
        "unit": "dBFS RMS" if by_rms else "LUFS",
        "range": levels.loudness_range_lu,
        "peak": levels.true_peak_dbtp,
    }
    click.echo(say("remaster.done", **facts))
    for finding in finished.findings:
        click.echo(finding_line(finding), err=True)
