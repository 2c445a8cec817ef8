"""Descriptions within their bytes, corrections dated, time codes of all chapters, and the whole as HTML."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from feed_programme import OMNIBUS, POINT, SERIES, told
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from truyenthanh.feed.shownotes import corrections, description, full_text
from truyenthanh.feed.wording import one_line
from truyenthanh.model import ChapterMark, PublishedEpisode, Revision

LIMIT_BYTES = 4000  # Apple 823
SENTENCE = "Chuyển đổi số là dùng chung trên đám mây. "
CORRECTED = replace(
    SERIES,
    revisions=(
        Revision("01", date(2023, 5, 2), "sửa tên cơ quan"),
        Revision("02", date(2023, 5, 3), "của tập khác"),
        Revision("01", date(2023, 12, 20), "thu lại điểm 1"),
    ),
)


def chaptered(titles: list[str]) -> PublishedEpisode:
    marks = tuple(ChapterMark(at * 61_500, (at + 1) * 61_500, title) for at, title in enumerate(titles))
    return replace(POINT, chapters=marks)


def test_time_codes_follow_the_description() -> None:
    assert description(SERIES, OMNIBUS) == (
        "Cả hai điểm trong một chương trình.\n\n0:00 Điểm 1\n30:00 Điểm 2"
    )
    assert description(SERIES, replace(OMNIBUS, chapters=())) == "Cả hai điểm trong một chương trình."


def test_corrections_are_dated_in_order_and_only_their_own_episodes() -> None:
    assert corrections(CORRECTED, POINT.episode.id) == (
        "Đã sửa ngày 2/5/2023: sửa tên cơ quan",
        "Đã sửa ngày 20/12/2023: thu lại điểm 1",
    )
    assert corrections(CORRECTED, OMNIBUS.episode.id) == ()
    shown = description(CORRECTED, POINT)
    assert (
        shown.index("đám mây")
        < shown.index("ngày 2/5/2023")
        < shown.index("ngày 20/12")
        < shown.index("0:00")
    )
    assert "<p>Đã sửa ngày 2/5/2023: sửa tên cơ quan</p>" in full_text(CORRECTED, POINT)


@pytest.mark.parametrize("length", [3_700, 4_000, 10_000, 100_000])
def test_a_long_description_ends_at_a_sentence_and_leaves_room_for_corrections_and_time_codes(
    length: int,
) -> None:
    title = "Một phần có tên dài hơn một câu của lời giới thiệu"
    long = told(title, SENTENCE * (length // len(SENTENCE)), "Câu.")
    shown = description(CORRECTED, long)
    words, first, second, codes = shown.split("\n\n")
    assert 3_900 < len(shown.encode()) <= LIMIT_BYTES
    assert words.endswith("đám mây.")
    assert (first, second) == corrections(CORRECTED, long.episode.id)
    assert codes.splitlines() == [f"{at} {title}" for at in ("0:00", "0:12", "0:24", "0:36")]
    assert full_text(SERIES, long).count("đám mây") == length // len(SENTENCE)


def test_titles_of_many_chapters_are_shortened_alike_before_they_are_left_out() -> None:
    title = "Từ triển khai công nghệ thông tin sang thay đổi cách làm của cả cơ quan, cả xã, cả tỉnh"
    many = description(SERIES, chaptered([title] * 60)).splitlines()[-60:]
    assert len({line.partition(" ")[2] for line in many}) == 1
    assert many[0].startswith("0:00 Từ triển khai")
    assert many[0].endswith("…")
    assert many[-1].startswith("1:00:28 Từ triển khai")
    both = replace(chaptered([title] * 40), episode=replace(POINT.episode, description=SENTENCE * 100))
    assert 3_500 < len(description(SERIES, both).encode()) <= LIMIT_BYTES
    assert description(SERIES, both).count("\n") == 41  # each takes half
    assert description(SERIES, chaptered([title] * 400)) == POINT.episode.description


def test_very_many_corrections_leave_the_description_its_beginning() -> None:
    often = replace(SERIES, revisions=(Revision("01", date(2023, 5, 2), SENTENCE * 20),) * 9)
    shown = description(often, told("Tên", SENTENCE * 300, "Câu."))
    assert len(shown.encode()) <= LIMIT_BYTES
    assert shown.startswith(SENTENCE.strip())
    assert "Đã sửa ngày 2/5/2023" in shown


ANY_TEXT = st.text(st.characters(max_codepoint=0x10FFFF, exclude_categories=()), max_size=400)


@settings(max_examples=150)
@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=30), st.integers(1, 40))
def test_whatever_is_typed_stays_within_the_bytes_and_cannot_leave_its_element(
    typed: str, note: str, titles: list[str], times: int
) -> None:
    series = replace(SERIES, revisions=(Revision("01", date(2023, 5, 2), note),))
    episode = replace(chaptered(titles), sentences=tuple(replace(s, text=typed) for s in POINT.sentences))
    episode = replace(episode, episode=replace(episode.episode, description=typed * times))
    assert len(description(series, episode).encode()) <= LIMIT_BYTES
    whole = etree.fromstring(f"<body>{full_text(series, episode)}</body>")
    assert {str(element.tag) for element in whole.iter()} <= {"body", "p", "ul", "li", "h3"}
    said = "".join(re.sub("<[^>]*>", "", full_text(series, episode)).split())
    assert "".join(one_line(typed).split()) in html.unescape(said)
