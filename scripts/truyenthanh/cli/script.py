"""The command that shows an episode's script: who says what, when, and how it is read."""

from dataclasses import asdict
from pathlib import Path

import click

from ..explain.script_listing import Line, running_text
from ..messages import say
from .json_output import echo_json, json_option
from .localized_click import Command
from .options import engine_option, one_station_option, project_folder, root_option
from .table import clock


@click.command(cls=Command, help=say("cli.script_help"))
@click.argument("episode", metavar=say("cli.episode_metavar"))
@one_station_option
@engine_option
@root_option
@json_option
def script(episode: str, station: str | None, engine: str | None, root: Path | None, as_json: bool) -> None:
    """Print the lines of an episode with the time at which each starts."""
    lines = running_text(project_folder(root), station, engine, episode)
    if as_json:
        echo_json([asdict(line) for line in lines])
        return
    for line in lines:
        click.echo(_line(line))
    if not all(line.is_exact for line in lines):
        click.echo(say("script.estimated"), err=True)


def _line(line: Line) -> str:
    starts = f"{'' if line.is_exact else '~'}{clock(line.start_ms // 1000)}"
    heading = [f"\n# {line.chapter}"] if line.chapter else []
    if line.role is None:
        return "\n".join([*heading, f"{starts:>7}  ♪ {line.written}"])
    text = [f"{starts:>7}  {line.place} [{line.role}] {line.written}"]
    same = line.written.rstrip(".") == line.spoken.rstrip(".")
    return "\n".join([*heading, *text, *([] if same else [f"{'':>7}  → {line.spoken}"])])
