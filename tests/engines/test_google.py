"""The online voice, through the real gTTS client, against a loopback server with TLS."""

import email.utils
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import gtts.tts
import numpy as np
import pytest
import requests
from google_server import SYLLABLE_S, Google, Reply, answering, sound, speech, tone

from truyenthanh.engines import google as engine
from truyenthanh.engines import google_client, google_wire
from truyenthanh.errors import EngineError
from truyenthanh.model import Voice

VOICE = Voice("com.vn")
CLAUSE = "Công nghệ thông tin là công cụ,"
ANOTHER = "còn chuyển đổi số là thay đổi cách làm việc."


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    """A server that a client finds by its environment alone, and a client in no mood to wait."""
    monkeypatch.setattr(google_client, "PAUSE_S", 0.0)
    monkeypatch.setattr(google_client, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(google_client, "_free_at_s", 0.0)
    for name in ("CURL_CA_BUNDLE", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with answering(tmp_path) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


def refusal(clauses: tuple[str, ...] = (CLAUSE,)) -> EngineError:
    with pytest.raises(EngineError) as caught:
        engine.speak(clauses, VOICE)
    assert str(caught.value.facts["clause"]) in str(caught.value)
    return caught.value


# ---------------------------------------------------------------- what it says


def test_a_good_reply_becomes_its_sound(google: Google) -> None:
    spoken = engine.speak((CLAUSE,), VOICE)
    assert spoken.rate_hz == 24000
    assert spoken.samples.dtype == np.float32
    assert spoken.samples.ndim == 1
    assert len(spoken.samples) / 24000 == pytest.approx(SYLLABLE_S * 7, abs=0.1)


def test_each_clause_is_one_request_in_order_with_its_text_intact(google: Google) -> None:
    spoken = engine.speak((CLAUSE, ANOTHER), VOICE)
    assert [(each.text, each.language) for each in google.asked] == [(CLAUSE, "vi"), (ANOTHER, "vi")]
    alone = [engine.speak((clause,), VOICE).samples for clause in (CLAUSE, ANOTHER)]
    gap = np.zeros(24000 * engine.GAP_MS // 1000, np.float32)
    np.testing.assert_array_equal(spoken.samples, np.concatenate([alone[0], gap, alone[1]]))


@pytest.mark.parametrize("host", engine.HOSTS)
def test_the_voice_names_the_host(google: Google, host: str) -> None:
    engine.speak((CLAUSE,), Voice(host))
    assert [each.host for each in google.asked] == [f"translate.google.{host}"]


def test_a_clause_of_exactly_the_limit_is_one_request(google: Google) -> None:
    clause = ("một hai ba, " * 9)[:99] + "a"
    assert len(clause) == engine.clause_limit
    google.answers.append(sound(tone(6.0)))
    engine.speak((clause,), VOICE)
    assert [each.text for each in google.asked] == [clause]


@pytest.mark.parametrize("clause", ["Vì sao? Vì thế!", "Dr. Nam, ông Esq. Minh", "a-\nb"])
def test_the_client_does_not_rewrite_the_text(google: Google, clause: str) -> None:
    engine.speak((clause,), VOICE)
    assert [each.text for each in google.asked] == [clause]


def test_text_from_a_mac_arrives_composed(google: Google) -> None:
    engine.speak(("chuye\u0302\u0309n đo\u0302\u0309i",), VOICE)
    assert google.asked[0].text == "chuyển đổi"


@pytest.mark.parametrize("clause", ["một hai ba, " * 9, "…", ""])
def test_what_cannot_be_sent_whole_is_not_sent(google: Google, clause: str) -> None:
    assert refusal((clause,)).key == "engines.gtts_unsendable"
    assert google.asked == []


# ---------------------------------------------------------------- whom it trusts


def test_a_certificate_nobody_vouches_for_is_refused_at_once(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    assert refusal().key == "engines.gtts_certificate"
    assert google.asked == []


def test_requests_itself_stays_as_it_is() -> None:
    assert requests.Session is not google_wire.VerifiedSession
    assert gtts.tts.requests.Session is google_wire.VerifiedSession


# ---------------------------------------------------------------- what may pass


BUSY = Reply(b"", 429)


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(BUSY, id="429"),
        pytest.param(Reply(b"", 503), id="503"),
        pytest.param(Reply(b""), id="empty 200"),
        pytest.param(Reply(b"<html>captcha</html>"), id="captcha"),
        pytest.param(Reply(speech(CLAUSE).body[:900], headers=(("Content-Length", "9000"),)), id="cut body"),
    ],
)
def test_what_passes_is_asked_again(google: Google, first: Reply) -> None:
    google.answers.append(first)
    assert engine.speak((CLAUSE,), VOICE).samples.any()
    assert [each.text for each in google.asked] == [CLAUSE, CLAUSE]


def test_only_the_clause_that_failed_is_asked_again(google: Google) -> None:
    google.answers += [speech(CLAUSE), BUSY]
    engine.speak((CLAUSE, ANOTHER), VOICE)
    assert [each.text for each in google.asked] == [CLAUSE, ANOTHER, ANOTHER]


@pytest.mark.parametrize("status", [429, 500])
def test_after_three_failures_it_gives_up_and_says_what_to_do(google: Google, status: int) -> None:
    google.answers += [Reply(b"", status)] * 9
    error = refusal()
    assert error.key == "engines.gtts_busy"
    assert str(status) in str(error)
    assert "--engine espeak" in str(error)
    assert len(google.asked) == 3


def test_a_refusal_is_not_argued_with(google: Google) -> None:
    google.answers += [Reply(b"", 403)] * 9
    error = refusal()
    assert (error.key, error.facts["status"], len(google.asked)) == ("engines.gtts_refused", 403, 1)


def test_a_closed_door_is_named(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    assert refusal().key == "engines.gtts_unreachable"


# ---------------------------------------------------------------- what is no speech


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        pytest.param(Reply(b""), "engines.gtts_no_sound", id="empty 200"),
        pytest.param(Reply(b"<html>captcha</html>"), "engines.gtts_no_sound", id="captcha"),
        pytest.param(Reply(b"<html>jQ1olc</html>"), "engines.gtts_no_sound", id="changed format"),
        pytest.param(Reply(b'"jQ1olc","[\\"%%%=\\"]"'), "engines.gtts_no_sound", id="no base64"),
        pytest.param(Reply(b'"jQ1olc \xff'), "engines.gtts_no_sound", id="no UTF-8"),
        pytest.param(sound(b"<html>" * 100), "engines.gtts_no_sound", id="no MP3"),
        pytest.param(sound(tone(1.6)[:-100]), "engines.gtts_cut", id="cut MP3"),
        pytest.param(sound(tone(1.6, channels=2)), "engines.gtts_cut", id="two channels"),
        pytest.param(speech(CLAUSE, SYLLABLE_S / 2), "engines.gtts_length", id="half of it"),
        pytest.param(sound(tone(1.6, peak=0)), "engines.gtts_length", id="silence"),
        pytest.param(speech(CLAUSE, 2.0), "engines.gtts_length", id="too much"),
    ],
)
def test_a_reply_that_is_no_speech_is_never_kept(google: Google, reply: Reply, key: str) -> None:
    google.answers += [reply] * 3
    assert refusal().key == key
    assert len(google.asked) == 3


# ---------------------------------------------------------------- how long it waits


@pytest.mark.parametrize("drip_s", [0.05, 30.0])
def test_a_reply_that_drips_or_stalls_ends_at_the_deadline(
    google: Google, monkeypatch: pytest.MonkeyPatch, drip_s: float
) -> None:
    monkeypatch.setattr(google_client, "DEADLINE_S", 0.3)
    google.answers += [Reply(speech(CLAUSE).body, drip_s=drip_s)] * 3
    began_s = time.monotonic()
    assert refusal().key == "engines.gtts_overdue"
    assert time.monotonic() - began_s < 3 * 0.3 + 0.6


def test_requests_keep_a_distance(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google_client, "PAUSE_S", 0.15)
    engine.speak((CLAUSE, ANOTHER, CLAUSE), VOICE)
    times = [each.began_s for each in google.asked]
    assert min(np.diff(times)) >= 0.15


def test_the_pause_doubles_or_is_what_the_service_asks(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google_client, "FIRST_WAIT_S", 0.1)
    google.answers += [BUSY, BUSY]
    engine.speak((CLAUSE,), VOICE)
    google.answers += [Reply(b"", 429, (("Retry-After", "0.5"),))]
    engine.speak((ANOTHER,), VOICE)
    first, second, third, asked, again = (each.began_s for each in google.asked)
    assert second - first >= 0.1
    assert third - second >= 0.2
    assert again - asked >= 0.5


def test_a_service_that_asks_for_too_long_is_not_pressed(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google_client, "LONGEST_WAIT_S", 0.5)
    google.answers += [Reply(b"", 429, (("Retry-After", "1"),))]
    assert refusal().facts["retry_after_s"] == 1
    assert len(google.asked) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("-7", 0.0),
        ("", 0.0),
        ("soon", 0.0),
        ("nan", 0.0),
        ("inf", float("inf")),
        (email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True), 90.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert google_client._retry_after_s(value) == pytest.approx(seconds, abs=30)


# ---------------------------------------------------------------- what there is to choose


def test_no_clauses_are_no_sentence() -> None:
    with pytest.raises(EngineError) as caught:
        engine.speak((), VOICE)
    assert caught.value.key == "engines.nothing_said"


def test_unknown_addresses_and_settings_are_refused_before_anything_is_asked(google: Google) -> None:
    for voice, key in (
        (Voice("com.evil/x?"), "engines.unknown_voice"),
        (Voice("com", rate=150), "engines.gtts_fixed_voice"),
        (Voice("com", pitch=50), "engines.gtts_fixed_voice"),
    ):
        with pytest.raises(EngineError) as caught:
            engine.speak((CLAUSE,), voice)
        assert caught.value.key == key
    assert google.asked == []
