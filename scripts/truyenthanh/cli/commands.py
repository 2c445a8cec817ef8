"""The commands. Each one's work is elsewhere; here are its options and what it says."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..errors import TruyenthanhError
from ..explain.outcome import BuildSummary, summary_of
from ..messages import say
from ..shortcut import UpToDateCheck
from .options import Day, cores, jobs_option, project_folder, root_option
from .terminal import Progress, built_summary, dated_later, pending_summary
from .words import Command, Group, WrongCall

PRELOADED = "truyenthanh.making.preload"

ELSEWHERE = {
    "read": "text:read",
    "check": "text:check",
    "script": "text:script",
    "why": "why:why",
    "approve": "approval:approve",
    "withdraw": "approval:withdraw",
    "review": "approval:review",
    "say": "audition:say_aloud",
    "voices": "voices:voices",
    "master": "master:master",
    "qc": "sound:qc",
    "serve": "serve:serve",
    "verify": "upkeep:verify",
    "prune": "upkeep:prune",
    "history": "upkeep:history",
    "pack": "pack:pack",
    "schedule": "schedule:schedule",
    "aired": "report:aired",
    "report": "report:report",
}


@click.group(cls=Group, elsewhere=ELSEWHERE, help=say("cli.help"), epilog=say("cli.epilog"))
@click.version_option(
    __version__, prog_name="truyenthanh", message="%(prog)s %(version)s", help=say("cli.version_option")
)
def truyenthanh() -> None:
    """Everything below this is a command."""


def _common(function: Any) -> Any:
    """Add the options that say which stations, with which voice, of which project."""
    for option in (
        root_option,
        click.option("--as-of", type=Day(), metavar=say("cli.day_metavar"), help=say("cli.as_of")),
        click.option("--engine", metavar=say("cli.name_metavar"), help=say("cli.engine")),
        click.option("--all", "all_stations", is_flag=True, help=say("cli.all")),
        click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.station")),
    ):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for."""

    root: Path
    stations: list[str] | None
    engine: str | None
    jobs: int
    as_of: date | None
    waits: bool  # for another build of a station


@truyenthanh.command(cls=Command, help=say("cli.build_help"), short_help=say("cli.build_short"))
@_common
@jobs_option
@click.option("--watch", is_flag=True, help=say("cli.watch"))
@click.option("--no-wait", is_flag=True, help=say("cli.no_wait"))
def build(
    stations: tuple[str, ...],
    all_stations: bool,
    engine: str | None,
    root: Path | None,
    jobs: int | None,
    as_of: date | None,
    watch: bool,
    no_wait: bool,
) -> None:
    folder, chosen = project_folder(root), _chosen(stations, all_stations)
    order = Order(folder, chosen, engine, jobs or cores(), as_of, not no_wait)
    if watch:
        _build_on_every_save(order)
        return
    _show(_built(order), folder)


def _show(outcomes: Sequence[BuildSummary], root: Path) -> None:
    for one in outcomes:
        click.echo(built_summary(one))
        if early := dated_later(one, datetime.now(UTC)):
            click.echo(early, err=True)
    _tell_orphans(root)


def _built(order: Order) -> tuple[BuildSummary, ...]:
    """Build what was asked for, unless all of it stands, and return what there is to say of it."""
    last = UpToDateCheck(order.root, order.stations, order.engine, order.as_of)
    outcomes = last.outcomes()
    if outcomes is None:
        outcomes = _made(order)
        last.note(outcomes)
    else:
        for warning in dict.fromkeys(warning for one in outcomes for warning in one.warnings):
            click.echo(str(warning), err=True)
    return outcomes


def _made(order: Order) -> tuple[BuildSummary, ...]:
    from ..making.workers import workers

    progress = Progress()
    try:
        with workers(order.jobs, PRELOADED) as made_by:  # they get ready while the rest is loaded
            from ..build import BuildListener
            from ..build import build as build_stations

            tell = progress.planned, progress.made, progress.damaged, progress.waiting, progress.warned
            built = build_stations(
                order.root,
                order.stations,
                order.engine,
                made_by,
                BuildListener(*tell),
                order.as_of,
                wait=order.waits,
            )
            return tuple(map(summary_of, built))
    finally:
        progress.close()


def _build_on_every_save(order: Order) -> None:
    """Build, and again after every save, a line for each, until it is interrupted."""
    from ..content.watching import saves

    for saved in saves(order.root):
        begun = time.monotonic()
        try:
            outcomes = _built(order)
        except TruyenthanhError as error:  # a file that is half saved is whole at the next save
            click.echo(str(error), err=True)
            continue
        if not saved:
            _show(outcomes, order.root)
            click.echo(say("watch.begun"))
            continue
        changed = sum(one.changed + one.removed for one in outcomes)
        seconds = time.monotonic() - begun
        click.echo(say("watch.built", files=", ".join(saved), count=changed, seconds=seconds))


@truyenthanh.command(cls=Command, help=say("cli.status_help"), short_help=say("cli.status_short"))
@_common
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
def status(
    stations: tuple[str, ...],
    all_stations: bool,
    engine: str | None,
    root: Path | None,
    as_json: bool,
    as_of: date | None,
) -> None:
    from ..build import status as status_of

    folder = project_folder(root)
    pending = status_of(folder, _chosen(stations, all_stations), engine, as_of)
    if as_json:
        plain = {station: [asdict(one) for one in steps] for station, steps in pending.items()}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for station, steps in pending.items():
        click.echo(pending_summary(station, steps))
    _tell_orphans(folder)


def _tell_orphans(root: Path) -> None:
    """Say which folders belong to no station any more; they would be uploaded all the same."""
    from ..publishing.places import orphans

    stations = [path.stem for path in (root / "content" / "stations").glob("*.yaml")]
    for folder in orphans(root, stations):
        click.echo(say("publication.orphan", folder=folder), err=True)


def _chosen(stations: tuple[str, ...], all_stations: bool) -> list[str] | None:
    """Return the stations asked for, an empty list for the project's own choice, None for all."""
    if all_stations and stations:
        raise WrongCall("cli.station_or_all")
    return None if all_stations else list(stations)
