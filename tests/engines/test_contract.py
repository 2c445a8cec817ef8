"""What every engine owes the programme, each through its real client: the contract of ``Engine.speak``."""

import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from commands import built, published
from google_server import Google
from project import edit, write_project
from tiny_voice import NAME, install_tiny, user_of

from truyenthanh.engines import ENGINES, Engine, Sound
from truyenthanh.errors import EngineError
from truyenthanh.model import Pacing, Utterance, Voice
from truyenthanh.script.episodes import clauses_of

pytestmark = pytest.mark.slow(10)

SENTENCE = "Công nghệ thông tin là công cụ, còn chuyển đổi số là thay đổi cách làm việc."
AT_ONCE = Pacing(pause_s=0.0, attempts=2)
every_engine = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())


@pytest.fixture
def environment(google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """What a process needs to find the stand-in of Google and the tiny voice."""
    user = user_of(tmp_path / "data")
    for name, value in user.items():
        monkeypatch.setenv(name, value)
    install_tiny(tmp_path / NAME)
    return {**google.environment, **user}


def said(engine: Engine, text: str) -> Sound:
    utterance = Utterance(text, text, "announcer", 0, True)
    return engine.speak(
        clauses_of(utterance, engine.clause_limit), engine.default_voice("announcer"), AT_ONCE
    )


@every_engine
def test_the_same_text_is_the_same_sound(engine: Engine, environment: Mapping[str, str]) -> None:
    one, other, again = (said(engine, text) for text in (SENTENCE, "Một câu khác hẳn.", SENTENCE))
    assert one.rate_hz == again.rate_hz
    np.testing.assert_array_equal(one.samples, again.samples)
    assert len(other.samples) != len(one.samples)


@every_engine
def test_a_sound_is_one_channel_of_floats_within_full_scale(
    engine: Engine, environment: Mapping[str, str]
) -> None:
    sound = said(engine, SENTENCE)
    assert (str(sound.samples.dtype), sound.samples.ndim) == ("float32", 1)
    assert sound.rate_hz >= 16_000
    assert 0.01 < np.abs(sound.samples).max() <= 1.0
    assert 2 < len(sound.samples) / sound.rate_hz < 12


@every_engine
def test_decomposed_text_is_said_as_composed(engine: Engine, environment: Mapping[str, str]) -> None:
    apart = unicodedata.normalize("NFD", SENTENCE)
    assert apart != SENTENCE
    together = said(engine, SENTENCE).samples
    np.testing.assert_array_equal(said(engine, apart).samples, together)


@every_engine
@pytest.mark.parametrize("clauses", [(), ("…",), (" ",), (", . ;",), ("",)])
def test_silence_and_punctuation_are_refused_in_words(
    engine: Engine, environment: Mapping[str, str], google: Google, clauses: tuple[str, ...]
) -> None:
    with pytest.raises(EngineError) as caught:
        engine.speak(clauses, engine.default_voice("announcer"), AT_ONCE)
    assert "Hãy" in str(caught.value)
    assert google.asked == []


@every_engine
def test_five_thousand_characters_are_said_whole(engine: Engine, environment: Mapping[str, str]) -> None:
    once = said(engine, SENTENCE)
    many = 5000 // len(SENTENCE) + 1
    sound = said(engine, " ".join([SENTENCE] * many))
    assert len(sound.samples) / len(once.samples) == pytest.approx(many, rel=0.15)


@every_engine
def test_an_unknown_voice_is_refused_before_anything_is_said(
    engine: Engine, environment: Mapping[str, str], google: Google
) -> None:
    voice = Voice("vi_VN-khong_co-low" if engine.name == "piper" else "không có")
    for attempt in (engine.check, lambda voice: engine.speak((SENTENCE,), voice, AT_ONCE)):
        with pytest.raises(EngineError) as caught:
            attempt(voice)
        assert voice.name in str(caught.value)
    assert google.asked == []


@every_engine
def test_its_cards_name_voices_that_pass_or_say_how_to_get_them(
    engine: Engine, environment: Mapping[str, str]
) -> None:
    cards = engine.voices()
    assert len({card.name for card in cards}) == len(cards)
    assert engine.default_voice("announcer").name in {card.name for card in cards}
    for card in cards:
        if card.state == "available":
            with pytest.raises(EngineError, match="voices install"):
                engine.check(Voice(card.name))
        else:
            engine.check(Voice(card.name))


@every_engine
def test_a_build_that_is_interrupted_leaves_nothing_half_made(
    engine: Engine, environment: Mapping[str, str], tmp_path: Path
) -> None:
    root = write_project(tmp_path / "dự án")
    more = "".join(f"  - Bà con nghe câu {number}.\n" for number in range(25))
    edit(root, "content/series/thu/points/01.yaml", "digital:\n", f"{more}digital:\n")
    edit(root, "content/project.yaml", "engine: espeak", "engine: espeak\nonline: {pause_ms: 20}")
    edit(root, "content/stations/xa-mot.yaml", "[podcast, radio, loudspeaker]", "[podcast]")
    command = [sys.executable, "-m", "truyenthanh", "build", "--engine", engine.name]
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**environment, "PATH": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    records = root / ".cache/store/records"
    while process.poll() is None and len(list(records.glob("??/*.json"))) < 12:
        time.sleep(0.02)  # looking takes time too, which the build would like to have
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert not [path for path in root.rglob("*") if path.name.endswith(".part") or path.name == ".staging"]
    assert published(root) == {}
    built(root, "--engine", engine.name, environment=environment)
    undisturbed = write_project(tmp_path / "yên")
    for path in ("content/series/thu/points/01.yaml", "content/project.yaml", "content/stations/xa-mot.yaml"):
        (undisturbed / path).write_bytes((root / path).read_bytes())
    built(undisturbed, "--engine", engine.name, environment=environment)
    assert published(root) == published(undisturbed)
