"""Listening: the socket, the addresses people type or scan, and a clean end."""

import asyncio
import contextlib
import errno
import io
import logging
import socket
import sys
from typing import Final

import segno
import uvicorn

from ..errors import ServeError
from .app import application
from .published import Site

EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  # what a user writes to be seen in the network
FAREWELL_S: Final = 1  # how long a download may go on when the server is told to stop
# Addresses to ask the routing table about; connecting a datagram socket sends nothing.
_ELSEWHERE: Final = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises ServeError if the address is not ours or is taken."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise ServeError("serve.bad_host", host=host) from error
    listening = socket.socket(family, kind, protocol)
    try:
        if sys.platform == "win32":  # there SO_REUSEADDR would let two servers have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise _not_listening(error, host, port) from error
    return listening


def _not_listening(error: OSError, host: str, port: int) -> ServeError:
    other = port + 1 if 1024 <= port < 65535 else 8080
    if error.errno == errno.EADDRINUSE:
        return ServeError("serve.port_taken", port=port, other=other)
    if isinstance(error, PermissionError):
        return ServeError("serve.port_refused", port=port, other=other)
    return ServeError("serve.bad_host", host=host)


def own_address(listening: socket.socket) -> str:
    """Return the address for a browser on this machine, with a slash at the end."""
    host, port = listening.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return _address(here, port)


def network_address(listening: socket.socket) -> str | None:
    """Return the address for others in the network, or None if nobody else can come."""
    host, port = listening.getsockname()[:2]
    if host in EVERYWHERE:
        found = _host_in_network()
        return _address(found, port) if found is not None else None
    return None if host == "::1" or host.startswith("127.") else _address(host, port)


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _host_in_network() -> str | None:
    """Return the IPv4 address by which this machine reaches others, or one that its name stands for."""
    for elsewhere in _ELSEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((elsewhere, 9))
            except OSError:
                continue
            host = str(probe.getsockname()[0])
        if not host.startswith(("127.", "0.")):
            return host
    try:
        named = socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return None
    return next((host for host in named if not host.startswith("127.")), None)


def qr_lines(address: str) -> list[str]:
    """Return a QR code of ``address`` in half blocks: what is blank is dark."""
    drawn = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(out=drawn, compact=True)
    return drawn.getvalue().splitlines()


def run(site: Site, listening: socket.socket) -> None:
    """Answer until somebody stops it (Ctrl-C, or SIGTERM); then downloads have a moment to end."""
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # what goes wrong, ``app.broken`` has said
    config = uvicorn.Config(
        application(site),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=FAREWELL_S,
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has ended by then and only passes it on
        asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
