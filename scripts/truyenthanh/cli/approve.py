"""The command that lets episodes go on air."""

from datetime import date
from pathlib import Path

import click

from ..approval.review import Approved
from ..approval.review import approve as approve_episodes
from ..messages import say
from .localized_click import Command
from .options import Day, one_station_option, project_folder, root_option
from .table import day
from .wrong_calls import WrongCall


@click.command(cls=Command, help=say("cli.approve_help"))
@click.argument("episodes", nargs=-1, metavar=say("cli.episodes_metavar"))
@click.option("--by", required=True, metavar=say("cli.name_metavar"), help=say("cli.approve_by"))
@click.option("--on", type=Day(), metavar=say("cli.day_metavar"), help=say("cli.approve_on"))
@click.option("--all", "everything", is_flag=True, help=say("cli.approve_all"))
@one_station_option
@root_option
def approve(
    episodes: tuple[str, ...],
    by: str,
    on: date | None,
    everything: bool,
    station: str | None,
    root: Path | None,
) -> None:
    """Approve the episodes named, or all that await approval."""
    if bool(episodes) == everything:
        raise WrongCall("cli.episodes_or_all")
    names = None if everything else episodes
    for one in approve_episodes(project_folder(root), station, names, by, on or date.today()):
        click.echo(_approved(one))


def _approved(one: Approved) -> str:
    facts = {"id": one.episode.id, "title": one.episode.title, "words": one.words}
    if one.why is None:
        return say("approval.already", **facts, by=one.approval.by, on=day(one.approval.on))
    if one.before is None:
        return say("approval.done", **facts)
    key = "approval.again_reading" if one.why == "reading" else "approval.again_text"
    return say(key, **facts, by=one.before.by, on=day(one.before.on))
