"""The neural voices, through the real runtime, with a tiny model of ours (tiny_voice.py)."""

import hashlib
import json
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import piper.phonemize_espeak
import pytest
from tiny_voice import NAME, RATE_HZ, config_bytes, install_tiny, model_bytes, user_of

from truyenthanh.engines import piper as engine
from truyenthanh.engines import piper_runtime, piper_voices
from truyenthanh.errors import EngineError
from truyenthanh.model import Voice

SENTENCE = "Công nghệ thông tin là công cụ, còn chuyển đổi số là thay đổi cách làm việc."
ANOTHER = "Điểm thứ năm."
VOICE = Voice(NAME)


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an installed voice, in a user's folder of the test's own."""
    for name, value in user_of(tmp_path / "data").items():
        monkeypatch.setenv(name, value)
    install_tiny(tmp_path / "collection")
    piper_runtime.load.cache_clear()
    yield tmp_path / "data/truyenthanh/voices" / NAME
    piper_runtime.load.cache_clear()


def digest(text: str, voice: Voice = VOICE) -> str:
    return hashlib.sha256(engine.speak((text,), voice).samples.tobytes()).hexdigest()


def seconds(text: str, voice: Voice = VOICE) -> float:
    return len(engine.speak((text,), voice).samples) / RATE_HZ


def refusal(call: Any, *arguments: Any) -> EngineError:
    with pytest.raises(EngineError) as caught:
        call(*arguments)
    assert str(caught.value)
    return caught.value


def fresh_process(program: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    head = (
        "from truyenthanh.engines import piper\nfrom truyenthanh.errors import EngineError\n"
        f"from truyenthanh.model import Voice\nvoice = Voice({NAME!r})\n"
    )
    return subprocess.run(
        [sys.executable, "-c", head + program],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# ---------------------------------------------------------------- the same bytes


def test_it_speaks() -> None:
    spoken = engine.speak((SENTENCE,), VOICE)
    assert (spoken.rate_hz, spoken.samples.ndim) == (RATE_HZ, 1)
    assert spoken.samples.dtype == np.float32
    assert 3 < len(spoken.samples) / RATE_HZ < 8
    assert float(np.abs(spoken.samples).max()) == pytest.approx(0.3, abs=0.01)  # not levelled by piper


def test_a_sentence_is_the_same_whatever_was_said_before() -> None:
    alone, other = digest(SENTENCE), digest(ANOTHER)
    assert alone != other
    assert (digest(SENTENCE), digest(ANOTHER)) == (alone, other)


def test_a_fresh_process_says_the_same() -> None:
    program = f"import hashlib; said = piper.speak(({SENTENCE!r},), voice).samples\n"
    run = fresh_process(program + "print(hashlib.sha256(said.tobytes()).hexdigest())")
    assert run.stdout.strip() == digest(SENTENCE), run.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_worker_processes_say_the_same_side_by_side(jobs: int) -> None:
    texts = [SENTENCE, ANOTHER] * 4
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(digest, texts)) == [digest(SENTENCE), digest(ANOTHER)] * 4


def test_one_process_uses_one_thread_and_loads_the_voice_once() -> None:
    voice = piper_runtime.load(piper_voices.installed_voice(NAME))
    options = voice.session.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    engine.speak((SENTENCE,), VOICE)
    engine.speak((ANOTHER,), Voice(NAME, rate=120))
    assert piper_runtime.load.cache_info().misses == 1


def test_two_clauses_are_one_text() -> None:
    first, rest = SENTENCE.split(", ")
    both = engine.speak((f"{first},", rest), VOICE).samples
    np.testing.assert_array_equal(both, engine.speak((SENTENCE,), VOICE).samples)


# ---------------------------------------------------------------- pace


def test_rate_is_per_cent_of_the_voices_own_pace() -> None:
    usual = seconds(SENTENCE)
    assert seconds(SENTENCE, Voice(NAME, rate=100)) == usual
    assert seconds(SENTENCE, Voice(NAME, rate=200)) == pytest.approx(usual / 2, rel=0.01)
    assert seconds(SENTENCE, Voice(NAME, rate=50)) == pytest.approx(usual * 2, rel=0.01)


def test_a_voice_with_a_pace_of_its_own_keeps_it(tmp_path: Path) -> None:
    usual = seconds(SENTENCE)
    inference = {"noise_scale": 0.667, "length_scale": 1.5, "noise_w": 0.8}
    install_tiny(tmp_path / "slower", config=config_bytes(inference=inference))
    assert seconds(SENTENCE) == pytest.approx(usual * 1.5, rel=0.01)
    assert seconds(SENTENCE, Voice(NAME, rate=150)) == pytest.approx(usual, rel=0.01)


@pytest.mark.parametrize("rate", [0, 49, 201])
def test_a_pace_out_of_range_is_refused(rate: int) -> None:
    error = refusal(engine.check, Voice(NAME, rate=rate))
    assert error.key == "engines.out_of_range"
    assert f"rate {rate}" in str(error)


@pytest.mark.parametrize("voice", [Voice(NAME, pitch=50), Voice(NAME, slow=True)])
def test_pitch_and_slow_are_refused(voice: Voice) -> None:
    assert refusal(engine.check, voice).key == "engines.piper_only_rate"


# ---------------------------------------------------------------- text


def test_text_from_a_mac_sounds_the_same() -> None:
    assert digest(unicodedata.normalize("NFD", SENTENCE)) == digest(SENTENCE)


@pytest.mark.parametrize("text", ["[[Công nghệ]] số", "Công [[nghệ]] số", "Công nghệ [[số", "[Công] nghệ số"])
def test_brackets_are_never_raw_phonemes(text: str) -> None:
    assert digest(text) == digest("Công nghệ số")


@pytest.mark.parametrize("char", ["\0", "\n", "\t", "\x1b"])
def test_a_control_character_is_a_space(char: str) -> None:
    assert digest(f"Công nghệ{char}số") == digest("Công nghệ số")


@pytest.mark.parametrize("text", ["Đài phát: “Chào bà con!”", "Thế nào? Tốt; rất tốt…", "(Mở) – đóng"])
def test_punctuation_is_spoken_through(text: str) -> None:
    assert seconds(text) > 0.5


def test_several_sentences_are_all_spoken() -> None:
    assert seconds(f"{ANOTHER} {SENTENCE}") == pytest.approx(seconds(ANOTHER) + seconds(SENTENCE), abs=0.2)


@pytest.mark.parametrize("text", ["", " ", "…", "— !", "?!", "[[]]"])
def test_where_nothing_is_said_it_says_so(text: str) -> None:
    assert refusal(engine.speak, (text,), VOICE).key == "engines.nothing_said"


def test_no_clauses_are_no_sentence() -> None:
    assert refusal(engine.speak, (), VOICE).key == "engines.nothing_said"


def test_five_thousand_characters_are_spoken_whole() -> None:
    text = "công nghệ số " * 385
    assert len(text) > 5000
    assert seconds(text) == pytest.approx(
        385 * (seconds("công nghệ số " * 2) - seconds("công nghệ số")), rel=0.03
    )


def test_a_sound_the_voice_has_not_learned_is_refused_not_left_out(tmp_path: Path) -> None:
    known = json.loads(config_bytes())["phoneme_id_map"]
    install_tiny(tmp_path / "partial", config=config_bytes(phoneme_id_map={**known} | {"ŋ": [9]}))
    del known["ŋ"]
    install_tiny(tmp_path / "poor", config=config_bytes(phoneme_id_map=known))
    error = refusal(engine.speak, ("Công nghệ số.",), VOICE)
    assert (error.key, error.facts["sounds"]) == ("engines.piper_unknown_sound", "ŋ")
    assert seconds("Bà ba.") > 0.2


# ---------------------------------------------------------------- what is not there


def test_the_missing_extra_is_named_with_its_command() -> None:
    program = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "for call in (lambda: piper.check(voice), lambda: piper.speak(('một',), voice)):\n"
        "    try: call()\n    except EngineError as error: print(error.key, error)\n"
    )
    run = fresh_process(program)
    lines = run.stdout.splitlines()
    assert len(lines) == 2, run.stderr
    for line in lines:
        assert line.startswith("engines.piper_missing")
        assert "make piper" in line
        assert 'pip install "truyenthanh[piper]"' in line


def test_a_runtime_that_does_not_load_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken/onnxruntime").mkdir(parents=True)
    (tmp_path / "broken/onnxruntime/__init__.py").write_text("raise ImportError('libgomp.so.1')")
    program = "try: piper.speak(('một',), voice)\nexcept EngineError as error: print(error.key, error)\n"
    run = fresh_process(program, PYTHONPATH=str(tmp_path / "broken"))
    assert run.stdout.startswith("engines.piper_missing"), run.stderr
    assert "libgomp" in run.stdout


def test_a_voice_that_is_not_installed_is_named_with_its_command() -> None:
    for call in (engine.check, engine.recipe):
        error = refusal(call, Voice("vi_VN-vivos-x_low"))
        assert error.key == "engines.piper_not_installed"
        assert "truyenthanh voices install vi_VN-vivos-x_low" in str(error)


@pytest.mark.parametrize("name", ["vi", "../x", f"../voices/{NAME}", "vi_VN-a-huge", ""])
def test_a_name_that_is_none_is_unknown(name: str) -> None:
    error = refusal(engine.check, Voice(name))
    assert error.key == "engines.unknown_voice"
    assert NAME in str(error)


def test_a_name_never_leads_out_of_the_folder() -> None:
    assert refusal(engine.recipe, Voice(f"../voices/{NAME}")).key == "engines.piper_not_installed"


def test_a_voice_of_another_language_is_refused(voices: Path) -> None:
    assert refusal(engine.check, Voice("en_US-lessac-medium")).key == "engines.piper_other_language"
    record = json.loads((voices / "record.json").read_text())
    (voices / "record.json").write_text(json.dumps({**record, "language": "en-us"}))
    error = refusal(engine.check, VOICE)
    assert (error.key, error.facts["language"]) == ("engines.piper_other_language", "en-us")


# ---------------------------------------------------------------- what is damaged


@pytest.mark.parametrize("file", [f"{NAME}.onnx", f"{NAME}.onnx.json"])
def test_a_damaged_file_is_refused_when_it_is_loaded(voices: Path, file: str) -> None:
    data = bytearray((voices / file).read_bytes())
    data[-5] ^= 1
    (voices / file).write_bytes(data)
    error = refusal(engine.speak, (SENTENCE,), VOICE)
    assert (error.key, error.facts["file"]) == ("engines.piper_damaged", file)
    assert f"truyenthanh voices install {NAME}" in str(error)


@pytest.mark.parametrize("file", [f"{NAME}.onnx", f"{NAME}.onnx.json"])
@pytest.mark.parametrize("how", ["cut", "gone"])
def test_a_cut_or_missing_file_is_seen_by_the_plan(voices: Path, file: str, how: str) -> None:
    if how == "gone":
        (voices / file).unlink()
    else:
        (voices / file).write_bytes((voices / file).read_bytes()[:-1])
    assert refusal(engine.check, VOICE).key == "engines.piper_damaged"


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"model": {"sha256": "x", "bytes": 1}}', "[" * 50_000])
def test_a_damaged_record_is_refused_and_listed_nowhere(voices: Path, record: str) -> None:
    (voices / "record.json").write_text(record)
    assert refusal(engine.check, VOICE).key == "engines.piper_damaged"
    assert all(card.state == "available" for card in engine.voices())


def test_what_is_no_model_is_said_to_be_none(tmp_path: Path) -> None:
    install_tiny(tmp_path / "junk", model=b"no model at all")
    assert refusal(engine.speak, (SENTENCE,), VOICE).key == "engines.piper_broken"


def test_a_model_that_gives_no_numbers_is_refused(tmp_path: Path) -> None:
    install_tiny(tmp_path / "nan", model=model_bytes(float("nan")))
    assert refusal(engine.speak, (SENTENCE,), VOICE).key == "engines.piper_broken"


def test_a_model_that_is_silent_says_nothing(tmp_path: Path) -> None:
    install_tiny(tmp_path / "silent", model=model_bytes(0.0))
    assert refusal(engine.speak, (SENTENCE,), VOICE).key == "engines.nothing_said"


def test_missing_phoneme_data_do_not_end_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_runtime, "ESPEAK_DATA_DIR", tmp_path)
    assert refusal(engine.speak, (SENTENCE,), VOICE).key == "engines.piper_data"


def test_phoneme_data_under_a_long_path_are_found(tmp_path: Path) -> None:
    """The library of the other engine takes 159 bytes; this one must take what a deep folder needs."""
    deep = tmp_path / ("d" * 200) / ("e" * 200)
    deep.mkdir(parents=True)
    (deep / "espeak-ng-data").symlink_to(piper.phonemize_espeak.ESPEAK_DATA_DIR)
    program = (
        "import hashlib, pathlib, piper as p, piper.voice, piper.phonemize_espeak as e\n"
        f"deep = pathlib.Path({str(deep / 'espeak-ng-data')!r})\n"
        "e.EspeakPhonemizer.__init__.__defaults__ = (deep,)\np.PiperVoice.espeak_data_dir = deep\n"
        "from truyenthanh.engines import piper\n"
        f"print(hashlib.sha256(piper.speak(({SENTENCE!r},), voice).samples.tobytes()).hexdigest())"
    )
    assert fresh_process(program).stdout.strip() == digest(SENTENCE)


# ---------------------------------------------------------------- the recipe


def test_the_recipe_names_model_config_and_versions(tmp_path: Path, voices: Path) -> None:
    before = engine.recipe(VOICE)
    assert before["model"] == hashlib.sha256((voices / f"{NAME}.onnx").read_bytes()).hexdigest()
    assert before["config"] == hashlib.sha256((voices / f"{NAME}.onnx.json").read_bytes()).hexdigest()
    assert {"piper-tts", "onnxruntime"} <= set(before)
    assert engine.recipe(Voice(NAME, rate=100)) == before
    assert engine.recipe(Voice(NAME, rate=101)) != before
    install_tiny(tmp_path / "newer", model=model_bytes(0.2))
    assert engine.recipe(VOICE)["model"] != before["model"]


def test_planning_does_not_read_the_model(voices: Path) -> None:
    model = voices / f"{NAME}.onnx"
    model.write_bytes(bytes(model.stat().st_size))
    began_s = time.monotonic()
    for _ in range(300):
        engine.check(VOICE)
        engine.recipe(VOICE)
    assert time.monotonic() - began_s < 1


# ---------------------------------------------------------------- cards and licences


def test_cards_tell_the_installed_voices_from_those_to_be_had() -> None:
    cards = {card.name: card for card in engine.voices()}
    assert {name: card.state for name, card in cards.items()} == {
        NAME: "installed",
        "vi_VN-25hours_single-low": "available",
        "vi_VN-vivos-x_low": "available",
    }
    assert cards[NAME].bytes == len(model_bytes()) + len(config_bytes())
    assert cards[NAME].licence == "CC0 (a test); CC BY 4.0"
    assert all(card.bytes > 1 << 20 for card in cards.values() if card.state == "available")


@pytest.mark.parametrize(
    ("licence", "key"),
    [
        ("CC BY 4.0", None),
        ("CC-BY-4.0; see URL", None),
        ("MIT", None),
        ("CC BY-NC-SA", "engines.piper_noncommercial"),
        ("CC-BY-NC-ND 4.0", "engines.piper_noncommercial"),
        ("Free for non-commercial use", "engines.piper_noncommercial"),
        ("", "engines.piper_no_licence"),
        ("See URL", "engines.piper_no_licence"),
        ("Unknown", "engines.piper_no_licence"),
    ],
)
def test_a_licence_that_limits_is_cautioned_about(licence: str, key: str | None) -> None:
    assert piper_voices.licence_caution(licence) == key


def test_cautions_of_voices_before_they_are_installed() -> None:
    keys = {name: engine.caution(Voice(name)) for name in (*piper_voices.KNOWN, "không có")}
    assert list(keys.values()) == [
        None,
        "engines.piper_no_licence",
        "engines.piper_noncommercial",
        "engines.piper_no_licence",
    ]


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("* License: CC BY 4.0\n", "CC BY 4.0"),
        ("## License: MIT (see file)\n* LICENCE: MIT (see file)", "MIT (see file)"),
        ("**Licence:** Apache 2.0", "Apache 2.0"),
        ("nothing of the kind", ""),
        ("* License:\n* URL: https://x.example.org", ""),
    ],
)
def test_a_licence_is_read_from_the_model_card(card: str, licence: str) -> None:
    assert piper_voices.licence_in_card("vi_VN-other-low", card) == licence


def test_a_card_that_names_no_licence_does_not_hide_what_is_known() -> None:
    assert piper_voices.licence_in_card("vi_VN-vivos-x_low", "License: see URL") == "see URL; CC BY-NC-SA"
    assert piper_voices.licence_in_card(NAME, "License: CC BY 4.0 (link)") == "CC BY 4.0 (link)"
