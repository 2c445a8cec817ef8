"""What the system and the libraries say, in our words: by number, by class, or by what they said."""

import ast
import errno
import json
import socket
import ssl

import pytest
import requests
import soundfile
import urllib3
from places import PACKAGE

from truyenthanh.messages import use_language
from truyenthanh.system import reason, reason_of


def untrusted(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    error.verify_code = code
    return error


def wrapped(error: Exception) -> requests.ConnectionError:
    """Return an error as requests raises it, urllib3's around what the system said."""
    pool = urllib3.HTTPSConnectionPool("xa.example.org")
    broken = urllib3.exceptions.ProtocolError("Connection aborted.", error)
    return requests.ConnectionError(urllib3.exceptions.MaxRetryError(pool, "/", broken))


def caused(error: Exception) -> urllib3.exceptions.HTTPError:
    outer = urllib3.exceptions.HTTPError("Failed to establish a new connection")
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    ("error", "vietnamese", "english"),
    [
        (OSError(errno.EACCES, "Permission denied"), "không có quyền", "permission is missing"),
        (PermissionError(errno.EPERM, "x"), "không có quyền", "permission is missing"),
        (OSError(errno.ENOSPC, "No space left on device"), "ổ đĩa hết chỗ", "the disk is full"),
        (OSError(errno.EROFS, "x"), "ổ đĩa chỉ cho đọc", "the disk is read-only"),
        (OSError(errno.EDQUOT, "x"), "đã dùng hết phần đĩa được cấp", "the allotted disk space is used up"),
        (OSError(errno.EIO, "x"), "ổ đĩa đọc hoặc ghi bị lỗi", "the disk failed to read or write"),
        (OSError(errno.EDOM, "Numerical argument out of domain"), "mã lỗi EDOM", "error EDOM"),
        (OSError(-99, "nobody knows"), "mã lỗi OSError -99", "error OSError -99"),
        (
            OSError("libx.so.1: cannot open shared object file"),
            "mã lỗi OSError libx.so.1",
            "error OSError libx.so.1",
        ),
        (RuntimeError("a whole sentence of a library"), "mã lỗi RuntimeError", "error RuntimeError"),
        (KeyError("espeak"), "mã lỗi KeyError 'espeak'", "error KeyError 'espeak'"),
        (json.JSONDecodeError("Expecting value", "x", 0), "không phải JSON", "it is not JSON"),
        (socket.gaierror(-2, "x"), "không tìm thấy máy chủ có tên ấy", "no server of that name was found"),
        (
            wrapped(ConnectionResetError(errno.ECONNRESET, "x")),
            "bên kia ngắt kết nối",
            "the other side closed the connection",
        ),
        (
            caused(OSError(errno.ENETUNREACH, "x")),
            "không có đường mạng đến đó",
            "the network has no route to it",
        ),
        (
            OSError("Tunnel connection failed: 403 Forbidden"),
            "proxy trả lời mã 403",
            "the proxy answered with status 403",
        ),
        (
            OSError("Could not find a suitable TLS CA certificate bundle, invalid path: /a b.pem"),
            "không có tệp chứng thư /a b.pem",
            "there is no certificate file /a b.pem",
        ),
        (untrusted(18), "không rõ ai ký chứng thư", "the certificate was signed by an unknown authority"),
        (untrusted(99), "mã lỗi SSLCertVerificationError", "error SSLCertVerificationError"),
        (
            soundfile.LibsndfileError(1),
            "không phải dạng tệp âm thanh đã biết",
            "not a known kind of sound file",
        ),
    ],
    ids=str,
)
def test_a_reason_is_said_in_our_words(error: Exception, vietnamese: str, english: str) -> None:
    assert str(reason_of(error)) == vietnamese
    use_language("en")
    assert str(reason_of(error)) == english


def test_a_reason_may_be_given_without_an_error() -> None:
    assert str(reason("system.rate", rate=1)) == "tần số lấy mẫu 1 Hz"


def words_of_others(tree: ast.AST) -> list[int]:
    """Return the lines where the words of an error that is not ours become a fact."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    facts = [one.value for call in calls for one in call.keywords if one.arg == "reason"]
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    facts += [
        value for one in tables for key, value in zip(one.keys, one.values, strict=True) if _is_reason(key)
    ]
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    shown = [*filter(_is_said_by_an_error, facts), *(one for one in attributes if one.attr == "strerror")]
    return [one.lineno for one in shown]


def _is_reason(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "reason"


def _is_said_by_an_error(fact: ast.expr) -> bool:
    if isinstance(fact, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) and _is_error(part.value) for part in fact.values)
    text = isinstance(fact, ast.Call) and isinstance(fact.func, ast.Name) and fact.func.id in ("str", "repr")
    return text or _is_error(fact)


def _is_error(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("error", "problem")


def test_nobody_shows_the_words_of_the_system() -> None:
    trees = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    assert {name: lines for name, tree in trees.items() if (lines := words_of_others(tree))} == {}
    for code in (
        "f(reason=str(error))",
        "f(reason=repr(error))",
        "f(reason=f'{error}')",
        "error.strerror",
        "{'reason': str(error)}",
    ):
        assert words_of_others(ast.parse(code))
