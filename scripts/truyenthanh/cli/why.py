"""The command that says where a published file comes from, down to the words of the document."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from textwrap import indent
from typing import Final

import click

from ..explain.why import Lineage, Link, Words, lineage
from ..messages import say
from .json_output import echo_json, json_option
from .localized_click import Command
from .options import engine_option, project_folder, root_option

SHOWN_DIGITS: Final = 12  # of a digest


@click.command(cls=Command, help=say("cli.why_help"))
@click.argument("file", metavar=say("cli.why_file"))
@click.option("--station", metavar="ID", help=say("cli.why_station"))
@engine_option
@json_option
@root_option
def why(file: str, station: str | None, engine: str | None, as_json: bool, root: Path | None) -> None:
    """Print what a published file was made from."""
    found = lineage(project_folder(root), station, engine, file)
    if as_json:
        echo_json(asdict(found))
        return
    for line in _lineage_lines(found):
        click.echo(line)


def _lineage_lines(found: Lineage) -> Iterator[str]:
    """Yield what is behind a file, one step per line; the inputs of a step are indented below it."""
    yield say("why.station", station=found.station, document=found.document)
    if found.published is None:
        yield say("why.not_published")
    elif found.published != found.link.gave.get("file"):
        yield say("why.outdated", digest=found.published[:SHOWN_DIGITS])
    yield from _steps(found.link, 0)


def _steps(link: Link, depth: int) -> Iterator[str]:
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


def _words(words: Words) -> Iterator[str]:
    yield say("why.spoken", spoken=words.spoken, role=words.role, voice=words.voice)
    if words.source is None:
        yield say("why.of_station", written=words.written)
    elif words.line is None:
        yield say("why.reworded", written=words.written, file=words.source)
    else:
        yield say("why.written", written=words.written, file=words.source, line=words.line)
