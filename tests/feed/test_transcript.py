"""Transcripts: cues that fit their lines and their sentence's time, and the text whole."""

import html
import json
import re
from dataclasses import replace

import pytest
from feed_programme import OMNIBUS, POINT, SERIES
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.feed.transcript import (
    chapter_texts,
    plain_text,
    speakers,
    srt,
    transcript_html,
    transcript_json,
    vtt,
)
from truyenthanh.feed.wording import one_line
from truyenthanh.model import PublishedEpisode, TimedSentence

TIMING = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})")


def cues(published: PublishedEpisode, names: dict[str, str]) -> list[tuple[int, int, str]]:
    """Return start, end and text of every cue, read as a player reads the file."""
    head, *blocks = vtt(published, names).decode().removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    found = []
    for block in blocks:
        timing, _, text = block.partition("\n")
        fields = TIMING.fullmatch(timing)
        assert fields, timing
        hours, minutes, seconds, thousandths = (list(map(int, fields.groups()))[n::4] for n in range(4))
        start, end = (
            ((hours[n] * 60 + minutes[n]) * 60 + seconds[n]) * 1000 + thousandths[n] for n in (0, 1)
        )
        found.append((start, end, text))
    return found


def saying(*sentences: TimedSentence) -> PublishedEpisode:
    return replace(POINT, sentences=sentences)


def without_markup(text: str) -> str:
    """Return what a cue says, without spaces: where a line breaks is not the text's matter."""
    return "".join(html.unescape(re.sub(r"<v [^>]*>", "", text)).split())


def test_speakers_are_the_parts_labels() -> None:
    assert speakers(SERIES) == {
        "announcer": "Phát thanh viên",
        "it": "Công nghệ thông tin",
        "digital": "Chuyển đổi số",
    }


def test_a_short_sentence_is_one_cue_with_its_voice() -> None:
    assert cues(POINT, speakers(SERIES))[0] == (
        3_000,
        5_104,
        "<v Phát thanh viên>Đây là Đài Truyền thanh xã Thử.",
    )


def test_a_role_without_a_name_has_no_voice() -> None:
    assert cues(POINT, {})[0][2] == "Đây là Đài Truyền thanh xã Thử."


def test_a_long_sentence_shares_its_time_by_length() -> None:
    first, second = (cue for cue in cues(POINT, {}) if 12_524 <= cue[0] < 20_003)
    assert (first[0], first[1], second[1]) == (12_524, second[0], 20_003)
    share = len(first[2]) / (len(first[2]) + len(second[2]))
    assert first[1] == pytest.approx(12_524 + share * (20_003 - 12_524), abs=1)


def test_cues_of_a_long_sentence_break_after_at_most_two_lines() -> None:
    assert all(text.count("\n") <= 1 for _, _, text in cues(POINT, speakers(SERIES)))


WORDS = st.lists(st.text(st.characters(max_codepoint=0x1FFFF), max_size=90), max_size=25).map(" ".join)


@given(
    text=WORDS,
    start_ms=st.integers(0, 10_000_000),
    span_ms=st.integers(0, 60_000),
    name=st.text(max_size=60),
)
def test_any_sentence_keeps_its_text_its_span_and_the_line_limit(
    text: str, start_ms: int, span_ms: int, name: str
) -> None:
    found = cues(saying(TimedSentence(start_ms, start_ms + span_ms, text, "it")), {"it": name})
    said = "".join(without_markup(cue) for _, _, cue in found)
    assert said == "".join(one_line(text).split())
    assert all(len(line) <= 65 for _, _, cue in found for line in cue.splitlines())
    times = [time for start, end, _ in found for time in (start, end)]
    assert all(start < end for start, end, _ in found)
    assert times == sorted(times)
    if found:
        assert times[0] == start_ms
        assert times[-1] == start_ms + max(1, span_ms)


def test_markup_and_arrows_in_a_sentence_are_only_text() -> None:
    cue = cues(saying(TimedSentence(0, 900, "a --> b <c> & d", "it")), {"it": "A > B"})[0][2]
    assert cue == "<v A &gt; B>a --&gt; b &lt;c&gt; &amp; d"


def test_a_long_speakers_name_is_cut_to_leave_room_for_the_words() -> None:
    cue = cues(saying(TimedSentence(0, 900, "x" * 60, "it")), {"it": "&" * 60})[0][2]
    assert cue.startswith(f"<v {'&amp;' * 5}…>")
    assert all(len(line) <= 65 for line in cue.splitlines())


def test_chapters_gather_the_sentences_from_their_start_on() -> None:
    titles = [(chapter.title, len(chapter.paragraphs)) for chapter in chapter_texts(POINT)]
    assert titles == [("Mở đầu", 1), ("Công nghệ thông tin", 1), ("Chuyển đổi số", 1), ("Lời kết", 1)]
    assert chapter_texts(OMNIBUS)[0].paragraphs == ("Điểm thứ nhất.", "Công nghệ thông tin là máy móc.")


def test_a_sentence_at_the_very_start_of_a_chapter_belongs_to_it() -> None:
    on_the_mark = saying(TimedSentence(12_024, 13_000, "Đúng lúc.", "it"))
    assert [chapter.paragraphs for chapter in chapter_texts(on_the_mark)] == [(), ("Đúng lúc.",), (), ()]


def test_nothing_is_lost_without_chapters_or_before_the_first() -> None:
    without = replace(POINT, chapters=())
    assert [chapter.title for chapter in chapter_texts(without)] == [""]
    late = replace(POINT, chapters=POINT.chapters[2:])
    for published in (without, late):
        text = plain_text(published).decode()
        assert all(one_line(said.text) in text for said in POINT.sentences)


def test_plain_text_has_titles_times_and_paragraphs() -> None:
    blocks = plain_text(OMNIBUS).decode().removesuffix("\n").split("\n\n")
    assert blocks == [
        "Toàn tập: hai điểm",
        "[0:00] Điểm 1",
        "Điểm thứ nhất.",
        "Công nghệ thông tin là máy móc.",
        "[30:00] Điểm 2",
        "Chuyển đổi số là thay đổi cách làm.",
    ]


# ---------------------------------------------------------------- the other forms

SIZES = (3_600_000, 60_000, 1000, 1)
SRT = re.compile(r"(\d+)\n(\d\d:\d\d:\d\d,\d{3}) --> (\d\d:\d\d:\d\d,\d{3})\n((?:.+\n?){1,})")


def srt_cues(published: PublishedEpisode) -> list[tuple[int, int, list[str]]]:
    """Return start, end and lines of every SubRip block, which must be numbered from one on."""
    found = []
    for number, block in enumerate(filter(None, srt(published).decode().rstrip("\n").split("\n\n")), 1):
        match = SRT.fullmatch(block)
        assert match, block
        assert int(match[1]) == number
        start, end = (
            sum(int(part) * size for part, size in zip(re.split("[:,]", match[at]), SIZES, strict=True))
            for at in (2, 3)
        )
        found.append((start, end, match[4].splitlines()))
    return found


@given(text=WORDS, start_ms=st.integers(0, 10_000_000), span_ms=st.integers(2_000, 60_000))
def test_subrip_loses_no_word_and_keeps_its_two_short_lines(text: str, start_ms: int, span_ms: int) -> None:
    found = srt_cues(saying(TimedSentence(start_ms, start_ms + span_ms, text, "it")))
    assert "".join("".join(lines) for *_, lines in found).replace(" ", "") == "".join(one_line(text).split())
    assert all(len(line) <= 32 for *_, lines in found for line in lines)
    assert all(len(lines) <= 2 for *_, lines in found)
    times = [time for start, end, _ in found for time in (start, end)]
    assert times == sorted(times)
    assert not times or (times[0], times[-1]) == (start_ms, start_ms + span_ms)


def test_a_word_that_no_line_can_hold_comes_in_pieces_and_loses_nothing() -> None:
    word = "".join(chr(ord("a") + at % 26) for at in range(100))
    said = saying(TimedSentence(0, 9_000, f"Xem {word} nhé", "it"))
    assert "".join("".join(lines) for *_, lines in srt_cues(said)).replace(" ", "") == f"Xem{word}nhé"
    assert "".join(without_markup(text) for *_, text in cues(said, speakers(SERIES))) == f"Xem{word}nhé"


def test_no_word_is_left_alone_in_a_cue_of_its_own() -> None:
    said = "Phòng kế toán có thể làm nhưng phòng tổ chức cán bộ thì chưa làm."
    found = srt_cues(saying(TimedSentence(0, 4_000, said, "it")))
    assert [lines for *_, lines in found] == [
        ["Phòng kế toán có thể", "làm nhưng phòng tổ chức"],
        ["cán bộ thì chưa làm."],
    ]
    assert min(end - start for start, end, _ in found) > 1_000


def test_json_has_a_segment_a_sentence_with_speaker_and_times() -> None:
    whole = json.loads(transcript_json(POINT, {"announcer": "Phát thanh viên"}))
    assert whole["version"] == "1.0.0"
    assert whole["segments"][0] == {
        "speaker": "Phát thanh viên",
        "startTime": 3,
        "endTime": 5.104,
        "body": "Đây là Đài Truyền thanh xã Thử.",
    }
    assert "speaker" not in whole["segments"][2]
    assert [segment["body"] for segment in whole["segments"]] == [one_line(s.text) for s in POINT.sentences]


def test_html_has_cite_time_and_paragraph_of_every_turn() -> None:
    page = transcript_html(POINT, speakers(SERIES), "vi").decode()
    assert page.count("<cite>") == page.count("<time>") == page.count("<p>") == 4
    assert "<cite>Công nghệ thông tin:</cite>\n<time>0:12</time>\n<p>Công nghệ thông tin là các" in page
    assert "&amp; bảo trì &lt;hằng năm&gt;. Mỗi nơi một kiểu.</p>" in page
    assert '<html lang="vi">' in page
    assert "<cite>" not in transcript_html(POINT, {}, "vi").decode()


TYPED = st.text(st.characters(max_codepoint=0x10FFFF, exclude_categories=()), max_size=80)


@given(text=TYPED, name=TYPED)
def test_no_text_leaves_its_place_in_html_or_json(text: str, name: str) -> None:
    typed = saying(TimedSentence(0, 900, f"{text}</p><script>", "it"))
    page = transcript_html(typed, {"it": name}, "vi").decode()
    assert "<script>" not in page
    assert page.count("<p>") == page.count("</p>") == 1
    (segment,) = json.loads(transcript_json(typed, {"it": name}))["segments"]
    assert segment["body"] == one_line(f"{text}</p><script>")


@pytest.mark.parametrize("published", [POINT, OMNIBUS], ids=["point", "omnibus"])
def test_all_forms_say_the_same_words_in_the_same_order(published: PublishedEpisode) -> None:
    script = "".join(one_line(said.text) for said in published.sentences).replace(" ", "")
    segments = json.loads(transcript_json(published, speakers(SERIES)))["segments"]
    paragraphs = re.findall("<p>(.*)</p>", transcript_html(published, speakers(SERIES), "vi").decode())
    said = {
        "vtt": "".join(without_markup(text) for *_, text in cues(published, speakers(SERIES))),
        "srt": "".join("".join(lines) for *_, lines in srt_cues(published)),
        "json": "".join(segment["body"] for segment in segments),
        "html": "".join(map(html.unescape, paragraphs)),
        "txt": "".join("".join(chapter.paragraphs) for chapter in chapter_texts(published)),
    }
    assert {form: text.replace(" ", "") for form, text in said.items()} == dict.fromkeys(said, script)
