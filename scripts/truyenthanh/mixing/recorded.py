"""A person's recording becomes what a clip is: 48 kHz, trimmed to its speech, at the speech level.

A room is never silent, so the recording's own noise decides what is speech. If a recording holds many
sentences, each is found between pauses that the speaker made: the pauses chosen are those that best fit
how long each sentence should take.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ..errors import SoundError
from . import SAMPLE_RATE_HZ
from .clip import PAD_MS, SPEECH_LUFS, faded, levelled, resampled
from .filtering import Samples, decibels, to_pcm
from .soundfiles import read_mono

LONGEST_RECORDING_S: Final = 3600.0
FRAME_MS: Final = 10
FRAME: Final = SAMPLE_RATE_HZ * FRAME_MS // 1000
NOISE_SHARE: Final = 0.05  # at least this share of a recording is room noise
ABOVE_NOISE_DB: Final = 10.0
BELOW_SPEECH_DB: Final = (45.0, 20.0)  # the range of the threshold, below the loudest tenth of a second
SHORTEST_SPEECH_FRAMES: Final = 5  # anything shorter is the click of a button
SHORTEST_PAUSE_FRAMES: Final = 12  # stop consonants are shorter
PAUSE_WORTH: Final = 1.0  # a frame of pause weighs as much as one of speech that is off by the factor e
NO_PAUSE_PRICE: Final = 30.0  # in such frames

Frames = npt.NDArray[np.bool_]
Pause = tuple[int, int]  # (start, end) in frames


@dataclass(frozen=True, slots=True)
class Recorded:
    """Pcm at the speech level, and the (start, end) of each item in samples."""

    pcm: bytes
    spans: tuple[tuple[int, int], ...]


def recorded(path: Path, syllables: Sequence[int]) -> Recorded:
    """Return the recording of items with that many syllables; a cue has none and takes no time.

    Raises SoundError for a file without speech or without sound (``soundfiles.read_mono``).
    """
    samples, rate_hz = read_mono(path, LONGEST_RECORDING_S)
    heard = resampled(samples, rate_hz)
    speech = speech_frames(heard)
    if not speech.any():
        raise SoundError("mixing.nobody_speaks", file=path)
    places = np.flatnonzero(speech)
    first, last = int(places[0]), int(places[-1]) + 1
    pad = SAMPLE_RATE_HZ * PAD_MS // 1000
    start, end = max(first * FRAME - pad, 0), min(last * FRAME + pad, len(heard))
    shift = first * FRAME - start
    inner = [
        (begin * FRAME + shift, stop * FRAME + shift)
        for begin, stop in sentence_spans(speech[first:last], syllables)
    ]
    inner[0] = (0, inner[0][1])
    inner[-1] = (inner[-1][0], end - start)
    return Recorded(to_pcm(levelled(faded(heard[start:end]), SPEECH_LUFS)), tuple(inner))


def speech_frames(samples: Samples) -> Frames:
    """Return which 10 ms frames hold speech: louder than the room, for long enough."""
    rows = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.einsum("ij,ij->i", rows, rows) / FRAME
    if not power.any():
        return np.zeros(len(power), np.bool_)
    levels = np.array([decibels(float(np.sqrt(one)), -120.0) for one in power])
    loud = float(np.sort(levels)[-max(10, len(levels) // 50) :].mean())
    noise = float(np.quantile(levels, NOISE_SHARE))
    deepest, highest = (loud - below for below in BELOW_SPEECH_DB)
    heard = levels > min(max(noise + ABOVE_NOISE_DB, deepest), highest)
    return without_short_runs(~without_short_runs(~heard, 2), SHORTEST_SPEECH_FRAMES)


def without_short_runs(flags: Frames, shortest: int) -> Frames:
    """Return ``flags`` with every run of True that is shorter than ``shortest`` set to False."""
    out = flags.copy()
    for start, end in runs(flags):
        if end - start < shortest:
            out[start:end] = False
    return out


def runs(flags: Frames) -> list[tuple[int, int]]:
    """Return the (start, end) of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


# ---------------------------------------------------------------- which sentence is where


def sentence_spans(speech: Frames, syllables: Sequence[int]) -> list[tuple[int, int]]:
    """Return the (start, end) of each item in frames; ``speech`` is True from the first to the last.

    An item without syllables takes no time, at the start of the next one.
    """
    sizes = [count for count in syllables if count]
    boundaries = chosen_pauses(speech, sizes)
    starts = [0, *(end for _, end in boundaries)]
    ends = [*(start for start, _ in boundaries), len(speech)]
    said = iter(zip(starts, ends, strict=True))
    spans: list[tuple[int, int] | None] = [next(said) if count else None for count in syllables]
    following = len(speech)
    for at in reversed(range(len(spans))):
        span = spans[at] or (following, following)
        spans[at], following = span, span[0]
    return [span for span in spans if span is not None]


def chosen_pauses(speech: Frames, sizes: Sequence[int]) -> list[Pause]:
    """Return the pause after each sentence but the last, by dynamic programming over sentence and pause.

    For every sentence a choice costs how far its speech is from its share of the whole, minus the length
    of its pause. If a speaker ran two sentences together there is no pause to choose: the end of the
    sentence's share itself is then taken, at a price.
    """
    spoken = np.concatenate(([0], np.cumsum(speech)))
    expected = np.array(sizes) / sum(sizes) * float(spoken[-1])
    candidates = candidate_pauses(speech, np.cumsum(expected)[:-1])

    def price(begin: int, pause: Pause, sentence: int) -> float:
        said = float(spoken[pause[0]] - spoken[begin])
        if said <= 0:
            return np.inf
        missed = float(np.log(said / expected[sentence]) ** 2 * expected[sentence])
        gained = PAUSE_WORTH * (pause[1] - pause[0]) if pause[1] > pause[0] else -NO_PAUSE_PRICE
        return missed - gained

    best: dict[int, tuple[float, list[Pause]]] = {0: (0.0, [])}  # where a sentence may begin -> the way there
    for sentence in range(len(sizes) - 1):
        reached: dict[int, tuple[float, list[Pause]]] = {}
        for begin, (so_far, path) in best.items():
            for pause in candidates:
                total = so_far + price(begin, pause, sentence) if pause[0] > begin else np.inf
                if total < reached.get(pause[1], (np.inf, []))[0]:
                    reached[pause[1]] = (total, [*path, pause])
        best = reached
    end = (len(speech), len(speech))
    return min((cost + price(begin, end, len(sizes) - 1), path) for begin, (cost, path) in best.items())[1]


def candidate_pauses(speech: Frames, shares: "npt.NDArray[np.float64]") -> list[Pause]:
    """Return where a sentence may end: at a pause, or where its share of the speech ends."""
    spoken = np.cumsum(speech)
    pauses = [run for run in runs(~speech) if run[1] - run[0] >= SHORTEST_PAUSE_FRAMES]
    places = {int(np.searchsorted(spoken, share)) + 1 for share in shares}
    return sorted({*pauses, *((place, place) for place in places)})
