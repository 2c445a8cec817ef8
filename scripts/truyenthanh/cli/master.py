"""The command that turns any sound file into a master."""

from pathlib import Path

import click

from ..messages import say
from ..mixing.profiles import MASTERS
from ..oneoff.master import remaster
from .findings import finding_line
from .localized_click import Command
from .options import PATH
from .progress import Progress
from .table import clock


@click.command(cls=Command, help=say("cli.master_help"))
@click.argument("name", metavar=say("cli.master_name"))
@click.argument("source", type=PATH, metavar=say("cli.master_in"))
@click.argument("out", type=PATH, metavar=say("cli.master_out"))
def master(name: str, source: Path, out: Path) -> None:
    """Write the master, reporting each stage and, at the end, the result."""
    progress = Progress()

    def on_stage(stage: str) -> None:
        progress.note(say(f"remaster.{stage}", file=str(source)))

    finished = remaster(name, source, out, on_stage)
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
