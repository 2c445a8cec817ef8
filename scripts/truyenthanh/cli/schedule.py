"""The command for sessions: what is played when, and a file for every session."""

from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..content.timetables import MOST_DAYS, slot_length_s, time_of_day
from ..messages import say
from .options import Day, project_folder, root_option
from .table import clock, day, to_the_left
from .words import Command

if TYPE_CHECKING:
    from ..onair.sessions import Asked, Planned
    from ..packing.programme_items import RunningOrder

FORMS = ("files", "liquidsoap", "rivendell")


class Slot(click.ParamType):
    """A length: 15m, 1h30m, 90s."""

    name = "slot"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        slot_s = value if isinstance(value, int) else slot_length_s(value)
        if slot_s is None:
            self.fail(say("schedule.bad_slot", value=value), param, ctx)
        return slot_s


class Times(click.ParamType):
    """Hours of a day: 05:00,17:00."""

    name = "times"

    def convert(
        self, value: str | tuple[time, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[time, ...]:
        if isinstance(value, tuple):
            return value
        times = []
        for text in value.split(","):
            at = time_of_day(text.strip())
            if at is None:
                self.fail(say("schedule.bad_time", value=text.strip()), param, ctx)
            times.append(at)
        return tuple(sorted(times))


def timetable_options(function: Any) -> Any:
    """Add the options that say when a station plays; see ``asked_of``."""
    for option in (
        click.option("--repeat", is_flag=True, help=say("cli.schedule_repeat")),
        click.option(
            "--from", "first", type=Day(), metavar=say("cli.day_metavar"), help=say("cli.schedule_from")
        ),
        click.option("--times", type=Times(), metavar="05:00,17:00", help=say("cli.schedule_times")),
        click.option("--days", type=click.IntRange(1, MOST_DAYS), metavar="N", help=say("cli.schedule_days")),
        click.option("--slot", type=Slot(), metavar="15m", help=say("cli.schedule_slot")),
    ):
        function = option(function)
    return function


def asked_of(
    slot: int | None, days: int | None, times: tuple[time, ...] | None, first: date | None, repeat: bool
) -> "Asked":
    """Return what the options of ``timetable_options`` say."""
    from ..onair.sessions import Asked

    return Asked(slot, days, times, first, repeat)


@click.command(cls=Command, help=say("cli.schedule_help"), short_help=say("cli.schedule_short"))
@click.argument("dest", required=False, type=click.Path(path_type=Path), metavar=say("cli.schedule_dest"))
@click.option("--station", metavar="ID", help=say("cli.schedule_station"))
@click.option("--master", metavar=say("cli.name_metavar"), help=say("cli.schedule_master"))
@timetable_options
@click.option("--for", "form", type=click.Choice(FORMS), default="files", help=say("cli.schedule_for"))
@click.option("--media", metavar=say("cli.folder_metavar"), help=say("cli.schedule_media"))
@root_option
def schedule(
    dest: Path | None,
    station: str | None,
    master: str | None,
    slot: int | None,
    days: int | None,
    times: tuple[time, ...] | None,
    first: date | None,
    repeat: bool,
    form: str,
    media: str | None,
    root: Path | None,
) -> None:
    from ..content.project import read_project, stations_named
    from ..onair.sessions import plan_sessions

    folder = project_folder(root)
    project = read_project(folder)
    of = stations_named(project, [station] if station else [])[0]
    asked = asked_of(slot, days, times, first, repeat)
    planned = plan_sessions(folder, of, project.series[of.series], master or _usual(of.masters), asked)
    click.echo(sheet(planned))
    if dest is not None:
        click.echo(_written(planned, dest, form, media))


def _usual(masters: tuple[str, ...]) -> str:
    return "loudspeaker" if "loudspeaker" in masters else masters[0]


def _written(planned: "Planned", dest: Path, form: str, media: str | None) -> str:
    """Write the sessions and return what to say of it."""
    from ..onair.sessions import SYSTEMS, write_calendar, write_for_system, write_session_files

    count = len(planned.order.sessions)
    beside = [write_calendar(dest, planned)]
    if form in SYSTEMS:
        beside += write_for_system(dest, planned, form, media)
    else:
        write_session_files(dest, planned)
    return say("schedule.written", count=count, folder=str(dest), beside=", ".join(beside))


# ---------------------------------------------------------------- in words


def sheet(planned: "Planned") -> str:
    """Return a running order as a table, and what could not be placed."""
    order = planned.order
    lines = [say("schedule.head", station=planned.station.id, count=len(order.sessions)), *_table(order)]
    if order.left_over:
        names = ", ".join(item.episode for item in order.left_over)
        lines.append(say("schedule.left_over", count=len(order.left_over), names=names))
    if planned.silent:
        lines.append(say("schedule.silent", count=planned.silent))
    return "\n".join(lines)


def _table(order: "RunningOrder") -> list[str]:
    heading = [say(f"column.{name}") for name in ("day", "hour", "length", "episodes")]
    rows = [
        (
            day(session.starts),
            f"{session.starts:%H:%M}",
            clock(session.seconds),
            " ".join(str(item.number) for item in session.items),
        )
        for session in order.sessions
    ]
    return [f"  {line}" for line in to_the_left([heading, *rows])]
