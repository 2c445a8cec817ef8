"""The manifest has one way to be written, and is believed only where it is in order."""

import json
from pathlib import Path
from typing import Any

import pytest

from truyenthanh.publishing.manifest import is_published_as, manifest_bytes, read_manifest
from truyenthanh.publishing.places import Places
from truyenthanh.recipe import StepResult, digested
from truyenthanh.steps.chapters import CHAPTERS, ChaptersInputs, ChaptersSettings

STATION = "xa-mot"
FILES = {f"feed/{STATION}/{name}": {"sha256": name, "bytes": 1} for name in ("a.html", "b.html")}
MANIFEST = {"station": STATION, "files": FILES}


def test_the_same_manifest_is_the_same_bytes() -> None:
    turned = {"files": dict(reversed(FILES.items())), "station": STATION}
    assert manifest_bytes(turned) == manifest_bytes(MANIFEST)
    assert json.loads(manifest_bytes(turned)) == MANIFEST


def test_an_entry_that_leads_elsewhere_or_holds_nothing_is_left_out(tmp_path: Path) -> None:
    places = Places(tmp_path, STATION)
    places.manifest.parent.mkdir(parents=True)
    foreign: dict[str, object] = {
        "feed/xa-hai/a.html": {},
        f"feed/{STATION}/../a.html": {},
        f"feed/{STATION}/c.html": None,
    }
    places.manifest.write_bytes(manifest_bytes({**MANIFEST, "files": {**FILES, **foreign}}))
    assert read_manifest(places) == MANIFEST


def test_a_file_is_published_as_it_was_made_by_digest_presence_and_size() -> None:
    path = f"audio/{STATION}/podcast/thu-01-podcast.mp3"
    step = CHAPTERS.step(ChaptersSettings(digested(None)), ChaptersInputs(()), path)
    made = StepResult("r", {"file": "abc"}, {"file": 3}, {}, False)

    def published(root: Path, entry: dict[str, Any]) -> bool:
        return is_published_as(Places(root, STATION), {"files": {path: entry}}, step, made)

    with pytest.MonkeyPatch.context() as patch:
        sizes = {path: 3}

        class Stat:
            def __init__(self, size: int) -> None:
                self.st_size = size

        patch.setattr(Path, "stat", lambda self: Stat(sizes[self.as_posix().removeprefix("/r/")]))
        assert published(Path("/r"), {"sha256": "abc"})
        assert not published(Path("/r"), {"sha256": "abd"})
        assert not published(Path("/r"), {})
        sizes[path] = 4
        assert not published(Path("/r"), {"sha256": "abc"})
