"""The offline neural voices of Piper: they need an extra of the program, and an installed voice.

Planning loads neither the runtime nor a voice: a recipe names the voice's hashes, which were recorded
when it was installed (``piper_voices.py``). The files are checked against them when the voice is loaded.
"""

from importlib.util import find_spec
from typing import Final

from truyenthanh.errors import EngineError
from truyenthanh.installed import installed_version
from truyenthanh.model import USUAL_PACING, Pacing, Voice
from truyenthanh.system import reason_of

from . import piper_voices
from .sound import Sound, VoiceCard

name: Final = "piper"
online: Final = False
clause_limit: Final = None

# The only one of the three Vietnamese voices whose licence lets anybody broadcast it.
PREFERRED: Final = "vi_VN-vais1000-medium"

# In per cent of the voice's own pace, which is that of the person it was trained on.
RATES: Final = range(50, 201)
DEFAULT_RATE: Final = 100


def default_voice(_role: str, /) -> Voice:
    """Return the preferred voice, whatever the role: the others have licences of their own."""
    return Voice(PREFERRED)


def recipe(voice: Voice) -> dict[str, str | int | bool]:
    """Return what decides the bytes besides the words. The versions determine phonemes and arithmetic."""
    installed = piper_voices.installed_voice(voice.name)
    return {
        "engine": name,
        "piper-tts": installed_version("piper-tts"),
        "onnxruntime": installed_version("onnxruntime"),
        "voice": voice.name,
        "model": installed.model.sha256,
        "config": installed.config.sha256,
        "rate": _rate(voice),
    }


def check(voice: Voice) -> None:
    """Raise ``EngineError`` if the extra or the voice is missing, or for a setting it does not have."""
    check_extra()
    piper_voices.check_name(voice.name)
    piper_voices.installed_voice(voice.name)
    if voice.pitch is not None or voice.slow:
        facts = {"voice": voice.name, "least": RATES[0], "most": RATES[-1]}
        raise EngineError("engines.piper_only_rate", facts)
    if _rate(voice) not in RATES:
        raise EngineError(
            "engines.out_of_range",
            engine=name,
            voice=voice.name,
            setting="rate",
            value=_rate(voice),
            least=RATES[0],
            most=RATES[-1],
        )


def check_extra() -> None:
    """Raise ``EngineError`` unless the extra ``piper`` is installed. Loads nothing of it."""
    if any(find_spec(module) is None for module in ("piper", "onnxruntime")):
        raise EngineError("engines.piper_missing", reason="truyenthanh[piper]")


def caution(voice: Voice, /) -> str | None:
    """Return what to know about the voice's licence before it goes on air."""
    return piper_voices.licence_caution(piper_voices.licence_of(voice.name))


def voices() -> tuple[VoiceCard, ...]:
    """Return the voices that are installed, and the Vietnamese ones of the public collection."""
    return piper_voices.cards()


def speak(clauses: tuple[str, ...], voice: Voice, pacing: Pacing = USUAL_PACING) -> Sound:
    """Return the clauses spoken as one text. The same text and voice give the same samples in any process.

    Raises ``EngineError`` if the voice cannot be used or has nothing to say.
    """
    check(voice)
    try:
        from .piper_runtime import synthesise
    except ImportError as error:  # found but not loadable: half installed, or a missing system library
        raise EngineError("engines.piper_missing", reason=reason_of(error)) from error
    return synthesise(" ".join(clauses), piper_voices.installed_voice(voice.name), _rate(voice))


def _rate(voice: Voice) -> int:
    return DEFAULT_RATE if voice.rate is None else voice.rate
