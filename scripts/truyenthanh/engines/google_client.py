"""gTTS made safe: one clause, one request, TLS verified, a total deadline, polite retries.

What is gTTS's stays gTTS's: how a request is composed, sent and taken apart again. Two things are
put around it, because it offers no hook for them:

- It sends with ``verify=False``. The name ``requests`` inside its module is bound to a copy of that
  module in which ``Session`` puts the environment's settings (REQUESTS_CA_BUNDLE, proxies) back in
  force, as any other client of requests has them. The real ``requests`` stays untouched.
- Its time-out is per read, so a server that drips outlives it, as does a slow name server. Each
  request runs in a thread of its own that is given up at the deadline.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from types import SimpleNamespace
from typing import Any, Final

import gtts.tts
import requests

from truyenthanh.errors import EngineError

from .google_reply import decode_reply
from .sound import Sound

PAUSE_S = 1.0  # from the end of one request to the start of the next
DEADLINE_S = 20.0  # for one request, from name look-up to last byte
ATTEMPTS: Final = 3
FIRST_WAIT_S = 2.0  # after a first failure; doubled after each further one
LONGEST_WAIT_S = 60.0  # a service that asks for more is not waited for

# Asking again would not change these.
_FINAL: Final = frozenset({"engines.gtts_certificate", "engines.gtts_refused", "engines.gtts_unsendable"})

_one_at_a_time: Final = Lock()
_free_at_s = 0.0


class VerifiedSession(requests.Session):
    """A session that verifies TLS whatever its caller says."""

    def send(self, request: requests.PreparedRequest, **settings: Any) -> requests.Response:
        """Send with the environment's proxies and certificates."""
        environment = self.merge_environment_settings(request.url or "", {}, None, None, None)
        return super().send(request, **{**settings, **environment})


gtts.tts.requests = SimpleNamespace(**{**vars(requests), "Session": VerifiedSession})


def fetch_clause(clause: str, host: str) -> Sound:
    """Return one clause of at most 100 characters spoken by ``translate.google.<host>``.

    Tries again after what may pass: three times in all, with pauses that double or as long as the
    service asks. Raises ``EngineError``.
    """
    wait_s = FIRST_WAIT_S
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return decode_reply(_ask(clause, host), clause)
        except EngineError as error:
            asked_s = float(str(error.facts.get("retry_after_s", 0)))
            if error.key in _FINAL or attempt == ATTEMPTS or asked_s > LONGEST_WAIT_S:
                raise
            time.sleep(max(wait_s, asked_s))
            wait_s *= 2
    raise AssertionError("the last attempt returns or raises")


def _ask(clause: str, host: str) -> bytes:
    """Return the MP3 of one request. Raises ``EngineError`` for every way in which there is none."""
    client = _client(clause, host)
    try:
        return _in_turn(lambda: b"".join(client.stream()))
    except TimeoutError as error:
        raise EngineError("engines.gtts_overdue", clause=clause, seconds=DEADLINE_S) from error
    except gtts.gTTSError as error:
        raise _explained(error, clause) from error
    except ValueError as error:  # base64 or UTF-8 that is none
        raise EngineError("engines.gtts_no_sound", clause=clause) from error


def _client(clause: str, host: str) -> gtts.gTTS:
    """Return the client that sends the clause whole, at once and unchanged, or raise ``EngineError``."""
    settings = {"tld": host, "lang": "vi", "lang_check": False, "pre_processor_funcs": []}
    try:
        client = gtts.gTTS(clause, **settings, timeout=DEADLINE_S)
        requests_to_send = len(client.get_bodies())
    except AssertionError:  # how gTTS says that there is nothing to speak
        requests_to_send = 0
    if requests_to_send != 1:
        raise EngineError("engines.gtts_unsendable", clause=clause)
    return client


def _in_turn(work: Callable[[], bytes]) -> bytes:
    """Return what ``work`` returns within the deadline, a pause after the request before it."""
    global _free_at_s
    with _one_at_a_time:
        time.sleep(max(0.0, _free_at_s - time.monotonic()))
        try:
            return _within(DEADLINE_S, work)
        finally:
            _free_at_s = time.monotonic() + PAUSE_S


def _within(deadline_s: float, work: Callable[[], bytes]) -> bytes:
    """Return what ``work`` returns, raise what it raises, or ``TimeoutError`` after ``deadline_s``.

    Work given up ends by itself when its connection does; nobody waits for it, not even the exit.
    """
    outcome: SimpleQueue[bytes | Exception] = SimpleQueue()

    def run() -> None:
        try:
            outcome.put(work())
        except Exception as error:
            outcome.put(error)

    Thread(target=run, daemon=True).start()
    try:
        result = outcome.get(timeout=deadline_s)
    except Empty:
        raise TimeoutError from None
    if isinstance(result, Exception):
        raise result
    return result


def _explained(error: gtts.gTTSError, clause: str) -> EngineError:
    """Return what the service answered, or what kept it from answering, as an error of ours."""
    if error.rsp is None:
        fault = error.__context__
        if "CERTIFICATE_VERIFY_FAILED" in str(fault):  # OpenSSL's name; a broken handshake has another
            return EngineError("engines.gtts_certificate", clause=clause, reason=str(fault))
        if isinstance(fault, requests.exceptions.Timeout):
            return EngineError("engines.gtts_overdue", clause=clause, seconds=DEADLINE_S)
        return EngineError("engines.gtts_unreachable", clause=clause, reason=str(fault))
    status = int(error.rsp.status_code)
    if status == 200:
        return EngineError("engines.gtts_no_sound", clause=clause)
    if status != 429 and status < 500:
        return EngineError("engines.gtts_refused", clause=clause, status=status)
    asked_s = _retry_after_s(error.rsp.headers.get("Retry-After", ""))
    return EngineError("engines.gtts_busy", clause=clause, status=status, retry_after_s=asked_s)


def _retry_after_s(value: str) -> float:
    """Return the seconds of a Retry-After header, a number or a date (RFC 9110, 10.2.3); 0 for none."""
    with suppress(ValueError):
        return max(0.0, float(value))
    with suppress(ValueError):
        until = parsedate_to_datetime(value).replace(tzinfo=UTC)  # such a date is always GMT
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    return 0.0
