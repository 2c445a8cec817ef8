"""The command that shows what changed in an episode since it was last approved."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

import click

from ..approval.review import Reviewed
from ..approval.review import review as review_episode
from ..feed.differences import Cell, Piece, Row
from ..messages import say
from .localized_click import Command
from .options import PATH, one_station_option, project_folder, root_option
from .table import day, word_table

NARROWEST: Final = 24  # characters of a column of words


@click.command(cls=Command, help=say("cli.review_help"))
@click.argument("episode", metavar=say("cli.episode_metavar"))
@click.option("--html", type=PATH, metavar=say("cli.file_metavar"), help=say("cli.review_html"))
@one_station_option
@root_option
def review(episode: str, html: Path | None, station: str | None, root: Path | None) -> None:
    """Say whether an episode may go on air, and show its lines before and now."""
    reviewed = review_episode(project_folder(root), station, episode, html)
    for line in (*_verdict(reviewed, episode), *_side_by_side(reviewed)):
        click.echo(line)
    page = str(html) if html is not None else reviewed.page
    if page is not None and reviewed.rows:
        click.echo(say("review.page", file=page))


def _verdict(reviewed: Reviewed, episode: str) -> list[str]:
    """Return lines that say whether the episode may go on air, and what is on air."""
    held, approval = reviewed.held, reviewed.approval
    facts = {"by": approval.by, "on": day(approval.on)} if approval is not None else {}
    if held is None:
        return [say("review.approved", id=episode, **facts)]
    lines = [say(f"review.held.{held.why}", id=episode, **facts)]
    if held.why != "new":
        lines.append(say(f"review.air.{held.on_air}", file=held.file))
    return lines


def _side_by_side(reviewed: Reviewed) -> list[str]:
    """Return the lines that differ, before and now; all of them if there is no earlier version."""
    if reviewed.held is None or not reviewed.rows:
        return []
    knows_before = reviewed.held.on_air == "before"
    shown = [row for row in reviewed.rows if row.is_changed]
    width = (shutil.get_terminal_size().columns - 3) // (2 if knows_before else 1)
    lines = []
    for row in shown:
        lines += ["", say(f"review.{row.kind}", role=_role(row))]
        lines += _columns(row, max(width, NARROWEST), knows_before=knows_before)
    if knows_before:
        lines += ["", say("review.changed", changed=len(shown), total=len(reviewed.rows))]
    return lines


def _role(row: Row) -> str:
    roles = dict.fromkeys(cell.role for cell in (row.before, row.now) if cell is not None)
    return " → ".join(filter(None, roles))


def _columns(row: Row, width: int, *, knows_before: bool) -> list[str]:
    if not knows_before:
        return _text(row.now, width, "{}")
    before, now = _text(row.before, width, "[-{}-]"), _text(row.now, width, "{{+{}+}}")
    height = max(len(before), len(now))
    filled = [[*lines, *[""] * (height - len(lines))] for lines in (before, now)]
    left = max(1, width)
    rows = [(one.ljust(left), "|", other) for one, other in zip(*filled, strict=True)]
    return word_table(rows)


def _text(cell: Cell | None, width: int, mark: str) -> list[str]:
    """Return a line of one version as lines of ``width``, its own words marked, then how it is read."""
    if cell is None:
        return [say("review.nothing")]
    spoken = wrap("→ " + _marked(cell.spoken, mark), width) if cell.spoken else []
    return [*wrap(_marked(cell.written, mark), width), *spoken]


def _marked(pieces: Sequence[Piece], mark: str) -> str:
    return " ".join(mark.format(piece.text) if piece.is_own else piece.text for piece in pieces)
