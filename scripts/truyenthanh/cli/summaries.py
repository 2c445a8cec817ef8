"""What a build and ``status`` report at the end, station by station."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..explain.outcome import BuildSummary, EpisodeSummary
from ..messages import Message, say
from ..publishing.places import orphans
from .table import clock, figure_table, level

if TYPE_CHECKING:  # a no-op build looks for no reasons
    from ..explain.status_reasons import Change, Pending

LISTED: Final = 20  # names or steps shown before the rest is counted
CAUSES_SHOWN: Final = 3  # of one file


# ---------------------------------------------------------------- of a build


def built_summary(outcome: BuildSummary) -> str:
    """Return what a station publishes, one episode per line, and what was made for it."""
    lines = ["", say("build.station", name=outcome.name, id=outcome.station, engine=outcome.engine)]
    lines += figure_table([_heading(outcome.masters), *map(_episode, outcome.episodes)])
    lines += [_counts(outcome), _changed(outcome)]
    lines += [say("recordings.bound", file=file) for file in outcome.bound]
    if doubtful := outcome.doubtful:
        lines.append(say("build.doubtful", count=len(doubtful), files=", ".join(doubtful[:LISTED])))
    lines += [
        say(f"corrected.{how}", names=names, series=outcome.series)
        for how, names in _gathered(outcome.untold)
    ]
    lines += [line.strip() for line in _episode_lines(outcome.held_back)]
    if unsure := outcome.unsure:
        lines.append(say("build.unsure", count=len(unsure), tokens=", ".join(unsure[:LISTED])))
    return "\n".join(lines)


def _episode(one: EpisodeSummary) -> tuple[str, ...]:
    return one.id, clock(one.seconds), *map(level, one.levels), level(one.peak_dbtp), say(_state(one))


def _state(episode: EpisodeSummary) -> str:
    if episode.is_draft:
        return "build.made_draft" if episode.is_fresh else "build.kept_draft"
    return "build.made" if episode.is_fresh else "build.kept"


def _episode_lines(episodes: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return a line for every reason to mention episodes, given as (reason, name, causing file)."""
    named = [(why, f"{name} ({file})" if file else name) for why, name, file in episodes]
    return [
        say(f"status.{why}", count=sum(one[0] == why for one in episodes), names=names)
        for why, names in _gathered(named)
    ]


def _gathered(named: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return every kind once, with all its names joined."""
    kinds = dict.fromkeys(kind for kind, _ in named)
    return [(kind, ", ".join(name for other, name in named if other == kind)) for kind in kinds]


def _heading(masters: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    units = {"lufs": "LUFS", "rms": "RMS"}
    levels = [
        say("build.level", master=Message(f"master.{name}"), unit=units[measure]) for name, measure in masters
    ]
    return (say("build.episode"), say("build.length"), *levels, say("build.peak"), "")


def _counts(outcome: BuildSummary) -> str:
    """Return how many steps of each kind were made, and how many were reused."""
    return "; ".join(
        say("build.count", kind=Message(f"kind.{kind}"), made=made, kept=total - made)
        for kind, (made, total) in outcome.counts.items()
    )


def _changed(outcome: BuildSummary) -> str:
    if not outcome.changed and not outcome.removed:
        return say("build.nothing")
    page = f"feed/{outcome.station}/index.html"
    return say("build.published", changed=outcome.changed, removed=outcome.removed, page=page)


def dated_later(outcome: BuildSummary, now: datetime) -> str | None:
    """Return a warning about episodes that are listed with a date after ``now``; None if there are none."""
    dated = [(datetime.fromisoformat(one.published), one.id) for one in outcome.episodes if one.is_listed]
    later = [(published, name) for published, name in dated if published > now]
    if not later:
        return None
    names = ", ".join(name for _, name in later[:LISTED])
    first, _ = min(later)
    day = {"day": first.day, "month": first.month, "year": first.year}
    return say("build.later", station=outcome.station, count=len(later), names=names, **day)


# ---------------------------------------------------------------- of status


def pending_summary(station: str, pending: "Sequence[Pending]") -> str:
    """Return the most that a build would make for a station, and why, one step per line."""
    episodes = _episode_lines(
        [(one.why, one.name, "".join(one.causes)) for one in pending if one.kind == "episode"]
    )
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
    """Return every published file that would be rebuilt because of something else, and of what."""
    files = [one for one in pending if one.why == "follows" and one.name.startswith(("audio/", "feed/"))]
    return [_file_behind(one.name, one.causes) for one in files]


def _file_behind(file: str, causes: Sequence[str]) -> str:
    shown = ", ".join(causes[:CAUSES_SHOWN])
    if len(causes) <= CAUSES_SHOWN:
        return say("status.file", file=file, causes=shown)
    return say("status.file_of_many", file=file, causes=shown, count=len(causes) - CAUSES_SHOWN)


def _why(pending: "Pending") -> str:
    if pending.why == "changed":
        return "; ".join(_change(change) for change in pending.changes)
    return say(f"status.{pending.why}")


def _change(change: "Change") -> str:
    setting = Message(f"setting.{change.setting}")
    if change.old or change.new:
        return say("status.change", setting=setting, old=change.old, new=change.new)
    return say("status.changed", setting=setting)


# ---------------------------------------------------------------- of both


def orphan_warnings(root: Path) -> list[str]:
    """Return a line for every folder that no longer belongs to a station, as it would be uploaded too."""
    stations = [path.stem for path in (root / "content" / "stations").glob("*.yaml")]
    return [say("publication.orphan", folder=folder) for folder in orphans(root, stations)]
