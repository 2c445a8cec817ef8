"""The command that makes and publishes what is not up to date.

The flow, the workers and the watching of files are imported where they are used, so that a no-op build does
without them.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ..errors import TruyenthanhError
from ..explain.outcome import BuildSummary, summary_of
from ..messages import say
from ..shortcut import UpToDateCheck
from .localized_click import Command
from .options import cores, jobs_option, plan_options, project_folder, stations_asked_for
from .progress import StepProgress
from .summaries import built_summary, dated_later, orphan_warnings


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build. ``waits`` says whether to wait for another build of a station."""

    root: Path
    stations: Sequence[str] | None
    engine: str | None
    jobs: int
    as_of: date | None
    waits: bool


@click.command(cls=Command, help=say("cli.build_help"))
@plan_options
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
    """Build the stations asked for and say what they publish."""
    folder, asked_for = project_folder(root), stations_asked_for(stations, all_stations)
    request = BuildRequest(folder, asked_for, engine, jobs or cores(), as_of, not no_wait)
    if watch:
        _build_on_every_save(request)
    else:
        _show(_build_if_needed(request), folder)


def _build_on_every_save(request: BuildRequest) -> None:
    """Build now and after every save, with a line for each build, until interrupted."""
    from ..content.watching import saves

    for saved in saves(request.root):
        began_s = time.monotonic()
        try:
            outcomes = _build_if_needed(request)
        except TruyenthanhError as error:  # a half-saved file is complete at the next save
            click.echo(str(error), err=True)
            continue
        if not saved:
            _show(outcomes, request.root)
            click.echo(say("watch.begun"))
            continue
        changed = sum(one.changed + one.removed for one in outcomes)
        seconds = time.monotonic() - began_s
        click.echo(say("watch.built", files=", ".join(saved), count=changed, seconds=seconds))


def _build_if_needed(request: BuildRequest) -> tuple[BuildSummary, ...]:
    """Return the summaries of a build; nothing is planned if everything is up to date."""
    check = UpToDateCheck(request.root, request.stations, request.engine, request.as_of)
    outcomes = check.outcomes()
    if outcomes is None:
        outcomes = _build(request)
        check.note(outcomes)
    else:
        for warning in dict.fromkeys(warning for one in outcomes for warning in one.warnings):
            click.echo(str(warning), err=True)
    return outcomes


def _build(request: BuildRequest) -> tuple[BuildSummary, ...]:
    from ..making.workers import PRELOAD, workers

    with StepProgress() as progress, workers(request.jobs, PRELOAD) as made_by:
        from ..build import BuildListener  # meanwhile the workers load what they need
        from ..build import build as build_stations

        listener = BuildListener(
            on_planned=progress.planned,
            on_step_made=progress.made,
            on_damage=progress.note,
            on_waiting=progress.note,
            on_warning=progress.note,
        )
        built = build_stations(
            request.root,
            request.stations,
            request.engine,
            made_by,
            listener,
            request.as_of,
            wait=request.waits,
        )
        return tuple(map(summary_of, built))


def _show(outcomes: Sequence[BuildSummary], root: Path) -> None:
    for one in outcomes:
        click.echo(built_summary(one))
        if early := dated_later(one, datetime.now(UTC)):
            click.echo(early, err=True)
    for warning in orphan_warnings(root):
        click.echo(warning, err=True)
