"""The cover is the station's own picture, byte for byte, if it has one."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from truyenthanh.errors import SoundError
from truyenthanh.feed.cover import small_cover
from truyenthanh.steps.cover import CoverSettings, make
from truyenthanh.steps.step import NO_INPUTS, MakeContext


def picture() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((1400, 1400)).convert("RGB").save(out, "PNG")
    return out.getvalue()


def test_a_stations_own_picture_is_the_cover_and_the_small_one_shows_it(tmp_path: Path) -> None:
    file, given = tmp_path / "bia.png", picture()
    file.write_bytes(given)
    settings = CoverSettings(picture=hashlib.sha256(given).hexdigest(), ending="png")
    made = make(settings, NO_INPUTS, MakeContext(tmp_path, reads=file))
    assert made.blobs == {"file": given, "small": small_cover(given)}


def test_a_picture_that_changed_since_it_was_planned_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bia.png"
    file.write_bytes(picture())
    with pytest.raises(SoundError):
        make(CoverSettings(picture="0" * 64), NO_INPUTS, MakeContext(tmp_path, reads=file))
