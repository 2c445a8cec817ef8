"""The commands that decide what goes on air: approve, withdraw, and a review of what changed."""

import shutil
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from ..messages import say
from .options import Day, project_folder, root_option
from .table import day, to_the_left
from .words import Command, WrongCall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..approval.review import Approved, Reviewed
    from ..feed.differences import Cell, Piece, Row

NARROWEST = 24  # characters of a column of words

station_option = click.option("--station", metavar="ID", help=say("cli.script_station"))


@click.command(cls=Command, help=say("cli.approve_help"), short_help=say("cli.approve_short"))
@click.argument("episodes", nargs=-1, metavar=say("cli.episodes_metavar"))
@click.option("--by", required=True, metavar=say("cli.name_metavar"), help=say("cli.approve_by"))
@click.option("--on", type=Day(), metavar=say("cli.day_metavar"), help=say("cli.approve_on"))
@click.option("--all", "everything", is_flag=True, help=say("cli.approve_all"))
@station_option
@root_option
def approve(
    episodes: tuple[str, ...],
    by: str,
    on: date | None,
    everything: bool,
    station: str | None,
    root: Path | None,
) -> None:
    from ..approval.review import approve as approve_episodes

    if bool(episodes) == everything:
        raise WrongCall("cli.episodes_or_all")
    names = None if everything else episodes
    for one in approve_episodes(project_folder(root), station, names, by, on or date.today()):
        click.echo(_approved(one))


def _approved(one: "Approved") -> str:
    facts = {"id": one.episode.id, "title": one.episode.title, "words": one.words}
    if one.why is None:
        return say("approval.already", **facts, by=one.approval.by, on=day(one.approval.on))
    if one.before is None:
        return say("approval.done", **facts)
    key = "approval.again_reading" if one.why == "reading" else "approval.again_text"
    return say(key, **facts, by=one.before.by, on=day(one.before.on))


@click.command(cls=Command, help=say("cli.withdraw_help"), short_help=say("cli.withdraw_short"))
@click.argument("episodes", nargs=-1, required=True, metavar=say("cli.episodes_metavar"))
@station_option
@root_option
def withdraw(episodes: tuple[str, ...], station: str | None, root: Path | None) -> None:
    from ..approval.review import withdraw as withdraw_episodes

    for name in withdraw_episodes(project_folder(root), station, episodes):
        click.echo(say("approval.withdrawn", id=name))


# ---------------------------------------------------------------- review


@click.command(cls=Command, help=say("cli.review_help"), short_help=say("cli.review_short"))
@click.argument("episode", metavar=say("cli.episode_metavar"))
@click.option(
    "--html", type=click.Path(path_type=Path), metavar=say("cli.file_metavar"), help=say("cli.review_html")
)
@station_option
@root_option
def review(episode: str, html: Path | None, station: str | None, root: Path | None) -> None:
    from ..approval.review import review as review_episode

    reviewed = review_episode(project_folder(root), station, episode, html)
    for line in _verdict(reviewed, episode):
        click.echo(line)
    for line in _side_by_side(reviewed):
        click.echo(line)
    page = str(html) if html is not None else reviewed.page
    if page is not None and reviewed.rows:
        click.echo(say("review.page", file=page))


def _verdict(reviewed: "Reviewed", episode: str) -> list[str]:
    """Return the lines that say whether the episode may go on air, and what is on air."""
    held, approval = reviewed.held, reviewed.approval
    facts = {"by": approval.by, "on": day(approval.on)} if approval is not None else {}
    if held is None:
        return [say("review.approved", id=episode, **facts)]
    lines = [say(f"review.held.{held.why}", id=episode, **facts)]
    if held.why != "new":
        lines.append(say(f"review.air.{held.on_air}", file=held.file))
    return lines


def _side_by_side(reviewed: "Reviewed") -> list[str]:
    """Return the lines that differ, before and now; all of them where nothing is known of before."""
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


def _role(row: "Row") -> str:
    roles = dict.fromkeys(cell.role for cell in (row.before, row.now) if cell is not None)
    return " → ".join(filter(None, roles))


def _columns(row: "Row", width: int, *, knows_before: bool) -> list[str]:
    if not knows_before:
        return _text(row.now, width, "{}")
    before, now = _text(row.before, width, "[-{}-]"), _text(row.now, width, "{{+{}+}}")
    height = max(len(before), len(now))
    filled = [[*lines, *[""] * (height - len(lines))] for lines in (before, now)]
    left = max(1, width)
    rows = [(one.ljust(left), "|", other) for one, other in zip(*filled, strict=True)]
    return to_the_left(rows)


def _text(cell: "Cell | None", width: int, mark: str) -> list[str]:
    """Return a line of one version as lines of ``width``, its own words marked, then how it is read."""
    if cell is None:
        return [say("review.nothing")]
    spoken = wrap("→ " + _marked(cell.spoken, mark), width) if cell.spoken else []
    return [*wrap(_marked(cell.written, mark), width), *spoken]


def _marked(pieces: "Sequence[Piece]", mark: str) -> str:
    return " ".join(mark.format(piece.text) if piece.is_own else piece.text for piece in pieces)
