"""The commands for words: read any text, check the content, show an episode's running text."""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import ContentError
from ..messages import say
from .options import nearest_project, project_folder, root_option
from .words import Command

if TYPE_CHECKING:
    from ..explain.script_listing import Line
    from ..model import Pronunciation
    from ..reading import ReadingStyle
    from ..script.text_checks import Finding

SOMETHING_WRONG = 1


@click.command(cls=Command, help=say("cli.read_help"), short_help=say("cli.read_short"))
@click.option("--station", metavar="ID", help=say("cli.read_station"))
@root_option
def read(station: str | None, root: Path | None) -> None:
    from ..reading import read as read_line
    from ..script.reading_cache import defined as defined_in

    style_with = _style_maker(station, root)
    style = style_with([])
    defined: dict[str, Pronunciation] = {}
    sys.stdin.reconfigure(newline="\n")  # type: ignore[union-attr]  # only LF ends a line: one for one
    for number, line in enumerate(sys.stdin, 1):
        fresh = [entry for entry in defined_in(_plain(line)) if entry.written not in defined]
        if fresh:  # what a text abbreviates itself, it means from there on
            defined |= {entry.written: entry for entry in fresh}
            style = style_with(defined.values())
        reading = read_line(line, style)
        click.echo(reading.spoken)
        for token in reading.unknown:
            click.echo(say("read.unknown", line=number, token=token), err=True)


def _plain(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def _style_maker(
    station: str | None, root: Path | None
) -> "Callable[[Iterable[Pronunciation]], ReadingStyle]":
    """Return how a station, or the project's default one, reads with what the text has defined so far.

    Without a project it is the built-in way.
    """
    from ..reading import ReadingStyle
    from ..reading.lexicon import BUILT_IN
    from ..script.episodes import entries_of, style_of

    if station is None and nearest_project(root) is None:
        return lambda defined: ReadingStyle(BUILT_IN.overlaid(entries_of(defined)))
    from ..content.project import read_project, stations_named

    project = read_project(project_folder(root))
    (one,) = stations_named(project, [station] if station else [])
    return lambda defined: style_of(project, one, defined)


@click.command(cls=Command, help=say("cli.check_help"), short_help=say("cli.check_short"))
@root_option
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
@click.pass_context
def check(context: click.Context, root: Path | None, as_json: bool) -> None:
    from ..content.project import read_project
    from ..script.text_checks import check_project

    findings = check_project(read_project(project_folder(root)))
    errors = sum(one.is_error for one in findings)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=1))
    else:
        for one in findings:
            click.echo(_finding(one))
        key = "check.summary" if findings else "check.nothing"
        click.echo(say(key, errors=errors, warnings=len(findings) - errors))
    context.exit(SOMETHING_WRONG if errors else 0)


def _finding(one: "Finding") -> str:
    near = "_near" if one.kind == "syllable" and one.suggestion else ""
    return str(ContentError(f"check.{one.kind}{near}", asdict(one)))


@click.command(cls=Command, help=say("cli.script_help"), short_help=say("cli.script_short"))
@click.argument("episode", metavar=say("cli.episode_metavar"))
@click.option("--station", metavar="ID", help=say("cli.script_station"))
@click.option("--engine", metavar=say("cli.name_metavar"), help=say("cli.engine"))
@root_option
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
def script(episode: str, station: str | None, engine: str | None, root: Path | None, as_json: bool) -> None:
    from ..explain.script_listing import running_text

    lines = running_text(project_folder(root), station, engine, episode)
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1))
        return
    for line in lines:
        click.echo(_line(line))
    if not all(line.is_exact for line in lines):
        click.echo(say("script.estimated"), err=True)


def _line(line: "Line") -> str:
    seconds = line.start_ms // 1000
    clock = f"{'' if line.is_exact else '~'}{seconds // 60}:{seconds % 60:02d}"
    heading = [f"\n# {line.chapter}"] if line.chapter else []
    if line.role is None:
        return "\n".join([*heading, f"{clock:>7}  ♪ {line.written}"])
    text = [f"{clock:>7}  {line.place} [{line.role}] {line.written}"]
    same = line.written.rstrip(".") == line.spoken.rstrip(".")
    return "\n".join([*heading, *text, *([] if same else [f"{'':>7}  → {line.spoken}"])])
