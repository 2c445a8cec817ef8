"""A drawing as PNG. The same drawing gives the same bytes with the same Pillow."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from .shapes import Area, Disc, Drawing, Line, font

SMOOTHING: Final = 2  # drawn this many times larger: Pillow's lines are not anti-aliased
ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}


def png(drawing: Drawing) -> bytes:
    """Return the picture's bytes."""
    size = (drawing.width * SMOOTHING, drawing.height * SMOOTHING)
    picture = Image.new("RGB", size, drawing.ground)
    draw = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        if isinstance(shape, Area):
            draw.polygon(_larger(shape.points), fill=shape.colour)
        elif isinstance(shape, Line):
            draw.line(_larger(shape.points), fill=shape.colour, width=round(shape.width * SMOOTHING))
        elif isinstance(shape, Disc):
            (x, y), radius = _larger((shape.centre,))[0], shape.radius * SMOOTHING
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shape.colour)
        else:
            face, anchor = font(shape.size * SMOOTHING, shape.bold), ANCHORS[shape.anchor]
            draw.text(_larger((shape.at,))[0], shape.text, shape.colour, face, anchor=anchor)
    held = BytesIO()
    smooth = picture.resize((drawing.width, drawing.height), Image.Resampling.LANCZOS)
    smooth.save(held, "PNG", optimize=True)
    return held.getvalue()


def _larger(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    return [(x * SMOOTHING, y * SMOOTHING) for x, y in points]
