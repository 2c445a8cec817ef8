"""Whatever of the package a maker reads beside code belongs to its recipe: its kind names the folder."""

import sys
from collections import defaultdict
from pathlib import Path

import pytest
from alone import alone
from building import build
from places import PACKAGE
from project import edit, write_project

from truyenthanh.build import BuildListener
from truyenthanh.feed import assets, site, templating
from truyenthanh.making import task
from truyenthanh.recipe import StepResult
from truyenthanh.steps.kinds import KINDS

SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
CODE = (".py", ".pyc", ".mo", ".so")


def test_a_maker_reads_no_data_that_its_kind_does_not_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: dict[str, set[str]] = defaultdict(set)
    making: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if making and event == "open" and isinstance(arguments[0], str):
            path = Path(arguments[0])
            if path.is_relative_to(PACKAGE) and path.suffix not in CODE:
                read[making[-1]].add(path.relative_to(PACKAGE).parent.as_posix())

    real = task._make

    def noted(order: task.Order) -> StepResult:
        making.append(order.kind.name)
        try:
            return real(order)
        finally:
            making.pop()

    for cached in (assets.assets, site._pages, templating.templates):
        getattr(cached, "cache_clear", lambda: None)()
    sys.addaudithook(watch)  # it stays, and hears of nothing once no step is made
    monkeypatch.setattr(task, "_make", noted)
    monkeypatch.setattr("building.workers", alone)
    root = write_project(tmp_path)
    edit(root, "content/stations/xa-mot.yaml", "masters:", "approval: yes\nmasters:")
    build(root, None, None, 1, SILENT)
    data = {kind.name: set(kind.data) for kind in KINDS}
    assert {name: folders - data[name] for name, folders in read.items() if folders - data[name]} == {}
    assert {"page", "episode_page"} <= set(read)
