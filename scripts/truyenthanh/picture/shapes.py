"""The shapes of a drawing, in pixels from the top left, and the width of words."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal

from PIL import ImageFont

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    colour: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle."""

    centre: Point
    radius: float
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; ``at`` is on its baseline."""

    at: Point
    text: str
    size: int
    colour: str
    bold: bool = False
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes; later ones cover earlier ones."""

    width: int
    height: int
    ground: str
    title: str
    shapes: tuple[Area | Line | Disc | Words, ...]


def box(left: float, top: float, right: float, bottom: float, colour: str) -> Area:
    """Return a filled rectangle."""
    return Area(((left, top), (right, top), (right, bottom), (left, bottom)), colour)


@cache
def font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Return the typeface of the cover."""
    name = f"be-vietnam-pro-{800 if bold else 600}.woff2"
    data = files("truyenthanh.feed").joinpath("fonts", name).read_bytes()
    # The basic layout is in every Pillow; the other one depends on a system library.
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, size: int, bold: bool = False) -> float:
    """Return the width of a text in pixels."""
    return font(size, bold).getlength(text)


def cut(text: str, size: int, width: float) -> str:
    """Return a text, or as much of its beginning as fits, with “…”."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1].rstrip()
    return text + "…"


def wrapped(text: str, size: int, width: float) -> list[str]:
    """Return a text as lines that fit."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(cut(word, size, width))
    return lines
