"""The published files of an approved version, recorded so that it can stay on air when the content changes.

``audio/<station>/.approved/<episode>.json`` is published together with the files of an approved episode. It
holds what feed and pages need to know about that version, and the digests of its files. When the approval
becomes void, the episode stays listed from this record; if the record or one of its files is damaged, it is

not listed. The seal is inside, beside the record. The format never changes, for records must stay readable.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..feed.entries import Mistake
from ..model import Episode, Revision
from ..recipe import canonical, digest
from ..store.atomic_files import file_sha256
from ..store.plain_records import from_plain


@dataclass(frozen=True, slots=True)
class ApprovedVersion:
    """A version of an episode that was approved and published."""

    text: str  # the digest of its words that was approved
    episode: Episode
    sections: tuple[Mapping[str, Any], ...]  # the layout of each: the figures of a section's step
    audio: Mapping[str, str]  # master -> path
    files: Mapping[str, Mapping[str, Any]]  # path -> its entry in the manifest
    is_omnibus: bool
    heard: tuple[str, ...]  # "clip", "recording"
    mistakes: tuple[Mistake, ...]
    revisions: tuple[Revision, ...]


class DamagedError(Exception):
    """A record, or a file that it names, is not as published; the message is its path."""


def words_digest(episode: Episode) -> str:
    """Return the digest of everything said and shown in an episode: titles, roles, every sentence as
    written and as spoken, in order."""
    return digest([_shown(episode), [[one.role, one.written, one.spoken] for one in episode.utterances]])


def written_digest(episode: Episode) -> str:
    """Return the digest of an episode's words as written, however they are read."""
    return digest([_shown(episode), [[one.role, one.written] for one in episode.utterances]])


def _shown(episode: Episode) -> list[object]:
    return [episode.title, episode.description, [chapter.title for chapter in episode.chapters]]


# ---------------------------------------------------------------- the record


def record_path(station: str, episode: str) -> str:
    """Return where the record of a station's episode is, relative to the site root."""
    return f"audio/{station}/.approved/{episode}.json"


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """Return the record (the fields of ``ApprovedVersion``) as it is published, with its seal."""
    return (canonical({"record": record, "seal": digest(record)}) + "\n").encode()


def read_approved_version(root: Path, station: str, episode: str) -> ApprovedVersion | None:
    """Return the published approved version, its files hashed; None if there is none.

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
