"""The command ``voices install``, which downloads a voice or takes it from a folder."""

from typing import Final

import click

from ..engines import piper
from ..engines.piper_collection import source_of
from ..engines.piper_install import Watch
from ..engines.piper_install import install as install_voice
from ..engines.piper_voices import KNOWN, InstalledVoice, licence_caution
from ..errors import TruyenthanhError
from ..messages import say
from .localized_click import Command
from .progress import Progress

MIB: Final = 1 << 20


@click.command(cls=Command, help=say("cli.install_help"))
@click.argument("names", nargs=-1, required=True, metavar=say("cli.voice_metavar"))
@click.option("--from", "place", metavar=say("cli.address_metavar"), help=say("cli.install_from"))
def install(names: tuple[str, ...], place: str | None) -> None:
    """Install the voices named, printing the licence of each first."""
    source = source_of(place)
    for name in names:
        with ArrivalProgress() as progress:
            watch = Watch(progress.tell_licence, progress.arrived)
            voice, is_new = install_voice(name, source, watch)
        click.echo(_installed(voice, is_new))
    _tell_extra()


def _tell_licence(name: str, licence: str) -> None:
    """Print the licence of the voice, before it is fetched and long before it is heard."""
    click.echo(say("voice.licence_of", voice=name, licence=licence or say("voice.no_licence")))
    caution = licence_caution(licence)
    if caution is not None:
        good = [other for other, (its, _) in KNOWN.items() if licence_caution(its) is None]
        click.echo(say(caution, voice=name, known=", ".join(good)))


def _installed(voice: InstalledVoice, is_new: bool) -> str:
    size = max(round((voice.model.bytes + voice.config.bytes) / MIB), 1)
    key = "voice.now_installed" if is_new else "voice.was_installed"
    return say(key, voice=voice.name, mib=size, folder=voice.model.path.parent)


def _tell_extra() -> None:
    """Tell the user if the voice is installed but the engine is not: it may be fetched first."""
    try:
        piper.check_extra()
    except TruyenthanhError as error:
        click.echo(str(error), err=True)


class ArrivalProgress(Progress):
    """How much of which file has arrived; without a line to show it in, which file is being fetched."""

    def __init__(self) -> None:
        super().__init__()
        self._file, self._percent = "", -1

    def arrived(self, file: str, done: int, total: int) -> None:
        """Show how much of a file has arrived, if the percentage has changed."""
        percent = 100 * done // total
        if file != self._file:
            self.announce(say("voice.fetching", file=file, mib=total / MIB))
        if (file, percent) != (self._file, self._percent):
            self.show("voice.arriving", at_once=True, file=file, percent=percent, mib=total / MIB)
        self._file, self._percent = file, percent

    def tell_licence(self, name: str, licence: str) -> None:
        """Print the licence of the voice on standard output."""
        self.clear()
        _tell_licence(name, licence)
