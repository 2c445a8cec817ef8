"""What all pages of a station have in common."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..recipe import Digested

if TYPE_CHECKING:
    from ..feed.site import Frame

PAGE_LIBRARIES: Final = ("jinja2", "markupsafe", "segno")
PAGE_DATA: Final = ("feed/templates",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSettings:
    """``cover`` names the large and the small cover, ``assets`` the files that all pages use."""

    station: Digested
    series: Digested
    document: Digested
    cover: tuple[str, str]
    assets: tuple[str, ...]


def frame_of(settings: FrameSettings) -> "Frame":
    """Return the frame as the writers of pages take it."""
    from ..feed.site import Frame

    station, series, document = (one.value for one in (settings.station, settings.series, settings.document))
    return Frame(station, series, document, *settings.cover)
