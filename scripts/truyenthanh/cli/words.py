"""Click's own words in the language of the program: usage, headings, and what is wrong with a call."""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from ..messages import LANGUAGES, say


class WrongCall(click.UsageError):
    """A call that no option refuses by itself: the key of what is wrong, and its facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(say(key, **facts))


class Command(click.Command):
    """A command whose help is headed in the reader's language, which ``--lang`` says at any place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", say("cli.options_metavar"))
        super().__init__(*args, **kwargs)
        languages = click.Choice(LANGUAGES)  # the edge has read it before any word was said
        self.params.append(click.Option(["--lang"], type=languages, expose_value=False, help=say("cli.lang")))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("cli.usage_prefix"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section(say("cli.options")):
            formatter.write_dl([(name, _ours(words)) for name, words in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.help_option")
        return option


class Group(Command, click.Group):
    """A group of such commands. Those of ``elsewhere`` (name: module and function) are loaded when called."""

    command_class = Command

    def __init__(self, *args: Any, elsewhere: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", say("cli.subcommand_metavar"))
        super().__init__(*args, **kwargs)
        self._elsewhere = elsewhere or {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        return list(dict.fromkeys([*self.commands, *self._elsewhere]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._elsewhere and cmd_name not in self.commands:
            module, _, function = self._elsewhere[cmd_name].partition(":")
            self.add_command(getattr(import_module(f"{__package__}.{module}"), function), cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        named = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section(say("cli.commands")):
            formatter.write_dl(
                [(name, one.get_short_help_str(limit=90)) for name, one in named.items() if one]
            )


def _ours(words: str) -> str:
    """Return an option's help with click's own word in our language."""
    return words.replace("[required]", say("cli.required"))


def wrong_call(error: click.UsageError) -> str:
    """Return what is wrong with a call, and where to read how it is done."""
    command = error.ctx.command_path if error.ctx else "truyenthanh"
    return f"{_what(error)}\n{say('cli.see_help', command=command)}"


def _what(error: click.UsageError) -> str:
    if isinstance(error, WrongCall):
        return error.message
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            return say("cli.no_option_near", name=error.option_name, names=", ".join(error.possibilities))
        return say("cli.no_option", name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return say("cli.missing", name=_name_of(error))
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.IntRange):
            return say("cli.not_in_range", name=_name_of(error), low=kind.min, high=kind.max)
        if isinstance(kind, click.Choice):
            return say("cli.not_among", name=_name_of(error), known=", ".join(map(str, kind.choices)))
        if isinstance(kind, click.types.IntParamType):
            return say("cli.not_a_number", name=_name_of(error))
        return say("cli.bad_value", name=_name_of(error), reason=error.message)
    if isinstance(error, click.BadOptionUsage):
        return say("cli.bad_option", name=error.option_name)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        known = ", ".join(error.ctx.command.list_commands(error.ctx))
        return say("cli.no_command", known=known)
    extra = re.search(r"\((.*)\)$", error.message)  # click names them in brackets
    return say("cli.extra_argument", extra=extra[1] if extra else error.message)


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar()
    return " / ".join(error.param.opts)
