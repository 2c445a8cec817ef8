"""The command that looks for words and texts that may be read wrong."""

from dataclasses import asdict
from pathlib import Path

import click

from ..content.project import read_project
from ..errors import ContentError
from ..messages import say
from ..script.text_checks import Finding, check_project
from .exit_codes import DONE, MENDABLE
from .json_output import echo_json, json_option
from .localized_click import Command
from .options import project_folder, root_option


@click.command(cls=Command, help=say("cli.check_help"))
@root_option
@json_option
@click.pass_context
def check(context: click.Context, root: Path | None, as_json: bool) -> None:
    """Print what to look at in the content; the exit code says whether anything is an error."""
    findings = check_project(read_project(project_folder(root)))
    errors = sum(one.is_error for one in findings)
    if as_json:
        echo_json([asdict(one) for one in findings])
    else:
        for one in findings:
            click.echo(_finding(one))
        key = "check.summary" if findings else "check.nothing"
        click.echo(say(key, errors=errors, warnings=len(findings) - errors))
    context.exit(MENDABLE if errors else DONE)


def _finding(one: Finding) -> str:
    near = "_near" if one.kind == "syllable" and one.suggestion else ""
    return str(ContentError(f"check.{one.kind}{near}", asdict(one)))
