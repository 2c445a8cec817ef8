"""What holds for every engine, and what importing them costs."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_voice import NAME, install_tiny, user_of

from truyenthanh.engines import ENGINES, Engine
from truyenthanh.errors import EngineError
from truyenthanh.model import Voice

ROLES = ("announcer", "it", "digital", "khách mời")
OTHER_NAME = "vi_VN-other-low"
every_engine = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES.keys())


@pytest.fixture(autouse=True)
def _tiny_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two voices for piper, in a user's folder of the test's own."""
    for name, value in user_of(tmp_path / "data").items():
        monkeypatch.setenv(name, value)
    for name in (NAME, OTHER_NAME):
        install_tiny(tmp_path / name, name)


def test_engines_stand_under_their_names() -> None:
    assert {key: engine.name for key, engine in ENGINES.items()} == {name: name for name in ENGINES}
    assert {key: (engine.online, engine.clause_limit) for key, engine in ENGINES.items()} == {
        "espeak": (False, None),
        "gtts": (True, 100),
        "piper": (False, None),
    }


@every_engine
def test_every_role_has_a_voice_that_passes(engine: Engine) -> None:
    for role in ROLES:
        engine.check(engine.default_voice(role))


@every_engine
def test_a_recipe_is_plain_whole_and_names_no_place(engine: Engine) -> None:
    for role in ROLES:
        recipe = engine.recipe(engine.default_voice(role))
        assert json.loads(json.dumps(recipe)) == recipe
        assert recipe["engine"] == engine.name
        assert not any("/" in str(value) or "\\" in str(value) for value in recipe.values())


@every_engine
def test_another_voice_has_another_recipe(engine: Engine) -> None:
    names = {"espeak": ("vi", "vi+f1"), "gtts": ("com", "com.vn"), "piper": (NAME, OTHER_NAME)}[engine.name]
    assert engine.recipe(Voice(names[0])) != engine.recipe(Voice(names[1]))


def test_a_default_written_out_is_the_same_recipe() -> None:
    espeak = ENGINES["espeak"]
    assert espeak.recipe(Voice("vi")) == espeak.recipe(Voice("vi", rate=150, pitch=50))
    assert espeak.recipe(Voice("vi")) != espeak.recipe(Voice("vi", rate=151))
    assert espeak.recipe(Voice("vi")) != espeak.recipe(Voice("vi", pitch=51))


@every_engine
def test_an_unknown_voice_is_refused_and_the_refusal_crosses_processes(engine: Engine) -> None:
    with pytest.raises(EngineError, match="không có trong bộ đọc") as caught:
        engine.check(Voice("không có"))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_planning_loads_no_voice_and_no_network() -> None:
    program = (
        "import sys; from truyenthanh.engines import ENGINES\n"
        "for engine in ENGINES.values():\n"
        "    voice = engine.default_voice('it'); engine.check(voice); engine.recipe(voice)\n"
        "print(*sorted({'numpy', 'soundfile', 'gtts', 'requests', 'ctypes.wintypes', 'piper', 'onnxruntime',"
        " 'truyenthanh.engines.espeak_library', 'truyenthanh.engines.google_client',"
        " 'truyenthanh.engines.piper_runtime'} & set(sys.modules)))"
    )
    planned = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert planned.stdout.strip() == ""
