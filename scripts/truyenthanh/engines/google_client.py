"""gTTS made safe: one clause, one request, a deadline, a reply that is checked, polite retries.

gTTS still composes the requests, sends them and takes the replies apart. Requests go through
``google_wire.py``; replies are checked in ``google_reply.py``.
"""

import math
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Final

import gtts.tts
import requests
import urllib3

from truyenthanh.errors import EngineError
from truyenthanh.model import Pacing, Voice
from truyenthanh.system import innermost, reason_of

from .google_reply import check_parts, decode_reply
from .google_wire import on_a_wire
from .stopping import pause

FIRST_WAIT_S = 2.0  # after the first failure; doubled after each further one
LONGEST_WAIT_S = 60.0  # if a service asks for more, give up

# Each of these may pass: a gateway being restarted, an overloaded proxy. Several in a row will not,
# and the user has something to fix: without a network this is reported within 14 s.
STUBBORN: Final = frozenset(
    {
        "engines.gtts_certificate",
        "engines.gtts_proxy",
        "engines.gtts_refused",
        "engines.gtts_unreachable",
    }
)
STUBBORN_ATTEMPTS: Final = 4
UNSENDABLE: Final = "engines.gtts_unsendable"  # the only failure that a retry can never change

_one_at_a_time: Final = Lock()
_free_at_s = 0.0


@dataclass(slots=True)
class Failures:
    """How often in a row one clause has failed."""

    all: int = 0
    alike: int = 0
    last_key: str = ""

    def wait_s(self, error: EngineError, attempts: int) -> float | None:
        """Return how long to wait before asking again after ``error``; None to give up."""
        self.alike = self.alike + 1 if error.key == self.last_key else 1
        self.all, self.last_key = self.all + 1, error.key
        asked_s = float(str(error.facts.get("retry_after_s", 0)))
        patience = min(attempts, STUBBORN_ATTEMPTS) if error.key in STUBBORN else attempts
        if error.key == UNSENDABLE or self.all >= attempts or self.alike >= patience:
            return None
        if asked_s > LONGEST_WAIT_S:
            return None
        return max(asked_s, min(LONGEST_WAIT_S, FIRST_WAIT_S * float(2 ** (self.all - 1))))


def fetch_clause(clause: str, voice: Voice, pacing: Pacing) -> bytes:
    """Return the MP3 of one clause of at most 100 characters, spoken by ``translate.google.<voice.name>``.

    Failures are retried, after waits that double, or as long as the service asks. Raises
    ``EngineError`` after ``pacing.attempts``, sooner if the same stubborn failure happens four times.
    """
    failures = Failures()
    while True:
        try:
            mp3 = _ask(clause, voice, pacing)
            decode_reply(mp3, clause, is_slow=voice.slow)  # raises unless it is the whole sound
            return mp3
        except EngineError as error:
            wait_s = failures.wait_s(error, pacing.attempts)
            if wait_s is None:
                raise
        pause(wait_s)


def _ask(clause: str, voice: Voice, pacing: Pacing) -> bytes:
    """Return the MP3 of one request. Raises ``EngineError``, saying why, if there is none."""
    client = _client(clause, voice, pacing.deadline_s)
    try:
        parts, reply = _in_turn(client, pacing)
        check_parts(parts, reply, clause)
        return b"".join(parts)
    except TimeoutError as error:
        raise _overdue(clause, pacing) from error
    except gtts.gTTSError as error:
        raise _explained(error, clause, pacing) from error
    except (OSError, urllib3.exceptions.HTTPError) as error:  # not a reply, so gTTS lets it pass
        raise _unreachable(error, clause, pacing) from error
    except ValueError as error:  # not base64, or not UTF-8
        raise EngineError("engines.gtts_no_sound", clause=clause) from error


def _client(clause: str, voice: Voice, deadline_s: float) -> gtts.gTTS:
    """Return a client that sends the clause whole, in one request and unchanged, or raise ``EngineError``."""
    settings = {"tld": voice.name, "lang": "vi", "slow": voice.slow, "lang_check": False}
    try:
        client = gtts.gTTS(clause, **settings, pre_processor_funcs=[], timeout=deadline_s)
        requests_to_send = len(client.get_bodies())
    except AssertionError:  # gTTS's way to say that there is nothing to speak
        requests_to_send = 0
    if requests_to_send != 1:
        raise EngineError(UNSENDABLE, clause=clause)
    return client


def _in_turn(client: gtts.gTTS, pacing: Pacing) -> tuple[list[bytes], bytes]:
    """Return the parts of the sound and the reply they came in, after a pause since the last request."""
    global _free_at_s
    with _one_at_a_time:
        pause(max(0.0, _free_at_s - time.monotonic()))
        try:
            return on_a_wire(lambda: list(client.stream()), pacing.deadline_s)
        finally:
            _free_at_s = time.monotonic() + pacing.pause_s


# ---------------------------------------------------------------- what went wrong


def _explained(error: gtts.gTTSError, clause: str, pacing: Pacing) -> EngineError:
    """Return what the service answered, or why it did not answer, as our own error."""
    if error.rsp is None:
        return _unreachable(error.__context__ or error, clause, pacing)
    status = int(error.rsp.status_code)
    if status == 200:
        return EngineError("engines.gtts_no_sound", clause=clause)
    if status != 429 and status < 500:
        return EngineError("engines.gtts_refused", clause=clause, status=status)
    asked_s = _retry_after_s(error.rsp.headers.get("Retry-After", ""))
    key = "engines.gtts_asks_to_wait" if asked_s > LONGEST_WAIT_S else "engines.gtts_busy"
    minutes = math.ceil(asked_s / 60)
    return EngineError(key, clause=clause, status=status, retry_after_s=asked_s, minutes=minutes)


def _overdue(clause: str, pacing: Pacing) -> EngineError:
    return EngineError("engines.gtts_overdue", clause=clause, seconds=pacing.deadline_s)


def _unreachable(fault: BaseException, clause: str, pacing: Pacing) -> EngineError:
    """Return why no answer came: a certificate, a proxy, or the network.

    urllib3 blames the proxy for every reset behind it; that may pass like any other reset.
    """
    bottom, reason = innermost(fault), reason_of(fault)
    if isinstance(bottom, TimeoutError) or isinstance(fault, requests.exceptions.Timeout):
        return _overdue(clause, pacing)
    if (
        "certificate" in str(bottom).lower()
    ):  # OpenSSL's word; or the bundle named in the environment is missing
        return EngineError("engines.gtts_certificate", clause=clause, reason=reason)
    of_the_proxy = (requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL)
    if isinstance(fault, of_the_proxy) and not isinstance(bottom, ConnectionError):
        return EngineError("engines.gtts_proxy", clause=clause, reason=reason)
    return EngineError("engines.gtts_unreachable", clause=clause, reason=reason)


def _retry_after_s(value: str) -> float:
    """Return the seconds of a Retry-After header, a number or a date (RFC 9110, 10.2.3); 0 for none."""
    with suppress(ValueError):
        seconds = float(value)
        return max(0.0, seconds) if math.isfinite(seconds) else 0.0
    with suppress(ValueError):
        until = parsedate_to_datetime(value).replace(tzinfo=UTC)  # such a date is always GMT
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    return 0.0
