"""The records that everything else is built on (frozen; named in the words of the domain).

``content/`` reads the first of them from YAML, ``script/`` turns them into episodes of utterances, and these
are published as files. Nothing here computes more than a name.
"""

from .project import USUAL_PACING, Pacing, Project
from .published import AudioFile, ChapterMark, PublishedEpisode, TimedSentence
from .series import Correction, Document, Omnibus, Part, Passage, Point, Revision, Series, Variant
from .spoken import Chapter, Cue, Episode, Section, Utterance
from .station import (
    ANNOUNCER,
    CHIME,
    CUES,
    STING,
    Accent,
    Approval,
    Binding,
    FeedData,
    License,
    Pauses,
    Pronunciation,
    Recording,
    Station,
    Timetable,
    Voice,
)

__all__ = [
    "ANNOUNCER",
    "CHIME",
    "CUES",
    "STING",
    "USUAL_PACING",
    "Accent",
    "Approval",
    "AudioFile",
    "Binding",
    "Chapter",
    "ChapterMark",
    "Correction",
    "Cue",
    "Document",
    "Episode",
    "FeedData",
    "License",
    "Omnibus",
    "Pacing",
    "Part",
    "Passage",
    "Pauses",
    "Point",
    "Project",
    "Pronunciation",
    "PublishedEpisode",
    "Recording",
    "Revision",
    "Section",
    "Series",
    "Station",
    "TimedSentence",
    "Timetable",
    "Utterance",
    "Variant",
    "Voice",
]
