"""The law of approval over many random days: ``make torture``, six minutes."""

import random
from pathlib import Path

import pytest
from approval_play import Play, stand_in

SEQUENCES = 300
DAYS = 25


@pytest.mark.parametrize("seed", range(1000, 1000 + SEQUENCES))
def test_nothing_unapproved_goes_on_air_and_nothing_approved_goes_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    stand_in(monkeypatch)
    play = Play(tmp_path, random.Random(seed))
    play.begin()
    play.run(DAYS)
