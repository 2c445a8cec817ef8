"""The serve command on loopback: what a browser, a podcast client and a stranger get from it."""

import email.parser
import email.policy
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import segno
from commands import built, truyenthanh
from project import EPISODES, STATIONS, edit, write_project
from ready import linked
from served import Reply, Served, ask, served, start

from truyenthanh.publishing.manifest import named_files
from truyenthanh.publishing.places import Places

pytestmark = pytest.mark.slow(25)

SPEECH = "/audio/xa-mot/podcast/thu-01-podcast.mp3"
WAVE = "audio/xa-mot/radio/thu-01-phat-thanh.wav"
FEED = "/feed/xa-mot/feed.xml"
PAGE = "/feed/xa-mot/index.html"
EPISODE_PAGE = "/feed/xa-mot/thu-01.html"
COVER = re.compile(r".*/cover-[0-9a-f]{8}\.jpg")
TYPES = {
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".xml": "application/rss+xml; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}


@pytest.fixture(scope="module")
def site(both_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both stations of the small project, built; tests that change something copy it."""
    return linked(both_built, tmp_path_factory.mktemp("site") / "xã")


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Served]:
    with served(site, "--all") as running:
        yield running


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    root = tmp_path / "bản chép"
    shutil.copytree(site, root)
    return root


def files_of(root: Path, station: str = "xa-mot") -> dict[str, dict[str, object]]:
    manifest = json.loads((root / f"audio/{station}/manifest.json").read_text(encoding="utf-8"))
    files: dict[str, dict[str, object]] = manifest["files"]
    return files


def is_a_vietnamese_page(reply: Reply, words: str) -> bool:
    return (
        reply.headers["content-type"] == TYPES[".html"]
        and '<html lang="vi">' in reply.text
        and (words in reply.text)
    )


# ---------------------------------------------------------------- what is there


@pytest.mark.parametrize("station", STATIONS)
def test_every_published_file_is_there_with_its_bytes_type_and_headers(
    server: Served, site: Path, station: str
) -> None:
    files = files_of(site, station)
    assert {Path(path).suffix for path in files} >= set(TYPES) - {".srt"}
    for path in files:
        got, head = ask(server, f"/{path}"), ask(server, f"/{path}", "HEAD")
        assert got.status == head.status == 200, path
        kind = "application/json+chapters" if "/chapters/" in path else TYPES[Path(path).suffix]
        assert got.headers["content-type"] == kind, path
        if not path.endswith((".html", ".xml")) or "/transcripts/" in path:
            assert hashlib.sha256(got.body).hexdigest() == files[path]["sha256"], path
        assert head.body == b""
        assert {**head.headers, "date": ""} == {**got.headers, "date": ""}, path
        assert got.headers["content-length"] == str(len(got.body))
        assert got.headers["accept-ranges"] == "bytes"
        assert got.headers["cache-control"] == "no-cache"
        assert got.headers["x-content-type-options"] == "nosniff"
        open_to_all = got.headers.get("access-control-allow-origin") == "*"
        assert open_to_all == (Path(path).suffix != ".html"), path
        assert "content-encoding" not in ask(server, f"/{path}", Accept_Encoding="gzip, br").headers


def test_the_feed_and_page_are_those_of_a_station_with_this_address(copy: Path) -> None:
    """Byte for byte what the writer gives: the station is built again with that address as its site."""
    with served(copy) as server:
        feed, page = ask(server, FEED), ask(server, EPISODE_PAGE)
    edit(copy, "content/stations/xa-mot.yaml", "https://xa-mot.example.org", server.address)
    before = (copy / f".{FEED}").read_bytes()
    built(copy)
    assert feed.body == (copy / f".{FEED}").read_bytes() != before
    assert page.body == (copy / f".{EPISODE_PAGE}").read_bytes()


def test_every_address_of_the_feed_is_here_and_answers(server: Served) -> None:
    own = set(re.findall(rf'[>"]({server.address}/[^"<#]+)', ask(server, FEED).text))
    assert len(own) >= 3 + 4 * len(EPISODES)
    for address in own:
        assert ask(server, address.removeprefix(server.address), "HEAD").status == 200, address
    assert "example.org/" not in ask(server, FEED).text


def test_the_root_page_lists_the_stations(server: Served, site: Path) -> None:
    page = ask(server, "/")
    assert is_a_vietnamese_page(page, "Chương trình của Đài xã Một")
    for station in STATIONS:
        assert f'href="/feed/{station}/index.html"' in page.text
        assert f"{server.address}/feed/{station}/feed.xml" in page.text
        for folder in (f"/feed/{station}", f"/feed/{station}/"):
            moved = ask(server, folder)
            assert (moved.status, moved.headers["location"]) == (307, f"/feed/{station}/index.html")
    assert ask(server, "/", "HEAD").headers["content-length"] == str(len(page.body))


def test_a_feed_names_the_address_by_which_the_client_came(server: Served) -> None:
    assert "http://dai-xa.lan:81/feed/xa-mot/feed.xml" in ask(server, FEED, Host="dai-xa.lan:81").text
    assert "http://[::1]:8/audio/" in ask(server, FEED, Host="[::1]:8").text
    for strange in ('a"b', "a/b", "a<b", "a:b:c", "[::1", "a b", "@a", "é"):
        reply = ask(server, FEED, Host=strange)
        assert reply.status == 400 or f"{server.address}/audio/xa-mot" in reply.text, strange


# ---------------------------------------------------------------- parts and copies


def test_a_range_gives_its_bytes(server: Served, site: Path) -> None:
    whole = (site / SPEECH[1:]).read_bytes()
    size = len(whole)
    ranges = {
        "bytes=0-1": (0, 2),
        "bytes=1000-1999": (1000, 2000),
        f"bytes={size - 10}-": (size - 10, size),
        "bytes=-100": (size - 100, size),
        f"bytes=5-{size * 2}": (5, size),
        "bytes=0-": (0, size),
    }
    for header, (start_at, end) in ranges.items():
        got = ask(server, SPEECH, Range=header)
        assert got.status == 206
        assert got.body == whole[start_at:end], header
        assert got.headers["content-range"] == f"bytes {start_at}-{end - 1}/{size}"
        assert got.headers["content-length"] == str(end - start_at)
        assert got.headers["content-type"] == "audio/mpeg"
        assert got.headers["access-control-allow-origin"] == "*"
        assert "Content-Range" in got.headers["access-control-expose-headers"]
    for ignored in ("bytes=5-1", "lines=1-2", "bytes=x", "bytes=0-,0-"):
        got = ask(server, SPEECH, Range=ignored)
        assert (got.status, got.body == whole) == (200, True), ignored
    assert ask(server, SPEECH, "HEAD", Range="bytes=0-1").headers["content-length"] == str(size)


def test_several_ranges_come_in_parts(server: Served, site: Path) -> None:
    whole = (site / SPEECH[1:]).read_bytes()
    got = ask(server, SPEECH, Range="bytes=0-99, 500-599, -7")
    assert got.status == 206
    assert got.headers["content-length"] == str(len(got.body))
    raw = b"Content-Type: " + got.headers["content-type"].encode() + b"\r\n\r\n" + got.body
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(raw)
    assert message.get_content_type() == "multipart/byteranges"
    parts = list(message.iter_parts())
    assert [part.get_payload(decode=True) for part in parts] == [whole[:100], whole[500:600], whole[-7:]]
    assert [part["Content-Type"] for part in parts] == ["audio/mpeg"] * 3
    assert parts[1]["Content-Range"] == f"bytes 500-599/{len(whole)}"


def test_a_range_behind_the_end_is_416(server: Served, site: Path) -> None:
    size = (site / SPEECH[1:]).stat().st_size
    for header in (f"bytes={size}-", f"bytes={size + 5}-{size + 9}", "bytes=-0"):
        got = ask(server, SPEECH, Range=header)
        assert (got.status, got.headers["content-range"], got.body) == (416, f"bytes */{size}", b"")


@pytest.mark.parametrize("path", [SPEECH, FEED, PAGE, "/feed/xa-mot/transcripts/thu-01.vtt"])
def test_who_has_the_file_is_not_sent_it_again(server: Served, path: str) -> None:
    first = ask(server, path)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert re.fullmatch(r'"[0-9a-f-]+"', etag)
    for method in ("GET", "HEAD"):
        for tags in (etag, f"W/{etag}", f'"x", {etag}', "*"):
            same = ask(server, path, method, If_None_Match=tags)
            assert (same.status, same.body, same.headers["etag"]) == (304, b"", etag), tags
            assert same.headers["cache-control"] == "no-cache"
    assert ask(server, path, If_None_Match='"x"').status == 200
    assert ask(server, path, If_Modified_Since=modified).status == 304
    assert ask(server, path, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200
    assert ask(server, path, If_None_Match='"x"', If_Modified_Since=modified).status == 200
    assert ask(server, path, If_None_Match=etag, Range="bytes=0-1").status == 304


def test_a_range_counts_only_for_the_file_it_was_meant_for(server: Served) -> None:
    head = ask(server, SPEECH, "HEAD").headers
    for same in (head["etag"], head["last-modified"]):
        assert ask(server, SPEECH, Range="bytes=0-9", If_Range=same).status == 206
    for other in ('"old"', f"W/{head['etag']}", "Thu, 01 Jan 1970 00:00:00 GMT"):
        got = ask(server, SPEECH, Range="bytes=0-9", If_Range=other)
        assert (got.status, str(len(got.body))) == (200, head["content-length"]), other


# ---------------------------------------------------------------- what is not there


def test_what_is_not_there_is_said_in_vietnamese(server: Served) -> None:
    for path in ("/khong-co", "/feed/xa-mot/khong-co.xml", "/feed/xa-ba/feed.xml", "/feed/", "/audio/xa-mot"):
        got = ask(server, path)
        assert got.status == 404, path
        assert is_a_vietnamese_page(got, "Không có trang hay tệp này ở đây.")
        assert ask(server, path, "HEAD").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_can_be_sent_here(server: Served, method: str) -> None:
    for path in ("/", SPEECH, FEED, "/khong-co"):
        got = ask(server, path, method)
        assert got.status == 405
        assert got.headers["allow"] == "GET, HEAD"
        assert is_a_vietnamese_page(got, "Ở đây chỉ xem và tải về")


TRAVERSALS = (
    "/content/project.yaml",
    "/.cache/store/last/xa-mot.json",
    "/audio/xa-mot/manifest.json",
    "/audio/../content/project.yaml",
    "/audio/xa-mot/../../content/project.yaml",
    "/audio/xa-mot/podcast/../../../content/project.yaml",
    "/audio/xa-mot/%2e%2e/%2e%2e/content/project.yaml",
    "/audio/xa-mot/%252e%252e/%252e%252e/content/project.yaml",
    "/audio/xa-mot/..%2f..%2fcontent%2fproject.yaml",
    "/audio/xa-mot/..%5c..%5ccontent%5cproject.yaml",
    "/audio/xa-mot/..\\..\\content\\project.yaml",
    "/audio/xa-mot/....//....//content/project.yaml",
    "/audio/xa-mot/%c0%ae%c0%ae/%c0%ae%c0%ae/content/project.yaml",
    "/audio/xa-mot/podcast/thu-01-podcast.mp3%00.txt",
    "/audio/xa-mot/./podcast/thu-01-podcast.mp3",
    "/audio/xa-mot//podcast/thu-01-podcast.mp3",
    "//audio/xa-mot/podcast/thu-01-podcast.mp3",
    "/audio/xa-mot/podcast/thu-01-podcast.mp3/",
    "/AUDIO/xa-mot/podcast/thu-01-podcast.mp3",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/file:///etc/passwd",
    "http://127.0.0.1/etc/passwd",
    "/C:/Windows/win.ini",
    "/feed/xa-mot/C:%5cWindows%5cwin.ini",
    "/feed/xa-mot/.staging/manifest.json",
    "/audio/xa-mot/.staging/manifest.json",
    "/feed/../feed/xa-mot/feed.xml",
    "/feed/%2e/feed.xml",
    "/feed/..",
)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_to_what_is_not_published(server: Served, path: str) -> None:
    got = ask(server, path)
    assert got.status == 404
    assert "Không có trang hay tệp này" in got.text


def test_a_manifest_that_names_other_files_opens_none_of_them(copy: Path) -> None:
    (copy / "audio/xa-mot/.staging").mkdir()
    (copy / "audio/xa-mot/.staging/x.txt").write_text("bí mật")
    (copy / "audio/xa-mot/.htpasswd").write_text("bí mật")
    names = (
        "audio/xa-mot/../../content/project.yaml",
        "audio/xa-mot/.staging/x.txt",
        "audio/xa-mot/.htpasswd",
        "audio/xa-hai/podcast/thu-01-podcast.mp3",
        "content/project.yaml",
        ".cache/store/last/xa-mot.json",
        "/etc/passwd",
        "audio/xa-mot//etc/passwd",
    )
    manifest = json.loads((copy / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))
    manifest["files"] |= {name: {"sha256": "", "bytes": 1} for name in names}
    (copy / "audio/xa-mot/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with served(copy) as server:
        assert ask(server, SPEECH).status == 200
        assert [ask(server, f"/{name}").status for name in names] == [404] * len(names)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_in_place_of_a_file_is_not_followed(copy: Path) -> None:
    secret = copy / "content/project.yaml"
    text, chapters = copy / "feed/xa-mot/transcripts/thu-01.txt", copy / "feed/xa-mot/chapters"
    text.unlink()
    text.symlink_to(secret)
    shutil.move(chapters, copy / "elsewhere")
    chapters.symlink_to(copy / "elsewhere")
    fifo = copy / WAVE
    fifo.unlink()
    os.mkfifo(fifo)
    circle = copy / "feed/xa-mot/transcripts/thu-02.txt"
    circle.unlink()
    circle.symlink_to(circle.name)
    with served(copy) as server:
        for path in (text, chapters / "thu-01.json", fifo, circle):
            assert ask(server, f"/{path.relative_to(copy).as_posix()}").status == 404, path
        assert ask(server, SPEECH).status == 200


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_the_whole_of_audio_may_stand_on_another_disk(copy: Path, tmp_path: Path) -> None:
    shutil.move(copy / "audio", tmp_path / "đĩa lớn")
    (copy / "audio").symlink_to(tmp_path / "đĩa lớn")
    with served(copy) as server:
        assert ask(server, SPEECH).status == ask(server, FEED).status == 200


def test_only_the_stations_asked_for_are_shown(site: Path) -> None:
    with served(site) as server:  # the project's default station
        assert ask(server, FEED).status == 200
        assert ask(server, "/feed/xa-hai/feed.xml").status == 404
        assert "xa-hai" not in ask(server, "/").text
    with served(site, "--station", "xa-hai") as server:
        assert ask(server, FEED).status == 404
        assert ask(server, "/feed/xa-hai/feed.xml").status == 200


# ---------------------------------------------------------------- while things change


def test_many_download_at_once(server: Served, site: Path) -> None:
    paths = [path for path in files_of(site) if path.startswith("audio/")] * 4
    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda path: ask(server, f"/{path}"), paths))
    for path, reply in zip(paths, replies, strict=True):
        assert hashlib.sha256(reply.body).hexdigest() == files_of(site)[path]["sha256"]


@pytest.mark.skipif(
    sys.platform == "win32", reason="an open file cannot be replaced there: the build says so"
)
def test_a_file_that_is_replaced_while_it_is_sent_arrives_as_it_was(copy: Path) -> None:
    old = b"c\xc5\xa9" * 16_000_000  # more than the sockets hold
    new = b"m\xe1\xbb\x9bi" * 11_000_000
    (copy / WAVE).write_bytes(old)
    with served(copy) as server:
        etag = ask(server, f"/{WAVE}", "HEAD").headers["etag"]
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
            client.sendall(f"GET /{WAVE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            reply = client.recv(4096)
            (copy / "new").write_bytes(new)
            (copy / "new").replace(copy / WAVE)
            while data := client.recv(1 << 20):
                reply += data
        head, _, body = reply.partition(b"\r\n\r\n")
        assert f"content-length: {len(old)}".encode() in head
        assert body == old
        rest = ask(server, f"/{WAVE}", Range="bytes=1000000-", If_Range=etag)
        assert (rest.status, rest.body) == (200, new)  # never half of one and half of the other


def test_a_build_is_seen_at_once_and_the_feed_never_names_what_is_missing(copy: Path) -> None:
    seen: list[set[str]] = []
    missing: list[str] = []
    done = threading.Event()

    def watch(server: Served) -> None:
        while not done.is_set():
            feed = ask(server, FEED)
            assert feed.status == 200
            own = set(re.findall(rf"{server.address}(/[^\"<#]+)", feed.text))
            gone = [path for path in own if ask(server, path, "HEAD").status != 200]
            if gone:  # the swap may have removed it after this feed was read; then no later feed names it
                missing.extend(path for path in gone if path in ask(server, FEED).text)
            seen.append(own)

    with served(copy) as server:
        before = {path: ask(server, path) for path in (FEED, PAGE, SPEECH)}
        watcher = threading.Thread(target=watch, args=(server,))
        watcher.start()
        edit(copy, "content/series/thu/series.yaml", "title: Ba điều nên nhớ", "title: Ba điều cần nhớ")
        edit(copy, "content/series/thu/points/01.yaml", "Bà con nghe trên loa.", "Bà con cùng nghe loa.")
        built(copy)
        done.set()
        watcher.join()
        for path, old in before.items():
            new = ask(server, path, If_None_Match=old.headers["etag"])
            assert new.status == 200, path
            assert new.body != old.body
        assert ask(server, SPEECH).body == (copy / SPEECH[1:]).read_bytes()
    assert len(seen) > 3
    assert missing == []


@pytest.fixture(scope="module")
def later(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site after one more build, which gave it another cover (so another name) and other sounds."""
    root = tmp_path_factory.mktemp("later") / "site"
    shutil.copytree(site, root)
    edit(root, "content/series/thu/series.yaml", "title: Ba điều nên nhớ", "title: Ba điều cần nhớ")
    edit(root, "content/series/thu/points/01.yaml", "Bà con nghe trên loa.", "Bà con cùng nghe loa.")
    built(root)
    return root


def half_swapped(copy: Path, later: Path, but: str) -> str:
    """Leave a copy as a swap leaves it that still has to lay down ``but`` and the manifest."""
    places = Places(copy, "xa-mot")
    places.staged_manifest.parent.mkdir()
    shutil.copy(later / "audio/xa-mot/manifest.json", places.staged_manifest)
    for path in files_of(later):
        if path != but:
            shutil.copy(later / path, copy / path)
    return but


def new_cover(site: Path, later: Path) -> str:
    (cover,) = [path for path in set(files_of(later)) - set(files_of(site)) if COVER.fullmatch(path)]
    return cover


def test_a_swap_that_stopped_half_way_gives_no_feed_but_what_to_do(
    copy: Path, site: Path, later: Path
) -> None:
    cover = half_swapped(copy, later, but=new_cover(site, later))
    with served(copy) as server:
        got = ask(server, FEED)
        assert got.status == 503
        assert got.headers["retry-after"] == "5"
        assert is_a_vietnamese_page(got, cover)
        assert "truyenthanh build --station xa-mot" in got.text
        assert ask(server, PAGE).status == 200


def test_a_sound_of_another_length_than_the_feed_says_is_half_a_swap(copy: Path, later: Path) -> None:
    half_swapped(copy, later, but=FEED[1:])
    with served(copy) as server:
        got = ask(server, FEED)
        assert (got.status, "-podcast.mp3" in got.text) == (503, True)


def test_a_feed_is_given_as_soon_as_the_swap_ends(copy: Path, site: Path, later: Path) -> None:
    """Also while only the staged manifest names the new files, for it comes last."""
    cover = half_swapped(copy, later, but=new_cover(site, later))
    assert cover in named_files(Places(copy, "xa-mot"))
    with served(copy) as server, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, server, FEED)
        time.sleep(0.4)
        assert not waiting.done()
        shutil.copy(later / cover, copy / cover)
        got = waiting.result()
        assert (got.status, cover in got.text) == (200, True)
        assert ask(server, f"/{cover}").status == 200


def test_a_damaged_feed_is_said_to_be_one_and_the_page_still_shows(copy: Path) -> None:
    (copy / FEED[1:]).write_bytes((copy / FEED[1:]).read_bytes()[:-20])
    with served(copy) as server:
        assert "xa-mot" in server.said[1]
        got = ask(server, FEED)
        assert (got.status, "feed.xml hỏng" in got.text) == (503, True)
        assert ask(server, PAGE).status == ask(server, "/").status == 200


# ---------------------------------------------------------------- a copy on a USB stick


@pytest.mark.parametrize("left_out", [(".cache",), (".cache", "content")])
def test_a_copy_without_store_and_content_is_shown_and_nothing_is_written(
    site: Path, tmp_path: Path, left_out: tuple[str, ...]
) -> None:
    stick = tmp_path / "USB của đài"
    shutil.copytree(site, stick, ignore=shutil.ignore_patterns(*left_out))
    before = sorted(stick.rglob("*"))
    with served(tmp_path, "--root", str(stick)) as server:
        for path in (FEED, PAGE, SPEECH, "/"):
            assert ask(server, path).status == 200
        elsewhere = ask(server, "/feed/xa-hai/feed.xml").status
        assert elsewhere == (200 if "content" in left_out else 404)  # no content says which is the default
    assert sorted(stick.rglob("*")) == before


def test_a_project_file_that_names_no_station_is_said_to(copy: Path) -> None:
    for text, words in (
        ("engine: espeak\n", "thiếu mục “station”"),
        ("- xa-mot\n", "cần các mục con: station"),
    ):
        (copy / "content/project.yaml").write_text(text)
        run = truyenthanh(copy, "serve")
        assert (run.returncode, words in run.stderr) == (1, True), run.stderr


def test_what_is_edited_but_not_built_is_not_shown(copy: Path) -> None:
    edit(copy, "content/stations/xa-mot.yaml", "title: Chương trình của", "title: Đang sửa:")
    (copy / "content/series/thu/series.yaml").write_text("title: [hỏng")
    with served(copy) as server:
        assert "Chương trình của Đài xã Một" in ask(server, FEED).text


# ---------------------------------------------------------------- the command


def test_it_says_where_it_is_and_how_to_stop_it(server: Served) -> None:
    assert server.said[0] == f"Mở bằng trình duyệt: {server.address}/"
    said = "\n".join(server.said)
    for station in STATIONS:
        assert f"{server.address}/feed/{station}/feed.xml" in said
    assert "--host 0.0.0.0" in said


def test_a_port_that_is_taken_is_said_with_what_to_do(server: Served, site: Path) -> None:
    run = truyenthanh(site, "serve", "--port", str(server.port))
    assert run.returncode == 1
    assert run.stderr == (
        f"cổng {server.port} đang có chương trình khác dùng (có thể là một lần serve khác). "
        f"Hãy đóng chương trình ấy, hoặc chọn cổng khác: --port {server.port + 1}.\n"
    )


@pytest.mark.parametrize("host", ["203.0.113.7", "khong-co.invalid", "a..b", ""])
def test_an_address_that_is_not_this_machines_is_refused(site: Path, host: str) -> None:
    run = truyenthanh(site, "serve", "--port", "0", "--host", host)
    assert run.returncode == 1
    assert f"máy này không có địa chỉ “{host}”" in run.stderr


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="root may use every port",
)
def test_a_port_of_the_system_is_refused_with_what_to_do(site: Path) -> None:
    run = truyenthanh(site, "serve", "--port", "81")
    assert (run.returncode, "--port 8080" in run.stderr) == (1, True)


def test_nothing_built_is_said_in_one_message(tmp_path: Path, site: Path) -> None:
    root = write_project(tmp_path / "mới")
    for arguments in ((), ("--all",), ("--station", "xa-mot"), ("--root", str(tmp_path))):
        run = truyenthanh(root, "serve", *arguments)
        assert (run.returncode, run.stdout) == (1, "")
        assert re.fullmatch(r"ở .* chưa có gì để nghe\. Hãy chạy truyenthanh build, .*\n", run.stderr)
    for name in ("xa-ba", "../xa-mot", ""):
        run = truyenthanh(site, "serve", "--station", name)
        assert run.returncode == 1
        assert f"đài “{name}” chưa phát hành gì" in run.stderr
        assert "xa-hai, xa-mot" in run.stderr
    assert truyenthanh(site, "serve", "--all", "--station", "xa-mot").returncode == 2
    assert truyenthanh(site, "serve", "--port", "65536").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_cleanly_even_in_the_middle_of_a_download(copy: Path, how: signal.Signals) -> None:
    with (copy / WAVE).open("wb") as file:
        file.truncate(200_000_000)
    with served(copy) as server, socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"GET /{WAVE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert client.recv(1000)
        asked_at = time.monotonic()
        server.process.send_signal(how)
        out, err = server.process.communicate(timeout=20)
        assert (server.process.returncode, out, err) == (0, "Đã dừng.\n", "")
        assert time.monotonic() - asked_at < 10


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_the_port_is_free_again_at_once(site: Path) -> None:
    with served(site) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            while client.recv(
                65536
            ):  # until the server closes: it is the first, so the system keeps its port
                pass
        server.process.send_signal(signal.SIGINT)
        server.process.communicate(timeout=20)
    with served(site, port=server.port) as again:
        assert ask(again, SPEECH).status == 200


def test_for_the_office_it_prints_an_address_that_works_and_its_code(site: Path) -> None:
    with served(site, "--host", "0.0.0.0") as server:
        said = "\n".join(server.said)
        found = re.search(r"Trong mạng cơ quan: (http://([0-9.]+):(\d+)/)", said)
        if found is None:
            assert "Không thấy địa chỉ nào của máy này trong mạng." in said
            pytest.skip("this machine has no address in a network: the code was not tried")
        address, host, port = found.groups()
        assert not host.startswith("127.")
        code = [line for line in server.said if line and set(line) <= set(" ▀▄█")]
        assert modules(code) == [list(row) for row in segno.make(address, error="m").matrix_iter(border=4)]
        with socket.create_connection((host, int(port)), timeout=5) as client:
            client.sendall(f"GET {FEED} HTTP/1.0\r\n\r\n".encode())  # no Host: the socket's own address
            reply = b""
            while data := client.recv(65536):
                reply += data
        assert f'url="{address}audio/xa-mot/podcast/'.encode() in reply
        assert f"podcast:    {address}feed/xa-mot/feed.xml" in said
        assert ask(server, FEED).status == 200


def modules(code: list[str]) -> list[list[int]]:
    """Return a code in half blocks as rows of dark (1) and light (0) modules."""
    rows = []
    for line in code:
        rows.append([int(block not in "▀█") for block in line])
        rows.append([int(block not in "▄█") for block in line])
    return rows[: len(rows[0])]


def test_no_other_command_loads_the_server() -> None:
    program = (
        "import sys\nfrom truyenthanh.cli.edge import main\nmain(['--help'])\n"
        "import truyenthanh.build\n"
        "print(sorted({'starlette', 'uvicorn', 'segno', 'anyio', 'h11'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "[]"
    assert "serve" in run.stdout


def test_it_reports_no_bug_to_clients_that_hang_up(site: Path) -> None:
    process = start(site, "--port", "0")
    assert process.stdout is not None
    port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(f"GET /{WAVE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    time.sleep(0.5)
    process.terminate()
    assert process.communicate(timeout=20)[1] == ""
