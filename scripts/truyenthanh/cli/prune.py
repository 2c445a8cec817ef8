"""The command that removes from the store what recent builds did not use."""

from pathlib import Path
from typing import Final

import click

from ..messages import say
from ..store.store import GENERATIONS
from ..upkeep.prune import prune as prune_store
from .localized_click import Command
from .options import project_folder, root_option
from .progress import Progress
from .table import megabytes

KEPT_BUILDS: Final = 3


@click.command(cls=Command, help=say("cli.prune_help"))
@click.option(
    "--keep",
    type=click.IntRange(1, GENERATIONS),
    default=KEPT_BUILDS,
    metavar="N",
    help=say("cli.prune_keep", builds=KEPT_BUILDS),
)
@click.option("--dry-run", is_flag=True, help=say("cli.prune_dry_run"))
@root_option
def prune(keep: int, dry_run: bool, root: Path | None) -> None:
    """Remove what none of the last builds used, or only report how much that is."""
    folder = project_folder(root)
    stations = [path.stem for path in (folder / "content" / "stations").glob("*.yaml")]
    pruned = prune_store(folder, stations, keep, Progress().note, dry_run=dry_run)
    facts = {
        "files": pruned.files,
        "mb": megabytes(pruned.bytes),
        "kept": pruned.kept_files,
        "kept_mb": megabytes(pruned.kept_bytes),
        "builds": keep,
    }
    click.echo(say("prune.would" if dry_run else "prune.done", **facts))
