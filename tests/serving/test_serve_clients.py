"""Real podcast clients and a real web server on loopback; what is not installed is named and skipped."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import built, published
from nginx_site import documented_block, free_port, nginx, nginx_program
from project import EPISODES, STATIONS, edit
from ready import linked
from served import Served, ask, served

CLIENTS_S = 60


def needed(program: str) -> str:
    found = nginx_program() if program == "nginx" else shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed (Debian: gpodder, newsboat, nginx-light)")
    return found


@pytest.fixture(scope="module")
def site(both_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linked(both_built, tmp_path_factory.mktemp("site") / "xã")


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Served]:
    with served(site, "--all") as running:
        yield running


def podcasts(root: Path, station: str) -> list[str]:
    """Return the sha256 of the station's podcast files."""
    folder = f"audio/{station}/podcast/"
    return sorted(sha for path, sha in published(root).items() if path.startswith(folder))


def downloaded(folder: Path) -> list[str]:
    (folder / "audio").mkdir(exist_ok=True)
    for file in [one for one in folder.rglob("*.mp3") if one.parent.name != "audio"]:
        file.rename(folder / "audio" / f"{len(list((folder / 'audio').iterdir()))}.mp3")
    return sorted(sha for path, sha in published(folder).items())


@pytest.mark.parametrize("station", STATIONS)
def test_gpodder_subscribes_and_downloads_every_episode(
    server: Served, site: Path, tmp_path: Path, station: str
) -> None:
    gpo = needed("gpo")
    home = {"HOME": str(tmp_path), "GPODDER_HOME": str(tmp_path / "gpodder"), "PATH": os.environ["PATH"]}
    home["GPODDER_DOWNLOAD_DIR"] = str(tmp_path / "downloads")
    (tmp_path / "downloads").mkdir()
    for arguments in (("subscribe", f"{server.address}/feed/{station}/feed.xml"), ("update",), ("download",)):
        subprocess.run([gpo, *arguments], env=home, stdin=subprocess.DEVNULL, check=True, timeout=CLIENTS_S)
    assert downloaded(tmp_path / "downloads") == podcasts(site, station)
    assert len(podcasts(site, station)) == len(EPISODES)


@pytest.mark.parametrize("station", STATIONS)
def test_newsboat_subscribes_and_podboat_downloads_every_episode(
    server: Served, site: Path, tmp_path: Path, station: str
) -> None:
    newsboat, podboat = needed("newsboat"), needed("podboat")
    folder = tmp_path / ".newsboat"
    folder.mkdir()
    (folder / "urls").write_text(f"{server.address}/feed/{station}/feed.xml\n")
    (folder / "config").write_text(
        f'podcast-auto-enqueue yes\ndownload-path "{tmp_path}/downloads/"\n'
        'download-filename-format "%u"\nmax-downloads 2\n'
    )
    (tmp_path / "downloads").mkdir()
    home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8"}
    subprocess.run([newsboat, "-x", "reload"], env=home, check=True, timeout=CLIENTS_S)
    assert (folder / "queue").read_text().count("-podcast.mp3") >= len(EPISODES)
    on_a_terminal([podboat, "-a"], home, lambda: len(list((tmp_path / "downloads").glob("*.mp3"))))
    assert downloaded(tmp_path / "downloads") == podcasts(site, station)


def on_a_terminal(command: list[str], environment: dict[str, str], finished: Callable[[], int]) -> None:
    """Run a program that wants a terminal until it has as many files as there are episodes."""
    import fcntl  # none of these is there on Windows, nor are the clients
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.set_blocking(ours, False)
    until = time.monotonic() + CLIENTS_S
    while finished() < len(EPISODES) and time.monotonic() < until:
        try:
            os.read(ours, 65536)
        except BlockingIOError:
            time.sleep(0.05)
    process.terminate()
    process.wait()
    os.close(ours)
    os.close(theirs)


@pytest.fixture
def hosted(site: Path, tmp_path: Path) -> Iterator[tuple[Served, Path]]:
    """The site as its stations would publish it on nginx at an address of their own."""
    program, port = needed("nginx"), free_port()
    root = tmp_path / "hosted"
    shutil.copytree(site, root)
    for station in STATIONS:
        edit(
            root,
            f"content/stations/{station}.yaml",
            f"https://{station}.example.org",
            f"http://127.0.0.1:{port}",
        )
    built(root, "--all")
    with nginx(program, tmp_path / "nginx", root, port), served(site, "--all") as ours:
        yield Served(ours.process, (), port), root


def test_nginx_with_the_documented_block_answers_as_serve_does(
    hosted: tuple[Served, Path], server: Served
) -> None:
    theirs, root = hosted
    alike = ("content-type", "content-length", "accept-ranges", "cache-control", "x-content-type-options")
    for path in published(root):
        if path.endswith("manifest.json") or path.count("/") < 2:
            continue
        one, other = ask(theirs, f"/{path}"), ask(server, f"/{path}")
        assert one.status == other.status == 200, path
        is_page = path.endswith(".html") and "/transcripts/" not in path  # these name their own address
        if not path.endswith(".xml") and not is_page:
            assert one.body == other.body, path
            assert {name: one.headers.get(name) for name in alike} == {
                name: other.headers.get(name) for name in alike
            }, path
        assert one.headers["content-type"] == other.headers["content-type"], path
        assert one.headers["access-control-allow-origin"] == "*", path
        part = ask(theirs, f"/{path}", Range="bytes=1-5", If_Range=one.headers["etag"])
        assert (part.status, part.body) == (206, one.body[1:6]), path
        assert ask(theirs, f"/{path}", If_None_Match=one.headers["etag"]).status == 304
    assert ask(theirs, "/feed/xa-mot/").body == (root / "feed/xa-mot/index.html").read_bytes()


def test_nginx_with_the_documented_block_shows_nothing_hidden(hosted: tuple[Served, Path]) -> None:
    theirs, root = hosted
    (root / "audio/xa-mot/.staging").mkdir()
    (root / "audio/xa-mot/.staging/new.mp3").write_bytes(b"x")
    (root / "audio/xa-mot/podcast/link.mp3").symlink_to(root / "content/project.yaml")
    for path in (
        "/audio/xa-mot/.staging/new.mp3",
        "/.cache/store/last/xa-mot.json",
        "/audio/xa-mot/podcast/link.mp3",
    ):
        assert ask(theirs, path).status in (403, 404), path


def test_there_is_one_block_for_nginx() -> None:
    assert documented_block().startswith("server {")
