"""Filters block by block give what a plain convolution gives, wherever blocks and groups of them end."""

import numpy as np
import pytest

from truyenthanh.mixing.filtering import (
    BLOCK_MULTIPLE_SAMPLES,
    GROUP_BLOCKS,
    filtered,
    filtered_blocks,
    rows_of,
    spectrum_of,
)

DICE = np.random.default_rng(1)
TAPS = DICE.standard_normal(101)
FFT_SIZE = 512
GROUP_SAMPLES = 2 * BLOCK_MULTIPLE_SAMPLES * GROUP_BLOCKS


@pytest.mark.parametrize("length", [1, 50, 384, GROUP_SAMPLES - 1, GROUP_SAMPLES, 3 * GROUP_SAMPLES + 100])
def test_a_filter_is_a_convolution_kept_in_place(length: int) -> None:
    samples = DICE.standard_normal(length).astype(np.float32)
    plain = np.convolve(samples, TAPS)[50 : 50 + length]
    np.testing.assert_allclose(filtered(samples, TAPS, FFT_SIZE), plain, atol=1e-4)


@pytest.mark.parametrize("span", [(0, 500), (384, 385), (700, 2 * GROUP_SAMPLES + 300)])
def test_a_part_is_filtered_with_its_past_and_its_blocks_follow_each_other(span: tuple[int, int]) -> None:
    samples = DICE.standard_normal(3 * GROUP_SAMPLES).astype(np.float32)
    blocks = list(filtered_blocks(samples, spectrum_of(TAPS, FFT_SIZE), len(TAPS), 0, span))
    plain = np.convolve(samples, TAPS)[span[0] : span[1]]
    np.testing.assert_allclose(np.concatenate([block for _, block in blocks]), plain, atol=1e-4)
    ends = np.cumsum([len(block) for _, block in blocks]) + span[0]
    assert [start for start, _ in blocks[1:]] == ends[:-1].tolist()


def test_rows_reach_over_the_ends_into_silence() -> None:
    rows = rows_of(np.arange(1, 6, dtype=np.float32), -2, 3, 4, 3)
    assert rows.tolist() == [[0, 0, 1, 2], [2, 3, 4, 5], [5, 0, 0, 0]]
    assert not rows_of(np.ones(3, np.float32), 5, 2, 4, 3).any()
