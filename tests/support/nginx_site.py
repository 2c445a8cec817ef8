"""Run nginx with the very block of docs/publishing.md, on a free port of loopback."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from places import REPOSITORY

PUBLISHING = REPOSITORY / "docs" / "publishing.md"
AROUND = """\
{user}
daemon off;
master_process off;
pid {work}/pid;
error_log {work}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {work}/body;
  proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
  gzip on;
{block}
}}
"""


def nginx_program() -> str | None:
    """Return nginx, which Debian keeps where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def documented_block() -> str:
    """Return the block for nginx that docs/publishing.md tells users to copy."""
    (block,) = re.findall(r"```nginx\n(.*?)```", PUBLISHING.read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nginx(program: str, work: Path, root: Path, port: int) -> Iterator[None]:
    """Serve ``root`` by that block, with only its port and folder changed."""
    work.mkdir()
    block, ports = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", documented_block())
    block, roots = re.subn(r"root /\S+;", f'root "{root}";', block)
    assert (ports, roots) == (1, 1)
    user = "user root;" if os.geteuid() == 0 else ""  # else it would give up the right to read the folder
    (work / "nginx.conf").write_text(AROUND.format(user=user, work=work, block=block), encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(work), "-c", str(work / "nginx.conf")])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise AssertionError((work / "error.log").read_text())
        assert (work / "error.log").read_text() == ""  # it warns of what it does not like in the block
        yield
    finally:
        process.terminate()
        process.wait()
