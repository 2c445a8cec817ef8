"""What is built to be installed elsewhere speaks both languages, from the source as it is handed out."""

import gettext
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from catalogues import templates

from truyenthanh.messages import LANGUAGES

ROOT = Path(__file__).parent.parent
NEEDED = ("pyproject.toml", "hatch_build.py", ".gitignore", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that was built from an sdist, which was built from a fresh checkout."""
    checkout, unpacked, dist = (tmp_path_factory.mktemp(name) for name in ("checkout", "unpacked", "dist"))
    for name in NEEDED:
        shutil.copy(ROOT / name, checkout)
    ignored = shutil.ignore_patterns("*.mo", "__pycache__")
    shutil.copytree(ROOT / "scripts", checkout / "scripts", ignore=ignored)
    _build(checkout, "sdist", dist)
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        sdist.extractall(unpacked, filter="data")
    _build(next(unpacked.iterdir()), "wheel", dist)
    return next(dist.glob("*.whl"))


def _build(source: Path, target: str, dist: Path) -> None:
    call = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(dist)]
    subprocess.run(call, cwd=source, check=True, capture_output=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wheel_holds_every_message(wheel: Path, language: str) -> None:
    name = f"truyenthanh/locale/{language}/LC_MESSAGES/truyenthanh.mo"
    with zipfile.ZipFile(wheel) as archive, archive.open(name) as file:
        messages = gettext.GNUTranslations(file)
    for key, forms in templates(language).items():
        assert forms[0] in (messages.gettext(key), messages.ngettext(key, key, 1)), key
