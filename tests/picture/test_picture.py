"""The sheet of a sound file: nothing overlaps, nothing leaves its place, and any title is only text."""

from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile

from truyenthanh.mixing.examine import Examined, examine
from truyenthanh.mixing.findings import Finding
from truyenthanh.mixing.profiles import MASTERS
from truyenthanh.mixing.tags import Tags, id3_tag, read_chapters
from truyenthanh.model import ChapterMark
from truyenthanh.picture.panels import LEFT, RIGHT, clock_time
from truyenthanh.picture.png import png
from truyenthanh.picture.shapes import Area, Disc, Drawing, Line, Words, cut, width_of, wrapped
from truyenthanh.picture.sheet import Sheet, drawn
from truyenthanh.picture.svg import svg

RATE_HZ = 48_000
HOSTILE = "</text><script>alert(1)</script> & \x07\ufffe “mục” 17"


def tone(path: Path, seconds: float) -> Path:
    soundfile.write(path, 0.3 * np.sin(np.arange(round(seconds * RATE_HZ)) * 0.1), RATE_HZ)
    return path


def marks(count: int, seconds: float) -> tuple[ChapterMark, ...]:
    starts = [round(1000 * seconds * at / count) for at in range(count)]
    return tuple(ChapterMark(at, at + 1, f"Mục thứ {at} có một tên khá dài để phải cắt bớt") for at in starts)


def sheet(examined: Examined, chapters: tuple[ChapterMark, ...] = (), name: str = "a.wav") -> Sheet:
    said = ["một câu dài nói rõ chỗ nào sai và phải làm gì " * 6] * len(examined.findings)
    return Sheet(name, examined.verdict, ["một", "hai", "ba"], said, examined, chapters)


def extent(words: Words) -> tuple[float, float, float, float]:
    wide = width_of(words.text, words.size, words.bold)
    left = words.at[0] - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
    return left, words.at[1] - 0.7 * words.size, left + wide, words.at[1]


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Return pairs of words that stand on each other."""
    words = [(shape.text, extent(shape)) for shape in drawing.shapes if isinstance(shape, Words)]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(words, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@pytest.mark.parametrize("seconds", [0.01, 0.5, 7, 61])
@pytest.mark.parametrize("chapters", [0, 1, 19, 60])
def test_no_words_stand_on_others_or_outside(tmp_path: Path, seconds: float, chapters: int) -> None:
    examined = examine(tone(tmp_path / "a.wav", seconds), MASTERS["radio"])
    assert examined.findings
    drawing = drawn(sheet(examined, marks(chapters, seconds), "một tên tệp rất dài " * 9))
    assert overlapping(drawing) == []
    for shape in drawing.shapes:
        if isinstance(shape, Words):
            left, top, right, bottom = extent(shape)
            assert 0 < left < right < drawing.width, shape
            assert 0 < top < bottom < drawing.height, shape


def test_every_place_of_a_finding_is_marked_where_it_is(tmp_path: Path) -> None:
    examined = examine(tone(tmp_path / "a.wav", 10), None)
    found = (Finding("gap", True, 2.0, 1.0, (4.0,)), Finding("click", False, 2, 0, (1.0, 8.0)))
    drawing = drawn(sheet(Examined(examined.path, None, examined.quality, examined.course, found)))
    discs = [shape.centre[0] for shape in drawing.shapes if isinstance(shape, Disc) and shape.radius == 11]
    assert discs == pytest.approx([LEFT + (RIGHT - LEFT) * share for share in (0.5, 0.1, 0.8)])
    shade = [shape for shape in drawing.shapes if isinstance(shape, Area) and shape.colour == "#f7d6d3"]
    assert [point[0] for point in shade[0].points[:2]] == pytest.approx(
        [LEFT + (RIGHT - LEFT) * share for share in (0.4, 0.6)]
    )


def test_the_target_is_drawn_where_there_is_one(tmp_path: Path) -> None:
    for name, master in MASTERS.items():
        drawing = drawn(sheet(examine(tone(tmp_path / "a.wav", 5), master)))
        dashes = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.colour == "#1f7a3f"]
        assert bool(dashes) is (name != "loudspeaker")


def test_words_of_a_tag_are_only_words(tmp_path: Path) -> None:
    chapters = (ChapterMark(0, 1000, HOSTILE),)
    drawing = drawn(sheet(examine(tone(tmp_path / "a.wav", 2), None), chapters, HOSTILE))
    text = svg(drawing).decode()
    assert "<script" not in text
    root = ElementTree.fromstring(text.encode())
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        *("svg", "title", "rect", "polygon", "polyline", "circle", "text")
    }
    assert png(drawing) == png(drawing)


def test_what_is_no_sound_has_a_picture_too(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"no sound")
    drawing = drawn(sheet(examine(tmp_path / "a.mp3", None)))
    assert drawing.height < 400
    assert png(drawing).startswith(b"\x89PNG")


def test_chapters_are_read_from_a_tag_of_ours(tmp_path: Path) -> None:
    from datetime import datetime

    written = (ChapterMark(0, 1500, "Mở đầu"), ChapterMark(1500, 2000, "Điểm một"))
    tags = Tags("a", "b", "c", 1, 1, datetime(2023, 4, 3), "", "", written)
    (tmp_path / "a.mp3").write_bytes(id3_tag(tags) + bytes(100))
    assert read_chapters(tmp_path / "a.mp3") == written
    (tmp_path / "b.mp3").write_bytes(b"nothing")
    assert read_chapters(tmp_path / "b.mp3") == ()
    assert read_chapters(tmp_path / "c.mp3") == ()


def test_moments_and_long_texts() -> None:
    assert clock_time(7.95, tenths=True) == "0:08,0"
    assert clock_time(59.94, tenths=True) == "0:59,9"
    assert clock_time(59.99) == "0:59"
    assert clock_time(3661) == "1:01:01"
    assert cut("ngắn", 16, 500) == "ngắn"
    assert cut("rất dài " * 20, 16, 100).endswith("…")
    assert all(width_of(line, 16) <= 200 for line in wrapped("từ " * 40 + "x" * 300, 16, 200))


def test_a_text_that_just_fits_is_not_cut() -> None:
    text, size = "Chương trình truyền thanh", 14
    whole = width_of(text, size)
    assert cut(text, size, whole) == text
    assert cut(text, size, whole - 1).endswith("…")
    assert width_of(cut(text, size, whole - 1), size) <= whole - 1
