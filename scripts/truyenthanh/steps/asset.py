"""A file that all pages of a station use: style, script, font, its licence."""

from dataclasses import dataclass
from typing import Final

from .step import Kind, MakeContext, NoInputs, Output


@dataclass(frozen=True, slots=True)
class AssetSettings:
    """``asset`` is its name in templates; its file name is derived from its contents."""

    asset: str
    name: str


def make(settings: AssetSettings, inputs: NoInputs, context: MakeContext) -> Output:
    """Return the file."""
    from ..feed.assets import assets

    return Output({"file": assets()[settings.asset].data})


ASSET: Final[Kind[AssetSettings, NoInputs, NoInputs]] = Kind(
    "asset", AssetSettings, make, data=("feed/assets", "feed/fonts")
)
