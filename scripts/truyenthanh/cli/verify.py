"""The command that checks whether the published files and the store are undamaged."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from ..content.project import default_station
from ..errors import PublicationError
from ..messages import Message, say
from ..store.store import store_folder
from ..upkeep.file_checks import Fault
from ..upkeep.verify import OnProgress, Verified, published_folders, verify_station
from ..upkeep.verify_store import verify_store
from .exit_codes import MENDABLE
from .json_output import echo_json, json_option
from .localized_click import Command
from .options import cores, jobs_option, published_folder, root_option, stations_asked_for, stations_option
from .progress import Progress
from .table import clock, megabytes

LISTED: Final = 20  # files shown by name


@click.command(cls=Command, help=say("cli.verify_help"))
@stations_option
@click.option("--all", "all_stations", is_flag=True, help=say("cli.verify_all"))
@click.option("--store", "with_store", is_flag=True, help=say("cli.verify_store"))
@json_option
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
    """Check what stations published, and the store; the exit code says whether anything is damaged."""
    folder, workers = published_folder(root), jobs or cores()
    wanted = _published(folder, stations_asked_for(stations, all_stations))
    verified = [_verify(folder, station, workers) for station in wanted]
    entries, damaged = _verify_store(folder, workers) if with_store else (0, ())
    if as_json:
        store = {"entries": entries, "damaged": damaged} if with_store else None
        echo_json({"stations": [_plain(one) for one in verified], "store": store})
    else:
        for one in verified:
            click.echo("\n".join(_report(one)))
        if with_store:
            click.echo("\n".join(_store_report(entries, damaged)))
    if damaged or any(one.faults for one in verified):
        context.exit(MENDABLE)


def _verify(root: Path, station: str, workers: int) -> Verified:
    with Progress() as progress:
        on_progress = _announced(progress, say("verify.progress", station=station))
        return verify_station(root, station, workers, on_progress, progress.note)


def _verify_store(root: Path, workers: int) -> tuple[int, tuple[str, ...]]:
    with Progress() as progress:
        return verify_store(store_folder(root), workers, _announced(progress, say("verify.progress_store")))


def _announced(progress: Progress, what: str) -> OnProgress:
    """Announce what is verified, and return a function that shows the progress."""
    progress.announce(what)
    return lambda done, total: progress.show("verify.at", what=what, done=done, total=total)


def _published(root: Path, stations: Sequence[str] | None) -> list[str]:
    """Return the stations to verify: all published ones for None; naming an unpublished one is an error."""
    there = published_folders(root)
    default = None if stations is None else default_station(root)
    wanted = list(dict.fromkeys(stations or ())) or ([default] if default else there)
    for name in wanted or ["-"]:
        if name not in there:
            raise PublicationError("verify.nothing", station=name)
    return wanted


def _report(one: Verified) -> list[str]:
    """Return what is wrong with a station's files, one file per line, and a summary."""
    facts = {
        "station": one.station,
        "files": one.files,
        "length": clock(one.seconds),
        "mb": megabytes(one.bytes),
    }
    lines = [say("content.in_file", file=fault.file, what=_said(fault)) for fault in one.faults]
    if one.faults:
        lines.append(say("verify.faults", **facts, count=len({fault.file for fault in one.faults})))
    else:
        lines.append(say("verify.whole", **facts))
    if one.unnamed:
        shown = ", ".join(one.unnamed[:LISTED])
        lines.append(say("verify.unnamed", count=len(one.unnamed), files=shown))
    return lines


def _said(fault: Fault) -> str:
    return say(f"verify.{fault.what}", **fault.facts)


def _plain(one: Verified) -> dict[str, object]:
    faults = [
        {"file": fault.file, "what": fault.what, **_plain_facts(fault), "text": _said(fault)}
        for fault in one.faults
    ]
    return {**asdict(one), "faults": faults}


def _plain_facts(fault: Fault) -> dict[str, object]:
    return {name: str(fact) if isinstance(fact, Message) else fact for name, fact in fault.facts.items()}


def _store_report(entries: int, damaged: Sequence[str]) -> list[str]:
    lines = [say("verify.store_entry", name=name) for name in damaged]
    return [*lines, say("verify.store_damaged" if damaged else "verify.store_whole", entries=entries)]
