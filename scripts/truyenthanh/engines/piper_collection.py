"""Where voices come from: a web address or a folder, laid out like Piper's public collection.

The collection's ``voices.json`` names every file with its size and md5. Offices without internet access copy
the collection, or one voice of it, to a mirror of their own or to a USB stick; in a folder the files may
also be directly beside the list.

A voice is only as trustworthy as the source of the list: it is accepted over https, from a folder, or from
the office's own network (a loopback or private address), and never over plain http from anywhere else.
"""

import ipaddress
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import quote, urlsplit

import requests
import urllib3

from truyenthanh.errors import EngineError
from truyenthanh.system import reason, reason_of

from .piper_voices import MODEL_CARD

LIST: Final = "voices.json"
LARGEST_LIST_BYTES: Final = 16 << 20  # the public one is a third of a MB
LARGEST_FILE_BYTES: Final = 1 << 30
CHUNK_BYTES: Final = 1 << 16
_PATH: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*")
_MD5: Final = re.compile(r"[0-9a-f]{32}")

CONNECT_S = 20.0
STALL_S = 30.0  # without a byte; also the grace period for a slow start
SLOWEST_BYTES_A_S = 2_000  # on average: below it even 60 MB would take a day


class Source(Protocol):
    """A place to take files from, by their path in the collection."""

    def stream(self, path: str, start: int) -> AbstractContextManager[tuple[int, Iterator[bytes]]]:
        """Give where the data begin, at byte ``start`` or at 0 if the source cannot resume, and the data
        in pieces. Raises ``EngineError``."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a voice, as listed. ``name`` is its name on this machine."""

    path: str
    name: str
    bytes: int
    md5: str


def source_of(place: str | None) -> Source:
    """Return the source named: an address, a folder, or None for the public collection."""
    if place is None:
        return Site(_public_address())
    if re.match(r"https?://", place, re.IGNORECASE):
        _check_address(place)
        return Site(re.sub(rf"/?({re.escape(LIST)}.*)?$", "", place))
    folder = Path(place)
    if not (folder / LIST).is_file():
        raise EngineError("install.no_list", place=place)
    return Folder(folder)


def _public_address() -> str:
    """Return the address of the collection that piper's own downloader uses."""
    from .piper import check_extra

    check_extra()
    from piper.download_voices import VOICES_JSON

    return str(VOICES_JSON).partition(f"/{LIST}")[0]


# ---------------------------------------------------------------- the list


def listed_files(source: Source, name: str) -> tuple[list[Listed], str]:
    """Return the files of a voice (model, config, and its model card) and its language.

    Raises ``EngineError`` if the list cannot be used, or if the voice is not in it.
    """
    voices = _read_list(source)
    if name not in voices:
        raise EngineError("install.not_in_list", voice=name)
    try:
        language = str(voices[name]["language"]["family"])
        found = [_listed(path, facts) for path, facts in voices[name]["files"].items()]
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise EngineError("install.bad_list", reason=f"{name}: {type(error).__name__}") from error
    wanted = {f"{name}.onnx", f"{name}.onnx.json"}
    files = {file.name: file for file in found if file.name in {*wanted, MODEL_CARD}}
    if not wanted <= set(files):
        raise EngineError("install.bad_list", reason=f"{name}: {', '.join(sorted(wanted - set(files)))}")
    return list(files.values()), language


def _read_list(source: Source) -> dict[str, Any]:
    data = bytearray()
    with source.stream(LIST, 0) as (_, pieces):
        for piece in pieces:
            data += piece
            if len(data) > LARGEST_LIST_BYTES:
                raise EngineError(
                    "install.bad_list", reason=reason("system.larger", limit=LARGEST_LIST_BYTES)
                )
    try:
        voices = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EngineError("install.bad_list", reason=reason_of(error)) from error
    if not isinstance(voices, dict):
        raise EngineError("install.bad_list", reason=LIST)
    return voices


def _listed(path: str, facts: dict[str, Any]) -> Listed:
    size, md5 = facts["size_bytes"], facts["md5_digest"]
    if not _PATH.fullmatch(path):  # no "..", root or drive: it becomes a path and an address
        raise ValueError(path)
    if type(size) is not int or not 0 < size <= LARGEST_FILE_BYTES or not _MD5.fullmatch(md5):
        raise ValueError(path)
    return Listed(path, path.rpartition("/")[2], size, md5)


# ---------------------------------------------------------------- a folder


@dataclass(frozen=True, slots=True)
class Folder:
    """A copy of the collection, or one voice's files beside the list."""

    folder: Path

    @contextmanager
    def stream(self, path: str, start: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Give the file at its place in the collection, or the one of that name in the folder itself."""
        places = [self.folder / path, self.folder / path.rpartition("/")[2]]
        place = next((place for place in places if place.is_file()), None)
        if place is None:
            raise EngineError("install.no_file", file=path, place=str(self.folder))
        yield start, _read(place, start)


def _read(place: Path, start: int) -> Iterator[bytes]:
    try:
        with place.open("rb") as file:
            file.seek(start)
            while piece := file.read(CHUNK_BYTES):
                yield piece
    except OSError as error:  # a stick pulled out: not the disk being written to
        raise EngineError("install.unreadable", file=str(place), reason=reason_of(error)) from error


# ---------------------------------------------------------------- an address


@dataclass(frozen=True, slots=True)
class Site:
    """A web address that holds the collection."""

    address: str

    @contextmanager
    def stream(self, path: str, start: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Give the file as it arrives. Certificates are verified, proxies used, redirects followed."""
        address = f"{self.address}/{quote(path)}"
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={start}-"} if start else {})}
        with _explained(address), _opened(address, headers) as response:
            if response.status_code == requests.codes.requested_range_not_satisfiable:
                yield 0, iter(())  # no more bytes: the caller will see that the file is wrong
            elif response.status_code in (requests.codes.ok, requests.codes.partial_content):
                yield _first_byte(response, start), _pieces(response.raw.read1)
            else:
                raise EngineError("install.refused", address=address, status=response.status_code)


@contextmanager
def _opened(address: str, headers: dict[str, str]) -> Iterator[requests.Response]:
    timeout = (CONNECT_S, STALL_S)
    with requests.get(address, headers=headers, stream=True, timeout=timeout) as response:
        for hop in (*response.history, response):
            _check_address(hop.url)
        yield response


def _first_byte(response: requests.Response, asked: int) -> int:
    """Return where the body begins: a server may send the whole file whatever was asked for."""
    match = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    if response.status_code != requests.codes.partial_content:
        return 0
    return int(match[1]) if match else asked


def _pieces(read_some: Callable[[int], bytes]) -> Iterator[bytes]:
    """Yield data as they arrive; a server that only trickles is given up like one that stalls."""
    began_s, total = time.monotonic(), 0
    while piece := read_some(CHUNK_BYTES):
        total += len(piece)
        late_s = time.monotonic() - began_s - STALL_S
        if late_s > total / SLOWEST_BYTES_A_S:
            raise requests.Timeout
        yield piece


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """Turn network failures into our own errors."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise EngineError("install.certificate", address=address, reason=reason_of(error)) from error
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise EngineError("install.stalled", address=address, seconds=round(STALL_S)) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise EngineError("install.unreachable", address=address, reason=reason_of(error)) from error


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError as error:
        raise EngineError("install.unreachable", address=address, reason=reason_of(error)) from error
    if parts.scheme.lower() == "https" or (host and _is_near(host)):
        return
    raise EngineError("install.plain_http", address=address)


def _is_near(host: str) -> bool:
    """Return whether the host is this machine, or a private network address."""
    if host == "localhost":
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_private
