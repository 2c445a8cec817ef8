"""The program as a group of commands. Each is in a module of its own here, named like the command."""

from typing import Final

import click

from .. import __version__
from ..messages import say
from .localized_click import Group

COMMANDS: Final = (  # in the order in which --help lists them
    *("build", "status", "read", "check", "script", "why", "approve", "withdraw", "review", "say", "voices"),
    *("master", "qc", "serve", "verify", "prune", "history", "pack", "schedule", "aired", "report"),
)


@click.group(cls=Group, lazy=COMMANDS, help=say("cli.help"), epilog=say("cli.epilog"))
@click.version_option(
    __version__, prog_name="truyenthanh", message="%(prog)s %(version)s", help=say("cli.version_option")
)
def truyenthanh() -> None:
    """Do nothing by itself: the commands do all the work."""
