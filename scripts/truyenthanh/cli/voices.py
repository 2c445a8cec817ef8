"""The command for voices: which there are, and whether they speak; ``voices install`` adds one.

What a trial needs is imported only for a trial, so that the list appears at once.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import click

from ..engines import ENGINES, Engine, VoiceCard
from ..errors import ContentError
from ..messages import say
from ..model import Voice
from .exit_codes import DONE, MENDABLE
from .json_output import echo_json, json_option
from .localized_click import Group
from .table import word_table

HEADINGS: Final = (
    *("voice.engine", "voice.name", "voice.state", "voice.region"),
    *("voice.licence", "voice.size", "voice.caution"),
)
STATES: Final = {"installed": "voice.installed", "online": "voice.online", "available": "voice.available"}
REGIONS: Final = {"north": "voice.north", "central": "voice.central", "south": "voice.south"}
MIB: Final = 1 << 20


@click.group(
    cls=Group,
    lazy=("install",),
    module_prefix="voices_",
    invoke_without_command=True,
    help=say("cli.voices_help"),
)
@click.option("--engine", metavar=say("cli.name_metavar"), help=say("cli.voices_engine"))
@click.option("--test", "try_out", is_flag=True, help=say("cli.voices_test"))
@json_option
@click.pass_context
def voices(context: click.Context, engine: str | None, try_out: bool, as_json: bool) -> None:
    """List the voices, or let each say a sentence; the exit code says whether all could."""
    if context.invoked_subcommand is not None:
        return
    engines = _engines(engine)
    if try_out:
        context.exit(_try_out(engines, as_json))
    if as_json:
        echo_json([_plain(one, card) for one in engines for card in one.voices()])
    else:
        click.echo(_listing(engines))


def _plain(engine: Engine, card: VoiceCard) -> dict[str, object]:
    return {"engine": engine.name, **asdict(card), "caution": _caution(engine, card)}


def _try_out(engines: Sequence[Engine], as_json: bool) -> int:
    """Let every voice that can speak say a sentence, show the results, and return the exit code."""
    from .voices_trial import trial_table, try_all

    trials = try_all(engines)
    if as_json:
        echo_json([asdict(one) for one in trials])
    elif not trials:
        click.echo(say("voice.nothing_to_try"), err=True)
    else:
        click.echo("\n".join(trial_table(trials)))
    return MENDABLE if not trials or any(one.error for one in trials) else DONE


def _engines(name: str | None) -> list[Engine]:
    if name is None:
        return list(ENGINES.values())
    if name not in ENGINES:
        raise ContentError("plan.no_engine", name=name, known=", ".join(ENGINES))
    return [ENGINES[name]]


def _listing(engines: Sequence[Engine]) -> str:
    """Return one voice per line, and below them what to know about some before they go on air."""
    rows = [tuple(map(say, HEADINGS))]
    notes = []
    for engine in engines:
        for card in engine.voices():
            caution = _caution(engine, card)
            notes += [caution] if caution else []
            rows.append((engine.name, *_card(card), say("voice.see_below") if caution else ""))
    hints = [say("voice.how_to_install")] if any(row[2] == say("voice.available") for row in rows) else []
    return "\n".join([*word_table(rows), *([""] if notes or hints else []), *notes, *hints])


def _card(card: VoiceCard) -> tuple[str, ...]:
    region = say(REGIONS[card.region]) if card.region else ""
    size = say("voice.mib", mib=max(round(card.bytes / MIB), 1)) if card.bytes else ""
    return card.name, say(STATES[card.state]), region, card.licence or say("voice.no_licence"), size


def _caution(engine: Engine, card: VoiceCard) -> str | None:
    key = engine.caution(Voice(card.name))
    if key is None:
        return None
    good = [other.name for other in engine.voices() if engine.caution(Voice(other.name)) is None]
    return say(key, voice=card.name, known=", ".join(good))
