"""Write the lock files beside this script: ``make lock``.

Every layer lists what it adds to the layers before it, as names, versions and hashes, so nothing is listed
twice and no two layers can disagree: each is resolved under the pins of those before it. Install a layer
together with those below it (pip wants hashes for all that a call installs): ``-r base.lock -r build.lock``.

A version stays as locked until pyproject.toml asks for another; ``--upgrade`` takes the newest of everything.

Only files for the machines in ``TARGETS`` get a hash: the wheels that fit one, or the sdist if no wheel
does. Its platforms are those that the embedded voice exists for (espeakng-loader, wheels only): on any other
the hashes of the rest would be useless. So the files are a third as large, and a missing hash can do no harm:
pip refuses the file, and the installation stops.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Final

from packaging.markers import Marker
from packaging.utils import parse_wheel_filename

LAYERS: Final[Mapping[str, tuple[str, ...]]] = {  # from the bottom up: what each asks pyproject.toml for
    "base": ("--extra", "m4a"),
    "build": ("--group", "build"),
    "piper": ("--extra", "piper"),
    "dev": ("--group", "dev"),
    "resolver": ("--group", "resolver"),
}
LOWEST_PYTHON: Final = "3.11"
PYTHONS: Final = (11, 12, 13, 14)  # the minor versions named in pyproject.toml
LINUX: Final = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
MACOS: Final = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
WINDOWS: Final = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
PLATFORMS: Final = {  # the platform in the names of wheels that run there: the machine as markers know it
    r"manylinux.*_x86_64": LINUX | {"platform_machine": "x86_64"},
    r"manylinux.*_aarch64": LINUX | {"platform_machine": "aarch64"},
    r"macosx_.*_(x86_64|universal2)": MACOS | {"platform_machine": "x86_64"},
    r"macosx_.*_(arm64|universal2)": MACOS | {"platform_machine": "arm64"},
    r"win_amd64": WINDOWS | {"platform_machine": "AMD64"},
    r"win_arm64": WINDOWS | {"platform_machine": "ARM64"},
}
TARGETS: Final = tuple(product(PYTHONS, PLATFORMS))

Package = Mapping[str, Any]  # one of the [[packages]] of a pylock.toml

ROOT: Final = Path(__file__).parent.parent
HERE: Final = Path(__file__).parent


def main(arguments: Sequence[str]) -> None:
    """Resolve every layer under those before it, then write them all."""
    locked = "" if "--upgrade" in arguments else "".join(file.read_text() for file in HERE.glob("*.lock"))
    with tempfile.TemporaryDirectory() as folder:
        pins = _resolved(Path(folder), locked)
        hashes = _hashes(Path(folder), sorted({pin for layer in pins.values() for pin in layer}))
    for name, layer in pins.items():
        (HERE / f"{name}.lock").write_text("".join(_entry(pin, hashes) for pin in layer), newline="\n")


def _resolved(folder: Path, locked: str) -> dict[str, list[str]]:
    """Return the pins that each layer adds: ``name==version``, with the marker if it is not for everyone."""
    asked: list[str] = []
    lower: list[str] = []
    layers = {}
    for name, asks in LAYERS.items():
        asked += asks
        file, constraints = folder / f"{name}.txt", folder / f"{name}.constraints.txt"
        file.write_text(locked)  # uv keeps the versions that it finds here as long as they fit
        constraints.write_text("\n".join(lower))
        _compile(ROOT / "pyproject.toml", file, *asked, "--constraints", str(constraints))
        layers[name] = [pin for pin in file.read_text().splitlines() if pin not in lower]
        lower += layers[name]
    return layers


def _hashes(folder: Path, pins: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """Return the hashes to write, by name and version; a pylock.toml names the file of each hash."""
    asked, found = folder / "pins.txt", folder / "pylock.toml"
    asked.write_text("\n".join(pins))
    _compile(asked, found, "--no-deps", "--format", "pylock.toml")
    packages = tomllib.loads(found.read_text())["packages"]
    return {(one["name"], one["version"]): sorted(wanted_hashes(one)) for one in packages}


def wanted_hashes(package: Package) -> set[str]:
    """Return the hashes of the wheels that fit a target, and of the sdist if one target has no wheel."""
    wanted = set()
    for minor, platform in TARGETS:
        if _is_for(package, minor, platform):
            fitting = [wheel for wheel in package.get("wheels", ()) if _fits(wheel["url"], minor, platform)]
            wanted |= {file["hashes"]["sha256"] for file in fitting or _sdist(package)}
    return wanted


def _is_for(package: Package, minor: int, platform: str) -> bool:
    python = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
    return "marker" not in package or Marker(package["marker"]).evaluate(PLATFORMS[platform] | python)


def _sdist(package: Package) -> Iterator[Mapping[str, Any]]:
    if "sdist" in package:
        yield package["sdist"]


def _fits(url: str, minor: int, platform: str) -> bool:
    """Whether CPython 3.``minor`` (with its lock: free-threaded builds are not promised) can load a wheel."""
    *_, tags = parse_wheel_filename(url.rpartition("/")[2])
    return any(
        _fits_python(tag.interpreter, tag.abi, minor)
        and (tag.platform == "any" or re.fullmatch(platform, tag.platform) is not None)
        for tag in tags
    )


def _fits_python(interpreter: str, abi: str, minor: int) -> bool:
    if abi == "abi3":
        return interpreter.startswith("cp3") and int(interpreter[3:]) <= minor
    return (interpreter, abi) in {("py3", "none"), (f"cp3{minor}", "none"), (f"cp3{minor}", f"cp3{minor}")}


def _entry(pin: str, hashes: Mapping[tuple[str, str], Sequence[str]]) -> str:
    name, _, version = pin.partition(" ")[0].partition("==")
    lines = (f"    --hash=sha256:{one}" for one in hashes[name, version])
    return " \\\n".join((pin, *lines)) + "\n"


def _compile(source: Path, result: Path, *options: str) -> None:
    uv = Path(sys.executable).with_name("uv")
    fixed = ("--universal", "--python-version", LOWEST_PYTHON, "--no-header", "--no-annotate", "--quiet")
    subprocess.run([uv, "pip", "compile", source, "-o", result, *fixed, *options], check=True, cwd=ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
