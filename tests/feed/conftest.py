"""A small project built as a user builds it, once for all tests of this folder."""

from pathlib import Path

import pytest

from commands import built
from project import edit, write_project


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
