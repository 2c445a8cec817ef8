"""The page that compares a draft with the approved version."""

from dataclasses import dataclass
from typing import Final

from ..recipe import Digested
from .step import Kind, MakeContext, NoInputs, Output

TO_ROOT: Final = "../../../"  # both sounds are in folders of the project, the page is in the drafts folder


@dataclass(frozen=True, slots=True)
class ComparisonSettings:
    """``episode`` holds both versions (``differences.Versions``), ``station`` is a name."""

    episode: Digested
    station: str


def make(settings: ComparisonSettings, inputs: NoInputs, context: MakeContext) -> Output:
    """Return the page."""
    from ..feed.comparison import write_comparison

    return Output({"file": write_comparison(settings.episode.value, settings.station, TO_ROOT)})


COMPARISON: Final[Kind[ComparisonSettings, NoInputs, NoInputs]] = Kind(
    "comparison",
    ComparisonSettings,
    make,
    libraries=("jinja2", "markupsafe"),
    data=("feed/templates",),
)
