"""Options that several commands share, and how the project is found."""

import os
from datetime import date
from pathlib import Path

import click

from ..errors import ContentError
from ..messages import say

PROJECT_FILE = Path("content") / "project.yaml"


class Day(click.ParamType):
    """A date: 2023-05-02."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(say("cli.bad_day"), param, ctx)


jobs_option = click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help=say("cli.jobs"))
root_option = click.option(
    "--root", type=click.Path(path_type=Path), metavar=say("cli.folder_metavar"), help=say("cli.root")
)


def project_folder(root: Path | None) -> Path:
    """Return the project's folder: the one given, or the nearest one above with a project file."""
    found = nearest_project(root)
    if found is None:
        raise ContentError("cli.no_project", folder=str((root or Path.cwd()).absolute()))
    return found


def nearest_project(root: Path | None) -> Path | None:
    """Return the project's folder, or None where there is none."""
    here = (root or Path.cwd()).absolute()
    folders = [here] if root else [here, *here.parents]
    return next((folder for folder in folders if (folder / PROJECT_FILE).is_file()), None)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
