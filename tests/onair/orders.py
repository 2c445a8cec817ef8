"""Items and stations made up for tests of the running order: no sound behind them."""

from datetime import time
from typing import Any, cast

from truyenthanh.model import Station, Timetable
from truyenthanh.onair.schedule import Part
from truyenthanh.packing.programme_items import Item


def item(number: int, title: str = "Tên") -> Item:
    path = f"audio/xa-mot/loudspeaker/thu-{number:02d}-loa.mp3"
    return Item(f"thu-{number:02d}", number, title, path, "0" * 64, 1, 1.0, -13.5, "đầu", "cuối")


def part(number: int, body: int, opening: int = 0, closing: int = 0) -> Part:
    return Part(item(number), opening, body, closing)


def timetable(slot_s: int, days: int, *hours: int, repeats: bool = False, line: int = 0) -> Timetable:
    return Timetable(slot_s, days, tuple(time(hour) for hour in hours), None, repeats, line)


class _Station:
    id, file, name = "xa-mot", "content/stations/xa-mot.yaml", "Đài xã Một"


def station() -> Station:
    """A stand-in: a running order asks a station for no more than this."""
    return cast(Station, cast(Any, _Station))
