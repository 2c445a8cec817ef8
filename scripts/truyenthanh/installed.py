"""Which distributions are installed, and their versions, from the names of their folders.

``importlib.metadata`` reads the metadata of each and loads an e-mail parser to do so, which takes as long
as all other libraries of a plan together; it is used only if no folder has the name.
"""

import os
import re
import sys
from functools import cache
from typing import Final

_FOLDER: Final = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)\.dist-info")  # PyPA: recorded installs


@cache
def installed_version(name: str) -> str:
    """Return the version of a distribution. Raises PackageNotFoundError."""
    found = _installed().get(_plain(name))
    if found is not None:
        return found
    from importlib.metadata import version

    return version(name)


def is_installed(name: str) -> bool:
    """Whether a distribution is installed."""
    if _plain(name) in _installed():
        return True
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


@cache
def _installed() -> dict[str, str]:
    """Return the versions by plain name; if there are two, the one that Python would import."""
    found: dict[str, str] = {}
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112 -- sys.path holds names
            for entry in sorted(os.listdir(folder)):  # noqa: PTH208
                match = _FOLDER.fullmatch(entry)
                if match is not None:
                    found.setdefault(_plain(match["name"]), match["version"])
    return found


def _plain(name: str) -> str:
    """Return a name in the form used for comparison (PyPA: name normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()
