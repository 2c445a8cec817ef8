"""What the system, the network or a library says is wrong, in our own words.

An operating system's messages come in the language it was installed in, a library's in English; neither
need be the reader's. An error that we have no words for is shown by its own name.
"""

import errno
import re
from typing import Final

from .messages import Message

# By the number of an OSError; the message that gives it as a reason says what to do about it.
_BY_NUMBER: Final = {
    errno.EACCES: "system.not_allowed",
    errno.EPERM: "system.not_allowed",
    errno.ENOENT: "system.not_there",
    errno.EEXIST: "system.already_there",
    errno.ENOTDIR: "system.not_a_folder",
    errno.EISDIR: "system.is_a_folder",
    errno.ENOTEMPTY: "system.not_empty",
    errno.ENOSPC: "system.disk_full",
    errno.EDQUOT: "system.quota",
    errno.EFBIG: "system.file_too_large",
    errno.EROFS: "system.read_only",
    errno.EIO: "system.disk_fault",
    errno.ENODEV: "system.device_gone",
    errno.ENXIO: "system.device_gone",
    errno.ESTALE: "system.device_gone",
    errno.ENAMETOOLONG: "system.name_too_long",
    errno.EINVAL: "system.not_possible_there",
    errno.EILSEQ: "system.not_possible_there",
    errno.ELOOP: "system.circle_of_links",
    errno.EXDEV: "system.other_disk",
    errno.EBUSY: "system.in_use",
    errno.ETXTBSY: "system.in_use",
    errno.EAGAIN: "system.in_use",
    errno.EMFILE: "system.too_many_files",
    errno.ENFILE: "system.too_many_files",
    errno.ENOMEM: "system.no_memory",
    errno.EPIPE: "system.hung_up",
    errno.ECONNRESET: "system.hung_up",
    errno.ECONNABORTED: "system.hung_up",
    errno.ECONNREFUSED: "system.nobody_answers",
    errno.EHOSTUNREACH: "system.no_way_there",
    errno.ENETUNREACH: "system.no_way_there",
    errno.ENETDOWN: "system.no_way_there",
    errno.ETIMEDOUT: "system.too_slow",
}
# By the name of a class: importing ssl, socket and the libraries above them would slow every start.
_BY_CLASS: Final = {
    "gaierror": "system.no_such_host",
    "NameResolutionError": "system.no_such_host",
    "TimeoutError": "system.too_slow",
    "RemoteDisconnected": "system.hung_up",
    "IncompleteRead": "system.hung_up",
    "InvalidDataError": "system.not_a_format",
    "JSONDecodeError": "system.not_json",
    "UnicodeDecodeError": "system.not_utf8",
}
_CERTIFICATES: Final = {  # X509_V_ERR_* of OpenSSL
    9: "system.certificate_early",
    10: "system.certificate_late",
    18: "system.certificate_unknown",
    19: "system.certificate_unknown",
    20: "system.certificate_unknown",
    21: "system.certificate_unknown",
    62: "system.certificate_other",
    64: "system.certificate_other",
}
_BY_WORDS: Final = {  # what requests and urllib3 say only in words
    "system.proxy_refuses": re.compile(r"Tunnel connection failed: (?P<status>\d+)"),
    "system.no_bundle": re.compile(r"certificate bundle, invalid path: (?P<path>.+)"),
}
_LIBSNDFILE: Final = {1: "system.not_a_format", 3: "system.damaged", 4: "system.not_an_encoding"}


def reason_of(error: BaseException) -> Message:
    """Return why something was refused; ``error`` may wrap others, as those of requests do."""
    bottom = innermost(error)
    found = _known(bottom)
    if found is None and bottom.__cause__ is not None:
        return reason_of(bottom.__cause__)
    return found or reason("system.other", name=_named(bottom))


def _known(error: BaseException) -> Message | None:
    """Return our words for an error by its class or number, or by its text; None if we have none."""
    by = (
        (_CERTIFICATES, getattr(error, "verify_code", None)),
        (_BY_CLASS, type(error).__name__),
        (_LIBSNDFILE, getattr(error, "code", None)),
        (_BY_NUMBER, _number(error)),
    )
    for table, at in by:
        if at in table:
            return reason(table[at])  # type: ignore[index]
    said = ((key, pattern.search(str(error))) for key, pattern in _BY_WORDS.items())
    return next((reason(key, **match.groupdict()) for key, match in said if match), None)


def reason(key: str, **facts: object) -> Message:
    """Return a reason that does not come from an error."""
    return Message(key, facts)


def _number(error: BaseException) -> int | None:
    """Return the system's number of an error; ssl errors carry OpenSSL's own number instead."""
    number = getattr(error, "errno", None)
    of_ssl = type(error).__name__.startswith("SSL")
    return number if isinstance(number, int) and not of_ssl else None


def _named(error: BaseException) -> str:
    """Return an error's name with its number, or the name its text begins with: of a library, a key."""
    name, number = type(error).__name__, _number(error)
    if number is not None:
        return errno.errorcode.get(number, f"{name} {number}")
    text = "" if name.startswith("SSL") else str(error)
    of = next((one for one in (text, text.partition(":")[0]) if not any(map(str.isspace, one))), "")
    return f"{name} {of}".rstrip()


def innermost(error: BaseException) -> BaseException:
    """Return the error that the others are wrapped around."""
    while True:
        wrapped = (getattr(error, "reason", None), *error.args)
        inner = [one for one in wrapped if isinstance(one, BaseException)]
        if not inner:
            return error
        error = inner[0]
