"""Range headers: which bytes they ask for, and which are no range at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.serving.ranges import MOST_RANGES, spans

ASKED = {
    "bytes=0-0": ((0, 1),),
    "bytes=0-99": ((0, 100),),
    "bytes=0-1000": ((0, 100),),
    "bytes=99-": ((99, 100),),
    "bytes=-1": ((99, 100),),
    "bytes=-1000": ((0, 100),),
    "Bytes = 5-9": ((5, 10),),
    "bytes=0-1, -2": ((0, 2), (98, 100)),
    "bytes=50-51,0-1": ((50, 52), (0, 2)),
    "bytes=,0-1,,": ((0, 2),),
    "bytes=0-1,200-300": ((0, 2),),  # what lies outside falls away
    "bytes=" + "9" * 200 + "-": (),
    "bytes=100-": (),
    "bytes=100-200": (),
    "bytes=-0": (),
}
NO_RANGE = (
    *("", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1", "bytes=1-2-3"),
    *("lines=0-1", "bytes=0-1,x", "bytes=--1", "bytes=+1-2", "bytes=1 - 2", "bytes=٠-١", "bytes=0x0-0x1"),
    "bytes=0-,0-",  # more bytes than the file has
    "bytes=" + ",".join(["0-0"] * (MOST_RANGES + 1)),
)


@pytest.mark.parametrize("header", ASKED)
def test_a_range_is_these_bytes(header: str) -> None:
    assert spans(header, 100) == ASKED[header]


@pytest.mark.parametrize("header", NO_RANGE)
def test_what_is_no_range_is_ignored(header: str) -> None:
    assert spans(header, 100) is None


def test_as_many_ranges_as_may_be_are_answered() -> None:
    assert spans("bytes=" + ",".join(["0-0"] * MOST_RANGES), 100) == ((0, 1),) * MOST_RANGES


def test_an_empty_file_has_no_ranges() -> None:
    assert spans("bytes=0-", 0) == spans("bytes=-1", 0) == ()


@given(st.from_regex(r"bytes=[0-9]{0,4}-[0-9]{0,4}(,[0-9]{0,3}-[0-9]{0,3}){0,3}"), st.integers(0, 2000))
def test_no_span_leaves_the_file(header: str, size: int) -> None:
    for start, end in spans(header, size) or ():
        assert 0 <= start < end <= size
