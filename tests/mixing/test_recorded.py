"""People's recordings: a room that is never silent, clicks, sentences run together."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from speechlike import Samples

from truyenthanh.engines import espeak
from truyenthanh.errors import SoundError
from truyenthanh.mixing import recorded as module
from truyenthanh.mixing.clip import SPEECH_LUFS, trimmed
from truyenthanh.mixing.filtering import from_pcm
from truyenthanh.mixing.loudness import energies, integrated_lufs
from truyenthanh.mixing.recorded import Recorded, recorded
from truyenthanh.model import Voice

RATE_HZ = 22_050
SENTENCES = (
    "Điểm thứ năm.",
    "Công nghệ thông tin là giấy tờ, nhưng chuyển sang máy tính, và vẫn giấy.",
    "Chuyển đổi số là không giấy.",
    "Công nghệ thông tin thì tập trung vào việc mua sắm máy móc, thiết bị, phần mềm cho cơ quan.",
    "Còn chuyển đổi số là thay đổi.",
    "Người dân là trung tâm.",
)
SYLLABLES = [len(sentence.split()) for sentence in SENTENCES]
Spans = list[tuple[float, float]]


def spoken(
    noise_db: float | None, pauses_s: tuple[float, ...], before_s: float = 0.8
) -> tuple[Samples, Spans]:
    """Return the sentences with pauses between them in a room of that noise, and where each stands in s."""
    dice, spans, at = np.random.default_rng(7), list[tuple[float, float]](), before_s
    pieces: list[Samples] = [np.zeros(int(before_s * RATE_HZ), np.float32)]
    for sentence, pause_s in zip(SENTENCES, pauses_s, strict=True):
        said = trimmed(espeak.speak((sentence,), Voice("vi+m3")).samples, RATE_HZ)
        spans.append((at, at + len(said) / RATE_HZ))
        pieces += [said, np.zeros(int(pause_s * RATE_HZ), np.float32)]
        at += sum(map(len, pieces[-2:])) / RATE_HZ
    whole = np.concatenate(pieces)
    whole *= 0.5 / np.abs(whole).max()
    if noise_db is not None:
        whole += 0.5 * 10 ** (noise_db / 20) * dice.standard_normal(len(whole))
    return whole.astype(np.float32), spans


def of(samples: Samples, folder: Path, syllables: list[int]) -> Recorded:
    soundfile.write(folder / "thu.wav", samples, RATE_HZ)
    return recorded(folder / "thu.wav", syllables)


def starts(spans: tuple[tuple[int, int], ...]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([start / 48_000 for start, _ in spans])


UNEVEN = (0.55, 0.3, 0.9, 0.42, 0.5, 0.7)


@pytest.mark.parametrize("noise_db", [None, -55.0, -40.0])
def test_every_sentence_is_found_between_its_pauses(tmp_path: Path, noise_db: float | None) -> None:
    samples, spans = spoken(noise_db, UNEVEN)
    found = of(samples, tmp_path, SYLLABLES).spans
    begins = np.array([start for start, _ in spans]) - spans[0][0]
    np.testing.assert_allclose(starts(found), begins, atol=0.06)
    ends = np.array([end for _, end in spans]) - spans[0][0]
    np.testing.assert_allclose([end / 48_000 for _, end in found], ends, atol=0.06)


def test_a_cue_takes_no_time_where_the_next_sentence_begins(tmp_path: Path) -> None:
    samples, _ = spoken(-55, UNEVEN)
    plain = of(samples, tmp_path, SYLLABLES).spans
    found = of(samples, tmp_path, [*SYLLABLES[:2], 0, *SYLLABLES[2:]]).spans
    assert found[2] == (plain[2][0], plain[2][0])
    assert (*found[:2], *found[3:]) == plain


def test_sentences_run_together_share_what_is_there(tmp_path: Path) -> None:
    samples, spans = spoken(-55, (0.5, 0.5, 0.0, 0.5, 0.5, 0.5))
    found = starts(of(samples, tmp_path, SYLLABLES).spans)
    begins = np.array([start for start, _ in spans]) - spans[0][0]
    np.testing.assert_allclose(np.delete(found, 3), np.delete(begins, 3), atol=0.06)
    assert found[3] == pytest.approx(begins[3], abs=0.6)


@pytest.mark.parametrize("noise_db", [None, -55.0, -40.0])
@pytest.mark.parametrize("before_s", [0.0, 0.2, 3.0])
def test_it_is_trimmed_to_its_speech_and_levelled(
    tmp_path: Path, noise_db: float | None, before_s: float
) -> None:
    samples, spans = spoken(noise_db, UNEVEN, before_s)
    pcm = of(samples, tmp_path, SYLLABLES).pcm
    assert integrated_lufs(energies(from_pcm(pcm))) == pytest.approx(SPEECH_LUFS, abs=0.1)
    assert len(pcm) / 96_000 == pytest.approx(spans[-1][1] - spans[0][0], abs=0.06)


def test_the_click_of_a_button_is_no_speech(tmp_path: Path) -> None:
    samples, _ = spoken(-50, UNEVEN, before_s=2.0)
    clicked = samples.copy()
    clicked[4410 : 4410 + 300] += 0.4
    alone, together = of(samples, tmp_path, SYLLABLES), of(clicked, tmp_path, SYLLABLES)
    assert len(together.pcm) == len(alone.pcm)
    assert together.spans == alone.spans


def test_noise_alone_and_silence_are_refused(tmp_path: Path) -> None:
    click = np.zeros(RATE_HZ, np.float32)
    click[3000:3200] = 0.5
    for samples, key in ((click, "mixing.nobody_speaks"), (0 * click, "mixing.silent_sound")):
        with pytest.raises(SoundError) as caught:
            of(samples, tmp_path, [3])
        assert caught.value.key == key


def test_an_hour_is_the_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.LONGEST_RECORDING_S == 3600
    monkeypatch.setattr(module, "LONGEST_RECORDING_S", 2.0)
    soundfile.write(tmp_path / "a.wav", np.ones(3 * RATE_HZ) * 0.1, RATE_HZ)
    with pytest.raises(SoundError, match="2 giây"):
        recorded(tmp_path / "a.wav", [3])
