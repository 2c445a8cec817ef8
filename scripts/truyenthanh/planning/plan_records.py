"""The records of a plan: what a station publishes, and the steps that make it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..approval.decision import HeldBack
from ..feed.entries import Mistake
from ..messages import Message
from ..model import Binding, Episode, Station, Utterance, Voice
from ..recipe import digest
from ..steps.step import Step

OUTER_WORDS = 6

State = Literal["current", "draft", "standing"]


@dataclass(frozen=True, slots=True)
class EpisodePlan:
    """An episode and the steps that make it.

    It is ``current``, a ``draft`` (made, but shown nowhere), or ``standing``: the approved version that
    stays on air in place of a draft.
    """

    episode: Episode
    sections: tuple[Step, ...]
    audio: Mapping[str, Step]  # by master
    is_omnibus: bool  # it repeats what the others contain
    heard: frozenset[str]
    mistakes: tuple[Mistake, ...]
    state: State = "current"

    @property
    def passages(self) -> tuple[Step, ...]:
        """The passages that its sections are stitched and mastered in."""
        return tuple(passage for section in self.sections for passage in section.inputs)

    @property
    def text(self) -> str:
        """The digest of everything said in it, by whom, and how it is written."""
        return digest([[one.role, one.written, one.spoken] for one in self.episode.utterances])

    @property
    def outer_words(self) -> tuple[str, str]:
        """The first and last words between ident and closing, as written, by which an operator knows it."""
        said = (one for section in self.episode.sections[1:-1] for one in section.utterances)
        words = " ".join(one.written for one in said).split()
        first, last = " ".join(words[:OUTER_WORDS]), " ".join(words[-OUTER_WORDS:])
        return (f"{first} …", f"… {last}") if len(words) > OUTER_WORDS else (first, last)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a station publishes: its steps by name, in an order in which they can be made.

    Several names may mean one step, and one step may be in the plans of several stations.
    """

    station: Station
    engine: str
    voices: Mapping[str, Voice]
    episodes: tuple[EpisodePlan, ...]
    listed: tuple[EpisodePlan, ...]  # those that feed and page show
    revisions: Mapping[str, list[str]]  # dates of the corrections that listeners are told about, by episode
    notes: Mapping[str, tuple[str, ...]]  # what listeners are told, by episode
    steps: Mapping[str, Step]
    warnings: tuple[Message, ...]  # about what is spoken nevertheless
    bindings: Mapping[str, Binding]  # recordings that are used for the first time, by file
    standing: tuple[EpisodePlan, ...] = ()  # approved versions, listed in place of what is held back
    held_back: tuple[HeldBack, ...] = ()

    @property
    def sentences(self) -> dict[str, Utterance]:
        """Every sentence, by the name of its step."""
        sections = {section.id: section for one in self.episodes for section in one.episode.sections}
        return {
            f"{section.id}/{at + 1:02d}": utterance
            for section in sections.values()
            for at, utterance in section.utterances_by_item.items()
        }

    @property
    def words(self) -> dict[str, str]:
        """Every sentence as written, by the name of its step."""
        return {name: one.written for name, one in self.sentences.items()}

    @property
    def files(self) -> dict[str, Step]:
        """The steps that give a published file, by its path."""
        return {step.path: step for step in self.steps.values() if step.path is not None}


def said_in(planned: EpisodePlan, engine: str) -> dict[str, object]:
    """Return what the manifest says about an audio file besides its measurements."""
    pieces = [piece for passage in planned.passages for piece in passage.inputs]
    recordings = sorted({piece.reads for piece in pieces if piece.kind.name == "recording" and piece.reads})
    return {"engine": engine, "text": planned.text, "recordings": recordings}
