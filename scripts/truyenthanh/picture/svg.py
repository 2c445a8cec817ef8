"""A drawing as SVG: text that can be searched, enlarged, and put on a page."""

from xml.sax.saxutils import escape, quoteattr

from .shapes import Area, Disc, Drawing, Line, Point, Words

FACE = "'Be Vietnam Pro', 'Noto Sans', 'Segoe UI', Arial, sans-serif"


def svg(drawing: Drawing) -> bytes:
    """Return the picture's bytes."""
    size = f'width="{drawing.width}" height="{drawing.height}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {drawing.width} {drawing.height}" '
        f'font-family="{FACE}" role="img">',
        f"<title>{_text(drawing.title)}</title>",
        f'<rect width="100%" height="100%" fill="{drawing.ground}"/>',
        *(_element(shape) for shape in drawing.shapes),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _element(shape: Area | Line | Disc | Words) -> str:
    if isinstance(shape, Area):
        return f'<polygon points="{_points(shape.points)}" fill="{shape.colour}"/>'
    if isinstance(shape, Line):
        stroke = f'stroke="{shape.colour}" stroke-width="{shape.width:g}" stroke-linejoin="round"'
        return f'<polyline points="{_points(shape.points)}" fill="none" {stroke}/>'
    if isinstance(shape, Disc):
        x, y = shape.centre
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{shape.radius:g}" fill="{shape.colour}"/>'
    x, y = shape.at
    face = f'font-size="{shape.size}" font-weight="{800 if shape.bold else 600}" fill="{shape.colour}"'
    anchor = quoteattr(shape.anchor)
    return f'<text x="{x:.1f}" y="{y:.1f}" {face} text-anchor={anchor}>{_text(shape.text)}</text>'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _text(text: str) -> str:
    """Return text made valid for XML: a file's tag can contain anything."""
    return escape("".join(char for char in text if char >= " " and char not in "\ufffe\uffff"))
