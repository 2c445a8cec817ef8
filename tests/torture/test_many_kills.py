"""Two hundred and more builds killed, spread over start, making and swap."""

from pathlib import Path

import pytest
from under_fire import Files, build, references, small_project

from test_kill import hold_under_fire

ROUNDS, KILLS = 6, 40


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    return references(tmp_path_factory.mktemp("references"))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_builds_killed_forty_times_in_a_row(tmp_path: Path, known: dict[str, Files], seed: int) -> None:
    root = small_project(tmp_path / "xã")
    build(root)
    hits = hold_under_fire(root, known, KILLS, seed)
    print(f"{hits} of {KILLS} builds were killed before they ended")
    assert hits >= KILLS * 0.5
