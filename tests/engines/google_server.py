"""A loopback stand-in for Google's voice: a proxy that answers CONNECT, with TLS and scripted replies.

The real gTTS client reaches it through HTTPS_PROXY, so every line of it and of requests is run; only
the other end of the wire is ours. ``Google.environment`` is what such a client needs to be started with.
"""

import base64
import json
import math
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import lameenc
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS: Final = ("translate.google.com.vn", "translate.google.com")
RATE_HZ: Final = 24000
SYLLABLE_S: Final = 0.22


@dataclass(frozen=True)
class Reply:
    """What the server answers: a status, headers and a body, whole or dripping byte by byte."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    drip_s: float = 0.0  # between two bytes


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    host: str
    path: str
    text: str
    language: str
    began_s: float  # time.monotonic


@dataclass
class Google:
    """The running server: what it was asked, and what it answers next (speech once that is used up)."""

    port: int
    authority: Path
    asked: list[Asked] = field(default_factory=list)
    answers: list[Reply] = field(default_factory=list)
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
    """Run the server with a new certificate, kept in ``folder``."""
    authority, chain = _make_certificates(folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(chain)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the client went away, or does not trust us
                _answer(self, tls, google)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = True

    with Server(("127.0.0.1", 0), Handler) as server:
        google = Google(server.server_address[1], authority)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield google
        finally:
            google.closing.set()
            server.shutdown()
            thread.join()


def _answer(handler: socketserver.StreamRequestHandler, tls: ssl.SSLContext, google: Google) -> None:
    connect = _read_head(handler)
    handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    host = connect.split()[1].partition(":")[0]
    with tls.wrap_socket(handler.connection, server_side=True) as connection:
        with connection.makefile("rb") as stream:
            head = [line.decode().strip() for line in iter(stream.readline, b"\r\n")]
            length = next(
                int(line.split(":")[1]) for line in head if line.lower().startswith("content-length")
            )
            body = stream.read(length).decode()
        text, language = _spoken_text(body)
        google.asked.append(Asked(host, head[0].split()[1], text, language, time.monotonic()))
        reply = google.answers.pop(0) if google.answers else speech(text)
        _send(connection, reply, google.closing)


def _read_head(handler: socketserver.StreamRequestHandler) -> str:
    return b"".join(iter(handler.rfile.readline, b"\r\n")).decode()


def _spoken_text(body: str) -> tuple[str, str]:
    """Return text and language out of the batchexecute request."""
    rpc = json.loads(parse_qs(body)["f.req"][0])
    text, language, *_ = json.loads(rpc[0][0][1])
    return str(text), str(language)


def _send(connection: ssl.SSLSocket, reply: Reply, closing: threading.Event) -> None:
    headers = [*reply.headers, ("Connection", "close")]
    if not any(name == "Content-Length" for name, _ in headers):
        headers.append(("Content-Length", str(len(reply.body))))
    lines = [f"HTTP/1.1 {reply.status} Scripted", *(f"{name}: {value}" for name, value in headers)]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    if not reply.drip_s:
        connection.sendall(reply.body)
        return
    for at in range(len(reply.body)):
        if closing.wait(reply.drip_s):
            return
        connection.sendall(reply.body[at : at + 1])


# ---------------------------------------------------------------- replies


def speech(text: str, seconds_a_syllable: float = SYLLABLE_S) -> Reply:
    """Return a good reply: a tone about as long as the text takes to say."""
    return sound(tone(seconds_a_syllable * len(text.split())))


def sound(mp3: bytes) -> Reply:
    """Return ``mp3`` as Google wraps it."""
    payload = json.dumps([base64.b64encode(mp3).decode()])
    lines = json.dumps([["wrb.fr", "jQ1olc", payload, None, None, None, "generic"]], separators=(",", ":"))
    return Reply(f')]}}\'\n\n{len(lines)}\n{lines}\n25\n[["e",4,null,null,1]]\n'.encode())


@cache
def tone(seconds: float, channels: int = 1, peak: int = 9000) -> bytes:
    """Return an MP3 of a 220 Hz tone, 24 kHz and 64 kb/s like Google's."""
    values = (int(peak * math.sin(2 * math.pi * 220 * n / RATE_HZ)) for n in range(int(seconds * RATE_HZ)))
    pcm = b"".join(struct.pack("<h", value) * channels for value in values)
    encoder = lameenc.Encoder()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(64)
    encoder.silence()
    return bytes(encoder.encode(pcm) + encoder.flush())


# ---------------------------------------------------------------- certificates


def _make_certificates(folder: Path) -> tuple[Path, Path]:
    """Write an authority and a certificate it signed for Google's hosts; return both files."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Loopback authority")])
    root = (
        _certificate(root_name, root_name, root_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), critical=False)
        .add_extension(_KEY_USAGE, critical=True)
        .sign(root_key, hashes.SHA256())
    )
    leaf_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOSTS[0])])
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    leaf = (
        _certificate(leaf_name, root_name, key.public_key())
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS]), critical=False)
        .add_extension(signer, critical=False)
        .sign(root_key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    authority, chain = folder / "authority.pem", folder / "server.pem"
    authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    chain.write_bytes(private + leaf.public_bytes(serialization.Encoding.PEM))
    return authority, chain


_KEY_USAGE: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
    )
