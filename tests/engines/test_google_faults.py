"""What goes wrong with the online voice: asked again, told in the end, never kept, nothing left open."""

import base64
import email.utils
import random
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from google_server import SYLLABLE_S, Asked, Fault, Google, Reply, pitch_hz, sound, speech, strings, tone
from urllib3.util import connection

from truyenthanh.engines import google as engine
from truyenthanh.engines import google_client
from truyenthanh.engines.stopping import stop_with
from truyenthanh.errors import EngineError
from truyenthanh.model import Pacing, Voice

pytestmark = pytest.mark.slow(20)

VOICE = Voice("com.vn")
PACING = Pacing(pause_s=0.0, deadline_s=0.4, attempts=6)
CLAUSE = "Công nghệ thông tin là công cụ,"
ANOTHER = "còn chuyển đổi số là thay đổi cách làm việc."
BUSY = Reply(b"", 429)
CLOSED_DOOR = "http://127.0.0.1:9"
NO_SUCH_PROXY = "http://proxy.invalid:3128"  # a name that never exists (RFC 2606, 2)
HALF = base64.b64encode(tone(1.0) + b"\0").decode()  # padded, so that a decoder stops there

# By name: what the server does (or the way to it is), and what its user is told.
FAULTS: dict[str, tuple[Reply | Fault | str, str]] = {
    "429": (BUSY, "gtts_busy"),
    "429 with Retry-After": (Reply(b"", 429, (("Retry-After", "0.2"),)), "gtts_busy"),
    "500": (Reply(b"", 500), "gtts_busy"),
    "403": (Reply(b"", 403), "gtts_refused"),
    "redirection": (Reply(b"", 302, (("Location", "http://translate.google.com/"),)), "gtts_no_sound"),
    "reset": (Fault("reset"), "gtts_unreachable"),
    "time-out": (Fault("stall"), "gtts_overdue"),
    "time-out in TLS": (Fault("silent"), "gtts_overdue"),
    "time-out of the proxy": (Fault("mute"), "gtts_overdue"),
    "slow drip": (Reply(speech(CLAUSE).body, drip_s=0.01), "gtts_overdue"),
    "cut body": (Reply(speech(CLAUSE).body[:900], headers=(("Content-Length", "9000"),)), "gtts_unreachable"),
    "no audio": (Reply(b')]}\'\n\n["wrb.fr","jQ1olc",null]'), "gtts_no_sound"),
    "captcha": (Reply(b"<html>captcha</html>"), "gtts_no_sound"),
    "empty 200": (Reply(b""), "gtts_no_sound"),
    "other host's certificate": (Fault("stranger"), "gtts_certificate"),
    "changed format": (Reply(b'{"audio": "//NExAAR"}'), "gtts_no_sound"),
    "no base64": (strings("%%%="), "gtts_no_sound"),
    "no UTF-8": (Reply(b'"jQ1olc \xff'), "gtts_no_sound"),
    "a hole in the base64": (strings("//OE" * 400 + "=" + "//OE" * 400), "gtts_cut"),
    "two strings": (strings(HALF, HALF), "gtts_cut"),  # the client takes the first, as long as may be
    "too short": (sound(tone(0.3)), "gtts_length"),
    "too long": (sound(tone(20.0)), "gtts_length"),
    "silence": (sound(tone(1.6, peak=0)), "gtts_length"),
    "cut MP3": (sound(tone(1.6)[:-100]), "gtts_cut"),
    "no MP3": (sound(b"<html>" * 100), "gtts_no_sound"),
    "two channels": (sound(tone(1.6, channels=2)), "gtts_cut"),
    "proxy says 403": (Fault("refuse", 403), "gtts_proxy"),
    "proxy says 502": (Fault("refuse", 502), "gtts_proxy"),
    "proxy is not there": (CLOSED_DOOR, "gtts_proxy"),
    "no such proxy": (NO_SUCH_PROXY, "gtts_proxy"),
}
every_fault = pytest.mark.parametrize(("fault", "key"), FAULTS.values(), ids=FAULTS.keys())


@pytest.fixture
def schedule(google: Google, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Reply | Fault | str | None]]:
    """What each request in turn meets: a fault of the server, another proxy, or None for nothing.

    The number of requests begun is how far the list has been used up.
    """
    planned: list[Reply | Fault | str | None] = []
    real = google_client._in_turn

    def in_turn(*arguments: object) -> object:
        fault = planned.pop(0) if planned else None
        if isinstance(fault, Reply | Fault):
            google.answers.append(fault)
        proxy = fault if isinstance(fault, str) else google.environment["HTTPS_PROXY"]
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(google_client, "_in_turn", in_turn)
    yield planned
    assert google.answers == []


def speak(*clauses: str, pacing: Pacing = PACING) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return engine.speak(clauses or (CLAUSE,), VOICE, pacing).samples


def refusal(pacing: Pacing = PACING) -> EngineError:
    with pytest.raises(EngineError) as caught:
        speak(pacing=pacing)
    assert CLAUSE in str(caught.value)
    assert "--engine espeak" in str(caught.value)
    return caught.value


def patience_s(key: str) -> float:
    """Return how long to wait for an answer: little only for what never comes."""
    return 0.3 if key == "gtts_overdue" else 10.0


# ---------------------------------------------------------------- every fault


@every_fault
def test_what_goes_wrong_once_is_asked_again(
    schedule: list[object], google: Google, fault: Reply | Fault | str, key: str
) -> None:
    schedule += [fault, None]
    spoken = speak(pacing=replace(PACING, deadline_s=patience_s(key)))
    assert schedule == []
    np.testing.assert_array_equal(spoken, speak())


@every_fault
def test_what_goes_on_going_wrong_is_told_and_stubborn_things_sooner(
    schedule: list[object], fault: Reply | Fault | str, key: str
) -> None:
    schedule += [fault] * 10
    pacing = Pacing(pause_s=0.0, deadline_s=patience_s(key), attempts=5)
    assert refusal(pacing).key == f"engines.{key}"
    stubborn = key in ("gtts_refused", "gtts_certificate", "gtts_proxy", "gtts_unreachable")
    assert 10 - len(schedule) == (4 if stubborn else 5)


def test_stubborn_things_end_it_only_in_a_row(schedule: list[object]) -> None:
    refused = Reply(b"", 403)
    schedule += [refused, refused, BUSY, refused, refused, None]
    assert speak().any()
    schedule += [refused, BUSY, refused, BUSY, refused, BUSY, None]
    assert refusal().key == "engines.gtts_busy"
    assert schedule == [None]


def test_one_attempt_is_one(schedule: list[object]) -> None:
    schedule += [Reply(b"", 403), None]
    refusal(Pacing(pause_s=0.0, attempts=1))
    assert schedule == [None]


def test_only_the_clause_that_failed_is_asked_again(google: Google) -> None:
    google.answers += [speech(CLAUSE), BUSY]
    speak(CLAUSE, ANOTHER)
    assert [each.text for each in google.asked] == [CLAUSE, ANOTHER, ANOTHER]


def test_two_hundred_sentences_survive_a_fault_in_every_fifth_request(
    schedule: list[object], google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google_client, "FIRST_WAIT_S", 0.001)
    choose = random.Random(20230325)
    faults = [fault for fault, _ in FAULTS.values()]
    schedule += [choose.choice(faults) if choose.random() < 0.2 else None for _ in range(400)]
    sentences = [f"Đây là câu {number}." for number in range(200)]
    for sentence in sentences:
        samples = speak(sentence)
        assert int(np.abs(np.fft.rfft(samples, 24000)).argmax()) == pitch_hz(sentence)
        assert len(samples) / 24000 == pytest.approx(SYLLABLE_S * len(sentence.split()), abs=0.1)
    requests = 400 - len(schedule)
    print(f"{requests} requests for 200 clips: {requests / 200:.2f}")
    assert requests <= 1.6 * 200
    schedule.clear()


# ---------------------------------------------------------------- how long it waits


def gaps(asked: list[Asked]) -> list[float]:
    return [float(gap) for gap in np.diff([each.began_s for each in asked])]


def test_requests_keep_a_distance(google: Google) -> None:
    speak(CLAUSE, ANOTHER, CLAUSE, pacing=Pacing(pause_s=0.15))
    assert min(gaps(google.asked)) >= 0.15


def test_the_pause_doubles_up_to_a_limit(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses are as long as they must be at least; how much longer is up to the machine."""
    monkeypatch.setattr(google_client, "FIRST_WAIT_S", 0.1)
    monkeypatch.setattr(google_client, "LONGEST_WAIT_S", 0.25)
    google.answers += [BUSY, BUSY, BUSY, BUSY, BUSY]
    speak()
    first, second, third, *_, last = gaps(google.asked)
    assert first >= 0.1
    assert second >= 0.2
    assert third >= 0.25
    assert 0.25 <= last < 1.6  # doubled on and on it would be that


def test_the_waits_are_what_the_readme_says() -> None:
    error, failures = EngineError("engines.gtts_busy", retry_after_s=0), google_client.Failures()
    assert [failures.wait_s(error, 9) for _ in range(9)] == [2, 4, 8, 16, 32, 60, 60, 60, None]


def test_the_service_says_how_long_to_wait(google: Google) -> None:
    google.answers += [Reply(b"", 429, (("Retry-After", "0.5"),))]
    speak()
    assert gaps(google.asked)[0] >= 0.5


def test_a_service_that_asks_for_too_long_is_not_pressed(google: Google) -> None:
    google.answers += [Reply(b"", 429, (("Retry-After", "300"),))]
    error = refusal()
    assert error.key == "engines.gtts_asks_to_wait"
    assert "bảo chờ 5 phút" in str(error)
    assert len(google.asked) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("-7", 0.0),
        ("", 0.0),
        ("soon", 0.0),
        ("nan", 0.0),
        ("inf", 0.0),
        ("9" * 400, 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert google_client._retry_after_s(value) == seconds


def test_retry_after_may_be_a_date() -> None:
    soon = email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert google_client._retry_after_s(soon) == pytest.approx(90.0, abs=10)


# ---------------------------------------------------------------- one connection at a time


SLOW: dict[str, Reply | Fault] = {
    "time-out": Fault("stall"),
    "time-out in TLS": Fault("silent"),
    "time-out of the proxy": Fault("mute"),
    "slow drip": Reply(speech(CLAUSE).body, drip_s=0.01),
}


@pytest.mark.parametrize("fault", SLOW.values(), ids=SLOW.keys())
def test_a_request_given_up_keeps_no_connection_open(google: Google, fault: Reply | Fault) -> None:
    google.answers.append(fault)
    began_s = time.monotonic()
    assert refusal(Pacing(pause_s=0.0, deadline_s=0.3, attempts=1)).key == "engines.gtts_overdue"
    assert 0.3 <= time.monotonic() - began_s < 0.5
    await_closed(google, 1)
    assert google.closed[0] - google.opened[0] == pytest.approx(0.3, abs=0.15)


def test_there_is_never_a_second_connection(google: Google) -> None:
    google.answers += [*SLOW.values(), BUSY]
    speak(CLAUSE, ANOTHER, pacing=Pacing(pause_s=0.05, deadline_s=0.2))
    await_closed(google, len(google.opened))
    assert len(google.opened) == 7
    for closed, opened in zip(sorted(google.closed)[:-1], google.opened[1:], strict=True):
        assert closed < opened


def test_a_connection_that_opens_too_late_is_not_used(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that takes longer than the deadline: nobody waits for the answer any more."""
    real, answered = connection.create_connection, threading.Event()

    def late(*arguments: object, **settings: object) -> socket.socket:
        time.sleep(0.4)
        answered.set()
        return real(*arguments, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr(connection, "create_connection", late)
    refusal(Pacing(pause_s=0.0, deadline_s=0.2, attempts=1))
    assert answered.wait(2)
    time.sleep(0.5)
    assert len(google.opened) == 1
    assert google.asked == []


def await_closed(google: Google, count: int) -> None:
    end_s = time.monotonic() + 1
    while len(google.closed) < count:
        assert time.monotonic() < end_s, "the server still has a connection"
        time.sleep(0.01)


# ---------------------------------------------------------------- told to stop


@pytest.mark.parametrize("fault", [Fault("stall"), Reply(b"", 429, (("Retry-After", "50"),))])
def test_a_thread_told_to_stop_waits_no_longer(google: Google, fault: Reply | Fault) -> None:
    google.answers.append(fault)
    stopped = threading.Event()
    with ThreadPoolExecutor(1, initializer=stop_with, initargs=(stopped,)) as pool:
        speaking = pool.submit(speak, pacing=Pacing(deadline_s=30.0))
        while not google.asked:
            time.sleep(0.01)
        time.sleep(0.1)
        began_s = time.monotonic()
        stopped.set()
        with pytest.raises(CancelledError):
            speaking.result()
    assert time.monotonic() - began_s < 0.3
    await_closed(google, 1)
