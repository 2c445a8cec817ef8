"""The command that speaks a text. As its own name is ``say``, it calls ``messages.say`` in full."""

import sys
from pathlib import Path
from typing import Final

import click

from .. import messages
from ..mixing.profiles import MASTERS
from ..oneoff.say import Listener, SayRequest, SayResult, say_to_file
from .localized_click import Command
from .options import PATH, cores, engine_option, jobs_option, nearest_project, project_folder, root_option
from .progress import StepProgress

STANDARD_INPUT: Final = "-"
NAME: Final = messages.say("cli.name_metavar")


@click.command(cls=Command, help=messages.say("cli.say_help"))
@click.argument("text", default=STANDARD_INPUT, metavar=messages.say("cli.say_text"))
@click.option(
    *("-o", "--output"),
    required=True,
    type=PATH,
    metavar=messages.say("cli.file_metavar"),
    help=messages.say("cli.say_output"),
)
@engine_option
@click.option("--voice", metavar=NAME, help=messages.say("cli.say_voice"))
@click.option("--role", metavar=messages.say("cli.role_metavar"), help=messages.say("cli.say_role"))
@click.option("--rate", type=int, metavar="N", help=messages.say("cli.say_rate"))
@click.option("--pitch", type=int, metavar="N", help=messages.say("cli.say_pitch"))
@click.option("--slow", is_flag=True, help=messages.say("cli.say_slow"))
@click.option("--master", default="podcast", metavar=NAME, help=messages.say("cli.say_master"))
@click.option("--station", metavar="ID", help=messages.say("cli.say_station"))
@root_option
@jobs_option
def say(
    text: str,
    output: Path,
    engine: str | None,
    voice: str | None,
    role: str | None,
    rate: int | None,
    pitch: int | None,
    slow: bool,
    master: str,
    station: str | None,
    root: Path | None,
    jobs: int | None,
) -> None:
    """Write a spoken text to a file and report its loudness."""
    asks_for_project = root is not None or station is not None
    folder = project_folder(root) if asks_for_project else nearest_project(root)
    spoken = sys.stdin.read() if text == STANDARD_INPUT else text
    request = SayRequest(spoken, station, engine, role, voice, rate, pitch, slow, master)
    with StepProgress() as progress:
        listener = Listener(progress.planned, progress.made)
        result = say_to_file(folder, request, output, jobs or cores(), listener)
    for warning in result.warnings:
        click.echo(str(warning), err=True)
    if result.unknown:
        click.echo(messages.say("audition.unsure", tokens=", ".join(result.unknown)), err=True)
    click.echo(_done(result, master, output))


def _done(result: SayResult, master: str, output: Path) -> str:
    by_rms = MASTERS[master].measure == "rms"
    facts = {
        "file": str(output),
        "seconds": result.figures["seconds"],
        "level": result.figures["rms_dbfs" if by_rms else "integrated_lufs"],
        "unit": "dBFS RMS" if by_rms else "LUFS",
        "peak": result.figures["true_peak_dbtp"],
    }
    return messages.say("audition.done", **facts, voice=result.voice.name, engine=result.engine)
