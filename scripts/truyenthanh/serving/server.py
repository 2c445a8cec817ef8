"""Listening: the socket, the addresses people type or scan, and a clean shutdown."""

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

EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  # what a user writes to be visible in the network
FAREWELL_S: Final = 1  # how long downloads may continue when the server is told to stop
# Addresses to ask the routing table about; connecting a datagram socket sends nothing.
_ELSEWHERE: Final = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises ServeError if the address is not this machine's or is in use."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise ServeError("serve.bad_host", host=host) from error
    listening = socket.socket(family, kind, protocol)
    try:
        if sys.platform == "win32":  # there SO_REUSEADDR would let two servers share a port
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
    """Return the address for a browser on this machine, with a trailing slash."""
    host, port = listening.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return _address(here, port)


def network_address(listening: socket.socket) -> str | None:
    """Return the address for others in the network; None if nobody else can reach it."""
    host, port = listening.getsockname()[:2]
    if host in EVERYWHERE:
        found = _host_in_network()
        return _address(found, port) if found is not None else None
    return None if host == "::1" or host.startswith("127.") else _address(host, port)


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _host_in_network() -> str | None:
    """Return the IPv4 address by which this machine reaches others, or one that its name resolves to."""
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
    """Return a QR code of ``address`` in half blocks: blanks are dark."""
    drawn = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(out=drawn, compact=True)
    return drawn.getvalue().splitlines()


def run(site: Site, listening: socket.socket) -> None:
    """Serve until stopped (Ctrl-C or SIGTERM); downloads then have a moment to finish."""
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # ``app.broken`` reports errors
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
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has ended by then and only re-raises it
        asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
