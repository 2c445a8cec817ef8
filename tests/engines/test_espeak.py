"""The embedded voice: always the same bytes, six tones, three speakers."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np
import pytest
from numpy.typing import NDArray
from tones import pitch_hz, tone_distances

from truyenthanh.engines import espeak, espeak_library
from truyenthanh.errors import EngineError
from truyenthanh.model import Voice

SENTENCE = "Công nghệ thông tin là công cụ, còn chuyển đổi số là thay đổi cách làm việc."
ANOTHER = "Điểm thứ năm."
NORTH = Voice("vi")
SPEAKERS = tuple(espeak.SPEAKERS.values())


def digest(text: str, voice: Voice = NORTH) -> str:
    return hashlib.sha256(espeak.speak((text,), voice).samples.tobytes()).hexdigest()


# ---------------------------------------------------------------- the same bytes


@pytest.mark.parametrize("voice", [NORTH, *SPEAKERS, Voice("vi+f2"), Voice("vi+f5")])
def test_a_sentence_is_the_same_whatever_was_said_before(voice: Voice) -> None:
    alone = digest(SENTENCE, voice)
    other = digest(ANOTHER, voice)
    assert (digest(SENTENCE, voice), digest(ANOTHER, voice)) == (alone, other)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_process_says_the_same(method: str) -> None:
    if method == "fork" and sys.platform != "linux":
        pytest.skip("workers are forked on Linux only")
    with ProcessPoolExecutor(1, mp_context=get_context(method)) as pool:
        theirs = list(pool.map(digest, [ANOTHER, SENTENCE, SENTENCE], [SPEAKERS[2]] * 3))
    ours = digest(SENTENCE, SPEAKERS[2])
    assert theirs == [digest(ANOTHER, SPEAKERS[2]), ours, ours]


def test_the_clock_does_not_seed_the_breath_noise() -> None:
    """The library seeds itself with the second it starts in; f3 breathes."""
    before, started = digest(SENTENCE, SPEAKERS[2]), int(time.time())
    while int(time.time()) == started:
        time.sleep(0.02)
    assert digest(SENTENCE, SPEAKERS[2]) == before


def test_threads_take_turns() -> None:
    expected, said = digest(SENTENCE), []
    threads = [threading.Thread(target=lambda: said.append(digest(SENTENCE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [expected] * 4


def test_decomposed_text_is_read_as_composed() -> None:
    decomposed = unicodedata.normalize("NFD", SENTENCE)
    assert decomposed != SENTENCE
    assert digest(decomposed) == digest(SENTENCE)


def test_clauses_are_one_text() -> None:
    first, second = SENTENCE.split(", ")
    together = espeak.speak((f"{first},", second), NORTH)
    np.testing.assert_array_equal(together.samples, espeak.speak((SENTENCE,), NORTH).samples)


def test_nothing_is_needed_on_the_path() -> None:
    program = (
        "from truyenthanh.engines import espeak; from truyenthanh.model import Voice; import hashlib;"
        f"s = espeak.speak(({SENTENCE!r},), Voice('vi'));"
        "print(hashlib.sha256(s.samples.tobytes()).hexdigest())"
    )
    bare = subprocess.run(
        [sys.executable, "-c", program], env={"PATH": ""}, capture_output=True, text=True, check=True
    )
    assert bare.stdout.strip() == digest(SENTENCE)
    assert bare.stderr == ""


# ---------------------------------------------------------------- the sound


def test_sound_is_mono_float_at_the_library_s_rate_and_not_clipped() -> None:
    for voice in SPEAKERS:
        spoken = espeak.speak((SENTENCE,), voice)
        assert (spoken.rate_hz, spoken.samples.dtype.name, spoken.samples.ndim) == (22050, "float32", 1)
        assert 0.2 < np.abs(spoken.samples).max() < 0.98


@pytest.mark.parametrize("voice", [NORTH, *SPEAKERS], ids=lambda voice: voice.name)
def test_the_six_tones_are_six(voice: Voice) -> None:
    closest = min(tone_distances(voice).items(), key=lambda pair: pair[1])
    assert closest[1] > 0.9, closest


def test_the_central_voice_merges_them_and_is_spoken_with_a_warning() -> None:
    central = Voice("vi-vn-x-central")
    assert min(tone_distances(central).values()) < 0.5
    espeak.check(Voice("vi-vn-x-central+f2"))
    assert espeak.caution(Voice("vi-vn-x-central+f2")) == "engines.toneless_voice"
    assert [espeak.caution(voice) for voice in (NORTH, *SPEAKERS)] == [None] * (1 + len(SPEAKERS))


def test_the_three_speakers_lie_apart() -> None:
    spoken = [
        espeak.speak((SENTENCE,), espeak.default_voice(role)) for role in ("it", "announcer", "digital")
    ]
    man, woman, young_woman = (float(np.median(pitch_hz(each.samples, each.rate_hz))) for each in spoken)
    assert man == pytest.approx(83, abs=6)
    assert woman == pytest.approx(126, abs=8)
    assert young_woman == pytest.approx(168, abs=8)


def test_rate_and_pitch_are_heard() -> None:
    def said(**settings: Any) -> NDArray[np.float32]:
        return espeak.speak((SENTENCE,), Voice("vi", **settings)).samples

    assert len(said(rate=120)) > len(said()) > len(said(rate=200))
    low, high = (np.median(pitch_hz(said(pitch=pitch), 22050)) for pitch in (30, 70))
    assert high > low * 1.2


def test_a_text_of_5000_characters_is_read_to_its_end() -> None:
    once = len(espeak.speak((SENTENCE,), NORTH).samples)
    many = 5000 // len(SENTENCE)
    spoken = espeak.speak((" ".join([SENTENCE] * many),), NORTH)
    assert len(spoken.samples) == pytest.approx(many * once, rel=0.1)


@pytest.mark.parametrize("text", ["", " ", "…", "—"])
def test_silence_is_no_sentence(text: str) -> None:
    with pytest.raises(EngineError) as caught:
        espeak.speak((text,), NORTH)
    assert caught.value.key == "engines.nothing_said"
    assert f"“{text}”" in str(caught.value)


# ---------------------------------------------------------------- what there is to choose


def test_every_voice_offered_speaks_and_differs() -> None:
    offered = [f"vi+{variant}" for variant in espeak.variants()] + ["vi", "vi-vn-x-south", "vi-vn-x-south+f4"]
    said = {name: digest(ANOTHER, Voice(name)) for name in offered}
    assert len(said) == 16
    assert len(set(said.values())) == 16


@pytest.mark.parametrize("name", ["vi+", "vi+f9", "vi+../x", "en", "", "vi+f1+f2", "vi+whisper"])
def test_an_unknown_voice_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(EngineError, match=r"vi-vn-x-south, .*vi\+f1.*vi\+m8") as caught:
        espeak.check(Voice(name))
    assert caught.value.key == "engines.unknown_voice"


@pytest.mark.parametrize(
    ("setting", "value"), [("rate", 119), ("rate", 201), ("pitch", -1), ("pitch", 100), ("rate", 0)]
)
def test_a_setting_out_of_range_is_refused(setting: str, value: Any) -> None:
    with pytest.raises(EngineError, match=f"{setting} {value}"):
        espeak.check(Voice("vi", **{setting: value}))


def test_slow_is_a_matter_of_rate() -> None:
    with pytest.raises(EngineError, match="rate"):
        espeak.check(Voice("vi", slow=True))


# ---------------------------------------------------------------- where its data lie


@pytest.fixture
def installed_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data as if installed under a path too long for the library, and a temporary folder of its own."""
    deep = tmp_path / ("d" * 90) / ("e" * 90) / "espeak-ng-data"
    shutil.copytree(espeakng_loader.get_data_path(), deep)
    with tempfile.TemporaryDirectory() as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(deep))
        espeak_library._data_path.cache_clear()
        yield Path(short)
    espeak_library._data_path.cache_clear()


def test_data_under_a_long_path_are_copied_and_sound_the_same(
    installed_deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = [digest(SENTENCE, voice) for voice in SPEAKERS]
    copy = next(installed_deep.iterdir())
    assert copy.name.startswith("truyenthanh-espeak-")
    assert not list(copy.rglob(".part-*"))
    monkeypatch.undo()
    espeak_library._data_path.cache_clear()
    assert far == [digest(SENTENCE, voice) for voice in SPEAKERS]


def test_a_damaged_copy_is_mended(installed_deep: Path) -> None:
    whole = digest(SENTENCE)
    copy = next(installed_deep.iterdir())
    (copy / "vi_dict").unlink()
    (copy / "phondata").write_bytes(bytes((copy / "phondata").stat().st_size))
    espeak_library._data_path.cache_clear()
    assert digest(SENTENCE) == whole


def test_a_temporary_folder_as_deep_is_refused(
    installed_deep: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("t" * 160)))
    with pytest.raises(EngineError, match="TMPDIR") as caught:
        espeak.speak((SENTENCE,), NORTH)
    assert caught.value.key == "engines.path_too_long"


def test_a_copy_that_cannot_be_made_is_refused(installed_deep: Path) -> None:
    shutil.rmtree(installed_deep)
    installed_deep.write_text("a file where the folder should be")
    with pytest.raises(EngineError) as caught:
        espeak.speak((SENTENCE,), NORTH)
    installed_deep.unlink()
    installed_deep.mkdir()
    assert caught.value.key == "engines.data_copy"


def test_data_that_are_not_there_are_not_looked_for_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = espeakng_loader.get_data_path()
    monkeypatch.setenv("ESPEAK_DATA_PATH", elsewhere)
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path / "gone"))
    espeak_library._data_path.cache_clear()
    try:
        with pytest.raises(EngineError) as caught:
            espeak.speak((SENTENCE,), NORTH)
    finally:
        espeak_library._data_path.cache_clear()
    assert caught.value.key == "engines.espeak_data"


def test_a_library_that_does_not_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "none.so"))
    with pytest.raises(EngineError, match=r"none\.so"):
        espeak.speak((SENTENCE,), NORTH)
