"""When a station plays: the options for it, and the resulting running order as a table."""

from collections.abc import Callable
from datetime import time

import click

from ..content.timetables import MOST_DAYS, slot_length_s, time_of_day
from ..messages import say
from ..onair.sessions import Planned
from ..packing.programme_items import RunningOrder
from .options import Day
from .table import clock, day, word_table


class Slot(click.ParamType):
    """A length: 15m, 1h30m, 90s."""

    name = "slot"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the length in seconds."""
        slot_s = value if isinstance(value, int) else slot_length_s(value)
        if slot_s is None:
            self.fail(say("schedule.bad_slot", value=value), param, ctx)
        return slot_s


class Times(click.ParamType):
    """Times of day: 05:00,17:00."""

    name = "times"

    def convert(
        self, value: str | tuple[time, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[time, ...]:
        """Return the times in order."""
        if isinstance(value, tuple):
            return value
        times = []
        for text in value.split(","):
            at = time_of_day(text.strip())
            if at is None:
                self.fail(say("schedule.bad_time", value=text.strip()), param, ctx)
            times.append(at)
        return tuple(sorted(times))


def timetable_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say when a station plays."""
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


def running_order_table(planned: Planned) -> str:
    """Return a running order as a table, and what could not be placed."""
    order = planned.order
    lines = [say("schedule.head", station=planned.station.id, count=len(order.sessions)), *_table(order)]
    if order.left_over:
        names = ", ".join(item.episode for item in order.left_over)
        lines.append(say("schedule.left_over", count=len(order.left_over), names=names))
    if planned.silent:
        lines.append(say("schedule.silent", count=planned.silent))
    return "\n".join(lines)


def _table(order: RunningOrder) -> list[str]:
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
    return [f"  {line}" for line in word_table([heading, *rows])]
