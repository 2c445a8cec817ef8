"""A loopback mirror of a voice collection that can misbehave in every way a real one has."""

import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

PIECE_BYTES: Final = 50


@dataclass(frozen=True)
class Fault:
    """What is wrong with one answer. The default is nothing."""

    status: int | None = None
    cut_at: int | None = None  # bytes of the body after which the connection ends
    is_short: bool = False  # the cut is the server's own: it says the shorter length and ends in order
    flip_at: int | None = None  # a byte of the file that arrives changed
    location: str | None = None
    ignores_range: bool = False
    drip_s: float = 0.0  # between two pieces
    extra: bytes = b""  # more than the file has
    chunked: bool = False  # says no length


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    path: str
    first_byte: int | None


@dataclass
class Mirror:
    """The running server. ``faults`` are used up one by one, by the end of the path they are for."""

    address: str
    folder: Path
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def fault_for(self, path: str) -> Fault:
        """Return the next fault for a path, and forget it."""
        found = next((one for one in self.faults if path.endswith(one[0])), None)
        if found is None:
            return Fault()
        self.faults.remove(found)
        return found[1]

    def starts(self, ending: str) -> list[int | None]:
        """Return from which byte on a file was asked for, time after time."""
        return [one.first_byte for one in self.asked if one.path.endswith(ending)]


@contextmanager
def mirroring(folder: Path, certificates: Path | None = None) -> Iterator[Mirror]:
    """Serve ``folder`` as a collection below ``/voices``, by TLS where a chain of certificates is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with suppress(OSError):  # the client went away
                _answer(self, mirror)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scheme = "http"
    if certificates is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificates)
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "https"
    mirror = Mirror(f"{scheme}://127.0.0.1:{server.server_address[1]}/voices", folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield mirror
    finally:
        mirror.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, mirror: Mirror) -> None:
    path = handler.path.partition("?")[0].removeprefix("/voices/")
    match = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
    mirror.asked.append(Request(path, int(match[1]) if match else None))
    fault, file = mirror.fault_for(path), mirror.folder / path
    if fault.status is not None or not file.is_file():
        handler.send_response(fault.status or 404)
        if fault.location:
            handler.send_header("Location", fault.location)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    data = bytearray(file.read_bytes())
    if fault.flip_at is not None:
        data[fault.flip_at] ^= 1
    start = int(match[1]) if match and not fault.ignores_range else 0
    if start >= len(data) and start:
        handler.send_response(416)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    _send(handler, mirror, fault, start, bytes(data) + fault.extra)


def _send(handler: BaseHTTPRequestHandler, mirror: Mirror, fault: Fault, start: int, data: bytes) -> None:
    end = len(data) if fault.cut_at is None else start + fault.cut_at
    handler.send_response(206 if start else 200)
    if start:
        handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
    if fault.chunked:
        handler.send_header("Transfer-Encoding", "chunked")
    else:
        handler.send_header("Content-Length", str((end if fault.is_short else len(data)) - start))
    handler.end_headers()
    for at in range(start, end, PIECE_BYTES):
        piece = data[at : min(at + PIECE_BYTES, end)]
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if fault.chunked else piece)
        if fault.drip_s and mirror.closing.wait(fault.drip_s):
            return
    if fault.chunked and fault.cut_at is None:
        handler.wfile.write(b"0\r\n\r\n")
