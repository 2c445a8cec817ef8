"""The embedded voice: espeak-ng from the ``espeakng-loader`` wheel, offline, the same bytes every time.

The three default speakers were chosen by measuring the 13 numbered variants of the wheel on a
sentence of the series and on ma má mà mả mã mạ: they should be far apart in pitch and timbre, and
keep the six tones apart. Median F0 by autocorrelation, smallest and median distance between the
F0 contours of two tones (RMS over 20 points, plus 6 semitones per second of length), energy in 1-4 kHz:

=============  ==============================  ======  ====================  =======
role           voice                           F0      tones apart           1-4 kHz
=============  ==============================  ======  ====================  =======
announcer      vi+f1, pitch 40: calm woman     126 Hz  1.2 and 2.7 semitones 11 %
it             vi+m3, pitch 50: man             83 Hz  1.3 and 2.5 semitones 14 %
digital        vi+f3, pitch 60: young woman    168 Hz  1.3 and 2.9 semitones  8 %
=============  ==============================  ======  ====================  =======

Plain ``vi`` (107 Hz, 1.9 and 3.6 semitones) is clear too but dull: only 4 % of its energy is in 1-4 kHz,
where a horn is loudest. ``vi-vn-x-south`` has the southern, compressed tones. ``vi-vn-x-central`` is
used only with a warning: its sắc and hỏi come out 0.35 semitones apart.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, Literal

from truyenthanh.errors import EngineError
from truyenthanh.installed import installed_version
from truyenthanh.model import USUAL_PACING, Pacing, Voice

from .sound import Sound, VoiceCard

name: Final = "espeak"
online: Final = False
clause_limit: Final = None

TONELESS_LANGUAGE: Final = "vi-vn-x-central"
REGIONS: Final[dict[str, Literal["north", "central", "south"]]] = {
    "vi": "north",
    "vi-vn-x-south": "south",
    TONELESS_LANGUAGE: "central",
}
GOOD_LANGUAGES: Final = tuple(language for language in REGIONS if language != TONELESS_LANGUAGE)
LICENCE: Final = "GPL-3.0-or-later"

# In words (Vietnamese: syllables) per minute. 150 gives 3.9 syllables per second including the pauses
# of a sentence, 120 gives 3.1, 200 gives 5.2: outside these a tone is too short or drags.
RATES: Final = range(120, 201)
DEFAULT_RATE: Final = 150
PITCHES: Final = range(100)
DEFAULT_PITCH: Final = 50

# espeak's default of 50 is the least that preserves the tones; 70 puts them a third further apart.
PITCH_RANGE: Final = 70
# From 60 on espeak's own limiter acts on the loudest syllables. Clips are levelled afterwards.
AMPLITUDE: Final = 50

ANNOUNCER: Final = Voice("vi+f1", rate=DEFAULT_RATE, pitch=40)
SPEAKERS: Final = {
    "announcer": ANNOUNCER,
    "it": Voice("vi+m3", rate=DEFAULT_RATE, pitch=50),
    "digital": Voice("vi+f3", rate=DEFAULT_RATE, pitch=60),
}


def default_voice(role: str) -> Voice:
    """Return the speaker of ``role``; the announcer's for roles that a station added."""
    return SPEAKERS.get(role, ANNOUNCER)


def recipe(voice: Voice) -> dict[str, str | int | bool]:
    """Return what decides the bytes besides the words. The wheel's version fixes library and data."""
    rate, pitch = _settings(voice)
    return {
        "engine": name,
        "espeakng-loader": installed_version("espeakng-loader"),
        "voice": voice.name,
        "rate": rate,
        "pitch": pitch,
        "pitch_range": PITCH_RANGE,
        "amplitude": AMPLITUDE,
    }


def check(voice: Voice) -> None:
    """Raise ``EngineError`` for a voice the wheel does not have, or a rate or pitch out of range."""
    language, plus, variant = voice.name.partition("+")
    if language not in REGIONS or (plus and variant not in variants()):
        known = ", ".join([*GOOD_LANGUAGES, *(f"{GOOD_LANGUAGES[0]}+{each}" for each in variants())])
        raise EngineError("engines.unknown_voice", engine=name, voice=voice.name, known=known)
    if voice.slow:
        raise EngineError("engines.slow_by_rate", voice=voice.name, least=RATES[0])
    rate, pitch = _settings(voice)
    for key, value, allowed in (("rate", rate, RATES), ("pitch", pitch, PITCHES)):
        if value not in allowed:
            raise EngineError(
                "engines.out_of_range",
                engine=name,
                voice=voice.name,
                setting=key,
                value=value,
                least=allowed[0],
                most=allowed[-1],
            )


def caution(voice: Voice) -> str | None:
    """Return the warning that the central voice's tones merge; None for the others."""
    return "engines.toneless_voice" if voice.name.startswith(TONELESS_LANGUAGE) else None


def voices() -> tuple[VoiceCard, ...]:
    """Return the regional voices, and the speakers of the northern one."""
    plain = [(language, region) for language, region in REGIONS.items()]
    speakers = [(f"vi+{variant}", REGIONS["vi"]) for variant in variants()]
    return tuple(VoiceCard(each, "installed", region, LICENCE, 0) for each, region in [*plain, *speakers])


def speak(clauses: tuple[str, ...], voice: Voice, pacing: Pacing = USUAL_PACING) -> Sound:
    """Return the clauses spoken as one text at 22 050 Hz. The same text and voice give the same samples.

    Raises ``EngineError`` if the library cannot be used or finds nothing to say.
    """
    from .espeak_library import Settings, synthesise

    check(voice)
    text = unicodedata.normalize("NFC", " ".join(clauses))
    rate, pitch = _settings(voice)
    sound = synthesise(text, Settings(voice.name, rate, AMPLITUDE, pitch, PITCH_RANGE))
    if not sound.samples.any():
        raise EngineError("engines.nothing_said", engine=name, sentence=text)
    return sound


@cache
def variants() -> tuple[str, ...]:
    """Return the speakers the wheel has besides the plain voice: f1 … f5, m1 … m8.

    Its other variants are sound effects and characters; some whisper, some use the C library's random
    numbers.
    """
    import espeakng_loader

    folder = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    return tuple(sorted(each.name for each in folder.iterdir() if re.fullmatch(r"[fm]\d+", each.name)))


def _settings(voice: Voice) -> tuple[int, int]:
    """Return rate and pitch, with defaults for what the voice leaves open."""
    rate = DEFAULT_RATE if voice.rate is None else voice.rate
    return rate, DEFAULT_PITCH if voice.pitch is None else voice.pitch
