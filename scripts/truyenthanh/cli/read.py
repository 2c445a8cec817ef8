"""The command that shows how any text is read aloud, line by line."""

import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from ..content.project import read_project, stations_named
from ..messages import say
from ..model import Pronunciation
from ..reading import ReadingStyle
from ..reading import read as read_line
from ..reading.lexicon import BUILT_IN
from ..script.episodes import entries_of, style_of
from ..script.reading_cache import defined as defined_in
from .localized_click import Command
from .options import nearest_project, project_folder, root_option


@click.command(cls=Command, help=say("cli.read_help"))
@click.option("--station", metavar="ID", help=say("cli.read_station"))
@root_option
def read(station: str | None, root: Path | None) -> None:
    """Print every line of standard input as it is spoken."""
    style_with = _style_maker(station, root)
    style = style_with([])
    defined: dict[str, Pronunciation] = {}
    sys.stdin.reconfigure(newline="\n")  # type: ignore[union-attr]  # only LF ends a line
    for number, line in enumerate(sys.stdin, 1):
        fresh = [entry for entry in defined_in(_plain(line)) if entry.written not in defined]
        if fresh:  # an abbreviation the text defines counts from here on
            defined |= {entry.written: entry for entry in fresh}
            style = style_with(defined.values())
        reading = read_line(line, style)
        click.echo(reading.spoken)
        for token in reading.unknown:
            click.echo(say("read.unknown", line=number, token=token), err=True)


def _plain(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def _style_maker(station: str | None, root: Path | None) -> Callable[[Iterable[Pronunciation]], ReadingStyle]:
    """Return a function that gives a station's style with the abbreviations a text has defined so far.

    If no station is named it is the project's default; without a project, the built-in style.
    """
    if station is None and nearest_project(root) is None:
        return lambda defined: ReadingStyle(BUILT_IN.overlaid(entries_of(defined)))
    project = read_project(project_folder(root))
    (one,) = stations_named(project, [station] if station else [])
    return lambda defined: style_of(project, one, defined)
