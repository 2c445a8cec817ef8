"""Run ``truyenthanh serve`` as a user would, and ask it as a client that sends what it is told to."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STOP = "Bấm Ctrl-C để dừng."


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: what it said, its process, where it listens."""

    process: "subprocess.Popen[str]"
    said: tuple[str, ...]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]  # by names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@contextmanager
def served(root: Path, *arguments: str, port: int = 0) -> Iterator[Served]:
    """Give a server of the site in ``root`` on a free port; it is killed in the end if it still runs."""
    process = start(root, *arguments, "--port", str(port))
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if said[-1] == STOP:
                break
        else:
            raise AssertionError(f"it ended at once: {process.communicate()[1]}")
        yield Served(process, tuple(said), int(said[0].rstrip("/").rpartition(":")[2]))
    finally:
        process.kill()
        process.communicate()


def start(root: Path, *arguments: str) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "TEMP", "TMPDIR")}
    return subprocess.Popen(
        [sys.executable, "-m", "truyenthanh", "serve", *arguments],
        cwd=root,
        env={**kept, "PATH": "", "LANG": "C", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def ask(server: Served, path: str, method: str = "GET", **headers: str) -> Reply:
    """Return the reply to exactly this path; ``If_Range="…"`` gives the header If-Range."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in given, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders()
        got = connection.getresponse()
        return Reply(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
    finally:
        connection.close()
