"""A person's recordings: where they are, and the words that each of them says.

``content/recordings/<folder>/`` holds those of a station; the folder's name is the station's id, unless
the station's file names another. ``point-05.m4a`` speaks all sentences of a section, ``point-05/03.m4a``
one of them, numbered as in ``truyenthanh script``.

A recording says the words that the content had when it was added. The first build that uses it
writes them into a YAML file beside it, with the digest of the sound; from then on changed words are
noticed, and a changed sound is a new recording.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ..errors import ContentError
from ..messages import Message, in_vietnamese
from ..model import Binding, Cue, Recording, Section, Station, Utterance
from ..store.atomic_files import file_sha256, write_atomic
from . import fields as f
from .yaml_tree import Node, load

FOLDER = "content/recordings"
ENDINGS = (".wav", ".mp3", ".m4a", ".mp4", ".aac", ".flac", ".ogg", ".opus", ".3gp", ".amr", ".wma")
SHOWN_CHARACTERS = 80


# ---------------------------------------------------------------- the files


def read_recordings(root: Path, folder: str) -> dict[str, Recording]:
    """Return the recordings of a folder by their place: ``point-05`` or ``point-05/03``.

    Raises ContentError if two files claim one place, or if the YAML file beside one cannot be read.
    """
    found: dict[str, Recording] = {}
    base = root / FOLDER / folder
    for path in sorted(path for depth in ("*", "*/*") for path in base.glob(depth)):
        if path.suffix.lower() not in ENDINGS or path.name.startswith(".") or not path.is_file():
            continue
        place = path.relative_to(base).with_suffix("").as_posix()
        file = path.relative_to(root).as_posix()
        if place in found:
            raise ContentError("recordings.two", file=file, other=found[place].file)
        found[place] = Recording(file, _binding(root, _beside(file)))
    return found


def _beside(file: str) -> str:
    return Path(file).with_suffix(".yaml").as_posix()


def _binding(root: Path, file: str) -> Binding | None:
    if not (root / file).exists():
        return None
    node = load(root / file, file)
    of = f.fields(node, ("sha256", "says"))
    return Binding(f.text(f.need(node, of, "sha256")), f.items(f.need(node, of, "says"), f.text, least=1))


def bind(root: Path, bindings: Mapping[str, Binding]) -> None:
    """Write beside each recording (by its file) the digest of its sound and the words it says."""
    for file, binding in bindings.items():
        said = {"sha256": binding.sha256, "says": list(binding.says)}
        body = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
        write_atomic(root / _beside(file), f"{in_vietnamese('recordings.heading')}\n{body}".encode())


# ---------------------------------------------------------------- who speaks a section


@dataclass(frozen=True, slots=True)
class SectionAssignment:
    """Who speaks a section: one recording for all of it, recordings of some items, voices for the rest."""

    whole: Recording | None = None
    items: Mapping[int, Recording] = field(default_factory=dict)


@dataclass(slots=True)
class RecordingAssignments:
    """The recordings of one station while they are assigned to its sections: new bindings, and warnings."""

    root: Path
    station: Station
    bindings: dict[str, Binding]  # of files never used before; shared by the stations of a plan
    warnings: list[Message] = field(default_factory=list)
    cast: set[str] = field(default_factory=set)  # places that were used or found outdated

    def of(self, section: Section) -> SectionAssignment:
        """Return who speaks ``section``. Raises ContentError for a recording that says other words,
        unless the station then wants the synthetic voice."""
        said = {at: utterance.written for at, utterance in section.utterances_by_item.items()}
        whole = self.station.recordings.get(section.id)
        if whole is not None and self._says(section.id, whole, tuple(said.values())):
            return SectionAssignment(whole=whole)
        return SectionAssignment(items=self._single_items(section, said))

    def finish(self) -> None:
        """Refuse the recordings whose place does not exist in the station's episodes."""
        for place in sorted(set(self.station.recordings) - self.cast):
            self._outdated(self.station.recordings[place], "place", {"place": place})

    def _single_items(self, section: Section, said: Mapping[int, str]) -> dict[int, Recording]:
        """Return the recordings of single sentences: bound ones wherever their words are now, the others
        at their number."""
        chosen: dict[int, Recording] = {}
        for place, recording in self.station.recordings.items():
            folder, slash, number = place.partition("/")
            if not slash or folder != section.id:
                continue
            binding = self._current_binding(recording)
            at = int(number) - 1 if number.isdecimal() else -1
            if binding is not None and len(binding.says) == 1:
                at = next((n for n, words in said.items() if words == binding.says[0]), at)
            if at in said and self._says(place, recording, (said[at],)):
                chosen[at] = recording
        return chosen

    def _says(self, place: str, recording: Recording, said: tuple[str, ...]) -> bool:
        """Whether the recording says these words; one never used before is bound to them."""
        self.cast.add(place)
        binding = self._current_binding(recording)
        if binding is None:
            self.bindings[recording.file] = Binding(self._digest(recording), said)
            return True
        if binding.says == said:
            return True
        self._outdated(recording, *_first_difference(binding.says, said))
        return False

    def _current_binding(self, recording: Recording) -> Binding | None:
        """Return the binding of exactly this sound: a new take under an old name is bound again."""
        known = self.bindings.get(recording.file, recording.binding)
        return known if known is not None and known.sha256 == self._digest(recording) else None

    def _outdated(self, recording: Recording, why: str, facts: Mapping[str, object]) -> None:
        if not self.station.synthetic_for_outdated:
            raise ContentError(f"recordings.outdated_{why}", facts, file=recording.file)
        self.warnings.append(Message(f"recordings.replaced_{why}", {**facts, "file": recording.file}))

    def _digest(self, recording: Recording) -> str:
        return digest_of(self.root, recording)


def digest_of(root: Path, recording: Recording) -> str:
    """Return the sha256 of a recording's bytes."""
    return file_sha256(root / recording.file)


def syllables_of(item: Utterance | Cue) -> int:
    """Return how many syllables are said; 0 for a cue."""
    return 0 if isinstance(item, Cue) else len(item.spoken.split())


def _first_difference(bound: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """Return what differs: ``words``, with the first such sentence then and now, or the ``count``."""
    for old, new in zip(bound, said, strict=False):
        if old != new:
            return "words", {"old": old[:SHOWN_CHARACTERS], "new": new[:SHOWN_CHARACTERS]}
    return "count", {"old": len(bound), "new": len(said)}


def read_settings(node: Node | None, station: str) -> tuple[str, bool]:
    """Return a station's recordings folder, and whether the synthetic voice replaces outdated recordings."""
    if node is None:
        return station, False
    of = f.fields(node, ("folder", "outdated"))
    folder = f.identifier(of["folder"]) if "folder" in of else station
    choices = {"refuse": False, "synthetic": True}
    outdated = f.one_of(of["outdated"], choices, "recordings.no_choice") if "outdated" in of else "refuse"
    return folder, choices[outdated]
