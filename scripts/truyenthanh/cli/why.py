"""The command that tells where a published file comes from, down to the words of the document."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from ..messages import say
from .options import project_folder, root_option
from .words import Command

if TYPE_CHECKING:
    from ..explain.why import Lineage, Link, Words

SHOWN_DIGITS = 12


@click.command(cls=Command, help=say("cli.why_help"), short_help=say("cli.why_short"))
@click.argument("file", metavar=say("cli.why_file"))
@click.option("--station", metavar="ID", help=say("cli.why_station"))
@click.option("--engine", metavar=say("cli.name_metavar"), help=say("cli.engine"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
@root_option
def why(file: str, station: str | None, engine: str | None, as_json: bool, root: Path | None) -> None:
    from ..explain.why import lineage

    found = lineage(project_folder(root), station, engine, file)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    for line in told(found):
        click.echo(line)


def told(found: "Lineage") -> Iterator[str]:
    """Yield what is behind a file, a step a line, what it is made of further in."""
    yield say("why.station", station=found.station, document=found.document)
    if found.published is None:
        yield say("why.not_published")
    elif found.published != found.link.gave.get("file"):
        yield say("why.outdated", digest=found.published[:SHOWN_DIGITS])
    yield from _steps(found.link, 0)


def _steps(link: "Link", depth: int) -> Iterator[str]:
    kind, room = say(f"kind.{link.kind}"), "  " * depth
    if link.is_repeated:
        yield indent(say("why.repeated", kind=kind, name=link.name), room)
        return
    if link.recipe is None:
        yield indent(say("why.to_be_made", kind=kind, name=link.name), room)
    else:
        gave = ", ".join(digest[:SHOWN_DIGITS] for digest in link.gave.values())
        facts = {"kind": kind, "name": link.name, "recipe": link.recipe[:SHOWN_DIGITS], "gave": gave}
        yield indent(say("why.made", **facts), room)
    if link.reads is not None:
        yield indent(say("why.reads", file=link.reads), f"{room}  ")
    if link.words is not None:
        yield from (indent(line, f"{room}  ") for line in _words(link.words))
    for one in link.behind:
        yield from _steps(one, depth + 1)


def _words(words: "Words") -> Iterator[str]:
    yield say("why.spoken", spoken=words.spoken, role=words.role, voice=words.voice)
    if words.source is None:
        yield say("why.of_station", written=words.written)
    elif words.line is None:
        yield say("why.reworded", written=words.written, file=words.source)
    else:
        yield say("why.written", written=words.written, file=words.source, line=words.line)
