"""What a service on the network sent for one sentence, as it was sent.

Its recipe holds text, voice, service and settings and no code of ours: whatever is changed in the program,
no service is asked again for what it sent once. What becomes of it is the matter of ``clip.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..engines import SERVICES
from ..model import Voice
from ..store.clips_of_version_0_1 import levelled_clip
from .step import Kind, MakeContext, NoInputs, Output


@dataclass(frozen=True, slots=True)
class ServiceSpeechSettings:
    """What a service is asked for: the clauses of a sentence, one request each, in a voice of its own;
    ``request`` is all else that it is told (``Service.request``)."""

    service: str
    clauses: tuple[str, ...]
    voice: Voice
    request: Mapping[str, str | int | bool]


def make(settings: ServiceSpeechSettings, inputs: NoInputs, context: MakeContext) -> Output:
    """Return the replies in the order of the clauses.

    The levelled clip that version 0.1 made of such a reply is taken in its place (``levelled``): it kept
    nothing else, and asking again would be impolite.
    """
    clip = levelled_clip(context.store, settings.service, settings.clauses, settings.voice)
    if clip is not None:
        return Output({"pcm": clip}, {"levelled": True})
    replies = SERVICES[settings.service].fetch(settings.clauses, settings.voice, context.pacing)
    return Output({f"reply-{number:02d}": reply for number, reply in enumerate(replies, 1)})


SERVICE_SPEECH: Final[Kind[ServiceSpeechSettings, NoInputs, NoInputs]] = Kind(
    "service_speech", ServiceSpeechSettings, make, is_slow=True, is_online=True, is_sound=True
)
