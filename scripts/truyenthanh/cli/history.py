"""The command that shows what each build changed, when and why."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from ..content.project import default_station
from ..explain.history import read_history
from ..messages import Message, say
from ..publishing.places import Places
from .json_output import echo_json, json_option
from .localized_click import Command
from .options import project_folder, root_option, stations_option
from .table import word_table

LINES: Final = 20
COLUMNS: Final = ("time", "changed", "removed", "seconds", "why")
WHYS: Final = ("new", "inputs", "lost", "unpublished", "obsolete")  # other causes are settings


@click.command(cls=Command, help=say("cli.history_help"))
@stations_option
@click.option(
    "--last", type=click.IntRange(1), default=LINES, metavar="N", help=say("cli.history_last", lines=LINES)
)
@json_option
@root_option
def history(stations: tuple[str, ...], last: int, as_json: bool, root: Path | None) -> None:
    """Print the last builds that changed anything, one line each."""
    folder = project_folder(root)
    names = stations or tuple(filter(None, [default_station(folder)]))
    found = {name: read_history(Places(folder, name))[-last:] for name in names}
    if as_json:
        echo_json(found)
        return
    for name, lines in found.items():
        click.echo(_table(lines) if lines else say("history.none", station=name))


def _table(lines: Sequence[Mapping[str, str]]) -> str:
    heading = [say(f"history.{column}") for column in COLUMNS]
    rows = [[*(line.get(column, "") for column in COLUMNS[:-1]), _causes(line)] for line in lines]
    return "\n".join(word_table([heading, *rows]))


def _causes(line: Mapping[str, str]) -> str:
    """Return why a build had something to do: what differed, and which steps were affected."""
    return "; ".join(_cause(one) for one in line.get("why", "").split("; ") if one)


def _cause(written: str) -> str:
    what, _, names = written.partition(": ")
    key = f"status.{what}" if what in WHYS else f"setting.{what}"
    try:
        return say("history.cause", cause=Message(key), names=names)
    except KeyError:  # a cause from another version of the program
        return written
