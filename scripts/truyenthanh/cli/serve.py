"""The command that serves what is published at an address of this machine."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from ..messages import say
from ..serving.app import title_of
from ..serving.published import site_of
from ..serving.server import EVERYWHERE, listen, network_address, own_address, qr_lines, run
from .localized_click import Command
from .options import published_folder, published_root_option, stations_asked_for

DEFAULT_PORT: Final = 8017
HERE: Final = "127.0.0.1"


@click.command(cls=Command, help=say("cli.serve_help"))
@click.option("--station", "stations", multiple=True, metavar="ID", help=say("cli.serve_station"))
@click.option("--all", "all_stations", is_flag=True, help=say("cli.serve_all"))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    metavar="N",
    help=say("cli.serve_port", port=DEFAULT_PORT),
)
@click.option("--host", default=HERE, metavar=say("cli.address_metavar"), help=say("cli.serve_host"))
@published_root_option
def serve(stations: tuple[str, ...], all_stations: bool, port: int, host: str, root: Path | None) -> None:
    """Print the addresses, then serve until interrupted."""
    asked_for = stations_asked_for(stations, all_stations)
    site = site_of(published_folder(root), asked_for)
    listening = listen(host, port)
    own, outside = own_address(listening), network_address(listening)
    click.echo(say("serve.open", address=own))
    for name in site.stations:
        place = f"{outside or own}feed/{name}"
        facts = {"title": title_of(site, name), "page": f"{place}/index.html", "feed": f"{place}/feed.xml"}
        click.echo(say("serve.feed", **facts))
    if outside is not None:
        click.echo(say("serve.network", address=outside))
        click.echo("\n".join(_on_a_dark_screen(qr_lines(outside))))
    else:
        click.echo(say("serve.no_network" if host in EVERYWHERE else "serve.only_here"))
    click.echo(say("serve.stop"))
    run(site, listening)
    click.echo(say("serve.stopped"))


def _on_a_dark_screen(lines: Sequence[str]) -> list[str]:
    """Return the lines in white on black, whatever the terminal's own colours."""
    return [f"\x1b[40;97m{line}\x1b[0m" for line in lines] if sys.stdout.isatty() else [*lines]
