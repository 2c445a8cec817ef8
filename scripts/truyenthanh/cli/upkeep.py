"""The commands that look after what was built: is it whole, what may go, what was done when."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..messages import Message, say
from ..store.store import GENERATIONS
from .options import cores, jobs_option, nearest_project, project_folder, root_option
from .table import clock, to_the_left
from .words import Command, WrongCall

if TYPE_CHECKING:
    from ..upkeep.file_checks import Fault
    from ..upkeep.verify import Verified

MENDABLE = 1
LISTED = 20
TICK_S = 0.1
KEPT_BUILDS = 3
LINES = 20
WHYS = ("new", "inputs", "lost", "unpublished", "obsolete")  # other causes are settings
MB = 1e6

_station = click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.station"))
_all = click.option("--all", "all_stations", is_flag=True, help=say("cli.verify_all"))
_json = click.option("--json", "as_json", is_flag=True, help=say("cli.json"))


@click.command(cls=Command, help=say("cli.verify_help"), short_help=say("cli.verify_short"))
@_station
@_all
@click.option("--store", "with_store", is_flag=True, help=say("cli.verify_store"))
@_json
@jobs_option
@root_option
@click.pass_context
def verify(
    context: click.Context,
    stations: tuple[str, ...],
    all_stations: bool,
    with_store: bool,
    as_json: bool,
    jobs: int | None,
    root: Path | None,
) -> None:
    from ..store.store import store_folder
    from ..upkeep.verify import verify_station
    from ..upkeep.verify_store import verify_store

    folder, workers = nearest_project(root) or (root or Path.cwd()).absolute(), jobs or cores()
    found = []
    for station in _published(folder, stations, all_stations):
        with _Line(say("verify.progress", station=station)) as line:
            found.append(verify_station(folder, station, workers, line.at, _waiting))
    entries, damaged = 0, tuple[str, ...]()
    if with_store:
        with _Line(say("verify.progress_store")) as line:
            entries, damaged = verify_store(store_folder(folder), workers, line.at)
    if as_json:
        store = {"entries": entries, "damaged": damaged} if with_store else None
        plain = {"stations": [_plain(one) for one in found], "store": store}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo("\n".join(_report(one)))
        if with_store:
            click.echo("\n".join(_store_report(entries, damaged)))
    if damaged or any(one.faults for one in found):
        context.exit(MENDABLE)


def _published(root: Path, stations: Sequence[str], all_stations: bool) -> list[str]:
    """Return the stations to verify; those that are not published are found out by who looks."""
    from ..content.project import default_station
    from ..errors import PublicationError
    from ..upkeep.verify import published_folders

    if all_stations and stations:
        raise WrongCall("cli.station_or_all")
    default = default_station(root)
    there = published_folders(root)
    wanted = list(dict.fromkeys(stations)) or ([default] if default and not all_stations else there)
    for name in wanted or ["-"]:
        if name not in there:
            raise PublicationError("verify.nothing", station=name)
    return wanted


def _report(one: "Verified") -> list[str]:
    """Return what is wrong with a station's files, a file a line, and a summary."""
    facts = {"station": one.station, "files": one.files, "length": clock(one.seconds), "mb": _mb(one.bytes)}
    lines = [say("content.in_file", file=fault.file, what=_said(fault)) for fault in one.faults]
    if one.faults:
        lines.append(say("verify.faults", **facts, count=len({fault.file for fault in one.faults})))
    else:
        lines.append(say("verify.whole", **facts))
    if one.unnamed:
        shown = ", ".join(one.unnamed[:LISTED])
        lines.append(say("verify.unnamed", count=len(one.unnamed), files=shown))
    return lines


def _said(fault: "Fault") -> str:
    return say(f"verify.{fault.what}", **fault.facts)


def _plain(one: "Verified") -> dict[str, object]:
    faults = [
        {"file": fault.file, "what": fault.what, **_plain_facts(fault), "text": _said(fault)}
        for fault in one.faults
    ]
    return {**asdict(one), "faults": faults}


def _plain_facts(fault: "Fault") -> dict[str, object]:
    return {name: str(fact) if isinstance(fact, Message) else fact for name, fact in fault.facts.items()}


def _store_report(entries: int, damaged: Sequence[str]) -> list[str]:
    lines = [say("verify.store_entry", name=name) for name in damaged]
    return [*lines, say("verify.store_damaged" if damaged else "verify.store_whole", entries=entries)]


@click.command(cls=Command, help=say("cli.prune_help"), short_help=say("cli.prune_short"))
@click.option(
    "--keep",
    type=click.IntRange(1, GENERATIONS),
    default=KEPT_BUILDS,
    metavar="N",
    help=say("cli.prune_keep", builds=KEPT_BUILDS),
)
@click.option("--dry-run", is_flag=True, help=say("cli.prune_dry_run"))
@root_option
def prune(keep: int, dry_run: bool, root: Path | None) -> None:
    from ..upkeep.prune import prune as prune_store

    folder = project_folder(root)
    stations = [path.stem for path in (folder / "content" / "stations").glob("*.yaml")]
    gone = prune_store(folder, stations, keep, _waiting, dry_run=dry_run)
    facts = {
        "files": gone.files,
        "mb": _mb(gone.bytes),
        "kept": gone.kept_files,
        "kept_mb": _mb(gone.kept_bytes),
        "builds": keep,
    }
    click.echo(say("prune.would" if dry_run else "prune.done", **facts))


@click.command(cls=Command, help=say("cli.history_help"), short_help=say("cli.history_short"))
@_station
@click.option(
    "--last", type=click.IntRange(1), default=LINES, metavar="N", help=say("cli.history_last", lines=LINES)
)
@_json
@root_option
def history(stations: tuple[str, ...], last: int, as_json: bool, root: Path | None) -> None:
    from ..content.project import default_station
    from ..explain.history import read_history
    from ..publishing.places import Places

    folder = project_folder(root)
    names = stations or tuple(filter(None, [default_station(folder)]))
    found = {name: read_history(Places(folder, name))[-last:] for name in names}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    columns = ("time", "changed", "removed", "seconds", "why")
    for name, lines in found.items():
        if not lines:
            click.echo(say("history.none", station=name))
            continue
        heading = tuple(say(f"history.{column}") for column in columns)
        rows = [[*(line.get(column, "") for column in columns[:-1]), _causes(line)] for line in lines]
        click.echo("\n".join(to_the_left([heading, *rows])))


def _causes(line: Mapping[str, str]) -> str:
    """Return why a build had something to do: what differed, and which steps that concerned."""
    return "; ".join(_cause(one) for one in line.get("why", "").split("; ") if one)


def _cause(written: str) -> str:
    what, _, names = written.partition(": ")
    key = f"status.{what}" if what in WHYS else f"setting.{what}"
    try:
        return say("history.cause", cause=Message(key), names=names)
    except KeyError:  # a cause of another version of the program
        return written


def _waiting(whom: str) -> None:
    click.echo(whom, err=True)


def _mb(size: int) -> float:
    return size / MB


class _Line:
    """One line on a terminal: how many of how many; in a pipe it is a line at the start."""

    def __init__(self, what: str) -> None:
        self._what, self._shown_at, self._live = what, 0.0, sys.stderr.isatty()

    def __enter__(self) -> "_Line":
        if not self._live:
            click.echo(self._what, err=True)
        return self

    @property
    def at(self) -> Callable[[int, int], None]:
        """Whom to tell how far it is."""
        return self._at

    def _at(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._live and now - self._shown_at >= TICK_S:
            self._shown_at = now
            self._show(say("verify.at", what=self._what, done=done, total=total))

    def _show(self, text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        click.echo(f"\r{text[:width]:<{width}}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self._shown_at:
            self._show("")
            click.echo("\r", nl=False, err=True)
