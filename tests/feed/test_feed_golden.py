"""The texts of a small programme, byte for byte; ``UPDATE_GOLDEN=1`` writes them anew."""

import os
import unicodedata
from pathlib import Path

import pytest
from feed_programme import texts

GOLDEN = Path(__file__).parent.parent / "golden" / "feed"


@pytest.mark.golden
def test_texts_are_the_golden_ones_to_the_byte() -> None:
    written = texts()
    if os.environ.get("UPDATE_GOLDEN") == "1":
        for name, content in written.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(content)
        pytest.skip("golden files written: look at the difference before you commit it")
    kept = {
        file.relative_to(GOLDEN).as_posix(): file.read_bytes() for file in GOLDEN.rglob("*") if file.is_file()
    }
    assert sorted(written) == sorted(kept)
    for name, content in written.items():
        assert content == kept[name], f"{name} changed (make golden writes it anew)"


def test_every_text_is_nfc_utf_8_with_unix_line_ends() -> None:
    for name, content in texts().items():
        text = content.decode()
        assert unicodedata.is_normalized("NFC", text), name
        assert "\r" not in text, name
        assert text.endswith("\n"), name
