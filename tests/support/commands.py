"""Run the command: as a user would, in a process of its own whose PATH holds no other program; or inside."""

import contextlib
import hashlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from truyenthanh.cli.edge import main
from truyenthanh.messages import LOCALE_VARIABLES

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


def inside(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Do what ``truyenthanh`` does in the process of the test: in a tenth of the time, and with its own
    modules. Where the process itself, its environment or its signals are tested, this is not enough."""
    out, err = io.StringIO(), io.StringIO()
    before = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name in LOCALE_VARIABLES:
            patch.delenv(name, raising=False)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(arguments)
        finally:
            signal.signal(signal.SIGTERM, before)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def built(root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Return what a build said, which must have gone well."""
    if environment is None:
        run = inside(root, "build", *arguments)
    else:
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
