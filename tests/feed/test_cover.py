"""The cover: right size and colours, text inside its margins, the same bytes every time."""

import unicodedata
from functools import cache
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageFont

from truyenthanh.feed import cover as drawing
from truyenthanh.feed.cover import cover, small_cover

STATION_NAME = "Sở Thông tin và Truyền thông tỉnh Bắc Giang"
TITLES = [
    "Y tế số",
    "Công nghệ thông tin và chuyển đổi số: mười bảy điểm khác nhau (Bắc Giang)",
    "Chuyên mục hỏi đáp về phòng, chống dịch bệnh và chăm sóc sức khỏe ban đầu cho người cao tuổi ở vùng cao",
    "ĐỘ ẨM ỄỆỘ ỰỂ ẬẮNG – ỐNG DẪN",
]
drawn = cache(cover)


def opened(jpeg: bytes) -> Image.Image:
    picture = Image.open(BytesIO(jpeg))
    picture.load()
    return picture


def differs_from_ground(picture: Image.Image) -> NDArray[np.bool_]:
    """Return where the upper part (above the station's band) shows anything but the ground."""
    pixels = np.asarray(picture, dtype=np.int16)[: drawing.FOOT_TOP_PX - 20]
    differs: NDArray[np.bool_] = np.abs(pixels - np.array(drawing.GROUND)).max(axis=2) > 40
    return differs


@pytest.mark.parametrize("title", TITLES)
def test_a_cover_is_what_directories_take(title: str) -> None:
    data = drawn(title, STATION_NAME)
    picture = opened(data)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (3000, 3000))
    assert len(data) <= 512 * 1024


@pytest.mark.parametrize("title", TITLES)
def test_text_keeps_inside_the_margins_and_clear_of_the_horn(title: str) -> None:
    ink = differs_from_ground(opened(drawn(title, STATION_NAME)))
    assert not ink[:, :150].any()
    assert not ink[:, -150:].any()
    assert not ink[:140].any()
    assert not ink[940:1000].any()  # between the horn and the title
    assert not ink[-60:].any()  # between the title and the station's band
    assert ink[1000:-60, 210:].any()


def test_the_same_words_give_the_same_bytes_and_others_do_not() -> None:
    assert cover(TITLES[0], STATION_NAME) == drawn(TITLES[0], STATION_NAME)
    assert drawn(TITLES[0], STATION_NAME) != drawn(TITLES[3], STATION_NAME)


def test_at_64_pixels_title_and_horn_still_stand_out() -> None:
    thumbnail = opened(drawn(TITLES[0], STATION_NAME)).convert("L").resize((64, 64), Image.Resampling.LANCZOS)
    levels = np.asarray(thumbnail)
    assert np.ptp(levels[4:20]) > 120
    assert np.ptp(levels[22:54]) > 150


def test_characters_without_a_shape_are_left_out() -> None:
    assert cover("Y tế số 🎙️漢", STATION_NAME) == drawn("Y tế số", STATION_NAME)


def test_the_small_cover_fits_into_a_tag() -> None:
    for title in TITLES:
        small = small_cover(drawn(title, STATION_NAME))
        picture = opened(small)
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (600, 600))
        assert len(small) <= 60_000


@pytest.mark.parametrize(
    ("title", "headline", "rest"),
    [
        ("Y tế số: hỏi và đáp", "Y tế số", "hỏi và đáp"),
        ("Chuyển đổi số (Bắc Giang)", "Chuyển đổi số", "(Bắc Giang)"),
        ("Chuyển đổi số – mười bảy điểm", "Chuyển đổi số", "mười bảy điểm"),
        ("Phát thanh lúc 5:30 sáng", "Phát thanh lúc 5:30 sáng", ""),
        ("Số: một", "Số: một", ""),
    ],
)
def test_the_headline_ends_at_a_colon_a_dash_or_a_bracket(title: str, headline: str, rest: str) -> None:
    assert drawing._headline(title) == (headline, rest)


SYLLABLES = st.sampled_from(
    ["chuyển", "đổi", "số", "Ẩm", "nghiêng", "Ỷ", "Đường", "2026", "THƯỞNG", "bậc", "ơ"]
)


@settings(max_examples=25)
@example("chuyển nghiêng số số")  # whose ink leans out of its box at one size
@given(st.lists(SYLLABLES, min_size=2, max_size=24).map(" ".join).filter(lambda title: len(title) <= 120))
def test_any_title_fits_its_box_whole_and_no_two_lines_touch(title: str) -> None:
    block = drawing._fit(title, 800, 2580, 1020, (520, 90))
    assert " ".join(block.lines) == title
    assert block.height_px <= 1020
    inks = [block.font.getbbox(line, anchor="ls") for line in block.lines]
    assert all(ink[2] <= 2585 for ink in inks)
    assert all(above[3] < block.leading_px + below[1] for above, below in pairwise(inks))


def test_a_text_too_long_for_its_box_ends_with_an_ellipsis() -> None:
    for text in ("x" * 500, "rất dài " * 200):
        block = drawing._fit(text, 600, 2580, 320, (170, 60))
        assert block.lines[-1].endswith("…")
        assert block.height_px <= 320


def test_both_fonts_have_every_vietnamese_letter() -> None:
    bases, marks = "aăâeêioôơuưy", "\u0300\u0301\u0303\u0309\u0323"
    letters = [unicodedata.normalize("NFC", base + mark) for base in bases for mark in marks]
    for weight in (600, 800):
        font: ImageFont.FreeTypeFont = drawing._font(weight, 100)
        missing = bytes(font.getmask("\uffff"))
        for letter in [*letters, *"đ“”–…"]:
            assert bytes(font.getmask(letter)) != missing, letter
            assert bytes(font.getmask(letter.upper())) != missing, letter.upper()
