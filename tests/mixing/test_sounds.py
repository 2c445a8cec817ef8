from pathlib import Path

import numpy as np
import pytest
import soundfile
from speechlike import sentence

from truyenthanh.errors import SoundError
from truyenthanh.mixing.clip import SPEECH_LUFS
from truyenthanh.mixing.filtering import from_pcm
from truyenthanh.mixing.loudness import energies, integrated_lufs
from truyenthanh.mixing.sounds import BUILTIN, CUE_OFFSET_LU, builtin_sound, sound_from_file


def lufs(pcm: bytes) -> float:
    return integrated_lufs(energies(from_pcm(pcm)))


@pytest.mark.parametrize("name", BUILTIN)
def test_built_in_sounds_stand_at_the_cues_level_and_end_in_silence(name: str) -> None:
    samples = from_pcm(builtin_sound(name))
    assert lufs(builtin_sound(name)) == pytest.approx(SPEECH_LUFS + CUE_OFFSET_LU, abs=0.02)
    assert samples[0] == 0
    assert abs(samples[-1]) < 0.001
    assert np.abs(np.diff(samples)).max() < 0.15  # no click


def test_chime_and_sting_are_short_and_distinct() -> None:
    chime, sting = (from_pcm(builtin_sound(name)) for name in ("chime", "sting"))
    assert 1 < len(chime) / 48_000 <= 2.5
    assert 0.2 < len(sting) / 48_000 <= 0.8


@pytest.mark.parametrize("name", BUILTIN)
def test_a_horn_carries_the_built_in_sounds(name: str) -> None:
    power = np.abs(np.fft.rfft(from_pcm(builtin_sound(name)))) ** 2
    hertz = np.fft.rfftfreq(len(from_pcm(builtin_sound(name))), 1 / 48_000)
    assert power[(hertz > 350) & (hertz < 6000)].sum() > 0.97 * power.sum()


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".ogg", ".mp3"])
def test_a_stations_own_sound_is_mixed_down_resampled_and_levelled(tmp_path: Path, suffix: str) -> None:
    own = tmp_path / f"nhạc hiệu{suffix}"
    left = sentence(2, 4, rate_hz=44_100)
    soundfile.write(own, np.column_stack([left, left * 0.5]), 44_100)
    pcm = sound_from_file(own)
    assert lufs(pcm) == pytest.approx(SPEECH_LUFS + CUE_OFFSET_LU, abs=0.05)
    assert len(pcm) / 96_000 == pytest.approx(2, abs=0.1)


def test_text_is_no_sound(tmp_path: Path) -> None:
    own = tmp_path / "chime.wav"
    own.write_text("không phải âm thanh")
    with pytest.raises(SoundError, match=r"chime\.wav") as caught:
        sound_from_file(own)
    assert caught.value.key == "mixing.not_a_sound"


def test_a_missing_file_a_silent_one_and_a_long_one_say_so(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silent.wav", np.zeros(48_000), 48_000)
    soundfile.write(tmp_path / "long.wav", np.ones(16 * 8000) * 0.1, 8000)
    for name, key in [("none", "no_sound_file"), ("silent", "silent_sound"), ("long", "sound_too_long")]:
        with pytest.raises(SoundError, match=name) as caught:
            sound_from_file(tmp_path / f"{name}.wav")
        assert caught.value.key == f"mixing.{key}"


def test_a_folder_is_no_sound(tmp_path: Path) -> None:
    with pytest.raises(SoundError):
        sound_from_file(tmp_path)
