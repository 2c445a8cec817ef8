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

from ..errors import StoreError
from ..messages import say
from ..mixing.profiles import MASTERS
from .table import clock, level, straight

if TYPE_CHECKING:  # the flow is loaded by the command that needs it: --help shows at once
    from ..build import Built
    from ..model import AudioFile
    from ..plan import Plan
    from ..reasons import Change, Pending
    from ..recipe import Step

LISTED = 20  # steps shown by name before the rest is counted
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
            click.echo(say("build.planned", total=total), err=True)

    def made(self, step: "Step") -> None:
        self._done += 1
        now = time.monotonic()
        if self._live and now - self._shown_at >= TICK_S:
            self._shown_at = now
            line = say("build.progress", done=self._done, total=self._total, kind=say(f"kind.{step.kind}"))
            width = shutil.get_terminal_size().columns - 1
            click.echo(f"\r{line[:width]:<{width}}", nl=False, err=True)

    def waiting(self, whom: str) -> None:
        click.echo(whom, err=True)

    def warned(self, warning: str) -> None:
        click.echo(warning, err=True)

    def damaged(self, error: StoreError) -> None:
        self.close()
        click.echo(str(error), err=True)

    def close(self) -> None:
        if self._live and self._shown_at:
            click.echo("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r", nl=False, err=True)
            self._shown_at = 0.0


def built_summary(built: "Built") -> str:
    """Return what a station publishes, an episode a line, and what was made for it."""
    plan = built.plan
    lines = ["", say("build.station", name=plan.station.name, id=plan.station.id, engine=plan.engine)]
    rows = [_heading(plan.station.masters)]
    for planned in plan.episodes:
        files = [built.audio[step] for step in planned.audio.values()]
        fresh = [file for file in files if file.path in built.changed]
        rows.append(
            (
                planned.episode.id,
                clock(files[0].seconds),
                *(level(_of_its_master(file)) for file in files),
                level(max(file.true_peak_dbtp for file in files)),
                say("build.made" if fresh else "build.kept"),
            )
        )
    lines += straight(rows)
    lines += [_counts(built), _outcome(built)]
    lines += [say("recordings.bound", file=file) for file in plan.bindings]
    if doubtful := [file.path for file in built.audio.values() if file.verdict != "pass"]:
        lines.append(say("build.doubtful", count=len(doubtful), files=", ".join(doubtful[:LISTED])))
    untold = [(one.how, one.episode) for one in built.corrected if not one.is_told]
    lines += [
        say(f"corrected.{how}", names=names, series=plan.station.series) for how, names in _gathered(untold)
    ]
    if unsure := _unsure(built):
        lines.append(say("build.unsure", count=len(unsure), tokens=", ".join(unsure[:LISTED])))
    return "\n".join(lines)


def _gathered(named: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return every kind once, with all its names in a row."""
    kinds = dict.fromkeys(kind for kind, _ in named)
    return [(kind, ", ".join(name for other, name in named if other == kind)) for kind in kinds]


def _unsure(built: "Built") -> list[str]:
    """Return what a last-resort rule read in the station's episodes, each token once."""
    items = (
        item
        for planned in built.plan.episodes
        for section in planned.episode.sections
        for item in section.items
    )
    return list(dict.fromkeys(token for item in items for token in getattr(item, "unknown", ())))


def _heading(masters: Sequence[str]) -> tuple[str, ...]:
    units = {"lufs": "LUFS", "rms": "RMS"}
    levels = [f"{say(f'master.{name}')} {units[MASTERS[name].measure]}" for name in masters]
    return (say("build.episode"), say("build.length"), *levels, say("build.peak"), "")


def _of_its_master(file: "AudioFile") -> float:
    """Return the level by which the file's master is set."""
    return file.rms_dbfs if MASTERS[file.master].measure == "rms" else file.integrated_lufs


def _counts(built: "Built") -> str:
    """Return how many steps of each kind were made, and how many the station took as they were."""
    steps = set(built.plan.steps.values())
    total = Counter(step.kind for step in steps)
    fresh = Counter(step.kind for step in built.made)
    shown = [kind for kind in ("clip", "recording", "section", "master") if total[kind]]
    return "; ".join(
        say("build.count", kind=say(f"kind.{kind}"), made=fresh[kind], kept=total[kind] - fresh[kind])
        for kind in shown
    )


def _outcome(built: "Built") -> str:
    if not built.changed and not built.removed:
        return say("build.nothing")
    page = f"feed/{built.plan.station.id}/index.html"
    return say("build.published", changed=len(built.changed), removed=len(built.removed), page=page)


def pending_summary(station: str, pending: "Sequence[Pending]") -> str:
    """Return what would at most be made for a station, and why, a step a line."""
    changed = [(one.why, one.name) for one in pending if one.kind == "episode"]
    episodes = [say(f"status.{why}", names=names) for why, names in _gathered(changed)]
    pending = [one for one in pending if one.kind != "episode"]
    if not pending:
        return "\n".join([say("status.nothing", station=station), *episodes])
    total = Counter(one.kind for one in pending)
    parts = ", ".join(f"{count} {say(f'kind.{kind}')}" for kind, count in total.items())
    lines = [say("status.pending", station=station, total=len(pending), parts=parts)]
    causes = [one for one in pending if one.why != "follows"]
    lines += [f"  {one.name}: {_why(one)}" for one in causes[:LISTED]]
    if len(causes) > LISTED:
        lines.append(say("status.more", count=len(causes) - LISTED))
    follows = len(pending) - len(causes)
    follow = [say("status.follow", count=follows)] if follows else []
    return "\n".join([*lines, *follow, *episodes])


def _why(pending: "Pending") -> str:
    if pending.why == "changed":
        return "; ".join(_change(change) for change in pending.changes)
    return say(f"status.{pending.why}")


def _change(change: "Change") -> str:
    setting = say(f"setting.{change.setting}")
    if change.setting not in ("code", "libraries", "audio", "master") and (change.old or change.new):
        return say("status.change", setting=setting, old=change.old, new=change.new)
    return say("status.changed", setting=setting)


def dated_later(plan: "Plan", now: datetime) -> str | None:
    """Return a warning of episodes that are shown and dated later than ``now``; None where there are none."""
    later = [one.episode for one in plan.listed if one.episode.published > now]
    if not later:
        return None
    names = ", ".join(episode.id for episode in later[:LISTED])
    first = min(episode.published for episode in later)
    day = f"{first.day}/{first.month}/{first.year}"
    return say("build.later", station=plan.station.id, count=len(later), first=day, names=names)
