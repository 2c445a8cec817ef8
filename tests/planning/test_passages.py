"""A section falls into passages: enough is said in each, and pauses stay as long as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.mixing import FRAME_SAMPLES
from truyenthanh.mixing.stitch import stitch
from truyenthanh.planning.passages import BOUNDARY_MS, LEAST_SYLLABLES, Piece, passages_of
from truyenthanh.steps.sound import SOUND, SoundSettings
from truyenthanh.steps.step import NO_INPUTS

SAID = st.tuples(st.integers(0, 60), st.sampled_from((0, 100, BOUNDARY_MS, 350, 650)))


def pieces(*said: tuple[int, int]) -> list[Piece]:
    return [
        Piece(SOUND.step(SoundSettings(str(at)), NO_INPUTS), range(at, at + 1), syllables, pause_ms)
        for at, (syllables, pause_ms) in enumerate(said)
    ]


@given(st.lists(SAID, min_size=1, max_size=30))
def test_passages_are_the_pieces_in_order_with_enough_said_in_each(said: list[tuple[int, int]]) -> None:
    all_of_them = pieces(*said)
    passages = passages_of(all_of_them)
    assert [piece for passage in passages for piece in passage] == all_of_them
    if len(passages) > 1:
        assert all(sum(piece.syllables for piece in passage) >= LEAST_SYLLABLES for passage in passages)
    assert all(passage[-1].pause_ms >= BOUNDARY_MS for passage in passages[:-1])


def test_long_sentences_are_passages_of_their_own() -> None:
    assert [len(one) for one in passages_of(pieces((30, 500), (40, 500), (25, 500)))] == [1, 1, 1]


def test_cues_and_short_sentences_stand_with_others() -> None:
    heading, sentence, sting, last, chime = (3, 650), (30, 500), (0, 500), (25, 400), (0, 0)
    assert [len(one) for one in passages_of(pieces(heading, sentence, sting, last, chime))] == [2, 3]


@pytest.mark.parametrize("pause_ms", [BOUNDARY_MS, 350, 500, 650])
def test_the_silence_between_passages_is_the_pause_and_at_most_a_frame(pause_ms: int) -> None:
    clip = b"\1\0" * 30_011
    before, after = stitch([(clip, pause_ms - BOUNDARY_MS)]), stitch([(clip, 500)])
    silent = len(before.pcm) // 2 - before.spans[0][1] + after.spans[0][0]
    assert 0 <= silent - 48 * pause_ms < FRAME_SAMPLES
