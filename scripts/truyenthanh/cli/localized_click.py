"""click's commands and groups in the language of the user: usage, headings, help of options."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from ..messages import LANGUAGES, say

LONGEST_SHORT_HELP = 90  # characters


class Command(click.Command):
    """A command whose help is in the user's language; ``--lang`` may be anywhere in a call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", say("cli.options_metavar"))
        super().__init__(*args, **kwargs)
        languages = click.Choice(LANGUAGES)  # already applied by the edge, before any output
        self.params.append(click.Option(["--lang"], type=languages, expose_value=False, help=say("cli.lang")))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("cli.usage_prefix"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section(say("cli.options")):
            formatter.write_dl([(name, _localized(words)) for name, words in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option ``--help``, explained in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.help_option")
        return option


class Group(Command, click.Group):
    """A group of such commands.

    Each name in ``lazy`` is a command: a function in the module of this package with the same name, prefixed
    with ``module_prefix``. The module is imported when the command is called: the group's help takes its
    line from the catalogue (``cli.<name>_short``) and imports no command.
    """

    command_class = Command

    def __init__(self, *args: Any, lazy: Sequence[str] = (), module_prefix: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", say("cli.subcommand_metavar"))
        super().__init__(*args, **kwargs)
        self._lazy, self._module_prefix = tuple(lazy), module_prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        """Return the names of the commands, in the order of the help."""
        return list(dict.fromkeys([*self._lazy, *self.commands]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module if need be; None if there is no such command."""
        if cmd_name in self._lazy and cmd_name not in self.commands:
            module = import_module(f"{__package__}.{self._module_prefix}{cmd_name}")
            self.add_command(getattr(module, cmd_name), cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section(say("cli.commands")):
            formatter.write_dl([(name, self._short_help(name)) for name in self.list_commands(ctx)])

    def _short_help(self, name: str) -> str:
        if name in self._lazy:
            return say(f"cli.{name}_short")
        return self.commands[name].get_short_help_str(LONGEST_SHORT_HELP)


def _localized(help_of_option: str) -> str:
    """Return an option's help with click's own words in the user's language."""
    return help_of_option.replace("[required]", say("cli.required"))
