"""Results for programs: the option that asks for them, and their format."""

import json

import click

from ..messages import say

json_option = click.option("--json", "as_json", is_flag=True, help=say("cli.json"))


def echo_json(plain: object) -> None:
    """Print mappings, lists, texts and numbers as JSON that people can read too."""
    click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
