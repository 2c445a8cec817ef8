"""The build hook: every installation, including an editable one, gets compiled message catalogues.

gettext reads ``truyenthanh.mo``; people write the ``truyenthanh.po`` beside it. ``make`` runs this file as
a script if a catalogue has changed since it was compiled.
"""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]  # it has no configuration of its own
    """Compiles in the source tree, from which wheels are packed and editable installations read."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # as hatchling calls
        """Compile before any files are collected."""
        compile_catalogues(Path(self.root))


def compile_catalogues(root: Path) -> None:
    """Write every catalogue in the form gettext reads. Raises ValueError for a duplicate key."""
    for written in sorted(root.glob("scripts/truyenthanh/locale/*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(written), check_for_duplicates=True)
        catalogue.save_as_mofile(str(written.with_suffix(".mo")))


if __name__ == "__main__":
    compile_catalogues(ROOT)
