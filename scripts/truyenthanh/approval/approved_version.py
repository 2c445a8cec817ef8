"""What stands published and was approved: kept so that it can stay on air whatever content says by now.

``audio/<station>/.approved/<episode>.json`` is laid down with the files of an approved episode and swapped
in with them. It holds what feed and pages need of that version and the digests of its files. When the
approval is void, the episode stays listed by this record; a record or a file that is not what was laid
down lists nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..feed.entries import Mistake
from ..model import Episode, Revision
from ..recipe import Digested, Step, StepResult, canonical, code_digest, digest, digested
from ..store.digests import file_sha256
from ..store.plain_records import from_plain

KIND: Final = "standing"  # of a step that is never made: its result is a file that stands


@dataclass(frozen=True, slots=True)
class ApprovedVersion:
    """A version of an episode that was approved and published."""

    text: str  # the digest of its words that was approved
    episode: Episode
    sections: tuple[Mapping[str, Any], ...]  # how each is laid out: the figures of a section's step
    audio: Mapping[str, str]  # master -> path
    files: Mapping[str, Mapping[str, Any]]  # path -> its entry in the manifest
    is_omnibus: bool
    heard: tuple[str, ...]  # "clip", "recording"
    mistakes: tuple[Mistake, ...]
    revisions: tuple[Revision, ...]


class DamagedError(Exception):
    """A record, or a file that it names, is not what was laid down; the message is its path."""


def words_digest(episode: Episode) -> str:
    """Return the digest of all that is said and shown of an episode: titles, roles, every sentence as
    written and as spoken, in order."""
    return digest([_shown(episode), [[one.role, one.written, one.spoken] for one in episode.utterances]])


def written_digest(episode: Episode) -> str:
    """Return the digest of its words as written, whatever way they are read."""
    return digest([_shown(episode), [[one.role, one.written] for one in episode.utterances]])


def _shown(episode: Episode) -> list[object]:
    return [episode.title, episode.description, [chapter.title for chapter in episode.chapters]]


# ---------------------------------------------------------------- the record


def record_path(station: str, episode: str) -> str:
    """Return where the record of a station's episode stands, relative to the site root."""
    return f"audio/{station}/.approved/{episode}.json"


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """Return the record (the fields of ``ApprovedVersion``) as it is laid down, with its seal."""
    return (canonical({"record": record, "seal": digest(record)}) + "\n").encode()


def read_approved_version(root: Path, station: str, episode: str) -> ApprovedVersion | None:
    """Return the approved version that stands published, its files hashed; None where there is none.

    Raises DamagedError.
    """
    path = record_path(station, episode)
    try:
        raw = (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedError(path) from error
    try:
        record = json.loads(raw)["record"]
        if record_bytes(record) != raw or record["episode"]["id"] != episode:
            raise DamagedError(path)
        found = from_plain(ApprovedVersion, record)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedError(path) from error
    for file, entry in found.files.items():
        if not _is_own(file, station) or not _is_whole(root / file, entry):
            raise DamagedError(file)
    return found


def _is_own(path: str, station: str) -> bool:
    return path.startswith((f"audio/{station}/", f"feed/{station}/")) and ".." not in path


def _is_whole(path: Path, entry: Mapping[str, Any]) -> bool:
    try:
        return (path.stat().st_size, file_sha256(path)) == (entry["bytes"], entry["sha256"])
    except OSError:
        return False


# ---------------------------------------------------------------- the step that lays it down


@dataclass(frozen=True, slots=True)
class ApprovedRecordSettings:
    """What a plan knows of a version that is kept; the files themselves are inputs, in this order."""

    text: str
    audio: Mapping[str, str]  # master -> path
    texts: tuple[str, ...]  # paths
    said: Mapping[str, object]  # of every audio file, beside what was measured
    is_omnibus: bool
    heard: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    revisions: tuple[Revision, ...]


def record_step(episode: Digested, kept: ApprovedRecordSettings, inputs: tuple[Step, ...], path: str) -> Step:
    """Return the step of a record: ``inputs`` are the sections, the audio files and the texts."""
    code = code_digest("approval.approved_version", "steps.makers")
    return Step("approved", {"episode": episode, "approved": digested(kept), "code": code}, inputs, path)


def kept_record(episode: Episode, kept: ApprovedRecordSettings, made: Sequence[StepResult]) -> bytes:
    """Return the record of a version whose inputs were made."""
    count = len(episode.sections)
    sections, files = made[:count], made[count:]
    sounds = zip(kept.audio.values(), files, strict=False)
    texts = zip(kept.texts, files[len(kept.audio) :], strict=True)
    return record_bytes(
        {
            "text": kept.text,
            "episode": episode,
            "sections": [one.figures for one in sections],
            "audio": kept.audio,
            "files": {
                **{path: {**_entry(one), **one.figures, **kept.said} for path, one in sounds},
                **{path: _entry(one) for path, one in texts},
            },
            "is_omnibus": kept.is_omnibus,
            "heard": kept.heard,
            "mistakes": kept.mistakes,
            "revisions": kept.revisions,
        }
    )


def _entry(made: StepResult) -> dict[str, object]:
    return {"sha256": made.blobs["file"], "bytes": made.sizes["file"]}


# ---------------------------------------------------------------- steps that are never made


def section_as_it_stands(figures: Mapping[str, Any]) -> Step:
    """Return the step of a section of which only the layout is needed."""
    return Step(KIND, {"figures": figures})


def file_as_it_stands(path: str, entry: Mapping[str, Any]) -> Step:
    """Return the step of a file that stays; ``entry`` is that of the manifest."""
    figures = {name: value for name, value in entry.items() if name not in ("sha256", "bytes")}
    return Step(KIND, {"sha256": entry["sha256"], "bytes": entry["bytes"], "figures": figures}, (), path)


def record_as_it_stands(root: Path, station: str, episode: str) -> Step:
    """Return the step of a record that stays."""
    path = record_path(station, episode)
    entry = {"sha256": file_sha256(root / path), "bytes": (root / path).stat().st_size}
    return file_as_it_stands(path, entry)


def result(step: Step) -> StepResult:
    """Return the result of a step of this ``KIND``."""
    settings: Any = step.settings
    blobs = {"file": settings["sha256"]} if "sha256" in settings else {}
    sizes = {"file": settings["bytes"]} if "bytes" in settings else {}
    return StepResult(digest(step.recipe([])), blobs, sizes, settings["figures"], kept=False)
