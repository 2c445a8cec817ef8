"""The commands for voices: what there is, whether it speaks, and how to install one more."""

import json
import shutil
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import click

from ..errors import ContentError, TruyenthanhError
from ..messages import figure, say
from ..model import Pacing, Voice
from .table import to_the_left
from .words import Command, Group

if TYPE_CHECKING:
    from ..engines import Engine, VoiceCard
    from ..engines.piper_voices import InstalledVoice

SOMETHING_WRONG = 1
SENTENCE: Final = "Xin chào bà con, đây là câu đọc thử của đài truyền thanh."
ONE_TRY: Final = Pacing(attempts=1)  # a trial is to say soon what does not work
MIB: Final = 1 << 20


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=say("cli.voices_help"),
    short_help=say("cli.voices_short"),
)
@click.option("--engine", metavar=say("cli.name_metavar"), help=say("cli.voices_engine"))
@click.option("--test", "try_out", is_flag=True, help=say("cli.voices_test"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.json"))
@click.pass_context
def voices(context: click.Context, engine: str | None, try_out: bool, as_json: bool) -> None:
    if context.invoked_subcommand is not None:
        return
    chosen = _engines(engine)
    if try_out:
        context.exit(_try_all(chosen, as_json))
    if as_json:
        rows = [
            {"engine": one.name, **asdict(card), "caution": _caution(one, card)}
            for one in chosen
            for card in one.voices()
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        click.echo(_listing(chosen))


def _engines(name: str | None) -> "list[Engine]":
    from ..engines import ENGINES

    if name is None:
        return list(ENGINES.values())
    if name not in ENGINES:
        raise ContentError("plan.no_engine", name=name, known=", ".join(ENGINES))
    return [ENGINES[name]]


def _listing(engines: "list[Engine]") -> str:
    """Return a voice a line, and below them what is to be known of some before they go on air."""
    rows = [tuple(map(say, HEADINGS))]
    notes = []
    for engine in engines:
        for card in engine.voices():
            caution = _caution(engine, card)
            notes += [caution] if caution else []
            rows.append((engine.name, *_card(card), say("voice.see_below") if caution else ""))
    hints = [say("voice.how_to_install")] if any(row[2] == say("voice.available") for row in rows) else []
    return "\n".join([*to_the_left(rows), *([""] if notes or hints else []), *notes, *hints])


HEADINGS: Final = (
    *("voice.engine", "voice.name", "voice.state", "voice.region"),
    *("voice.licence", "voice.size", "voice.caution"),
)
STATES: Final = {"installed": "voice.installed", "online": "voice.online", "available": "voice.available"}
REGIONS: Final = {"north": "voice.north", "central": "voice.central", "south": "voice.south"}


def _card(card: "VoiceCard") -> tuple[str, ...]:
    region = say(REGIONS[card.region]) if card.region else ""
    size = say("voice.mib", mib=max(round(card.bytes / MIB), 1)) if card.bytes else ""
    return card.name, say(STATES[card.state]), region, card.licence or say("voice.no_licence"), size


def _caution(engine: "Engine", card: "VoiceCard") -> str | None:
    key = engine.caution(Voice(card.name))
    if key is None:
        return None
    good = [other.name for other in engine.voices() if engine.caution(Voice(other.name)) is None]
    return say(key, voice=card.name, known=", ".join(good))


# ---------------------------------------------------------------- does it speak?


@dataclass(frozen=True, slots=True)
class Trial:
    """How a voice said one sentence, or why it did not."""

    engine: str
    voice: str
    took_s: float | None = None
    length_s: float | None = None
    raw_lufs: float | None = None
    clip_lufs: float | None = None
    error: str | None = None


def _try_all(engines: "list[Engine]", as_json: bool) -> int:
    """Say one sentence with every voice that can speak; return the exit code."""
    pairs = [(engine, card) for engine in engines for card in engine.voices() if card.state != "available"]
    trials = [_tried(engine, card.name) for engine, card in pairs]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in trials], ensure_ascii=False, indent=1))
    elif not trials:
        click.echo(say("voice.nothing_to_try"), err=True)
    else:
        rows = [tuple(map(say, TRIAL_HEADINGS)), *map(_trial, trials)]
        click.echo("\n".join(to_the_left(rows)))
    return SOMETHING_WRONG if not trials or any(one.error for one in trials) else 0


TRIAL_HEADINGS: Final = (
    *("voice.engine", "voice.name", "voice.took", "voice.length"),
    *("voice.raw_lufs", "voice.clip_lufs", "voice.result"),
)


def _trial(one: Trial) -> tuple[str, ...]:
    figures = (one.took_s, one.length_s, one.raw_lufs, one.clip_lufs)
    shown = [
        "" if value is None else figure(value, form)
        for value, form in zip(figures, (".2f", ".2f", ".1f", ".1f"), strict=True)
    ]
    return one.engine, one.voice, *shown, one.error or say("voice.good")


def _tried(engine: "Engine", name: str) -> Trial:
    """Return how the voice says the sentence: as it comes, and levelled as every clip is."""
    import time

    from ..mixing.clip import clip_lufs, level_clip, resampled
    from ..mixing.filtering import from_pcm

    began_s = time.monotonic()
    try:
        voice = Voice(name)
        engine.check(voice)
        said = engine.speak((SENTENCE,), voice, ONE_TRY)
        took_s = time.monotonic() - began_s
        clip = from_pcm(level_clip(said.samples, said.rate_hz))
    except TruyenthanhError as error:
        return Trial(engine.name, name, error=str(error))
    return Trial(
        engine.name,
        name,
        took_s=round(took_s, 3),
        length_s=round(len(said.samples) / said.rate_hz, 3),
        raw_lufs=round(clip_lufs(resampled(said.samples, said.rate_hz)), 2),
        clip_lufs=round(clip_lufs(clip), 2),
    )


# ---------------------------------------------------------------- one more


@voices.command(cls=Command, help=say("cli.install_help"), short_help=say("cli.install_short"))
@click.argument("names", nargs=-1, required=True, metavar=say("cli.voice_metavar"))
@click.option("--from", "place", metavar=say("cli.address_metavar"), help=say("cli.install_from"))
def install(names: tuple[str, ...], place: str | None) -> None:
    from ..engines.piper_collection import source_of
    from ..engines.piper_install import Watch
    from ..engines.piper_install import install as install_voice

    source = source_of(place)
    for name in names:
        line = Arrival()
        try:
            voice, is_new = install_voice(name, source, Watch(line.tell_licence, line.arrived))
        finally:
            line.close()
        click.echo(_installed(voice, is_new))
    _tell_extra()


def _tell_licence(name: str, licence: str) -> None:
    """Say under which licence the voice is, before it is fetched and long before it is heard."""
    from ..engines.piper_voices import KNOWN, licence_caution

    click.echo(say("voice.licence_of", voice=name, licence=licence or say("voice.no_licence")))
    caution = licence_caution(licence)
    if caution is not None:
        good = [other for other, (its, _) in KNOWN.items() if licence_caution(its) is None]
        click.echo(say(caution, voice=name, known=", ".join(good)))


def _installed(voice: "InstalledVoice", is_new: bool) -> str:
    size = max(round((voice.model.bytes + voice.config.bytes) / MIB), 1)
    key = "voice.now_installed" if is_new else "voice.was_installed"
    return say(key, voice=voice.name, mib=size, folder=voice.model.path.parent)


def _tell_extra() -> None:
    """Say so where the voice is there and the engine is not: an office may fetch one before the other."""
    from ..engines import piper

    try:
        piper.check_extra()
    except TruyenthanhError as error:
        click.echo(str(error), err=True)


class Arrival:
    """One line on a terminal that changes while a file arrives; in a pipe, a line when one begins."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._file = ""
        self._percent = -1

    def arrived(self, file: str, done: int, total: int) -> None:
        percent = 100 * done // total
        if self._live and (file, percent) != (self._file, self._percent):
            self._show(say("voice.arriving", file=file, percent=percent, mib=total / MIB))
        elif not self._live and file != self._file:
            click.echo(say("voice.fetching", file=file, mib=total / MIB), err=True)
        self._file, self._percent = file, percent

    def tell_licence(self, name: str, licence: str) -> None:
        self.close()
        _tell_licence(name, licence)

    def close(self) -> None:
        if self._live and self._file:
            self._show("")
            click.echo("\r", nl=False, err=True)

    def _show(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        click.echo(f"\r{line[:width]:<{width}}", nl=False, err=True)
