"""What the system, the network or a library says is wrong, as a message of ours.

The words of an operating system come in the language it was installed in, those of a library in English;
neither need be the reader's. What we have no words for is named as its makers named it.
"""

import errno
from typing import Final

from .messages import Message

# By the number of an OSError; what a reader can do about it stands in the message it is a reason in.
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
# By the name of a class: to import ssl, socket and what lies on them for it would slow every start.
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
_LIBSNDFILE: Final = {1: "system.not_a_format", 3: "system.damaged", 4: "system.not_an_encoding"}


def reason_of(error: BaseException) -> Message:
    """Return why something was refused; ``error`` may be wrapped in others, as those of requests are."""
    bottom = innermost(error)
    number, name = getattr(bottom, "errno", None), type(bottom).__name__
    tables = (
        (_CERTIFICATES, getattr(bottom, "verify_code", None)),
        (_BY_CLASS, name),
        (_LIBSNDFILE, getattr(bottom, "code", None)),
        (_BY_NUMBER, number),
    )
    for table, at in tables:
        if at in table:
            return Message(table[at])  # type: ignore[index]
    known = errno.errorcode.get(number) if isinstance(number, int) else None
    return Message("system.other", {"name": known or name})


def no_permission() -> Message:
    """Return the reason that a folder may not be written."""
    return Message("system.not_allowed")


def innermost(error: BaseException) -> BaseException:
    """Return the error at the bottom of those wrapped around it."""
    while True:
        wrapped = (getattr(error, "reason", None), *error.args, error.__cause__)
        inner = [one for one in wrapped if isinstance(one, BaseException)]
        if not inner:
            return error
        error = inner[0]
