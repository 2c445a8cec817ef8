"""The online voice: Google Translate's, through the gTTS client. The user's choice, never the default.

The address determines the voice: a voice's name is the end of the host's name (``com.vn``). The service
offers no pitch, and only two paces, usual and slow. Its sound may change whenever Google changes it, so
the same words need not give the same bytes; what is in the store is not asked for again.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

from truyenthanh.errors import EngineError
from truyenthanh.installed import installed_version
from truyenthanh.model import USUAL_PACING, Pacing, Voice

from .sound import Sound, VoiceCard

name: Final = "gtts"
online: Final = True
clause_limit: Final = 100  # gTTS's GOOGLE_TTS_MAX_CHARS: beyond it the client splits and loses commas

LICENCE: Final = "Google Terms of Service"
DEFAULT_HOST: Final = "com.vn"
# Google's own domains (gTTS: "accents", which lists some that do not exist) for our region and for large
# countries: if one is blocked, another may not be. The name becomes part of a host's name, so no other
# is accepted.
HOSTS: Final = (
    *(DEFAULT_HOST, "com", "com.hk", "com.kh", "com.mm", "com.my", "com.ph", "com.sg", "com.tw"),
    *("co.id", "co.in", "co.jp", "co.kr", "co.th", "la", "com.au", "co.nz", "ca", "co.uk", "ie"),
    *("de", "es", "fr", "it", "nl", "pl", "pt", "com.br", "com.mx", "co.za"),
)
GAP_MS: Final = 60  # between two clauses; each reply has some silence of its own


def default_voice(_role: str, /) -> Voice:
    """Return the one Vietnamese voice of the service, whatever the role."""
    return Voice(DEFAULT_HOST)


def recipe(voice: Voice) -> dict[str, str | int | bool]:
    """Return what decides the bytes besides the words, as far as we can know it."""
    return {
        "engine": name,
        "gTTS": installed_version("gTTS"),
        "soundfile": installed_version("soundfile"),
        "voice": voice.name,
        "language": "vi",
        "slow": voice.slow,
        "gap_ms": GAP_MS,
    }


def check(voice: Voice) -> None:
    """Raise ``EngineError`` for an unknown address, or if a rate or pitch is given."""
    if voice.name not in HOSTS:
        raise EngineError("engines.unknown_voice", engine=name, voice=voice.name, known=", ".join(HOSTS))
    if voice.rate is not None or voice.pitch is not None:
        raise EngineError("engines.gtts_fixed_voice", voice=voice.name)


def caution(_voice: Voice, /) -> str | None:
    """Return None: the service has one Vietnamese voice, and it is clear."""
    return None


def voices() -> tuple[VoiceCard, ...]:
    """Return the one voice under the hosts that offer it."""
    return tuple(VoiceCard(host, "online", "north", LICENCE, 0) for host in HOSTS)


def request(_voice: Voice, /) -> dict[str, str | int | bool]:
    """Return what the service is sent besides the words and the voice."""
    return {"language": "vi"}


def fetch(clauses: tuple[str, ...], voice: Voice, pacing: Pacing = USUAL_PACING) -> list[bytes]:
    """Return the MP3 of each clause, requested one by one; each decodes and is as long as its words need.

    Raises ``EngineError`` with the clause, what the service said and what to do; ``CancelledError``
    if its thread should stop (``stopping.py``).
    """
    from .google_client import fetch_clause

    check(voice)
    if not clauses:
        raise EngineError("engines.nothing_said", engine=name, sentence="")
    return [fetch_clause(clause, voice, pacing) for clause in _composed(clauses)]


def decode(replies: Sequence[bytes], clauses: tuple[str, ...], voice: Voice) -> Sound:
    """Return the replies for the clauses as one sound, at the service's rate (24 kHz).

    Raises ``EngineError`` if a reply is not the sound of its clause.
    """
    import numpy as np

    from .google_reply import decode_reply

    pairs = zip(replies, _composed(clauses), strict=True)
    sounds = [decode_reply(reply, clause, is_slow=voice.slow) for reply, clause in pairs]
    rate_hz = sounds[0].rate_hz
    if any(sound.rate_hz != rate_hz for sound in sounds):
        raise EngineError("engines.gtts_cut", clause=clauses[0])
    gap = np.zeros(rate_hz * GAP_MS // 1000, np.float32)
    pieces = [piece for sound in sounds for piece in (gap, sound.samples)]
    return Sound(np.concatenate(pieces[1:]), rate_hz)


def speak(clauses: tuple[str, ...], voice: Voice, pacing: Pacing = USUAL_PACING) -> Sound:
    """Return the clauses fetched and joined (see ``fetch`` and ``decode``)."""
    return decode(fetch(clauses, voice, pacing), clauses, voice)


def _composed(clauses: tuple[str, ...]) -> list[str]:
    return [unicodedata.normalize("NFC", clause) for clause in clauses]
