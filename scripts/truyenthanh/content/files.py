"""Where the files of ``content/`` are, and how an error names them."""

from pathlib import Path

from ..errors import ContentError
from .yaml_tree import Node, load


def load_shown(root: Path, shown_as: str) -> Node:
    """Return a YAML file of the project as a tree; ``shown_as`` is its path from the root."""
    return load(root / shown_as, shown_as)


def shown_from(root: Path, path: Path) -> str:
    """Return a file's name as its editor knows it: its path from the root."""
    return path.relative_to(root).as_posix()


def yaml_files(root: Path, folder: str) -> list[Path]:
    """Return the YAML files of a folder by name. Raises ContentError if there is no such folder."""
    if not (root / folder).is_dir():
        raise ContentError("content.no_folder", file=folder)
    return sorted((root / folder).glob("*.yaml"))


def folders(root: Path, folder: str) -> list[Path]:
    """Return the folders in a folder by name. Raises ContentError if there is no such folder."""
    if not (root / folder).is_dir():
        raise ContentError("content.no_folder", file=folder)
    return sorted(path for path in (root / folder).iterdir() if path.is_dir())
