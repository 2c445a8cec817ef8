"""Items in sessions: none cut, none lost, none two mornings running, in order as far as there is room."""

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from orders import part, station, timetable

from truyenthanh.errors import ContentError
from truyenthanh.model import Timetable
from truyenthanh.onair.schedule import FRAME_MS, Part, packed, running_order
from truyenthanh.packing.programme_items import RunningOrder

MONDAY = date(2023, 4, 3)
MINUTE = 60_000 // FRAME_MS  # in frames

bodies = st.lists(st.integers(1, 12 * MINUTE), min_size=1, max_size=25)
shells = st.tuples(st.integers(2, 30 * MINUTE // 60), st.integers(2, 30 * MINUTE // 60))
timetables = st.builds(
    lambda slot_m, days, count, repeats: timetable(slot_m * 60, days, *range(5, 5 + count), repeats=repeats),
    st.integers(3, 20),
    st.integers(1, 7),
    st.integers(1, 4),
    st.booleans(),
)


def order_of(parts: list[Part], when: Timetable) -> RunningOrder:
    return running_order(station(), "loudspeaker", parts, when, MONDAY)


def numbers(order: RunningOrder) -> list[list[int]]:
    return [[item.number for item in session.items] for session in order.sessions]


@given(bodies, shells, timetables)
def test_whatever_is_to_be_played(lengths: list[int], shell: tuple[int, int], when: Timetable) -> None:
    parts = [part(number, body, *shell) for number, body in enumerate(lengths, 1)]
    if min(lengths) + sum(shell) > when.slot_s * 1000 // FRAME_MS:
        with pytest.raises(ContentError, match="không đủ cho tập ngắn nhất"):
            order_of(parts, when)
        return
    order = order_of(parts, when)
    assert order == order_of(parts, when)
    body = {one.item.number: one.body for one in parts}
    for session in order.sessions:
        assert session.items
        frames = sum(shell) + sum(body[item.number] for item in session.items)
        assert session.seconds == frames * FRAME_MS / 1000 <= when.slot_s
        order_within = [item.number for item in session.items]
        assert order_within == sorted(set(order_within))
    placed = {number for session in numbers(order) for number in session}
    assert placed.isdisjoint(item.number for item in order.left_over)
    assert placed | {item.number for item in order.left_over} == set(body)
    by_start = {one.starts: {item.number for item in one.items} for one in order.sessions}
    if not when.repeats:
        for start, played in by_start.items():
            assert played.isdisjoint(by_start.get(start + timedelta(days=1), set()))
    if len(order.sessions) < when.days * len(when.times):
        assert not when.repeats


def seventeen() -> list[Part]:
    """The 17 points as a horn plays them, in frames."""
    lengths = (1222, 1282, 1366, 1218, 2307, 1776, 1173, 2289, 1663, 1657, 1741, 1521, 1037, 926, 659, 1341)
    return [part(number, body, 480, 957) for number, body in enumerate((*lengths, 685), 1)]


def test_the_17_points_over_five_days_are_all_heard_and_in_turn() -> None:
    order = order_of(seventeen(), timetable(900, 5, 5, 17))
    assert len(order.sessions) == 10
    assert order.left_over == ()
    assert {number for session in numbers(order) for number in session} == set(range(1, 18))
    heard: dict[int, list[int]] = {}
    for at, session in enumerate(numbers(order)):
        for number in session:
            heard.setdefault(number, []).append(at)
    assert {later - sooner for at in heard.values() for sooner, later in pairwise(at)} == {3}
    zone = timezone(timedelta(hours=7))
    assert order.sessions[0].starts == datetime(2023, 4, 3, 5, tzinfo=zone)
    assert order.sessions[-1].starts == datetime(2023, 4, 7, 17, tzinfo=zone)


def test_who_may_repeat_hears_as_much_as_a_slot_holds() -> None:
    order = order_of(seventeen(), timetable(900, 5, 5, 17, repeats=True))
    assert numbers(order) == [list(range(1, 18))] * 10


def test_one_day_has_no_morning_before_it() -> None:
    assert numbers(order_of(seventeen(), timetable(900, 1, 5, 17))) == [list(range(1, 18))] * 2


def test_a_single_item_rests_every_other_day() -> None:
    order = order_of([part(1, MINUTE)], timetable(120, 4, 5))
    assert [session.starts.day for session in order.sessions] == [3, 5]


def test_what_does_not_fit_is_left_over_and_what_comes_first_is_played() -> None:
    order = order_of([part(number, 2 * MINUTE) for number in range(1, 6)], timetable(180, 3, 5))
    assert numbers(order) == [[1], [2], [3]]
    assert [item.number for item in order.left_over] == [4, 5]


def test_an_item_longer_than_the_slot_is_left_over() -> None:
    order = order_of([part(1, 9 * MINUTE), part(2, MINUTE)], timetable(180, 1, 5))
    assert (numbers(order), [item.number for item in order.left_over]) == ([[2]], [1])


def test_gaps_are_filled_where_the_order_does_not_fit() -> None:
    lengths = [3, 2, 3, 2]  # in order three sessions of five are needed, 3+2 and 3+2 are two
    order = order_of([part(n, m * MINUTE) for n, m in enumerate([3, 3, 2, 2], 1)], timetable(300, 2, 5))
    assert numbers(order) == [[1, 3], [2, 4]]
    assert numbers(
        order_of([part(n, m * MINUTE) for n, m in enumerate(lengths, 1)], timetable(300, 2, 5))
    ) == [
        [1, 2],
        [3, 4],
    ]


@given(st.lists(st.integers(1, 10), min_size=1, max_size=7), st.integers(1, 3), st.integers(10, 14))
@example([5, 2, 6, 9], 2, 12)  # only found with the longest first
@example([6, 3, 4, 8, 4, 4, 7, 6], 3, 14)  # only found by searching
def test_all_are_placed_whenever_that_can_be(lengths: list[int], count: int, room: int) -> None:
    def fits(places: tuple[int, ...]) -> bool:
        return all(
            sum(size for size, at in zip(lengths, places, strict=True) if at == group) <= room
            for group in range(count)
        )

    groups = packed(lengths, count, room)
    assert all(sum(lengths[at] for at in group) <= room for group in groups)
    placed = sorted(at for group in groups for at in group)
    assert placed == sorted(set(placed))
    if any(fits(places) for places in product(range(count), repeat=len(lengths))):
        assert placed == [*range(len(lengths))]


def test_of_many_items_the_longest_are_placed_first_where_the_order_leaves_some_over() -> None:
    lengths = [5, 2, 6, 9] * 20
    assert sum(map(len, packed(lengths, 40, 12))) == len(lengths)


def test_a_slot_too_short_for_every_item_is_refused_by_file_line_and_field() -> None:
    when = timetable(60, 5, 5, line=31)
    with pytest.raises(ContentError) as caught:
        order_of([part(1, MINUTE, 400, 800), part(2, 2 * MINUTE, 400, 800)], when)
    assert str(caught.value).startswith("content/stations/xa-mot.yaml, dòng 31, mục “schedule.slot”: ")
    assert caught.value.facts["episode"] == "thu-01"
    assert caught.value.facts["needed"] == "1:29"  # 1 min and 1200 frames, rounded up


def test_nothing_published_is_an_order_of_nothing() -> None:
    assert order_of([], timetable(900, 5, 5)).sessions == ()
