"""Whole builds with the online voice: where one breaks off the next goes on, and nothing waits for it."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from building import build
from commands import built, published, truyenthanh
from google_server import Fault, Google, Reply, pitch_hz
from project import edit
from ready import linked

from truyenthanh.build import BuildListener
from truyenthanh.errors import EngineError
from truyenthanh.mixing import SAMPLE_RATE_HZ
from truyenthanh.steps.step import Step
from truyenthanh.store.store import read_blob, store_folder

pytestmark = pytest.mark.slow(15)

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
AT_ONCE = "online: {pause_ms: 0, attempts: 1}\n"


@pytest.fixture(scope="module")
def finished(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, in a hurry online, whose default station was built with the embedded voice."""
    root = linked(built_project, tmp_path_factory.mktemp("finished") / "xã")
    path = root / "content/project.yaml"
    path.write_text(path.read_text(encoding="utf-8") + AT_ONCE, encoding="utf-8")
    built(root)
    return root


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Iterator[Path]:
    """A built project to change; whatever happens to it, nothing half-made is left."""
    root = linked(finished, tmp_path / "dự án")
    yield root
    assert not [path for path in root.rglob("*") if path.name.endswith(".part") or path.name == ".staging"]


def lengthen(root: Path, sentences: int) -> None:
    """Give the first point so many sentences more."""
    more = "".join(f"  - Bà con nghe câu {number}.\n" for number in range(sentences))
    edit(root, "content/series/thu/points/01.yaml", "digital:\n", f"{more}digital:\n")


def clips(root: Path) -> dict[str, bytes]:
    """Return the pcm of every clip of the online voice in the store, by its sentence."""
    store, found = store_folder(root), {}
    for path in (store / "records").rglob("*.json"):
        record = json.loads(path.read_bytes().partition(b"\n")[2])
        if record["recipe"]["kind"] == "clip" and record["recipe"]["settings"]["engine"] == "gtts":
            sentence = " ".join(record["recipe"]["settings"]["clauses"])
            found[sentence] = read_blob(store, record["blobs"]["pcm"])
    return found


def has_pitch_of(pcm: bytes, sentence: str) -> bool:
    samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    return int(np.abs(np.fft.rfft(samples, SAMPLE_RATE_HZ)).argmax()) == pitch_hz(sentence)


def test_a_build_that_breaks_off_goes_on_at_that_sentence(project: Path, google: Google) -> None:
    lengthen(project, 124)
    edit(project, "content/stations/xa-mot.yaml", "[podcast, radio, loudspeaker]", "[podcast]")
    before = published(project)
    said = truyenthanh(project, "status", "--engine", "gtts", "--json").stdout
    total = Counter(step["kind"] for step in json.loads(said)["xa-mot"])["clip"]
    assert total == 140
    google.answers += [*[None] * 89, Reply(b"", 503)]
    run = truyenthanh(project, "build", "--engine", "gtts", environment=google.environment)
    assert run.returncode == 1
    broken = google.asked[-1].text
    done = len(clips(project))
    where = (f"Đang đọc dở câu “{broken}”", f"{done} trên 140 câu")
    for words in ("mã 503", *where, "--engine espeak", "chạy lại"):
        assert words in run.stderr
    assert published(project) == before
    assert done in (88, 89)  # a connection that was cut on a busy machine costs an answer
    first = [each.text for each in google.asked]
    google.asked.clear()
    said = built(project, "--engine", "gtts", environment=google.environment)
    second = [each.text for each in google.asked]
    assert (len(first), len(second)) == (90, 140 - done)
    assert second[0] == broken
    assert set(first[:-1]).isdisjoint(second)
    found = clips(project)
    assert len(found) == 140
    assert all(has_pitch_of(pcm, sentence) for sentence, pcm in found.items())
    assert f"câu đọc: {140 - done} làm mới, {done} dùng lại" in said


def test_how_politely_it_is_asked_makes_nothing_again(project: Path, google: Google) -> None:
    built(project, "--engine", "gtts", environment=google.environment)
    asked = len(google.asked)
    edit(project, "content/project.yaml", AT_ONCE, "online: {pause_ms: 3, deadline_s: 9, attempts: 2}\n")
    said = truyenthanh(project, "status", "--engine", "gtts").stdout
    assert "không có gì phải làm" in said
    built(project, "--engine", "gtts", environment=google.environment)
    assert len(google.asked) == asked


def test_a_slow_voice_is_asked_for_slowly_and_is_another_clip(project: Path, google: Google) -> None:
    built(project, "--engine", "gtts", environment=google.environment)
    google.asked.clear()
    edit(
        project,
        "content/stations/xa-mot.yaml",
        "    it: {voice: com.vn}",
        "    it: {voice: com.vn, slow: yes}",
    )
    built(project, "--engine", "gtts", environment=google.environment)
    assert [each.text for each in google.asked if each.is_slow] == [each.text for each in google.asked]
    assert len(google.asked) == 3


def test_while_the_network_is_waited_for_other_work_goes_on(project: Path, google: Google) -> None:
    """Sections whose clips are there are mastered before the last clip is fetched."""
    google.delay_s = 0.1
    made: list[Step] = []
    began_s = time.monotonic()
    build(project, [], "gtts", 2, replace(SILENT, on_step_made=made.append))
    took_s = time.monotonic() - began_s
    kinds = [step.kind.name for step in made]
    last_clip = len(kinds) - 1 - kinds[::-1].index("clip")
    mastered = {step.inputs[0] for step in made[:last_clip] if step.kind.name == "master"}
    sections = {step.inputs[0] for step in made if step.kind.name == "master"}
    assert len(mastered) >= len(sections) - 2
    print(f"{kinds.count('clip')} clips, {len(mastered)} of {len(sections)} mastered, {took_s:.1f} s")


def test_an_error_of_another_step_does_not_wait_for_the_network(project: Path, google: Google) -> None:
    from truyenthanh.errors import SoundError

    google.answers.append(Fault("stall"))
    chime = project / "content/sounds/chuong.wav"
    chime.write_bytes(b"RIFF no sound at all")
    edit(project, "content/stations/xa-mot.yaml", "masters:", "sounds:\n  chime: chuong.wav\nmasters:")
    began_s = time.monotonic()
    with pytest.raises(SoundError):
        build(project, [], "gtts", 2, SILENT)
    assert time.monotonic() - began_s < 5


def test_the_message_of_a_failed_build_names_sentence_cause_count_and_way_out(
    project: Path, google: Google
) -> None:
    google.answers += [None, None, Fault("refuse", 403)]
    with pytest.raises(EngineError) as caught:
        build(project, [], "gtts", 2, SILENT)
    facts = caught.value.facts
    assert (caught.value.key, facts["done"], facts["total"]) == ("make.voice_failed", 2, 16)
    assert "mã 403" in str(caught.value)
    assert str(facts["sentence"]) in str(caught.value)
    assert isinstance(caught.value.__cause__, EngineError)


def test_an_interrupt_while_the_service_is_silent_ends_at_once_and_loses_nothing(
    project: Path, google: Google
) -> None:
    before = published(project)
    google.answers += [None, None, None, Fault("stall")]
    command = [sys.executable, "-m", "truyenthanh", "build", "--engine", "gtts"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while len(google.asked) < 4 and process.poll() is None:
        time.sleep(0.01)
    began_s = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert time.monotonic() - began_s < 3
    assert process.returncode == 130, said.decode()
    assert "Đã dừng theo yêu cầu" in said.decode()
    assert published(project) == before
    assert len(clips(project)) == 3
    assert all(has_pitch_of(pcm, sentence) for sentence, pcm in clips(project).items())
    asked = [each.text for each in google.asked]
    built(project, "--engine", "gtts", environment=google.environment)
    assert len(google.asked) == len(asked) + 13
    assert google.asked[4].text == asked[3]
