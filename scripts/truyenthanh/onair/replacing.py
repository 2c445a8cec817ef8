"""What a station that has an earlier pack must replace, and the sheet that says so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..packing.contents import Programme
from ..packing.sheets import replacements

State = Mapping[str, Any]
_KEYS = {"episode", "number", "title", "sha256", "text", "sound"}


@dataclass(frozen=True, slots=True)
class Change:
    """A file to be replaced.

    ``how`` is ``text``, ``sound`` or ``tags`` (what of it differs), ``moved`` (another name, the same
    bytes), ``added`` or ``removed``. ``old`` and ``new`` are sha256, where there is a file.
    """

    how: str
    file: str
    old_file: str
    number: int
    title: str
    old: str
    new: str
    notes: tuple[str, ...]


def state_of(data: bytes) -> State | None:
    """Return the state that a pack holds; None where it is not one of ours, or damaged."""
    try:
        state = json.loads(data)
        whole = all(set(entry) >= _KEYS for entry in state["files"].values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return state if whole and isinstance(state.get("log"), str) else None


def changes_between(old: State, new: State, notes: Mapping[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """Return what differs between two packs, in the order of the new one, then what is gone."""
    before = {entry["episode"]: (name, entry) for name, entry in old["files"].items()}
    after = {entry["episode"]: (name, entry) for name, entry in new["files"].items()}
    found = [
        Change(
            how,
            name,
            before.get(episode, ("",))[0],
            entry["number"],
            entry["title"],
            before[episode][1]["sha256"] if episode in before else "",
            entry["sha256"],
            notes.get(episode, ()),
        )
        for episode, (name, entry) in after.items()
        if (how := _how(before.get(episode), (name, entry))) is not None
    ]
    gone = [(name, entry) for episode, (name, entry) in before.items() if episode not in after]
    return (
        *found,
        *(
            Change("removed", name, name, entry["number"], entry["title"], entry["sha256"], "", ())
            for name, entry in gone
        ),
    )


def replacement_sheet(programme: Programme, folder: str, changes: tuple[Change, ...]) -> bytes:
    """Return the page to print."""
    return replacements(name=programme.name, folder=folder, changes=changes)


def _how(before: tuple[str, State] | None, after: tuple[str, State]) -> str | None:
    if before is None:
        return "added"
    (old_name, old), (new_name, new) = before, after
    if old["sha256"] == new["sha256"]:
        return "moved" if old_name != new_name else None
    return next((key for key in ("text", "sound") if old[key] != new[key]), "tags")
