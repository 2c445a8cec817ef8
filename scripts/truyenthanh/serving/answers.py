"""The answer for one file: whole, in parts, or not modified (RFC 9110, 13 and 14)."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from .ranges import Span, spans

CHUNK_BYTES: Final = 128 * 1024
OPEN_TO_OTHER_SITES: Final = {  # players on other sites read transcripts, chapters, feed and audio
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag",
}
PAGE: Final = "text/html; charset=utf-8"
MEDIA_TYPES: Final = {
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".xml": "application/rss+xml; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": PAGE,
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}


def media_type(path: str) -> str:
    """Return the media type of a published file by its name; chapters have a type of their own."""
    name = PurePosixPath(path)
    if name.suffix == ".json" and name.parent.name == "chapters":
        return "application/json+chapters"
    return MEDIA_TYPES.get(name.suffix, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of an open file: whatever happens to its name, these bytes stay."""

    file: BinaryIO
    size: int
    etag: str  # strong: different bytes have a different one
    modified: str  # as HTTP writes dates
    media_type: str


def content_of(file: BinaryIO, kind: str) -> Content:
    """Return the content of an open file. A replacement differs in inode, time or size."""
    about = os.fstat(file.fileno())
    etag = f'"{about.st_ino:x}-{about.st_mtime_ns:x}-{about.st_size:x}"'
    return Content(file, about.st_size, etag, formatdate(about.st_mtime, usegmt=True), kind)


def content_of_bytes(file: BinaryIO, size: int, sha256: str, modified_s: float, kind: str) -> Content:
    """Return the content of bytes written for this client; their digest is the etag."""
    return Content(file, size, f'"{sha256[:32]}"', formatdate(modified_s, usegmt=True), kind)


def answer(method: str, asked: Mapping[str, str], content: Content) -> Response:
    """Return the response to GET or HEAD; it closes the file after sending."""
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": content.etag,
        "Last-Modified": content.modified,
        "Cache-Control": "no-cache",  # revalidate every time: a build may have replaced it
        "X-Content-Type-Options": "nosniff",
        **({} if content.media_type == PAGE else OPEN_TO_OTHER_SITES),
    }
    if _has_it(asked, content):
        content.file.close()
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = content.media_type
    if method == "HEAD":
        content.file.close()
        return Response(headers={**headers, "Content-Length": str(content.size)})
    parts = spans(asked["range"], content.size) if "range" in asked and _still_holds(asked, content) else None
    if parts is None:
        return _Sending(content, 200, {**headers, "Content-Length": str(content.size)}, [(0, content.size)])
    if not parts:
        content.file.close()
        unsatisfiable = {"Content-Range": f"bytes */{content.size}", "Content-Length": "0"}
        return Response(status_code=416, headers=headers | unsatisfiable)
    return _partial(content, headers, parts)


def _has_it(asked: Mapping[str, str], content: Content) -> bool:
    """Whether the client's copy is current. Dates must be equal: a file may be replaced by an older
    one."""
    if "if-none-match" in asked:
        tags = [tag.strip().removeprefix("W/") for tag in asked["if-none-match"].split(",")]
        return content.etag in tags or tags == ["*"]
    return asked.get("if-modified-since") == content.modified


def _still_holds(asked: Mapping[str, str], content: Content) -> bool:
    """Whether the parts that a client has are of exactly this file."""
    return asked.get("if-range", content.etag) in (content.etag, content.modified)


def _partial(content: Content, headers: Mapping[str, str], parts: tuple[Span, ...]) -> Response:
    if len(parts) == 1:
        ((start, end),) = parts
        which = {"Content-Range": _where(parts[0], content.size), "Content-Length": str(end - start)}
        return _Sending(content, 206, {**headers, **which}, list(parts))
    boundary = hashlib.sha256(content.etag.encode()).hexdigest()[:32]
    body: list[bytes | Span] = []
    for part in parts:
        head = f"Content-Type: {content.media_type}\r\nContent-Range: {_where(part, content.size)}"
        body += [f"\r\n--{boundary}\r\n{head}\r\n\r\n".encode(), part]
    body.append(f"\r\n--{boundary}--\r\n".encode())
    length = sum(len(one) if isinstance(one, bytes) else one[1] - one[0] for one in body)
    kind = f"multipart/byteranges; boundary={boundary}"
    return _Sending(content, 206, {**headers, "Content-Type": kind, "Content-Length": str(length)}, body)


def _where(part: Span, size: int) -> str:
    return f"bytes {part[0]}-{part[1] - 1}/{size}"


class _Sending(StreamingResponse):
    """Sends parts of an open file, with separators between them, and closes it, whatever happens."""

    def __init__(
        self, content: Content, status: int, headers: Mapping[str, str], body: "list[bytes | Span]"
    ) -> None:
        super().__init__(_read(content.file, body), status_code=status, headers=headers)
        self._file = content.file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def _read(file: BinaryIO, body: "list[bytes | Span]") -> Iterator[bytes]:
    for piece in body:
        if isinstance(piece, bytes):
            yield piece
            continue
        start, end = piece
        file.seek(start)
        while start < end:
            data = file.read(min(CHUNK_BYTES, end - start))
            if not data:  # truncated while being read: breaking the connection tells the client
                return
            start += len(data)
            yield data
