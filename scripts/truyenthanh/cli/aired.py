"""The command that adds to the log what operators noted as aired."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from ..errors import LogError
from ..messages import say
from ..onair.play_log import Source, Taken, log_file, source_of, take, words_source
from .localized_click import Command
from .options import project_folder, root_option
from .table import day

STANDARD_INPUT: Final = "-"


@click.command(cls=Command, help=say("cli.aired_help"))
@click.argument("what", nargs=-1, metavar=say("cli.aired_what"))
@click.option("--station", metavar="ID", help=say("cli.aired_station"))
@click.option("--skip-bad", is_flag=True, help=say("cli.skip_bad"))
@root_option
def aired(what: tuple[str, ...], station: str | None, skip_bad: bool, root: Path | None) -> None:
    """Add what was aired to the station's log, and say what was new."""
    folder = project_folder(root)
    taken = take(folder, station, _sources(what), date.today(), skip_bad=skip_bad)
    for fault in taken.faults:
        click.echo(str(fault), err=True)
    if taken.faults and not skip_bad:
        raise LogError("airlog.nothing_taken", rows=len(taken.faults))
    click.echo(_summary(taken, log_file(folder, taken.station).relative_to(folder).as_posix()))
    if taken.faults:
        click.echo(say("airlog.skipped", rows=len(taken.faults)), err=True)
    if taken.pending:
        click.echo(say("airlog.pending", rows=taken.pending), err=True)


def _sources(what: Sequence[str]) -> list[Source]:
    """Return what was submitted: files, standard input, and airings given as words."""
    files = [name for name in what if name == STANDARD_INPUT or Path(name).is_file()]
    words = [name for name in what if name not in files]
    if not what:
        files = [STANDARD_INPUT]
        if sys.stdin.isatty():
            click.echo(say("cli.aired_waiting"), err=True)
    sources = [_read(name) for name in files]
    return [*sources, words_source(say("cli.aired_words"), words)] if words else sources


def _read(name: str) -> Source:
    if name == STANDARD_INPUT:
        return source_of(say("cli.aired_input"), sys.stdin.buffer.read(), may_be_lines=True)
    return source_of(name, Path(name).read_bytes())


def _summary(taken: Taken, file: str) -> str:
    facts = {"station": taken.station, "file": file, "known": taken.known}
    if not taken.new:
        return say("airlog.nothing_new", **facts)
    days = sorted(one.day for one in taken.new)
    missed = sum(one.aired is None for one in taken.new)
    facts |= {"first": day(days[0]), "last": day(days[-1]), "missed": missed}
    return say("airlog.taken", aired=len(days) - missed, **facts)
