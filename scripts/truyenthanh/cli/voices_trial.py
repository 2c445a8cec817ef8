"""Try whether a voice speaks, how long it takes for one sentence, and how loud it is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..engines import Engine
from ..errors import TruyenthanhError
from ..messages import figure, say
from ..mixing.clip import clip_lufs, level_clip, resampled
from ..mixing.filtering import from_pcm
from ..model import Pacing, Voice
from .table import word_table

SENTENCE: Final = "Xin chào bà con, đây là câu đọc thử của đài truyền thanh."
ONE_TRY: Final = Pacing(attempts=1)  # a trial should report failures soon
HEADINGS: Final = (
    *("voice.engine", "voice.name", "voice.took", "voice.length"),
    *("voice.raw_lufs", "voice.clip_lufs", "voice.result"),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """How a voice said one sentence, or why it did not."""

    engine: str
    voice: str
    took_s: float | None = None
    length_s: float | None = None
    raw_lufs: float | None = None
    clip_lufs: float | None = None
    error: str | None = None


def try_all(engines: Sequence[Engine]) -> list[Trial]:
    """Return the trials of all voices that can speak."""
    return [
        _tried(engine, card.name)
        for engine in engines
        for card in engine.voices()
        if card.state != "available"
    ]


def trial_table(trials: Sequence[Trial]) -> list[str]:
    """Return the trials as lines, below a heading."""
    return word_table([tuple(map(say, HEADINGS)), *map(_row, trials)])


def _row(one: Trial) -> tuple[str, ...]:
    figures = (one.took_s, one.length_s, one.raw_lufs, one.clip_lufs)
    shown = [
        "" if value is None else figure(value, form)
        for value, form in zip(figures, (".2f", ".2f", ".1f", ".1f"), strict=True)
    ]
    return one.engine, one.voice, *shown, one.error or say("voice.good")


def _tried(engine: Engine, name: str) -> Trial:
    """Return the trial of a voice: the sentence as spoken, and levelled like every clip."""
    began_s = time.monotonic()
    try:
        voice = Voice(name)
        engine.check(voice)
        said = engine.speak((SENTENCE,), voice, ONE_TRY)
        took_s = time.monotonic() - began_s
        clip = from_pcm(level_clip(said.samples, said.rate_hz))
    except TruyenthanhError as error:
        return Trial(engine.name, name, error=str(error))
    return Trial(
        engine.name,
        name,
        took_s=round(took_s, 3),
        length_s=round(len(said.samples) / said.rate_hz, 3),
        raw_lufs=round(clip_lufs(resampled(said.samples, said.rate_hz)), 2),
        clip_lufs=round(clip_lufs(clip), 2),
    )
