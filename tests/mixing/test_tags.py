import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from mutagen.id3 import ID3

from truyenthanh.mixing.mp3 import silent_frame
from truyenthanh.mixing.tags import SYNTHETIC_VOICE, Tags, id3_tag
from truyenthanh.model import ChapterMark

CHAPTERS = (
    ChapterMark(0, 4000, "Lời chào mở đầu của Đài"),
    ChapterMark(4000, 9000, "IT"),
    ChapterMark(9000, 20_000, "Chuyển đổi số thay đổi cách làm"),
    ChapterMark(20_000, 24_000, "Kết"),
)
TAGS = Tags(
    title="Chuyển đổi số “lấy người dùng” làm trung tâm",
    artist="Sở Thông tin và Truyền thông tỉnh Bắc Giang",
    album="17 điểm khác nhau",
    track=5,
    track_count=18,
    date=datetime(2023, 4, 7, 5, 0),
    lyrics="Dòng một.\nDòng hai: ưỡn ẹo.",
    comment="Theo công văn của Ủy ban nhân dân tỉnh",
    chapters=CHAPTERS,
    cover_jpeg=b"\xff\xd8\xff\xe0 not much of a picture",
    synthetic_voice="Giọng đọc là giọng tổng hợp bằng máy.",
    integrated_lufs=-19.04,
    track_peak=0.851,
)


def read(tag: bytes) -> Any:
    reader: Any = ID3  # mutagen is typed in part only
    return reader(io.BytesIO(tag + silent_frame(96) * 4), translate=False)


def test_it_is_version_2_3_of_the_size_it_says_without_padding() -> None:
    tag = id3_tag(TAGS)
    assert tag[:5] == b"ID3\x03\x00"
    size = sum(byte << shift for byte, shift in zip(tag[6:10], (21, 14, 7, 0), strict=True))
    assert size == len(tag) - 10
    assert max(tag[6:10]) < 128
    assert read(tag).version == (2, 3, 0)
    assert tag.endswith(b"not much of a picture")


def test_everything_comes_back_in_vietnamese() -> None:
    tag = read(id3_tag(TAGS))
    assert str(tag["TIT2"]) == TAGS.title
    assert str(tag["TPE1"]) == TAGS.artist
    assert str(tag["TALB"]) == TAGS.album
    assert str(tag["TRCK"]) == "5/18"
    assert str(tag["TLAN"]) == "vie"
    assert (str(tag["TYER"]), str(tag["TDAT"]), str(tag["TIME"])) == ("2023", "0704", "0500")
    assert tag.getall("USLT")[0].text == TAGS.lyrics
    assert tag.getall("USLT")[0].lang == "vie"
    assert str(tag.getall("COMM")[0]) == TAGS.comment
    assert str(tag[f"TXXX:{SYNTHETIC_VOICE}"]) == TAGS.synthetic_voice
    assert str(tag["TXXX:REPLAYGAIN_TRACK_GAIN"]) == "1.04 dB"
    assert str(tag["TXXX:REPLAYGAIN_TRACK_PEAK"]) == "0.851000"
    assert str(tag["TXXX:liq_integrated_lufs"]) == "-19.04 dB"
    assert tag.getall("APIC")[0].data == TAGS.cover_jpeg
    assert tag.getall("APIC")[0].type == 3


def test_chapters_stand_in_the_order_of_time_behind_their_contents() -> None:
    shuffled = replace(TAGS, chapters=(CHAPTERS[2], CHAPTERS[0], CHAPTERS[3], CHAPTERS[1]))
    tag = id3_tag(shuffled)
    places = [
        tag.index(b"CTOC"),
        *(tag.index(f"ch{at:03}\0".encode(), tag.index(b"CHAP")) for at in range(4)),
    ]
    assert places == sorted(places)
    found = read(tag)
    assert found.getall("CTOC")[0].child_element_ids == ["ch000", "ch001", "ch002", "ch003"]
    for at, mark in enumerate(CHAPTERS):
        frame = found[f"CHAP:ch{at:03}"]
        assert (frame.start_time, frame.end_time) == (mark.start_ms, mark.end_ms)
        assert (frame.start_offset, frame.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)
        assert str(frame.sub_frames["TIT2"]) == mark.title


def test_texts_are_utf_16_which_2_3_can_hold() -> None:
    tag = id3_tag(TAGS)
    for text in (TAGS.title, TAGS.lyrics, CHAPTERS[2].title):
        assert b"\xff\xfe" + text.encode("utf-16-le") in tag
        assert text.encode() not in tag


@pytest.mark.parametrize(
    "fewer",
    [
        replace(TAGS, cover_jpeg=None),
        replace(TAGS, synthetic_voice=None),
        replace(TAGS, track_peak=None),
    ],
)
def test_what_is_not_given_is_not_there(fewer: Tags) -> None:
    assert len(read(id3_tag(fewer))) == len(read(id3_tag(TAGS))) - 1


def test_without_a_loudness_there_is_neither_gain_nor_reading() -> None:
    assert len(read(id3_tag(replace(TAGS, integrated_lufs=None)))) == len(read(id3_tag(TAGS))) - 2


def test_an_episode_without_chapters_has_no_contents() -> None:
    assert not read(id3_tag(replace(TAGS, chapters=()))).getall("CTOC")


def test_the_same_tags_give_the_same_bytes() -> None:
    assert id3_tag(TAGS) == id3_tag(replace(TAGS))
