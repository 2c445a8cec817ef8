"""Speech for the horns of a commune: as intelligible as possible above noise, at the same power.

The chain is SSDRC: T.-C. Zorilă, V. Kandia, Y. Stylianou, "Speech-in-noise intelligibility improvement
based on spectral shaping and dynamic range compression", Interspeech 2012. Spectral shaping (shaping.py)
moves a voice's energy to where ears and horns are sensitive; dynamic range compression (compression.py)
moves it from the loud sounds to the soft ones. Then comes the band of the horn. The peaks that are left are
cut to 12 dB above the mean by the master (clipping.py), which knows the level.

The paper works on whole utterances at 16 kHz and takes its references (the maximum voicing, the maximum
envelope) from a whole utterance; here a reference is the level of clips or is found within two seconds, so
that a programme of any length is processed block by block, and a sentence sounds the same wherever it is.

The paper itself was not at hand when this was written: equation numbers and parameters here and in the
modules below are given from memory, and the points of the curves are our own.
"""

from collections.abc import Callable
from functools import cache
from math import lcm
from typing import Final

import numpy as np
import numpy.typing as npt

from . import SAMPLE_RATE_HZ
from .compression import CONTEXT_SAMPLES as COMPRESSION_CONTEXT
from .compression import SLOT_SAMPLES, compressed
from .filtering import Samples, filtered
from .shaping import CONTEXT_SAMPLES as SHAPING_CONTEXT
from .shaping import HOP_SAMPLES, shaped

# 6 dB down here, 25 dB down at 218 Hz: lower frequencies only strain a horn. A steeper edge makes tones
# hard to recognize, as harmonics that glide through it appear and vanish abruptly
LOW_HZ: Final = 300
HIGH_HZ: Final = 6000
BAND_TAPS: Final = 701
KAISER_BETA: Final = 6.0

GRID_SAMPLES: Final = lcm(HOP_SAMPLES, SLOT_SAMPLES)  # frames and slots always begin at multiples of it
BLOCK_SAMPLES: Final = 1250 * GRID_SAMPLES  # 40 s: about 100 MB of memory, whatever the programme's length
# A sample depends on 2.8 s to either side
CONTEXT_SAMPLES: Final = (
    -(-(SHAPING_CONTEXT + COMPRESSION_CONTEXT + BAND_TAPS) // GRID_SAMPLES) * GRID_SAMPLES
)


def for_horns(samples: Samples) -> Samples:
    """Return ``samples`` processed for horns, in place on the timeline; the master sets the level."""
    return in_blocks(samples, lambda piece: compressed(filtered(shaped(piece), band())))


def in_blocks(samples: Samples, process: Callable[[Samples], Samples], block: int = BLOCK_SAMPLES) -> Samples:
    """Return ``samples`` processed ``block`` at a time, each block with its context: where blocks end
    does not affect the result, within the precision of float32."""
    out = np.empty_like(samples)
    for start in range(0, len(samples), block):
        first = max(start - CONTEXT_SAMPLES, 0)
        piece = process(samples[first : start + block + CONTEXT_SAMPLES])
        out[start : start + block] = piece[start - first : start - first + block]
    return out


@cache
def band() -> npt.NDArray[np.float64]:
    """Return the taps of a linear-phase band-pass."""
    place = np.arange(BAND_TAPS) - BAND_TAPS // 2
    high, low = (2 * edge / SAMPLE_RATE_HZ for edge in (HIGH_HZ, LOW_HZ))
    taps = high * np.sinc(high * place) - low * np.sinc(low * place)
    return np.asarray(taps * np.kaiser(BAND_TAPS, KAISER_BETA))
