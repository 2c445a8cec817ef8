"""A file whose digest is right is still held to what can be heard or read in it."""

import hashlib
from pathlib import Path

import pytest

from truyenthanh.upkeep.file_checks import LEVELS, check_file


def test_sound_that_cannot_be_decoded_is_found_though_its_digest_is_right(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"no sound at all" * 100)
    digest = hashlib.sha256((tmp_path / "a.mp3").read_bytes()).hexdigest()
    entry = {"sha256": digest, "bytes": 1500, "seconds": 1.0, **dict.fromkeys(LEVELS, -19.0)}
    assert [fault.what for fault in check_file(tmp_path, "a.mp3", entry)] == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.json", b"{"),
        ("a.xml", b"<rss"),
        ("a.html", b"<html><body>"),
        ("a.txt", b"\xff"),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.vtt", b"WEBVTT\n\n"),
        ("a.vtt", b"WEBVTT\n\n00:00:02.000 --> 00:00:01.000\na\n"),
        ("a.srt", b"1\n00:00:02,000 --> 00:00:03,000\na\n\n2\n00:00:01,000 --> 00:00:03,000\nb\n"),
    ],
)
def test_texts_that_cannot_be_read_are_found_though_their_digest_is_right(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    (tmp_path / name).write_bytes(raw)
    entry = {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}
    assert [fault.what for fault in check_file(tmp_path, name, entry)] == ["unreadable"]
