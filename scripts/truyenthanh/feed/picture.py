"""A station's own cover, checked for what Apple, Spotify and players accept."""

from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from truyenthanh.errors import ContentError

from .cover import LIMIT_BYTES

SIDES_PX: Final = (1400, 3000)  # Apple 896
FORMATS: Final = {"jpg": "JPEG", "png": "PNG"}


def checked_picture(data: bytes, ending: str, file: str) -> bytes:
    """Return ``data`` unchanged: a square RGB picture of 1400 to 3000 pixels and at most 512 KB.

    ``ending`` (``jpg`` or ``png``) is the type it is published as, ``file`` its name in the content. Raises
    ContentError for anything else.
    """
    if len(data) > LIMIT_BYTES:
        size, limit = len(data) // 1024 + 1, LIMIT_BYTES // 1024
        raise ContentError("cover.too_large", file=file, size=size, limit=limit)
    try:
        with Image.open(BytesIO(data), formats=tuple(FORMATS.values())) as picture:
            _check(picture, ending, file)
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ContentError("cover.unreadable", file=file) from error
    return data


def _check(picture: Image.Image, ending: str, file: str) -> None:
    width, height = picture.size
    least, most = SIDES_PX
    if picture.format != FORMATS[ending]:
        raise ContentError("cover.misnamed", file=file, format=picture.format)
    if width != height:
        raise ContentError("cover.not_square", file=file, width=width, height=height)
    if not least <= width <= most:
        raise ContentError("cover.bad_side", file=file, side=width, least=least, most=most)
    if picture.mode != "RGB":
        raise ContentError("cover.bad_colours", file=file, mode=picture.mode)
