"""Fixtures that tests of several files share."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import built
from google_server import Google, answering
from hypothesis import settings
from project import edit, write_project

from truyenthanh.engines import google_client, google_wire
from truyenthanh.messages import VIETNAMESE, use_language

settings.register_profile("untimed", deadline=None)  # how fast an example is says nothing on a busy machine
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def speaking_vietnamese() -> Iterator[None]:
    """Leave the language of this process as it was."""
    yield
    use_language(VIETNAMESE)


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
        for thread in threading.enumerate():  # a request that was given up would ask the next test's server
            if thread.name == google_wire.THREAD:
                thread.join(10)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site root of a station with a correction to tell of; not to be changed."""
    root = write_project(tmp_path_factory.mktemp("site"))
    edit(
        root,
        "content/stations/xa-mot.yaml",
        "masters: [podcast, radio, loudspeaker]",
        "masters: [podcast, lowdata]",
    )
    series = root / "content/series/thu/series.yaml"
    note = 'revisions: [{episode: "02", date: 2023-05-02, note: Sửa một chữ.}]\n'
    series.write_text(series.read_text(encoding="utf-8") + note, encoding="utf-8")
    built(root)
    return root
