"""The connection to the online voice: TLS verified, one at a time, cut at a deadline.

gTTS sends with ``verify=False`` and offers no hook. So the name ``requests`` inside its module is bound
to a copy of that module whose ``Session`` is ours; the real ``requests`` stays untouched. Its timeout
is per read, so a server that trickles bytes outlives it, as does a slow name server: each request runs in
a thread of its own that is abandoned at the deadline, and its connection is closed then.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar, copy_context
from queue import SimpleQueue
from threading import Lock, Thread
from types import SimpleNamespace
from typing import Any, Final

import gtts.tts
import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection

from .stopping import receive

THREAD: Final = "truyenthanh-google"  # the name of every requesting thread


class Wire:
    """The connection of one request, which another thread can close, and the reply that came over it."""

    def __init__(self) -> None:
        self.reply = b""
        self._handles: list[socket.socket] = []
        self._is_cut = False
        self._lock = Lock()

    def hold(self, opened: socket.socket) -> None:
        """Keep a second handle on a connection just opened, as TLS takes over the first.

        Raises ``ConnectionAbortedError`` if the wire is cut already.
        """
        with self._lock:
            if self._is_cut:
                opened.close()
                raise ConnectionAbortedError
            self._handles.append(opened.dup())

    def cut(self) -> None:
        """Close the connection, even if others still have a handle on it: a worker may have been forked."""
        with self._lock:
            self._is_cut = True
            for handle in self._handles:
                with suppress(OSError):  # the other side closed it first
                    handle.shutdown(socket.SHUT_RDWR)
                handle.close()
            self._handles.clear()


_wire: Final[ContextVar[Wire]] = ContextVar("wire")


class HeldConnection(HTTPSConnection):
    """A connection that its wire can cut as soon as it is open."""

    def _new_conn(self) -> socket.socket:
        opened = super()._new_conn()
        _wire.get().hold(opened)
        return opened


class HoldingAdapter(HTTPAdapter):
    """Opens connections that can be cut, directly or through a proxy, except through SOCKS."""

    def get_connection_with_tls_context(self, *arguments: Any, **settings: Any) -> Any:
        """Return the pool that requests would use, with our kind of connection."""
        pool: Any = super().get_connection_with_tls_context(*arguments, **settings)
        if pool.ConnectionCls is HTTPSConnection:
            pool.ConnectionCls = HeldConnection
        return pool


class VerifiedSession(requests.Session):
    """A session that verifies TLS whatever its caller says, and follows no redirects.

    Settings from the environment apply again (REQUESTS_CA_BUNDLE, HTTPS_PROXY, NO_PROXY), as in any
    other client of requests. A redirect could lead to a captcha or away from TLS.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mount("https://", HoldingAdapter())

    def send(self, request: requests.PreparedRequest, **settings: Any) -> requests.Response:
        """Send once, and keep the reply as it came."""
        environment = self.merge_environment_settings(request.url or "", {}, None, None, None)
        response = super().send(request, **{**settings, **environment, "allow_redirects": False})
        _wire.get().reply = response.content
        return response


gtts.tts.requests = SimpleNamespace(**{**vars(requests), "Session": VerifiedSession})


def on_a_wire(work: Callable[[], list[bytes]], deadline_s: float) -> tuple[list[bytes], bytes]:
    """Return what ``work`` returns and the reply it is made from; raise what it raises.

    Raises ``TimeoutError`` at the deadline, ``CancelledError`` when this thread should stop. Abandoned
    work ends by itself, as its connection is cut; nothing waits for it, not even the exit.
    """
    wire, outcome = Wire(), SimpleQueue[list[bytes] | Exception]()

    def run() -> None:
        _wire.set(wire)
        try:
            result: list[bytes] | Exception = work()
        except Exception as error:
            result = error
        wire.cut()
        outcome.put(result)

    Thread(target=copy_context().run, args=(run,), name=THREAD, daemon=True).start()
    try:
        result = receive(outcome, deadline_s)
    finally:
        wire.cut()
    if isinstance(result, Exception):
        raise result
    return result, wire.reply
