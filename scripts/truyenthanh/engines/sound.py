"""What an engine returns, and what it says about its voices."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """One channel of float32 ``samples`` (full scale ±1), ``rate_hz`` per second."""

    samples: "NDArray[np.float32]"
    rate_hz: int


@dataclass(frozen=True, slots=True)
class VoiceCard:
    """A voice as ``truyenthanh voices`` lists it.

    ``state`` is ``installed`` (speaks offline), ``online`` (asks a service), or ``available`` (could be
    installed). ``region`` is that of its Vietnamese: ``north``, ``central``, ``south``, or ``""`` if
    unknown. ``bytes`` is its size on disk, 0 if it comes with the program.
    """

    name: str
    state: Literal["installed", "online", "available"]
    region: Literal["north", "central", "south", ""]
    licence: str
    bytes: int
