"""A build that is killed anywhere leaves nothing wrong, and the next one ends where it would have ended."""

import random
import shutil
import sys
from pathlib import Path

import pytest
from under_fire import (
    SENTENCES,
    Files,
    build,
    left_lying,
    reader,
    references,
    say,
    shot,
    small_project,
    standing,
)

pytestmark = [
    pytest.mark.slow(12),
    pytest.mark.skipif(sys.platform == "win32", reason="kills process groups"),
]
KILLS = 4
LONGEST_S = 0.9


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    return references(tmp_path_factory.mktemp("references"))


def hold_under_fire(root: Path, known: dict[str, Files], kills: int, seed: int) -> int:
    """Kill builds at random moments, each followed by one that ends; return how many were hit."""
    chance = random.Random(seed)
    hits = 0
    with reader(root, list(known.values())) as complaints:
        for number in range(kills):
            sentence = chance.choice(SENTENCES)
            say(root, sentence)
            if chance.random() < 0.3:
                shutil.rmtree(root / ".cache", ignore_errors=True)
            hits += shot(root, chance.uniform(0.05, LONGEST_S), with_workers=chance.random() < 0.5) != 0
            build(root)
            assert standing(root) == known[sentence], f"after shot {number}"
            assert left_lying(root) == []
    assert complaints == []
    return hits


def test_a_killed_build_is_as_if_it_had_not_been(tmp_path: Path, known: dict[str, Files]) -> None:
    root = small_project(tmp_path / "xã")
    build(root)
    assert hold_under_fire(root, known, KILLS, seed=7) >= KILLS // 2
