"""The addresses: a page of stations at the root, and every published file at its path below it."""

import hashlib
import io
import logging
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ..errors import PublicationError
from ..feed.moved import moved_feed, moved_page, read_feed
from ..feed.templating import templates
from .answers import Content, answer, content_of, content_of_bytes, media_type
from .published import Site, open_published, read_open, station_of, whole_feed

RETRY_AFTER_S: Final = 5
NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})
_HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
_HOME = re.compile(r"feed/([a-z0-9-]+)/?")


def application(site: Site) -> Starlette:
    """Return the ASGI application that serves ``site``: GET and HEAD, nothing else."""

    async def stations(request: Request) -> Response:
        shown = await run_in_threadpool(_stations, site, own_address(request))
        return page("stations.html.j2", stations=shown)

    async def file(request: Request) -> Response:
        return await run_in_threadpool(_published, site, request)

    return Starlette(
        routes=[Route("/", stations, methods=["GET"]), Route("/{path:path}", file, methods=["GET"])],
        exception_handlers={HTTPException: refused, PublicationError: unfinished, Exception: broken},
    )


def own_address(request: Request) -> str:
    """Return the address under which the client reached this server, without a trailing slash.

    It is taken from the Host header, for the client may have used a name or a forwarded port; if that is
    missing or not a host, the address of the connection is used.
    """
    given = request.headers.get("host", "")
    if _HOST.fullmatch(given):
        return f"http://{given}"
    host, port = request.scope["server"]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


# ---------------------------------------------------------------- what is shown


def _published(site: Site, request: Request) -> Response:
    path = request.scope["path"].removeprefix("/")
    station = station_of(site, path)
    if station is None:
        raise HTTPException(404)
    home = _HOME.fullmatch(path)
    if home is not None:
        return RedirectResponse(f"/feed/{station}/index.html")
    return answer(request.method, request.headers, _content(site, station, path, own_address(request)))


def _content(site: Site, station: str, path: str, own: str) -> Content:
    """Return what is at ``path``; the feed and pages with this server's address in them."""
    if path == f"feed/{station}/feed.xml":
        xml, written_s, _ = whole_feed(site, station)
        return _rewritten(moved_feed(xml, station, own), written_s, path)
    file = open_published(site, path)
    if file is None:
        raise HTTPException(404)
    if path.startswith(f"feed/{station}/") and path.endswith(".html"):
        html, written_s = read_open(file)
        return _rewritten(moved_page(html, station, _written_for(site, station, own), own), written_s, path)
    return content_of(file, media_type(path))


def _rewritten(data: bytes, written_s: float, path: str) -> Content:
    digest = hashlib.sha256(data).hexdigest()
    return content_of_bytes(io.BytesIO(data), len(data), digest, written_s, media_type(path))


def _written_for(site: Site, station: str, otherwise: str) -> str:
    """Return the address that the station's pages were written for, according to its feed."""
    file = open_published(site, f"feed/{station}/feed.xml")
    if file is None:
        return otherwise
    try:
        return read_feed(read_open(file)[0], station).site
    except PublicationError:  # the page can be read anyway
        return otherwise


def _stations(site: Site, own: str) -> Sequence[dict[str, str]]:
    """Return what the root page says about the stations."""
    return [
        {"id": name, "title": title_of(site, name), "feed": f"{own}/feed/{name}/feed.xml"}
        for name in site.stations
    ]


def title_of(site: Site, station: str) -> str:
    """Return the title of a station's feed, or its id if the feed cannot be read."""
    file = open_published(site, f"feed/{station}/feed.xml")
    try:
        return station if file is None else read_feed(read_open(file)[0], station).title
    except PublicationError:
        return station


# ---------------------------------------------------------------- pages of our own


async def refused(_request: Request, error: Exception) -> Response:
    """Return the page for an address with nothing there, or for a method that is not allowed."""
    assert isinstance(error, HTTPException)
    allowed = {"Allow": "GET, HEAD"} if error.status_code == 405 else {}
    return page("refused.html.j2", error.status_code, allowed, why=error.status_code)


async def unfinished(_request: Request, error: Exception) -> Response:
    """Return the page that says what is missing, and when to ask again."""
    retry = {"Retry-After": str(RETRY_AFTER_S)}
    return page("unfinished.html.j2", 503, retry, message=str(error))


async def broken(request: Request, error: Exception) -> Response:
    """Return the page for a bug of ours, whose traceback goes to the log."""
    logging.getLogger(__name__).error("%s", request.scope["path"], exc_info=error)
    return page("refused.html.j2", 500, why=500)


def page(
    template: str, status: int = 200, headers: Mapping[str, str] = NO_HEADERS, **facts: object
) -> Response:
    """Return one of our own pages; clients do not cache it."""
    html = templates("truyenthanh.serving").get_template(template).render(**facts)
    kept = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(html, status, {**kept, **headers})
