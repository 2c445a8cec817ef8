"""Run many commands in one process and say, as JSON, what each said: ``python speaker.py`` < calls.

A call is ``[folder, argument, ...]``. Help is worded when a command is loaded, so that one process speaks one
language: that of its locale, or of ``--lang`` in its first call.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Call = Sequence[str]
Answer = Mapping[str, Any]  # code, out, err


def answers(calls: Sequence[Call], environment: Mapping[str, str]) -> list[Answer]:
    """Return what the program answers to the calls under a locale of its user."""
    kept = {name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "TEMP", "TMPDIR")}
    run = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(calls),
        env={**kept, "PATH": "", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return list(json.loads(run.stdout))


def _answer(folder: str, *arguments: str) -> Answer:
    from truyenthanh.cli.edge import main

    os.chdir(folder)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    sys.stdin = io.TextIOWrapper(io.BytesIO("Có 20% XQZW.\n".encode()), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    texts = []
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    return {"code": code, "out": texts[0], "err": texts[1]}


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parent)
    json.dump([_answer(*call) for call in json.load(sys.stdin)], sys.stdout)
