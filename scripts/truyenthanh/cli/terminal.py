"""What a terminal shows: progress while it works, a summary at the end.

On a terminal the progress is one line that changes; in a pipe it is a line at the start and nothing
more, so that a log stays short.
"""

import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from ..errors import TruyenthanhError
from ..explain.outcome import BuildSummary, EpisodeSummary
from ..messages import Message, say
from .table import clock, level, straight

if TYPE_CHECKING:  # the flow is loaded by the command that needs it: --help shows at once
    from ..explain.status_reasons import Change, Pending
    from ..steps.step import Step

LISTED = 20  # steps shown by name before the rest is counted
SOME = 3  # causes named of one file
TICK_S = 0.1


class Progress:
    """One line on a terminal: how many steps of how many, and what was made last."""

    def __init__(self) -> None:
        self._total = self._done = 0
        self._live = sys.stderr.isatty()
        self._shown_at = 0.0

    def planned(self, total: int) -> None:
        self._total, self._done = total, 0
        if total:
            click.echo(say("build.planned", count=total), err=True)

    def made(self, step: "Step") -> None:
        self._done += 1
        now = time.monotonic()
        if self._live and now - self._shown_at >= TICK_S:
            self._shown_at = now
            line = say(
                "build.progress", done=self._done, total=self._total, kind=Message(f"kind.{step.kind.name}")
            )
            width = shutil.get_terminal_size().columns - 1
            click.echo(f"\r{line[:width]:<{width}}", nl=False, err=True)

    def waiting(self, whom: str) -> None:
        click.echo(whom, err=True)

    def warned(self, warning: Message) -> None:
        click.echo(str(warning), err=True)

    def damaged(self, error: TruyenthanhError) -> None:
        self.close()
        click.echo(str(error), err=True)

    def close(self) -> None:
        if self._live and self._shown_at:
            click.echo("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r", nl=False, err=True)
            self._shown_at = 0.0


def built_summary(outcome: BuildSummary) -> str:
    """Return what a station publishes, an episode a line, and what was made for it."""
    lines = ["", say("build.station", name=outcome.name, id=outcome.station, engine=outcome.engine)]
    rows = [_heading(outcome.masters)]
    rows += [
        (
            one.id,
            clock(one.seconds),
            *map(level, one.levels),
            level(one.peak_dbtp),
            say(_state(one)),
        )
        for one in outcome.episodes
    ]
    lines += straight(rows)
    lines += [_counts(outcome), _changed(outcome)]
    lines += [say("recordings.bound", file=file) for file in outcome.bound]
    if doubtful := outcome.doubtful:
        lines.append(say("build.doubtful", count=len(doubtful), files=", ".join(doubtful[:LISTED])))
    lines += [
        say(f"corrected.{how}", names=names, series=outcome.series)
        for how, names in _gathered(outcome.untold)
    ]
    lines += [line.strip() for line in _of_episodes(outcome.held_back)]
    if unsure := outcome.unsure:
        lines.append(say("build.unsure", count=len(unsure), tokens=", ".join(unsure[:LISTED])))
    return "\n".join(lines)


def _state(episode: EpisodeSummary) -> str:
    if episode.is_draft:
        return "build.made_draft" if episode.is_fresh else "build.kept_draft"
    return "build.made" if episode.is_fresh else "build.kept"


def _of_episodes(told: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return what is to be said of episodes (why, name, the file it hangs on): a line for every why."""
    named = [(why, f"{name} ({file})" if file else name) for why, name, file in told]
    return [
        say(f"status.{why}", count=sum(one[0] == why for one in told), names=names)
        for why, names in _gathered(named)
    ]


def _gathered(named: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return every kind once, with all its names in a row."""
    kinds = dict.fromkeys(kind for kind, _ in named)
    return [(kind, ", ".join(name for other, name in named if other == kind)) for kind in kinds]


def _heading(masters: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    units = {"lufs": "LUFS", "rms": "RMS"}
    levels = [
        say("build.level", master=Message(f"master.{name}"), unit=units[measure]) for name, measure in masters
    ]
    return (say("build.episode"), say("build.length"), *levels, say("build.peak"), "")


def _counts(outcome: BuildSummary) -> str:
    """Return how many steps of each kind were made, and how many the station took as they were."""
    return "; ".join(
        say("build.count", kind=Message(f"kind.{kind}"), made=made, kept=total - made)
        for kind, (made, total) in outcome.counts.items()
    )


def _changed(outcome: BuildSummary) -> str:
    if not outcome.changed and not outcome.removed:
        return say("build.nothing")
    page = f"feed/{outcome.station}/index.html"
    return say("build.published", changed=outcome.changed, removed=outcome.removed, page=page)


def pending_summary(station: str, pending: "Sequence[Pending]") -> str:
    """Return what would at most be made for a station, and why, a step a line."""
    told = [(one.why, one.name, "".join(one.causes)) for one in pending if one.kind == "episode"]
    episodes = _of_episodes(told)
    pending = [one for one in pending if one.kind != "episode"]
    if not pending:
        return "\n".join([say("status.nothing", station=station), *episodes])
    total = Counter(one.kind for one in pending)
    parts = ", ".join(say(f"counted.{kind}", count=count) for kind, count in total.items())
    lines = [say("status.pending", station=station, count=len(pending), parts=parts)]
    causes = [one for one in pending if one.why != "follows"]
    lines += [say("status.step", name=one.name, why=_why(one)) for one in causes[:LISTED]]
    if len(causes) > LISTED:
        lines.append(say("status.more", count=len(causes) - LISTED))
    follows = len(pending) - len(causes)
    follow = [say("status.follow", count=follows)] if follows else []
    return "\n".join([*lines, *follow, *_files_behind(pending), *episodes])


def _files_behind(pending: "Sequence[Pending]") -> list[str]:
    """Return every published file that follows from something else, and from what."""
    files = [one for one in pending if one.why == "follows" and one.name.startswith(("audio/", "feed/"))]
    return [_file_behind(one.name, one.causes) for one in files]


def _file_behind(file: str, causes: Sequence[str]) -> str:
    shown = ", ".join(causes[:SOME])
    if len(causes) <= SOME:
        return say("status.file", file=file, causes=shown)
    return say("status.file_of_many", file=file, causes=shown, count=len(causes) - SOME)


def _why(pending: "Pending") -> str:
    if pending.why == "changed":
        return "; ".join(_change(change) for change in pending.changes)
    return say(f"status.{pending.why}")


def _change(change: "Change") -> str:
    setting = Message(f"setting.{change.setting}")
    if change.old or change.new:
        return say("status.change", setting=setting, old=change.old, new=change.new)
    return say("status.changed", setting=setting)


def dated_later(outcome: BuildSummary, now: datetime) -> str | None:
    """Return a warning of episodes that are shown and dated later than ``now``; None where there are none."""
    dated = [(datetime.fromisoformat(one.published), one.id) for one in outcome.episodes if one.is_listed]
    later = [(published, name) for published, name in dated if published > now]
    if not later:
        return None
    names = ", ".join(name for _, name in later[:LISTED])
    first, _ = min(later)
    day = {"day": first.day, "month": first.month, "year": first.year}
    return say("build.later", station=outcome.station, count=len(later), names=names, **day)
