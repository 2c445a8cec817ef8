"""What a service on the network sent for one sentence, unchanged.

Its recipe holds text, voice, service and settings and none of our code: whatever changes in the program,
no service is asked twice for the same thing. ``clip.py`` turns the reply into a clip.
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
    """What a service is asked for: the clauses of a sentence, one request each, in one of its voices;
    ``request`` is everything else it is sent (``Service.request``)."""

    service: str
    clauses: tuple[str, ...]
    voice: Voice
    request: Mapping[str, str | int | bool]


def make(settings: ServiceSpeechSettings, inputs: NoInputs, context: MakeContext) -> Output:
    """Return the replies in the order of the clauses.

    If version 0.1 left a levelled clip made from such a reply, that is used instead (``levelled``): 0.1 kept
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
