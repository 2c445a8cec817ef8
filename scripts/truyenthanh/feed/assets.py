"""Style, script and font of the pages, under names with a digest of their content: browsers may cache
them for ever, and a page never gets the style of another build."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_FONT: Final = "be-vietnam-pro-600.woff2"
FOLDER: Final = "assets"  # inside the station's own: a page on a stick can load fonts from no further up


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that every page of a station uses; ``name`` is its path inside the station's folder."""

    name: str
    data: bytes


@cache
def assets() -> dict[str, Asset]:
    """Return the files by their names in templates.

    The style names its font, so a new font gives a new style too. The font's licence must accompany
    the font.
    """
    font = _named(_FONT, (_HERE / "fonts" / _FONT).read_bytes())
    style = _text("page.css").replace(_FONT.encode(), font.name.rpartition("/")[2].encode())
    return {
        "style": _named("page.css", style),
        "script": _named("player.js", _text("player.js")),
        "font": font,
        "licence": Asset(f"{FOLDER}/ofl.txt", (_HERE / "fonts" / "OFL.txt").read_bytes()),
    }


def _text(name: str) -> bytes:
    return (_HERE / FOLDER / name).read_bytes().replace(b"\r\n", b"\n")


def _named(name: str, data: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    return Asset(f"{FOLDER}/{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{ending}", data)
