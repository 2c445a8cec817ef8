"""Fixtures that tests of several files share."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import built, truyenthanh
from google_server import Google, answering
from hypothesis import settings
from project import edit, write_project
from ready import check_untouched, lend_store, linked, once

from truyenthanh.engines import google_client, google_wire
from truyenthanh.messages import VIETNAMESE, use_language

settings.register_profile("untimed", deadline=None)  # how fast an example is says nothing on a busy machine
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no process is left with one at the end."""
    items.sort(key=lambda item: -max((mark.args[0] for mark in item.iter_markers("slow")), default=0))


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
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built_project(run_folder: Path) -> Iterator[Path]:
    """The small project, its default station built from nothing in a process of its own; to be copied."""

    def make(root: Path) -> None:
        run = truyenthanh(write_project(root), "build")
        assert run.returncode == 0, run.stderr

    root = once(run_folder, "built-project", make)
    yield root
    check_untouched(root)


@pytest.fixture(scope="session")
def both_built(built_project: Path, run_folder: Path) -> Iterator[Path]:
    """The small project with both of its stations built; to be copied."""
    root = once(run_folder, "both-built", lambda root: built(linked(built_project, root), "--all"))
    yield root
    check_untouched(root)


@pytest.fixture(scope="session")
def site(built_project: Path, run_folder: Path) -> Iterator[Path]:
    """The site root of a station with a correction to tell of; not to be changed."""

    def make(root: Path) -> None:
        lend_store(built_project, write_project(root))
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

    root = once(run_folder, "site", make)
    yield root
    check_untouched(root)
