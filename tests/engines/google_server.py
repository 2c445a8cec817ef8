"""A loopback stand-in for Google's voice: a proxy that answers CONNECT, with TLS and scripted replies.

The real gTTS client reaches it through HTTPS_PROXY, so every line of it and of requests is run; only
the other end of the wire is ours. ``Google.environment`` is what such a client needs to be started with.
"""

import base64
import json
import socket
import socketserver
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import parse_qs

import lameenc
import numpy as np
from certificates import make_certificates

from truyenthanh.engines.google import HOSTS as TLDS

HOSTS: Final = tuple(f"translate.google.{tld}" for tld in TLDS)
RATE_HZ: Final = 24000
SYLLABLE_S: Final = 0.22


@dataclass(frozen=True)
class Reply:
    """What the server answers: a status, headers and a body, whole or dripping byte by byte."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    drip_s: float = 0.0  # between two bytes
    delay_s: float = 0.0  # from the request to the first

    @property
    def is_whole(self) -> bool:
        """False: it promises more than it sends, and the server hangs up."""
        return all(name != "Content-Length" for name, _ in self.headers)


@dataclass(frozen=True)
class Fault:
    """What the server does instead of answering.

    ``refuse``: the proxy answers CONNECT with ``status``. ``mute``: it does not answer CONNECT at all.
    ``stranger``: the certificate is another host's. ``silent``: TLS is never begun. ``reset``: the
    connection is reset once the request is there. ``stall``: it is read, and nothing comes.
    """

    kind: Literal["refuse", "mute", "stranger", "silent", "reset", "stall"]
    status: int = 502


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    host: str
    path: str
    text: str
    language: str
    is_slow: bool
    began_s: float  # time.monotonic


@dataclass
class Google:
    """The running server: what it was asked, and what it does next (None: speaks, as without a script).

    ``opened`` and ``closed`` are when connections began and when the client ended them.
    """

    port: int
    authority: Path
    tls: ssl.SSLContext
    strange_tls: ssl.SSLContext
    asked: list[Asked] = field(default_factory=list)
    answers: list[Reply | Fault | None] = field(default_factory=list)
    delay_s: float = 0.0  # of a reply that is not scripted
    opened: list[float] = field(default_factory=list)
    closed: list[float] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead a client here."""
        return {
            "HTTPS_PROXY": f"http://127.0.0.1:{self.port}",
            "https_proxy": f"http://127.0.0.1:{self.port}",
            "NO_PROXY": "",
            "no_proxy": "",
            "REQUESTS_CA_BUNDLE": str(self.authority),
        }


@contextmanager
def answering(folder: Path) -> Iterator[Google]:
    """Run the server with new certificates, kept in ``folder``."""
    authority, chain, strange_chain = make_certificates(folder, HOSTS)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            google.opened.append(time.monotonic())
            with suppress(OSError):  # the client went away, or does not trust us
                _answer(self, google)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: a client that was cut off reads as one that asks for nothing."""

    with Server(("127.0.0.1", 0), Handler) as server:
        google = Google(server.server_address[1], authority, _tls(chain), _tls(strange_chain))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield google
        finally:
            google.closing.set()
            server.shutdown()
            thread.join()


def _tls(chain: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context


def _answer(handler: socketserver.StreamRequestHandler, google: Google) -> None:
    host = _read_head(handler).split()[1].partition(":")[0]
    is_scripted = bool(google.answers)
    next_one = google.answers.pop(0) if is_scripted else None
    kind = next_one.kind if isinstance(next_one, Fault) else ""
    if isinstance(next_one, Fault) and kind == "refuse":
        handler.wfile.write(f"HTTP/1.1 {next_one.status} Refused\r\n\r\n".encode())
        return
    if kind != "mute":
        handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    if kind in ("mute", "silent"):
        _await_end(handler.connection, google)
        return
    asked: list[Asked] = []
    try:
        tls = google.strange_tls if kind == "stranger" else google.tls
        with tls.wrap_socket(handler.connection, server_side=True) as connection:
            asked.append(_read_request(connection, host))
            google.asked += asked
            _reply(connection, google, asked[0], next_one)
    except (OSError, StopIteration):
        if (
            is_scripted and not asked and not isinstance(next_one, Fault)
        ):  # cut before it asked: it has had no answer
            google.answers.insert(0, next_one)
        raise


def _reply(connection: ssl.SSLSocket, google: Google, asked: Asked, next_one: Reply | Fault | None) -> None:
    """Do what the script says to a request, or speak."""
    if isinstance(next_one, Fault) and next_one.kind == "stall":
        _await_end(connection, google)
    elif isinstance(next_one, Fault) and next_one.kind == "reset":
        linger = struct.pack("ii", 1, 0)  # on, no time: closing sends RST
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    else:
        reply = next_one if isinstance(next_one, Reply) else speech(asked.text, delay_s=google.delay_s)
        _send(connection, reply, google, asked.began_s)
        if reply.is_whole:
            _await_end(connection, google)


def _await_end(connection: socket.socket, google: Google) -> None:
    """Note when the client ends the connection."""
    connection.settimeout(0.02)
    while not google.closing.is_set():
        try:
            ended = not connection.recv(4096)
        except TimeoutError:
            continue
        except OSError:
            ended = True
        if ended:
            google.closed.append(time.monotonic())
            return


def _read_request(connection: ssl.SSLSocket, host: str) -> Asked:
    with connection.makefile("rb") as stream:
        head = [line.decode().strip() for line in iter(stream.readline, b"\r\n")]
        length = next(int(line.split(":")[1]) for line in head if line.lower().startswith("content-length"))
        rpc = json.loads(parse_qs(stream.read(length).decode())["f.req"][0])
    text, language, slow, *_ = json.loads(rpc[0][0][1])  # of the batchexecute request
    return Asked(host, head[0].split()[1], str(text), str(language), bool(slow), time.monotonic())


def _read_head(handler: socketserver.StreamRequestHandler) -> str:
    return b"".join(iter(handler.rfile.readline, b"\r\n")).decode()


def _send(connection: ssl.SSLSocket, reply: Reply, google: Google, asked_s: float) -> None:
    if google.closing.wait(max(0.0, asked_s + reply.delay_s - time.monotonic())):
        return
    headers = [*reply.headers, ("Connection", "close")]
    if not any(name == "Content-Length" for name, _ in headers):
        headers.append(("Content-Length", str(len(reply.body))))
    lines = [f"HTTP/1.1 {reply.status} Scripted", *(f"{name}: {value}" for name, value in headers)]
    start = "\r\n".join([*lines, "", ""]).encode()
    connection.sendall(start if reply.drip_s else start + reply.body)  # at once: Nagle's algorithm would wait
    if not reply.drip_s:
        return
    for at in range(len(reply.body)):
        if google.closing.wait(reply.drip_s):
            return
        try:
            connection.sendall(reply.body[at : at + 1])
        except OSError:
            google.closed.append(time.monotonic())
            raise


# ---------------------------------------------------------------- replies


def speech(text: str, seconds_a_syllable: float = SYLLABLE_S, delay_s: float = 0.0) -> Reply:
    """Return a good reply: a tone about as long as the text takes to say, of a pitch that tells the text."""
    return sound(tone(seconds_a_syllable * len(text.split()), pitch_hz=pitch_hz(text)), delay_s)


def pitch_hz(text: str) -> int:
    """Return the frequency that stands for ``text``."""
    return 200 + 10 * (zlib.crc32(text.encode()) % 300)


def sound(mp3: bytes, delay_s: float = 0.0) -> Reply:
    """Return ``mp3`` as Google wraps it."""
    return strings(base64.b64encode(mp3).decode(), delay_s=delay_s)


def strings(*encoded: str, delay_s: float = 0.0) -> Reply:
    """Return the batchexecute reply that holds these strings."""
    payload = json.dumps(list(encoded), separators=(",", ":"))
    lines = json.dumps([["wrb.fr", "jQ1olc", payload, None, None, None, "generic"]], separators=(",", ":"))
    body = f')]}}\'\n\n{len(lines)}\n{lines}\n25\n[["e",4,null,null,1]]\n'
    return Reply(body.encode(), delay_s=delay_s)


@cache
def tone(
    seconds: float, channels: int = 1, peak: int = 9000, pitch_hz: int = 220, rate_hz: int = RATE_HZ
) -> bytes:
    """Return an MP3 of a tone, 24 kHz and 64 kb/s like Google's."""
    at = np.arange(int(seconds * rate_hz))
    values = (peak * np.sin(2 * np.pi * pitch_hz * at / rate_hz)).astype("<i2")
    encoder = lameenc.Encoder()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_bit_rate(64)
    encoder.set_quality(9)  # fast
    encoder.silence()
    return bytes(encoder.encode(np.repeat(values, channels).tobytes()) + encoder.flush())
