"""What speaks. Each engine is a module with the members of ``Engine``; ``ENGINES`` lists them.

Importing this package loads neither voices nor network libraries: an engine loads what it needs
when it first speaks, because the plan asks every engine for recipes at every start.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from truyenthanh.model import USUAL_PACING, Pacing, Voice

from . import espeak, google, piper
from .sound import Sound, VoiceCard

__all__ = ["ENGINES", "SERVICES", "Engine", "Service", "Sound", "VoiceCard"]


class Engine(Protocol):
    """Turns clauses into sound."""

    __name__: str  # of its module

    @property
    def name(self) -> str:
        """Name on the command line and in ``content/``."""

    @property
    def online(self) -> bool:
        """True: one utterance at a time, in a thread. False: in worker processes, on all cores."""

    @property
    def clause_limit(self) -> int | None:
        """Longest clause it takes, in characters of NFC text; None: whole sentences."""

    def default_voice(self, role: str, /) -> Voice:
        """Return the voice for ``role`` if a station names none."""

    def recipe(self, voice: Voice) -> dict[str, str | int | bool]:
        """Return everything that decides the bytes besides the words: versions, full settings; no paths."""

    def check(self, voice: Voice) -> None:
        """Raise ``EngineError`` for a voice, rate or pitch it does not have. Touches no network."""

    def caution(self, voice: Voice) -> str | None:
        """Return the key of a message about a voice that may be used but should not; None for a good one.

        The message is filled in with ``voice``, its name, and ``known``, the good ones.
        """

    def voices(self) -> tuple[VoiceCard, ...]:
        """Return the voices it has and could have. Touches no network."""

    def speak(self, clauses: tuple[str, ...], voice: Voice, pacing: Pacing = USUAL_PACING) -> Sound:
        """Return one sentence spoken. Raises ``EngineError``. ``pacing`` is for a service on the network."""


class Service(Engine, Protocol):
    """An engine that asks a service on the network; replies are stored apart from what is made from them."""

    def request(self, voice: Voice, /) -> dict[str, str | int | bool]:
        """Return what the service is sent besides words and voice: everything that may change its sound."""

    def fetch(self, clauses: tuple[str, ...], voice: Voice, pacing: Pacing = USUAL_PACING) -> Sequence[bytes]:
        """Return what the service sends for each clause, checked. Raises ``EngineError``."""

    def decode(self, replies: Sequence[bytes], clauses: tuple[str, ...], voice: Voice) -> Sound:
        """Return the replies as one sound. Raises ``EngineError``."""


SERVICES: Final[dict[str, Service]] = {"gtts": google}
ENGINES: Final[dict[str, Engine]] = {"espeak": espeak, **SERVICES, "piper": piper}
