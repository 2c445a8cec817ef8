"""What a station that has an earlier pack must replace, and the sheet that says so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..packing.contents import Programme
from ..packing.sheets import replacements

State = Mapping[str, Any]
Named = tuple[str, Mapping[str, Any]]  # a file's name and its entry in the state
_KEYS = {"episode", "number", "title", "sha256", "text", "sound"}


@dataclass(frozen=True, slots=True)
class Change:
    """A file to be replaced.

    ``how`` is ``text``, ``sound`` or ``tags`` (what differs), ``moved`` (another name, the same bytes),
    ``added`` or ``removed``. ``old`` and ``new`` are sha256, if there is such a file.
    """

    how: str
    episode: str
    file: str
    old_file: str
    number: int
    title: str
    old: str
    new: str
    notes: tuple[str, ...]


def state_of(data: bytes) -> State | None:
    """Return the state that a pack holds; None if it is not one of ours, or damaged."""
    try:
        state = json.loads(data)
        whole = all(set(entry) >= _KEYS for entry in state["files"].values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return state if whole and isinstance(state.get("log"), str) else None


def changes_between(old: State, new: State, notes: Mapping[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """Return what differs between two packs, in the order of the new one, then what was removed."""
    before = {entry["episode"]: (name, entry) for name, entry in old["files"].items()}
    after = {entry["episode"]: (name, entry) for name, entry in new["files"].items()}
    found = [
        _change(how, before.get(episode), named, notes.get(episode, ()))
        for episode, named in after.items()
        if (how := _how(before.get(episode), named)) is not None
    ]
    gone = [named for episode, named in before.items() if episode not in after]
    return (*found, *(_change("removed", named, None, ()) for named in gone))


def _change(how: str, before: Named | None, after: Named | None, notes: tuple[str, ...]) -> Change:
    (old_name, old), (new_name, new) = before or ("", {}), after or ("", {})
    about = new or old
    return Change(
        how=how,
        episode=about["episode"],
        file=new_name or old_name,
        old_file=old_name,
        number=about["number"],
        title=about["title"],
        old=old.get("sha256", ""),
        new=new.get("sha256", ""),
        notes=notes,
    )


def replacement_sheet(programme: Programme, folder: str, changes: tuple[Change, ...]) -> bytes:
    """Return the page to print."""
    return replacements(name=programme.name, folder=folder, changes=changes)


def _how(before: Named | None, after: Named) -> str | None:
    if before is None:
        return "added"
    (old_name, old), (new_name, new) = before, after
    if old["sha256"] == new["sha256"]:
        return "moved" if old_name != new_name else None
    return next((key for key in ("text", "sound") if old[key] != new[key]), "tags")
