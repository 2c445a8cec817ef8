"""The command that lets a voice be heard."""

import sys
from pathlib import Path
from typing import Any

import click

from ..messages import say
from ..mixing.profiles import MASTERS
from .options import cores, jobs_option, nearest_project, project_folder, root_option
from .terminal import Progress
from .words import Command

STDIN = "-"
FILE = click.Path(path_type=Path)


@click.command("say", cls=Command, help=say("cli.say_help"), short_help=say("cli.say_short"))
@click.argument("text", default=STDIN, metavar=say("cli.say_text"))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar=say("cli.file_metavar"),
    help=say("cli.say_output"),
)
@click.option("--engine", metavar=say("cli.name_metavar"), help=say("cli.engine"))
@click.option("--voice", metavar=say("cli.name_metavar"), help=say("cli.say_voice"))
@click.option("--role", metavar=say("cli.role_metavar"), help=say("cli.say_role"))
@click.option("--rate", type=int, metavar="N", help=say("cli.say_rate"))
@click.option("--pitch", type=int, metavar="N", help=say("cli.say_pitch"))
@click.option("--slow", is_flag=True, help=say("cli.say_slow"))
@click.option("--master", default="podcast", metavar=say("cli.name_metavar"), help=say("cli.say_master"))
@click.option("--station", metavar="ID", help=say("cli.say_station"))
@root_option
@jobs_option
def say_aloud(text: str, output: Path, root: Path | None, jobs: int | None, **wish: Any) -> None:
    from ..oneoff.say import Listener, SayRequest, say_to_file

    asks_for_project = root is not None or wish["station"] is not None
    folder = project_folder(root) if asks_for_project else nearest_project(root)
    spoken = sys.stdin.read() if text == STDIN else text
    progress = Progress()
    try:
        listener = Listener(progress.planned, progress.made)
        heard = say_to_file(folder, SayRequest(spoken, **wish), output, jobs or cores(), listener)
    finally:
        progress.close()
    for warning in heard.warnings:
        click.echo(str(warning), err=True)
    if heard.unknown:
        click.echo(say("audition.unsure", tokens=", ".join(heard.unknown)), err=True)
    by_rms = MASTERS[wish["master"]].measure == "rms"
    facts = {
        "file": str(output),
        "seconds": heard.figures["seconds"],
        "level": heard.figures["rms_dbfs" if by_rms else "integrated_lufs"],
        "unit": "dBFS RMS" if by_rms else "LUFS",
        "peak": heard.figures["true_peak_dbtp"],
    }
    click.echo(say("audition.done", **facts, voice=heard.voice.name, engine=heard.engine))
