"""The command that withdraws an approval."""

from pathlib import Path

import click

from ..approval.review import withdraw as withdraw_episodes
from ..messages import say
from .localized_click import Command
from .options import one_station_option, project_folder, root_option


@click.command(cls=Command, help=say("cli.withdraw_help"))
@click.argument("episodes", nargs=-1, required=True, metavar=say("cli.episodes_metavar"))
@one_station_option
@root_option
def withdraw(episodes: tuple[str, ...], station: str | None, root: Path | None) -> None:
    """Withdraw the approval of the episodes named."""
    for name in withdraw_episodes(project_folder(root), station, episodes):
        click.echo(say("approval.withdrawn", id=name))
