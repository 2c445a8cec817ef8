"""What a service sent before it was a step of its own is found in a store of that time: nobody asks again."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from truyenthanh.making.task import make, task_of
from truyenthanh.model import Voice
from truyenthanh.recipe import canonical, digest
from truyenthanh.steps.clip import CLIP, ClipInputs, ClipSettings
from truyenthanh.steps.service_speech import SERVICE_SPEECH, ServiceSpeechSettings
from truyenthanh.steps.step import NO_INPUTS, MakeContext, Steps
from truyenthanh.store.clips_of_version_0_1 import levelled_clip
from truyenthanh.store.store import keep

CLAUSES, VOICE, PCM = ("Bà con nghe trên loa.",), Voice("com.vn"), b"\1\0" * 1000


def write_old_record(store: Path, **changes: Any) -> None:
    """Write a clip as version 0.1 kept it."""
    settings = {
        "engine": "gtts",
        "clauses": CLAUSES,
        "voice": VOICE,
        "recipe": {"engine": "gtts", "gTTS": "2.5.4", "voice": "com.vn", "gap_ms": 60},
        "code": "0123456789abcdef",
        "libraries": {"numpy": "2.0.0"},
        **changes,
    }
    recipe = {"kind": "clip", "settings": settings, "inputs": []}
    sha256, name = hashlib.sha256(PCM).hexdigest(), digest(recipe)
    record = {
        "recipe": recipe,
        "blobs": {"pcm": sha256},
        "sizes": {"pcm": len(PCM)},
        "figures": {},
        "kept": True,
    }
    body = canonical(record).encode()
    seal = hashlib.sha256(name.encode() + body).hexdigest().encode()
    files = {f"records/{name[:2]}/{name}.json": seal + b"\n" + body, f"blobs/{sha256[:2]}/{sha256}": PCM}
    for path, data in files.items():
        (store / path).parent.mkdir(parents=True, exist_ok=True)
        (store / path).write_bytes(data)


def test_a_clip_of_that_time_is_found_whatever_code_and_libraries_made_it(tmp_path: Path) -> None:
    write_old_record(tmp_path)
    assert levelled_clip(tmp_path, "gtts", CLAUSES, VOICE) == PCM


@pytest.mark.parametrize(
    "changes", [{"engine": "espeak"}, {"clauses": ("Khác.",)}, {"voice": Voice("com.vn", slow=True)}]
)
def test_another_is_not(tmp_path: Path, changes: dict[str, Any]) -> None:
    write_old_record(tmp_path, **changes)
    assert levelled_clip(tmp_path, "gtts", CLAUSES, VOICE) is None


def test_a_clip_of_today_is_none_of_them(tmp_path: Path) -> None:
    """It names its code beside its settings, and what it was made of is a step of its own."""
    clip = Steps().add(CLIP.step(ClipSettings("gtts", CLAUSES, VOICE, {}), ClipInputs()))
    keep(tmp_path, clip.recipe({}), {"pcm": PCM}, {})
    assert levelled_clip(tmp_path, "gtts", CLAUSES, VOICE) is None


def test_a_damaged_one_is_not(tmp_path: Path) -> None:
    write_old_record(tmp_path)
    sha256 = hashlib.sha256(PCM).hexdigest()
    (tmp_path / "blobs" / sha256[:2] / sha256).write_bytes(PCM[:-1])
    assert levelled_clip(tmp_path, "gtts", CLAUSES, VOICE) is None


def test_it_becomes_the_clip_byte_for_byte_and_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_old_record(tmp_path)
    monkeypatch.setattr(
        "truyenthanh.engines.google.fetch", lambda *_: pytest.fail("the service was asked again")
    )
    steps, context = Steps(), MakeContext(tmp_path)
    request = {"language": "vi"}
    asked = ServiceSpeechSettings("gtts", CLAUSES, VOICE, request)
    speech = steps.add(SERVICE_SPEECH.step(asked, NO_INPUTS))
    clip = steps.add(CLIP.step(ClipSettings("gtts", CLAUSES, VOICE, {}), ClipInputs(speech)))
    sent = make(task_of(speech, {}, context))
    assert make(task_of(clip, {speech: sent}, context)).blobs == {"pcm": hashlib.sha256(PCM).hexdigest()}
