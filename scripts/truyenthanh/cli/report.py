"""The commands for what was aired: take log sheets over, and report on a period."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import LogError
from ..messages import say
from .options import Day, project_folder, root_option
from .table import day
from .words import Command, WrongCall

if TYPE_CHECKING:
    from ..onair.play_log import Source, Taken

STANDARD_INPUT = "-"


@click.command(cls=Command, help=say("cli.aired_help"), short_help=say("cli.aired_short"))
@click.argument("what", nargs=-1, metavar=say("cli.aired_what"))
@click.option("--station", metavar="ID", help=say("cli.aired_station"))
@click.option("--skip-bad", is_flag=True, help=say("cli.skip_bad"))
@root_option
def aired(what: tuple[str, ...], station: str | None, skip_bad: bool, root: Path | None) -> None:
    from ..onair.play_log import log_file, take

    folder = project_folder(root)
    taken = take(folder, station, _sources(what), date.today(), skip_bad=skip_bad)
    for fault in taken.faults:
        click.echo(str(fault), err=True)
    if taken.faults and not skip_bad:
        raise LogError("airlog.nothing_taken", rows=len(taken.faults))
    _tell(taken, log_file(folder, taken.station).relative_to(folder).as_posix())


def _sources(what: Sequence[str]) -> "list[Source]":
    """Return what was handed in: files, the standard input, and the words of airings."""
    from ..onair.play_log import words_source

    files = [name for name in what if name == STANDARD_INPUT or Path(name).is_file()]
    words = [name for name in what if name not in files]
    if not what:
        files = [STANDARD_INPUT]
        if sys.stdin.isatty():
            click.echo(say("cli.aired_waiting"), err=True)
    sources = [_read(name) for name in files]
    return [*sources, words_source(say("cli.aired_words"), words)] if words else sources


def _read(name: str) -> "Source":
    from ..onair.play_log import source_of

    if name == STANDARD_INPUT:
        return source_of(say("cli.aired_input"), sys.stdin.buffer.read(), may_be_lines=True)
    return source_of(name, Path(name).read_bytes())


def _tell(taken: "Taken", file: str) -> None:
    days = sorted(one.day for one in taken.new)
    missed = sum(one.aired is None for one in taken.new)
    facts = {"station": taken.station, "file": file, "known": taken.known}
    if days:
        facts |= {"first": day(days[0]), "last": day(days[-1]), "missed": missed}
        click.echo(say("airlog.taken", aired=len(days) - missed, **facts))
    else:
        click.echo(say("airlog.nothing_new", **facts))
    if taken.faults:
        click.echo(say("airlog.skipped", rows=len(taken.faults)), err=True)
    if taken.pending:
        click.echo(say("airlog.pending", rows=taken.pending), err=True)


@click.command(cls=Command, help=say("cli.report_help"), short_help=say("cli.report_short"))
@click.argument(
    "destinations", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=say("cli.report_dest")
)
@click.option(
    "--from", "first", type=Day(), required=True, metavar=say("cli.day_metavar"), help=say("cli.from")
)
@click.option("--to", "last", type=Day(), required=True, metavar=say("cli.day_metavar"), help=say("cli.to"))
@click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.station"))
@click.option("--all", "all_stations", is_flag=True, help=say("cli.all"))
@click.option("--replace", is_flag=True, help=say("cli.report_replace"))
@root_option
def report(
    destinations: tuple[Path, ...],
    first: date,
    last: date,
    stations: tuple[str, ...],
    all_stations: bool,
    replace: bool,
    root: Path | None,
) -> None:
    from ..onair.report import report_of
    from ..onair.report_files import report_paths, write_report

    if all_stations and stations:
        raise WrongCall("cli.station_or_all")
    if first > last:
        raise WrongCall("cli.from_after_to", first=day(first), last=day(last))
    paths = report_paths(destinations, first, last)
    figures = report_of(project_folder(root), None if all_stations else stations, first, last)
    write_report(figures, paths, replace=replace)
    for path in paths:
        click.echo(say("report.written", file=str(path)))
