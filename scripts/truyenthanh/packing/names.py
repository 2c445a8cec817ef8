"""The names of a pack: ASCII, and valid on FAT32, on Windows and on players that show 8-bit letters."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from .programme_items import Item

SCHEDULE: Final = "LICH-PHAT.html"
LOG: Final = "NHAT-KY.csv"
PRINTED_LOG: Final = "NHAT-KY.html"
HOW_TO: Final = "HUONG-DAN.txt"
PLAYLIST: Final = "DANH-SACH.m3u"
PLAYLIST_UTF8: Final = "DANH-SACH.m3u8"
STATE: Final = "goi.json"
SUMS: Final = "SHA256SUMS"
UNFINISHED: Final = "CHUA-XONG.txt"
REPLACED: Final = "THAY-THE.html"

LIMIT: Final = 64  # of 255 (FAT32), so that paths in a deep folder stay below Windows's limit of 260
_REFUSED: Final = re.compile(r"[^A-Za-z0-9._-]+")


def folder_name(station: str, suffix: str) -> str:
    """Return the name of a pack's folder and zip. It does not begin with a reserved name of Windows."""
    return f"{station}-{suffix}"


def sound_names(items: Sequence[Item]) -> dict[str, str]:
    """Return the file name of every item by its episode, numbered in play order: ``01-17-diem-01-loa.mp3``.

    The number keeps names distinct when case is ignored, and unlike the reserved names of Windows.
    """
    width = max(2, len(str(len(items))))
    return {item.episode: _numbered(f"{place:0{width}d}", item.path) for place, item in enumerate(items, 1)}


def _numbered(number: str, path: str) -> str:
    """Return a name of at most ``LIMIT`` characters; a longer one is cut before the master's suffix."""
    name = PurePosixPath(_REFUSED.sub("-", path.rpartition("/")[2]))
    head, dash, tail = name.stem.rpartition("-")
    room = LIMIT - len(f"{number}-{dash}{tail}{name.suffix}")
    return f"{number}-{head[:room].rstrip('.-')}{dash}{tail}{name.suffix}"
