"""Which episodes may go on air: those approved as they are now; for the others, the last approved version.

An episode that is not approved, or no longer, is a draft: it is made under ``audio/<station>/drafts/``,
marked in its name and its tags, and appears in neither feed nor pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ..feed.differences import Version, Versions
from ..feed.entries import PREVIEW_MASTER
from ..messages import in_vietnamese
from ..mixing.profiles import Master
from ..model import ANNOUNCER, Approval, Episode, Series, Station
from .approved_version import (
    ApprovedVersion,
    DamagedError,
    read_approved_version,
    words_digest,
    written_digest,
)

Why = Literal["new", "text", "reading", "gone"]
OnAir = Literal["nothing", "before", "absent", "damaged"]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An episode whose present version may not go on air.

    ``why``: it was never approved (``new``), its ``text`` or only its ``reading`` changed since, or its
    series no longer has it (``gone``). ``on_air``: the version approved ``before``; ``nothing``, as there
    never was one; ``absent``, as it is missing here (a fresh clone); ``damaged``, as ``file`` is damaged.
    """

    episode: str
    why: Why
    on_air: OnAir
    file: str = ""


@dataclass(frozen=True, slots=True)
class OnAirDecision:
    """Which of a station's episodes may not go on air, and what stays on air in their place."""

    held_back: tuple[HeldBack, ...]
    approved: tuple[ApprovedVersion, ...]

    @property
    def drafts(self) -> frozenset[str]:
        """The ids of the episodes to make as drafts."""
        return frozenset(one.episode for one in self.held_back)


def decide_on_air(root: Path, station: Station, episodes: Sequence[Episode]) -> OnAirDecision:
    """Return which of a station's episodes may go on air: all of them if it requires no approval."""
    if station.approvals is None:
        return OnAirDecision((), ())
    present = {episode.id: episode for episode in episodes}
    names = dict.fromkeys((*present, *station.approvals))
    rulings = [decision_on(root, station, name, present.get(name)) for name in names]
    return OnAirDecision(
        tuple(held for held, _ in rulings if held is not None),
        tuple(before for _, before in rulings if before is not None),
    )


def decision_on(
    root: Path, station: Station, name: str, episode: Episode | None
) -> tuple[HeldBack | None, ApprovedVersion | None]:
    """Return why an episode is held back, and the version in its place, if one was approved and not
    withdrawn since.
    """
    approval = (station.approvals or {}).get(name)
    why = verdict(approval, episode)
    if why is None:
        return None, None
    if approval is None:
        return HeldBack(name, why, "nothing"), None
    try:
        before = read_approved_version(root, station.id, name)
    except DamagedError as error:
        return HeldBack(name, why, "damaged", str(error)), None
    if before is None or before.text not in (approval.text, *approval.earlier):
        return HeldBack(name, why, "absent"), None
    return HeldBack(name, why, "before"), before


def verdict(approval: Approval | None, episode: Episode | None) -> Why | None:
    """Return why an episode may not go on air; None if it is approved as it is."""
    if approval is None:
        return "new"
    if episode is None:
        return "gone"
    if approval.text == words_digest(episode):
        return None
    return "reading" if approval.written == written_digest(episode) else "text"


def on_air(series: Series, decision: OnAirDecision) -> Series:
    """Return the series with the corrections that listeners are told about: for an approved version,
    those of its time.
    """
    if not decision.approved:
        return series
    ids = {one.episode.id for one in decision.approved}
    current = [one for one in series.revisions if f"{series.id}-{one.episode}" not in ids]
    stood = [revision for one in decision.approved for revision in one.revisions]
    return replace(series, revisions=tuple(sorted((*current, *stood), key=lambda one: one.date)))


# ---------------------------------------------------------------- how a draft is marked and compared


def marked(episode: Episode) -> Episode:
    """Return a draft with the title that its tags show."""
    title = in_vietnamese("draft.title", title=episode.title)
    return replace(
        episode, title=title, description=in_vietnamese("draft.comment", description=episode.description)
    )


def draft_path(station: Station, episode: Episode, master: Master) -> str:
    """Return the path of a draft in one master, relative to the site root."""
    return f"{drafts_folder(station)}/{episode.id}-{master.suffix}-nhap.{master.extension}"


def drafts_folder(station: Station) -> str:
    """Return the folder of a station's drafts."""
    return f"audio/{station.id}/drafts"


def comparison_path(station: Station, episode: str) -> str:
    """Return the path of the page that compares a draft with the approved version."""
    return f"{drafts_folder(station)}/{episode}-so-sanh.html"


def versions_of(episode: Episode, sound: str, before: ApprovedVersion | None, series: Series) -> Versions:
    """Return a draft and the version that is on air in its place."""
    speakers = {part.role: part.label for part in series.parts}
    return Versions(
        Version(before.episode, before.audio[PREVIEW_MASTER]) if before is not None else None,
        Version(episode, sound),
        {ANNOUNCER: in_vietnamese("draft.announcer"), **speakers},
    )
