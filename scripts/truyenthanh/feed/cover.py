"""The cover: a horn and its waves, the title as large as fits, the station; drawn, so every series has one.

The same words give the same bytes with the same Pillow (which the lock file pins).
"""

import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import asin, ceil, degrees
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFile, ImageFont

from .wording import one_line

SIDE_PX: Final = 3000  # Apple 896: 1400 to 3000, square, RGB
LIMIT_BYTES: Final = 512 * 1024
SMALL_SIDE_PX: Final = 600  # inside ID3: some horn players fail on larger pictures
SMALL_LIMIT_BYTES: Final = 60 * 1000
QUALITIES: Final = (*range(92, 20, -6), 14, 8, 4, 2, 1)  # the last ones for a picture of pure noise

# Pillow gives its encoder a buffer of one byte per pixel; a noisy picture needs more.
ImageFile.MAXBLOCK = 3 * SMALL_SIDE_PX * SMALL_SIDE_PX

# On this ground white has a contrast of 11.9:1, yellow of 8.2:1.
GROUND: Final = (9, 62, 82)
FOOT: Final = (5, 43, 58)
LIGHT: Final = (255, 255, 255)
SIGNAL: Final = (255, 205, 92)

MARGIN_PX: Final = 210
FOOT_TOP_PX: Final = 2560
SMOOTHING: Final = 4  # the horn is drawn this many times larger, for smooth edges


class Block(NamedTuple):
    """Lines of one size; ``ascent_px`` and ``descent_px`` are how far their ink extends, including marks."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    ascent_px: int
    descent_px: int
    leading_px: int

    @property
    def height_px(self) -> int:
        """The height from the top of the first line's ink to the bottom of the last line's."""
        return self.ascent_px + self.leading_px * (len(self.lines) - 1) + self.descent_px


def cover(title: str, station_name: str) -> bytes:
    """Return the podcast's cover: JPEG, RGB, 3000 by 3000 pixels, at most 512 KB.

    The part of ``title`` before a colon or a bracket is drawn large, the rest smaller below it.
    """
    picture = Image.new("RGB", (SIDE_PX, SIDE_PX), GROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, FOOT_TOP_PX, SIDE_PX, SIDE_PX), fill=FOOT)
    draw.rectangle((0, FOOT_TOP_PX, SIDE_PX, FOOT_TOP_PX + 24), fill=SIGNAL)
    _draw_horn(picture, MARGIN_PX, 170, 760)
    headline, rest = _headline(_drawable(title))
    rest_height_px = 420 if rest else 0
    _draw_text(draw, headline, (1010, FOOT_TOP_PX - 110 - rest_height_px), 800, (520, 90), LIGHT)
    if rest:
        _draw_text(draw, rest, (FOOT_TOP_PX - 470, FOOT_TOP_PX - 90), 600, (190, 70), SIGNAL)
    _draw_text(draw, _drawable(station_name), (FOOT_TOP_PX + 60, SIDE_PX - 60), 600, (170, 60), LIGHT)
    return _jpeg(picture, LIMIT_BYTES)


def small_cover(jpeg: bytes) -> bytes:
    """Return the cover for ID3 tags: JPEG, 600 by 600 pixels, at most 60 KB."""
    with Image.open(BytesIO(jpeg)) as picture:
        size = (SMALL_SIDE_PX, SMALL_SIDE_PX)
        return _jpeg(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS), SMALL_LIMIT_BYTES)


def _jpeg(picture: Image.Image, limit_bytes: int) -> bytes:
    """Return the picture at the best of ``QUALITIES`` that fits into ``limit_bytes``."""
    data = b""
    for quality in QUALITIES:
        held = BytesIO()
        picture.save(held, "JPEG", quality=quality, subsampling=0, optimize=True)
        data = held.getvalue()
        if len(data) <= limit_bytes:
            break
    return data


def _headline(title: str) -> tuple[str, str]:
    """Return the words to draw large and those to draw below them."""
    found = re.match(r"(.{5,}?)(?::\s+|\s+[–—-]\s+|\s+(?=\())(.+)", title)
    return (found[1], found[2]) if found else (title, "")


def _drawable(text: str) -> str:
    """Return ``text`` without the characters the font has no shape for (emoji, other scripts)."""
    font = _font(800, 100)
    missing = bytes(font.getmask("\uffff"))
    return one_line("".join(c for c in one_line(text) if c == " " or bytes(font.getmask(c)) != missing))


@cache
def _font(weight: int, size_px: int) -> ImageFont.FreeTypeFont:
    data = files("truyenthanh.feed").joinpath("fonts", f"be-vietnam-pro-{weight}.woff2").read_bytes()
    # The basic layout is in every Pillow; the other one depends on a system library.
    return ImageFont.truetype(BytesIO(data), size_px, layout_engine=ImageFont.Layout.BASIC)


def _fit(text: str, weight: int, width_px: int, height_px: int, sizes_px: tuple[int, int]) -> Block:
    """Return ``text`` in the largest size whose lines fit into the box; words are never broken.

    If even the smallest size does not fit, the end of the text is replaced with “…”.
    """
    largest_px, smallest_px = sizes_px
    text = _cut(text, _font(weight, smallest_px), width_px, height_px)
    sizes = range(largest_px, smallest_px - 1, -5)
    blocks = (_set(_wrap(text, font, width_px), font) for font in (_font(weight, size) for size in sizes))
    block = next(block for block in blocks if _fits(block, width_px, height_px))
    even = _set(_even_lines(text, block.font, width_px), block.font)
    return even if _fits(even, width_px, height_px) else block


def _cut(text: str, font: ImageFont.FreeTypeFont, width_px: int, height_px: int) -> str:
    """Return ``text``, or as much of its beginning as fits into the box in ``font``."""
    while not _fits(_set(_wrap(text, font, width_px), font), width_px, height_px):
        text = text[: len(text) * 9 // 10].rstrip(" …") + "…"
    return text


def _fits(block: Block, width_px: int, height_px: int) -> bool:
    return block.height_px <= height_px and _widest_px(block.lines, block.font) <= width_px


def _widest_px(lines: tuple[str, ...], font: ImageFont.FreeTypeFont) -> float:
    """Return the width of the widest line: a letter's ink may extend beyond its advance."""
    reaches = (max(font.getlength(line), font.getbbox(line, anchor="ls")[2]) for line in lines)
    return max(reaches, default=0)


def _set(lines: tuple[str, ...], font: ImageFont.FreeTypeFont) -> Block:
    """Return the lines with a leading at which no mark (Ẩ) touches what hangs from the line above (ậ)."""
    inks = [font.getbbox(line, anchor="ls") for line in lines]
    ascent_px = ceil(max((-ink[1] for ink in inks), default=0))
    descent_px = ceil(max((ink[3] for ink in inks), default=0))
    leading_px = max(round(1.24 * font.size), ascent_px + descent_px + round(0.03 * font.size))
    return Block(lines, font, ascent_px, descent_px, leading_px)


def _even_lines(text: str, font: ImageFont.FreeTypeFont, width_px: int) -> tuple[str, ...]:
    """Return as few lines as the width allows, as even as possible, so that no word is left alone."""
    lines = _wrap(text, font, width_px)
    for narrower_px in range(width_px - 40, width_px // 3, -40):
        narrower = _wrap(text, font, narrower_px)
        if len(narrower) > len(lines) or _widest_px(narrower, font) > narrower_px:
            break
        lines = narrower
    return lines


def _wrap(text: str, font: ImageFont.FreeTypeFont, width_px: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _draw_text(
    draw: ImageDraw.ImageDraw,
    text: str,
    rows_px: tuple[int, int],
    weight: int,
    sizes_px: tuple[int, int],
    colour: tuple[int, int, int],
) -> None:
    """Draw ``text`` between two rows, vertically centred, flush left."""
    top_px, bottom_px = rows_px
    block = _fit(text, weight, SIDE_PX - 2 * MARGIN_PX, bottom_px - top_px, sizes_px)
    first_px = top_px + (bottom_px - top_px - block.height_px) // 2 + block.ascent_px
    for number, line in enumerate(block.lines):
        row_px = first_px + number * block.leading_px
        draw.text((MARGIN_PX, row_px), line, colour, block.font, anchor="ls")


def _draw_horn(picture: Image.Image, left_px: int, top_px: int, side_px: int) -> None:
    """Draw a loudspeaker horn in a square of ``side_px`` and, to its right, the waves that leave it."""
    width_px = SIDE_PX - 2 * left_px
    mask = Image.new("L", (width_px * SMOOTHING // 2, side_px * SMOOTHING // 2), 0)
    draw = ImageDraw.Draw(mask)
    unit = side_px * SMOOTHING / 2 / 100  # one hundredth of the square

    def at(*hundredths: float) -> list[float]:
        return [value * unit for value in hundredths]

    draw.polygon(at(22, 36, 78, 4, 78, 96, 22, 64), fill=255)
    draw.rounded_rectangle(at(2, 34, 26, 66), radius=6 * unit, fill=255)
    draw.rounded_rectangle(at(76, 0, 87, 100), radius=5.5 * unit, fill=255)
    for wave in range(8):
        radius = 34 + 24 * wave
        half_angle = min(
            33, degrees(asin(min(1, 46 / radius)))
        )  # the outer ones stay within the square's height
        box = at(88 - radius, 50 - radius, 88 + radius, 50 + radius)
        draw.arc(box, -half_angle, half_angle, fill=255 - 28 * wave, width=round(9 * unit))
    mask = mask.resize((width_px, side_px), Image.Resampling.LANCZOS)
    picture.paste(SIGNAL, (left_px, top_px), mask)
