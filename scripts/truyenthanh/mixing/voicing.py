"""How voiced a moment of speech is, from its level and its zero crossings."""

from typing import Final

import numpy as np

from .filtering import Samples, product
from .noise import sliding_maximum

LEAST_HZ: Final = 50.0
SILENT_POWER: Final = 1e-9


def voicing(power: Samples, hertz: Samples, reach: int) -> Samples:
    """Return the probability of voicing of every frame, 0 to 1 (Zorilă 2012, eq. 1: α · rms / z).

    ``power`` holds the power spectra of frames at the frequencies ``hertz``. Zero crossings are not
    counted: their rate follows from the spectrum's second moment (Rice's formula). α is one over the
    greatest value within ``reach`` frames, where the paper takes that of the utterance.
    """
    total = power.sum(axis=1) + np.float32(SILENT_POWER)
    crossings_hz = np.sqrt(product(power, (hertz**2)[:, None])[:, 0] / total)
    likely = np.sqrt(total) / np.maximum(crossings_hz, LEAST_HZ)
    return np.asarray(likely / sliding_maximum(likely, reach), np.float32)
