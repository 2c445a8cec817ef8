"""Run the command as a user would, in a process of its own whose PATH holds no other program."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

KEPT = ("SYSTEMROOT", "TEMP", "TMPDIR", "OPENBLAS_CORETYPE")  # the last bits of some sums are its kernels'


def truyenthanh(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Return what the command said and its exit code; neither ffmpeg nor espeak-ng can be found."""
    nowhere = root / ".nowhere"
    nowhere.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return subprocess.run(
        [sys.executable, "-m", "truyenthanh", *arguments],
        cwd=root,
        env={**kept, "PATH": str(nowhere), "LANG": "C", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def built(root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Return what a build said, which must have gone well."""
    run = truyenthanh(root, "build", *arguments, environment=environment)
    assert run.returncode == 0, run.stderr
    return run.stdout


def published(root: Path) -> dict[str, str]:
    """Return the sha256 of every file under audio/ and feed/, by path; hidden ones too, but no history."""
    files = [path for tree in ("audio", "feed") for path in (root / tree).rglob("*") if path.is_file()]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.name.startswith(".history")
    }
