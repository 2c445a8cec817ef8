"""Content that no editor would write: one message, soon, in little memory; never a traceback."""

import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from project import write_project

from truyenthanh.cli.edge import main

MOST_S, MOST_BYTES = 10.0, 1 << 30
ROUNDS = 3000
PIECES = (
    b"&a", b"*a", b"!!python/object:os.system", b"- ", b": ", b"{", b"}", b"[", b"]", b"\x00", b"\xff\xfe",
    b"\t", b"---\n", b"'", b'"', b"|\n", b">-\n", b"1e999", b"0x1", b"=cmd", b"null", b"~", "ế".encode(),
    "e\u0302\u0301".encode(), b"2023-04-03", b"#", b"%", b"@", b"`", b"../../x", b"{station}",
    b"{x.__class__}",
)  # fmt: skip


def status(root: Path) -> int:
    return main(["status", "--root", str(root)])


def test_files_damaged_at_random(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, chance = write_project(tmp_path / "xã"), random.Random(11)
    files = sorted(path for path in (root / "content").rglob("*") if path.is_file())
    for number in range(ROUNDS):
        path = chance.choice(files)
        whole = path.read_bytes()
        path.write_bytes(damaged(whole, chance))
        begun = time.monotonic()
        code = status(root)
        assert code in (0, 1), (number, path, capsys.readouterr().err)
        assert time.monotonic() - begun < MOST_S
        path.write_bytes(whole)
        capsys.readouterr()
    assert status(root) == 0


def damaged(body: bytes, chance: random.Random) -> bytes:
    at, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    kind = chance.randrange(5)
    if kind == 0:
        return body[:at] + chance.choice(PIECES) + body[at:]
    if kind == 1:
        return body[:at] + body[end:]
    if kind == 2:
        return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
    if kind == 3:
        return body[:end] + body[at:end] + body[end:]
    lines = body.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def many_points(root: Path) -> None:
    names = [f"p{number}" for number in range(100_000)]
    text = (root / "content/series/thu/series.yaml").read_text(encoding="utf-8")
    text = text.replace('points: ["01", "02", "03"]', f"points: [{', '.join(names)}]")
    (root / "content/series/thu/series.yaml").write_text(text, encoding="utf-8")


def point(body: str) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        (root / "content/series/thu/points/01.yaml").write_text(body, encoding="utf-8")

    return write


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)
BIG = {
    "aliases upon aliases": point(BOMB),
    "brackets in brackets": point("title: " + "[" * 100_000),
    "items in items": point("".join(" " * n + "- \n" for n in range(3000))),
    "fifty megabytes": point("title: " + "chữ " * 10_000_000),
    "one endless word": point("title: A\nit:\n  - " + "a" * 900_000 + ".\ndigital:\n  - B.\n"),
    "a hundred thousand points": many_points,
}


@pytest.mark.parametrize("name", BIG)
def test_content_out_of_all_bounds(tmp_path: Path, name: str) -> None:
    root = write_project(tmp_path / "xã")
    BIG[name](root)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 * MOST_BYTES, 2 * MOST_BYTES))

    begun = time.monotonic()
    command = [sys.executable, "-m", "truyenthanh", "status"]
    done = subprocess.run(command, cwd=root, preexec_fn=limited, capture_output=True, text=True, check=False)
    took = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert took < MOST_S
    assert peak < MOST_BYTES
    shutil.rmtree(root)
