"""A site on the loopback that answers byte ranges, as a static host does: browsers cannot seek without."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Served:
    """A running site: its address, and the ranges it was asked for."""

    address: str
    ranges: list[str] = field(default_factory=list)


@contextmanager
def serving(root: Path) -> Iterator[Served]:
    """Serve ``root`` until the block ends."""
    ranges: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        """Whole files as the library sends them, one range where one is asked for."""

        protocol_version = "HTTP/1.1"

        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(root))  # type: ignore[arg-type]

        def do_GET(self) -> None:
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            file = Path(self.translate_path(self.path))
            if asked is None or not file.is_file():
                super().do_GET()
                return
            ranges.append(self.headers["Range"])
            data = file.read_bytes()
            first, last = int(asked[1]), min(int(asked[2] or len(data) - 1), len(data) - 1)
            self.send_response(206)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            self.send_header("Content-Length", str(last - first + 1))
            self.end_headers()
            self.wfile.write(data[first : last + 1])

        def copyfile(self, source: object, outputfile: object) -> None:
            try:
                super().copyfile(source, outputfile)  # type: ignore[arg-type]
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the browser has enough

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_address[1]}", ranges)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
