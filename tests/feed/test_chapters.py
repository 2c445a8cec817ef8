"""Chapters: the same marks as JSON and as Podlove's tags."""

import json
from dataclasses import replace

from feed_programme import POINT

from truyenthanh.feed.chapters import chapters_json, podlove_chapters
from truyenthanh.model import ChapterMark


def test_chapters_are_json_of_version_1_2_in_seconds() -> None:
    whole = json.loads(chapters_json(POINT))
    assert whole["version"] == "1.2.0"
    assert whole["title"] == POINT.episode.title
    assert [chapter["startTime"] for chapter in whole["chapters"]] == [0, 12.024, 24, 36.5]
    assert [chapter["endTime"] for chapter in whole["chapters"]] == [12.024, 24, 36.5, 41.976]
    assert whole["chapters"][1]["title"] == "Công nghệ thông tin"


def test_chapters_stand_in_the_order_of_time() -> None:
    shuffled = replace(POINT, chapters=POINT.chapters[::-1])
    assert chapters_json(shuffled) == chapters_json(POINT)
    assert podlove_chapters(shuffled) == podlove_chapters(POINT)


def test_titles_are_one_clean_line() -> None:
    typed = replace(POINT, chapters=(ChapterMark(0, 1_000, 'Hai\ndòng "và"\x00 <b>'),))
    assert json.loads(chapters_json(typed))["chapters"][0]["title"] == 'Hai dòng "và" <b>'
    (chapter,) = podlove_chapters(typed).children
    assert chapter.attributes == {"start": "00:00:00.000", "title": 'Hai dòng "và" <b>'}


def test_the_file_is_utf_8_without_escapes_and_ends_with_a_line() -> None:
    data = chapters_json(POINT)
    assert "Chuyển đổi số".encode() in data
    assert data.endswith(b"}\n")
    assert b"\r" not in data
