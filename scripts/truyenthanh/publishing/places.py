"""Where a station's files are published, and where they are staged."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one station's publication."""

    root: Path
    station: str

    @property
    def manifest(self) -> Path:
        """The manifest of what is published."""
        return self.root / "audio" / self.station / "manifest.json"

    @property
    def staged_manifest(self) -> Path:
        """The manifest of what is being published."""
        return self.staged(f"audio/{self.station}/manifest.json")

    def staged(self, path: str) -> Path:
        """Return where a file is staged until it is moved to ``path``."""
        tree, station, rest = path.split("/", 2)
        return self.root / tree / station / ".staging" / rest

    def final(self, path: str) -> Path:
        """Return where the published file is."""
        return self.root / path

    def owns_path(self, path: str) -> bool:
        """Whether a path leads into the station's own folders and nowhere else."""
        tree, _, rest = path.partition("/")
        return tree in ("audio", "feed") and rest.startswith(f"{self.station}/") and ".." not in rest


def lock_file(root: Path, station: str) -> Path:
    """Return the path of a station's lock."""
    return root / ".cache" / "locks" / f"{station}.lock"


def orphans(root: Path, stations: Collection[str]) -> list[str]:
    """Return the published folders whose station no longer exists: they would still be uploaded."""
    paths = (path for tree in ("audio", "feed") for path in sorted((root / tree).glob("*")))
    return [
        f"{path.parent.name}/{path.name}" for path in paths if path.is_dir() and path.name not in stations
    ]
