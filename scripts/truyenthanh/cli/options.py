"""Options that several commands share, and what their values mean: project, stations, cores."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import click

from ..errors import ContentError
from ..messages import say
from .wrong_calls import WrongCall

PROJECT_FILE: Final = Path("content") / "project.yaml"
PATH: Final = click.Path(path_type=Path)


class Day(click.ParamType):
    """A date: 2023-05-02."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(say("cli.bad_day"), param, ctx)


root_option = click.option("--root", type=PATH, metavar=say("cli.folder_metavar"), help=say("cli.root"))
published_root_option = click.option(
    "--root", type=PATH, metavar=say("cli.folder_metavar"), help=say("cli.serve_root")
)
stations_option = click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.station"))
all_option = click.option("--all", "all_stations", is_flag=True, help=say("cli.all"))
one_station_option = click.option("--station", metavar="ID", help=say("cli.script_station"))
engine_option = click.option("--engine", metavar=say("cli.name_metavar"), help=say("cli.engine"))
as_of_option = click.option("--as-of", type=Day(), metavar=say("cli.day_metavar"), help=say("cli.as_of"))
jobs_option = click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help=say("cli.jobs"))


def plan_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what is planned: which stations, with which voice, of which project."""
    for option in (root_option, as_of_option, engine_option, all_option, stations_option):
        function = option(function)
    return function


def stations_asked_for(stations: tuple[str, ...], all_stations: bool) -> tuple[str, ...] | None:
    """Return the stations named; () means the project's default station, None all of them."""
    if all_stations and stations:
        raise WrongCall("cli.station_or_all")
    return None if all_stations else stations


def project_folder(root: Path | None) -> Path:
    """Return the project's folder: the given one, or the nearest one upwards with a project file."""
    found = nearest_project(root)
    if found is None:
        raise ContentError("cli.no_project", folder=str((root or Path.cwd()).absolute()))
    return found


def published_folder(root: Path | None) -> Path:
    """Return the project's folder, or that of a copy of its published files, which has no content."""
    return nearest_project(root) or (root or Path.cwd()).absolute()


def nearest_project(root: Path | None) -> Path | None:
    """Return the project's folder, or None if there is none."""
    here = (root or Path.cwd()).absolute()
    folders = [here] if root else [here, *here.parents]
    return next((folder for folder in folders if (folder / PROJECT_FILE).is_file()), None)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
