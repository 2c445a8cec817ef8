"""What an engine gives back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """One channel of float32 ``samples`` (full scale ±1), ``rate_hz`` of them a second."""

    samples: "NDArray[np.float32]"
    rate_hz: int
