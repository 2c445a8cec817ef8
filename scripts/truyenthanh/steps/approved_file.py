"""A file, or the layout of a section, of an approved version that stays on air: never rebuilt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .step import Figures, Kind, NoInputs


@dataclass(frozen=True, slots=True)
class ApprovedFileSettings:
    """Its entry in the approved version's record; for a section, only the figures."""

    figures: Figures
    sha256: str | None = None
    bytes: int = 0


def known(settings: ApprovedFileSettings) -> tuple[Mapping[str, str], Mapping[str, int], Figures]:
    """Return its blobs, their sizes and its figures."""
    if settings.sha256 is None:
        return {}, {}, settings.figures
    return {"file": settings.sha256}, {"file": settings.bytes}, settings.figures


APPROVED_FILE: Final[Kind[ApprovedFileSettings, NoInputs, NoInputs]] = Kind(
    "approved_file", ApprovedFileSettings, known=known
)
