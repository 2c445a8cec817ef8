"""Where sentences and chapters stand: sections one after another, in whole samples."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from truyenthanh.model import Chapter, Cue, Episode, Section, TimedSentence, Utterance
from truyenthanh.script.timeline import SAMPLE_RATE_HZ, SectionLayout, chapter_marks, timed_sentences

SECOND = SAMPLE_RATE_HZ


def say(text: str, role: str = "it") -> Utterance:
    return Utterance(text, f"{text} (đọc)", role, 350, True)


def episode(*chapters: Chapter) -> Episode:
    sections = (
        Section("opening", (Cue("chime", 400), say("Mở đầu.", "announcer"))),
        Section("point-01", (say("Một."), Cue("sting", 500), say("Hai.", "digital"))),
        Section("closing", (say("Hết.", "announcer"), Cue("chime", 0))),
    )
    return Episode("thu-01", 1, "Thử", "", datetime(2023, 4, 3, tzinfo=UTC), sections, chapters)


LAID = (
    SectionLayout(5 * SECOND, ((0, SECOND), (2 * SECOND, 4 * SECOND))),
    SectionLayout(
        10 * SECOND, ((SECOND // 2, 3 * SECOND), (4 * SECOND, 5 * SECOND), (6 * SECOND, 9 * SECOND))
    ),
    SectionLayout(3 * SECOND, ((24, SECOND), (2 * SECOND, 3 * SECOND))),
)
CHAPTERS = (Chapter("Mở đầu", 0, 1), Chapter("A", 1, 0), Chapter("B", 1, 2), Chapter("Lời kết", 2, 0))


def test_sentences_stand_where_their_section_does() -> None:
    assert timed_sentences(episode(), LAID) == (
        TimedSentence(2000, 4000, "Mở đầu.", "announcer"),
        TimedSentence(5500, 8000, "Một.", "it"),
        TimedSentence(11000, 14000, "Hai.", "digital"),
        TimedSentence(15000, 16000, "Hết.", "announcer"),  # half a millisecond rounds to even
    )


def test_chapters_cover_the_file_without_gap() -> None:
    marks = chapter_marks(episode(*CHAPTERS), LAID)
    assert [mark.title for mark in marks] == ["Mở đầu", "A", "B", "Lời kết"]
    assert [mark.start_ms for mark in marks] == [0, 5500, 11000, 15000]
    assert all(one.end_ms == following.start_ms for one, following in pairwise(marks))
    assert marks[-1].end_ms == 18_000


def test_an_episode_without_chapters_has_no_marks() -> None:
    assert chapter_marks(episode(), LAID) == ()


def test_rounding_never_adds_up() -> None:
    odd = tuple(SectionLayout(1001, ((0, 1001),)) for _ in range(1000))
    sections = tuple(Section(f"s{n}", (say(str(n)),)) for n in range(1000))
    whole = Episode("x", 1, "x", "", datetime(2023, 4, 3, tzinfo=UTC), sections, ())
    last = timed_sentences(whole, odd)[-1]
    assert last.end_ms == round(1001 * 1000 * 1000 / SAMPLE_RATE_HZ)


def test_a_section_must_have_a_span_per_item() -> None:
    with pytest.raises(ValueError, match="zip"):
        timed_sentences(episode(), (SectionLayout(SECOND, ((0, SECOND),)), *LAID[1:]))


@pytest.mark.parametrize(("samples", "ms"), [(23, 0), (25, 1), (71, 1), (73, 2)])
def test_a_time_is_the_nearest_millisecond(samples: int, ms: int) -> None:
    laid = (SectionLayout(SECOND, ((0, 1), (samples, SECOND))), *LAID[1:])
    assert timed_sentences(episode(), laid)[0].start_ms == ms
