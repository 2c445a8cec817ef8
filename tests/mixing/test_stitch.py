import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from truyenthanh.mixing import FRAME_SAMPLES, LEAD_MS, TAIL_MS
from truyenthanh.mixing.stitch import stitch

Pieces = st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 900)), min_size=0, max_size=6)


@given(Pieces)
@settings(max_examples=40)
def test_every_piece_stands_where_its_span_says_and_silence_everywhere_else(
    shape: list[tuple[int, int]],
) -> None:
    pieces = [(np.full(length, at + 1, "<i2").tobytes(), pause) for at, (length, pause) in enumerate(shape)]
    section = stitch(pieces)
    samples = np.frombuffer(section.pcm, "<i2").copy()
    assert len(samples) % FRAME_SAMPLES == 0
    assert len(section.spans) == len(pieces)
    expected = LEAD_MS * 48
    for at, (start, end) in enumerate(section.spans):
        assert (start, end) == (expected, expected + shape[at][0])
        assert (samples[start:end] == at + 1).all()
        samples[start:end] = 0
        expected = end + shape[at][1] * 48
    assert not samples.any()
    assert expected + TAIL_MS * 48 <= len(samples) < expected + TAIL_MS * 48 + FRAME_SAMPLES
