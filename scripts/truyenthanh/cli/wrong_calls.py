"""What is wrong with a call, in the user's language: what click refuses, and what we refuse."""

import re

import click

from ..messages import say


class WrongCall(click.UsageError):
    """A wrong call that no single option refuses: the key of the message, and its facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(say(key, **facts))


def wrong_call_text(error: click.UsageError) -> str:
    """Return what is wrong with a call, and which command shows the correct usage."""
    command = error.ctx.command_path if error.ctx else "truyenthanh"
    return f"{_what_is_wrong(error)}\n{say('cli.see_help', command=command)}"


def _what_is_wrong(error: click.UsageError) -> str:
    if isinstance(error, WrongCall):
        return error.message
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            return say("cli.no_option_near", name=error.option_name, names=", ".join(error.possibilities))
        return say("cli.no_option", name=error.option_name)
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.BadOptionUsage):
        return say("cli.bad_option", name=error.option_name)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        known = ", ".join(error.ctx.command.list_commands(error.ctx))
        return say("cli.no_command", known=known)
    extra = re.search(r"\((.*)\)$", error.message)  # click names them in brackets
    return say("cli.extra_argument", extra=extra[1] if extra else error.message)


def _bad_value(error: click.BadParameter) -> str:
    """Return what is wrong with the value of an option or argument: missing, or not of its type."""
    name, kind = _name_of(error), error.param.type if error.param else None
    if isinstance(error, click.MissingParameter):
        return say("cli.missing", name=name)
    if isinstance(kind, click.IntRange):
        return say("cli.not_in_range", name=name, low=kind.min, high=kind.max)
    if isinstance(kind, click.Choice):
        return say("cli.not_among", name=name, known=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.types.IntParamType):
        return say("cli.not_a_number", name=name)
    return say("cli.bad_value", name=name, reason=error.message)


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar()
    return " / ".join(error.param.opts)
