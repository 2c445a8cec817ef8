"""The build hook: every installation, an editable one too, gets its catalogues of messages compiled.

gettext reads ``truyenthanh.mo``; people write the ``truyenthanh.po`` beside it. ``make`` runs this file as a
script when a catalogue was written to after it was compiled.
"""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]  # it has no configuration of its own
    """Compiles in the source tree, where a wheel takes them from and an editable installation reads them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # as hatchling calls
        """Compile before any file is gathered."""
        compile_catalogues(Path(self.root))


def compile_catalogues(root: Path) -> None:
    """Write every catalogue as gettext reads it. Raises ValueError for a key that is there twice."""
    for written in sorted(root.glob("scripts/truyenthanh/locale/*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(written), check_for_duplicates=True)
        catalogue.save_as_mofile(str(written.with_suffix(".mo")))


if __name__ == "__main__":
    compile_catalogues(ROOT)
