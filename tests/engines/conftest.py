"""The loopback stand-in for Google's voice, as a fixture of every test here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from google_server import Google, answering

from truyenthanh.engines import google_client


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    """A server that a client finds by its environment alone, and a client in no mood to wait."""
    monkeypatch.setattr(google_client, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(google_client, "_free_at_s", 0.0)
    for name in ("CURL_CA_BUNDLE", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "google"
    folder.mkdir()
    with answering(folder) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running
