"""What an editor does with an episode: see what changed, approve it, withdraw it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ..content.approvals import Approvals, approver, change_approvals
from ..content.project import read_project, stations_named
from ..errors import ContentError
from ..feed.differences import Row, Versions, compare
from ..feed.entries import PREVIEW_MASTER
from ..mixing.profiles import MASTERS
from ..model import Approval, Episode, Project, Station
from ..script.episodes import write_episodes
from ..store.atomic_files import write_atomic
from .approved_version import words_digest, written_digest
from .decision import HeldBack, Why, comparison_path, decision_on, draft_path, verdict, versions_of


@dataclass(frozen=True, slots=True)
class Approved:
    """An episode that is now approved. ``why`` says why it was not before; None if it was already, and
    ``approval`` is that earlier one.
    """

    episode: Episode
    approval: Approval
    why: Why | None
    before: Approval | None  # the one that ``approval`` replaces

    @property
    def words(self) -> int:
        """How many words are said in the episode, as written."""
        return sum(len(one.written.split()) for one in self.episode.utterances)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a reviewer is shown. ``held`` is None if the episode is approved as it is."""

    held: HeldBack | None
    approval: Approval | None
    rows: tuple[Row, ...]  # none if the series no longer has the episode
    page: str | None  # written by the last build, relative to the project


def approve(
    root: Path, station: str | None, names: Sequence[str] | None, by: str, on: date
) -> tuple[Approved, ...]:
    """Approve episodes of a station as they are now, all of them if ``names`` is None.

    Raises ContentError, before anything is approved, for an unknown episode.
    """
    project, one = _asked_for_approval(root, station)
    episodes = {episode.id: episode for episode in write_episodes(project, one)}
    wanted = [_named(episodes, name) for name in dict.fromkeys(episodes if names is None else names)]
    approver_name, done = approver(by), list[Approved]()

    def change(approvals: Approvals) -> Approvals:
        done[:] = [_approved(episode, approvals.get(episode.id), approver_name, on) for episode in wanted]
        return {**approvals, **{one.episode.id: one.approval for one in done}}

    change_approvals(root, one.series, one.id, change)
    return tuple(done)


def _approved(episode: Episode, before: Approval | None, by: str, on: date) -> Approved:
    why = verdict(before, episode)
    if why is None and before is not None:
        return Approved(episode, before, None, None)
    text = words_digest(episode)
    known = (*before.earlier, before.text) if before is not None else ()
    earlier = tuple(one for one in dict.fromkeys(known) if one != text)
    return Approved(episode, Approval(by, on, text, written_digest(episode), earlier), why, before)


def withdraw(root: Path, station: str | None, names: Sequence[str]) -> tuple[str, ...]:
    """Withdraw the approvals of episodes and return their ids. Raises ContentError if there is none."""
    _, one = _asked_for_approval(root, station)
    wanted = dict.fromkeys(names)

    def change(approvals: Approvals) -> Approvals:
        for name in wanted:
            if name not in approvals:
                known = ", ".join(sorted(approvals)) or "—"
                raise ContentError("approval.none", id=name, station=one.id, known=known)
        return {name: approval for name, approval in approvals.items() if name not in wanted}

    change_approvals(root, one.series, one.id, change)
    return tuple(wanted)


def review(root: Path, station: str | None, name: str, html: Path | None = None) -> Reviewed:
    """Return what changed in an episode since it was approved; the page is also written to ``html``.

    Raises ContentError for an episode that the station neither has nor keeps on air.
    """
    project, one = _asked_for_approval(root, station)
    episodes = {episode.id: episode for episode in write_episodes(project, one)}
    approval = (one.approvals or {}).get(name)
    episode = episodes.get(name) if approval is not None else _named(episodes, name)
    held, before = decision_on(root, one, name, episode)
    if episode is None:
        return Reviewed(held, approval, (), None)
    path = draft_path(one, episode, MASTERS[PREVIEW_MASTER])
    versions = versions_of(episode, path, before, project.series[one.series])
    if html is not None:
        _write_page(root, html, versions, one)
    page = comparison_path(one, name)
    rows = compare(before.episode if before is not None else None, episode)
    return Reviewed(held, approval, rows, page if (root / page).is_file() else None)


def _write_page(root: Path, html: Path, versions: Versions, station: Station) -> None:
    from ..feed.comparison import write_comparison

    try:
        to_root = quote(Path(os.path.relpath(root.resolve(), html.resolve().parent)).as_posix())
    except ValueError:  # on another drive
        to_root = root.resolve().as_uri()
    write_atomic(html, write_comparison(versions, station.name, f"{to_root}/"))


def _asked_for_approval(root: Path, name: str | None) -> tuple[Project, Station]:
    project = read_project(root)
    (station,) = stations_named(project, [name] if name is not None else [])
    if station.approvals is None:
        raise ContentError("approval.off", file=station.file, field="approval", station=station.id)
    return project, station


def _named(episodes: dict[str, Episode], name: str) -> Episode:
    if name not in episodes:
        raise ContentError("rundown.no_episode", id=name, known=", ".join(episodes))
    return episodes[name]
