"""The cover, drawn or the station's own, and a small copy for tags."""

from dataclasses import dataclass
from typing import Final

from .content_files import planned_file, shown
from .step import Kind, MakeContext, NoInputs, Output


@dataclass(frozen=True, slots=True)
class CoverSettings:
    """What a drawn cover shows; or the sha256 and the file extension of the station's own picture."""

    title: str = ""
    station: str = ""
    picture: str | None = None
    ending: str = "jpg"


def make(settings: CoverSettings, inputs: NoInputs, context: MakeContext) -> Output:
    """Return the cover as a file, and its small copy."""
    from ..feed.cover import cover as drawn
    from ..feed.cover import small_cover
    from ..feed.picture import checked_picture

    if settings.picture is None:
        picture = drawn(settings.title, settings.station)
    else:
        path = planned_file(context, settings.picture)
        picture = checked_picture(path.read_bytes(), settings.ending, shown(path))
    return Output({"file": picture, "small": small_cover(picture)})


COVER: Final[Kind[CoverSettings, NoInputs, NoInputs]] = Kind(
    "cover", CoverSettings, make, is_slow=True, libraries=("pillow",), data=("feed/fonts",)
)
