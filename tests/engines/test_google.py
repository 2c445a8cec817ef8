"""The online voice, through the real gTTS client, against a loopback server with TLS."""

import socket

import gtts.tts
import numpy as np
import pytest
import requests
from google_server import SYLLABLE_S, Google, pitch_hz, sound, speech, tone

from truyenthanh.engines import google as engine
from truyenthanh.engines import google_wire
from truyenthanh.errors import EngineError
from truyenthanh.messages import say
from truyenthanh.model import Pacing, Voice

VOICE = Voice("com.vn")
AT_ONCE = Pacing(pause_s=0.0, deadline_s=5.0, attempts=1)
CLAUSE = "Công nghệ thông tin là công cụ,"
ANOTHER = "còn chuyển đổi số là thay đổi cách làm việc."


def refusal(clause: str = CLAUSE) -> EngineError:
    with pytest.raises(EngineError) as caught:
        engine.speak((clause,), VOICE, AT_ONCE)
    assert clause in str(caught.value)
    return caught.value


# ---------------------------------------------------------------- what it says


def test_a_good_reply_becomes_its_sound(google: Google) -> None:
    spoken = engine.speak((CLAUSE,), VOICE, AT_ONCE)
    assert spoken.rate_hz == 24000
    assert spoken.samples.dtype == np.float32
    assert spoken.samples.ndim == 1
    assert len(spoken.samples) / 24000 == pytest.approx(SYLLABLE_S * 7, abs=0.1)
    assert int(np.abs(np.fft.rfft(spoken.samples, 24000)).argmax()) == pitch_hz(CLAUSE)


def test_each_clause_is_one_request_in_order_with_its_text_intact(google: Google) -> None:
    spoken = engine.speak((CLAUSE, ANOTHER), VOICE, AT_ONCE)
    assert [(each.text, each.language) for each in google.asked] == [(CLAUSE, "vi"), (ANOTHER, "vi")]
    alone = [engine.speak((clause,), VOICE, AT_ONCE).samples for clause in (CLAUSE, ANOTHER)]
    gap = np.zeros(24000 * engine.GAP_MS // 1000, np.float32)
    np.testing.assert_array_equal(spoken.samples, np.concatenate([alone[0], gap, alone[1]]))


def test_a_clause_of_exactly_the_limit_is_one_request(google: Google) -> None:
    clause = ("một hai ba, " * 9)[:99] + "a"
    assert len(clause) == engine.clause_limit
    google.answers.append(sound(tone(6.0)))
    engine.speak((clause,), VOICE, AT_ONCE)
    assert [each.text for each in google.asked] == [clause]


@pytest.mark.parametrize("clause", ["Vì sao? Vì thế!", "Dr. Nam, ông Esq. Minh", "a-\nb"])
def test_the_client_does_not_rewrite_the_text(google: Google, clause: str) -> None:
    engine.speak((clause,), VOICE, AT_ONCE)
    assert [each.text for each in google.asked] == [clause]


def test_text_from_a_mac_arrives_composed(google: Google) -> None:
    engine.speak(("chuye\u0302\u0309n đo\u0302\u0309i",), VOICE, AT_ONCE)
    assert google.asked[0].text == "chuyển đổi"


@pytest.mark.parametrize("clause", ["một hai ba, " * 9, "…", ""])
def test_what_cannot_be_sent_whole_is_not_sent_and_not_tried_again(google: Google, clause: str) -> None:
    with pytest.raises(EngineError) as caught:
        engine.speak((clause,), VOICE, Pacing(attempts=9))
    assert caught.value.key == "engines.gtts_unsendable"
    assert google.opened == []


def test_no_clauses_are_no_sentence() -> None:
    with pytest.raises(EngineError) as caught:
        engine.speak((), VOICE)
    assert caught.value.key == "engines.nothing_said"


def test_clauses_of_different_rates_are_not_joined(google: Google) -> None:
    google.answers += [speech(CLAUSE), sound(tone(SYLLABLE_S * 10, rate_hz=16000))]
    with pytest.raises(EngineError) as caught:
        engine.speak((CLAUSE, ANOTHER), VOICE, AT_ONCE)
    assert caught.value.key == "engines.gtts_cut"


# ---------------------------------------------------------------- what there is to choose


@pytest.mark.parametrize("host", engine.HOSTS)
def test_the_voice_names_the_host(google: Google, host: str) -> None:
    engine.speak((CLAUSE,), Voice(host), AT_ONCE)
    assert [each.host for each in google.asked] == [f"translate.google.{host}"]


def test_every_host_is_one_that_gtts_knows_or_misspells() -> None:
    """Its list has "br", "mm" and "ph" where Google has these, and forgets Germany."""
    from gtts.accents import accents

    assert set(engine.HOSTS) - set(accents) == {"com.br", "com.mm", "com.ph", "de"}
    assert len(set(engine.HOSTS)) == len(engine.HOSTS)
    assert all(part.isalpha() and part.isascii() for host in engine.HOSTS for part in host.split("."))


def test_slow_is_asked_for_and_may_take_longer(google: Google) -> None:
    slow = Voice("com.vn", slow=True)
    google.answers += [speech(CLAUSE, 1.5), speech(CLAUSE, 1.5), speech(CLAUSE, 3.0)]
    assert len(engine.speak((CLAUSE,), slow, AT_ONCE).samples) > 24000 * 1.4 * 7
    for voice in (VOICE, slow):  # too long for the usual pace; three seconds a syllable for any
        with pytest.raises(EngineError, match="không hợp với"):
            engine.speak((CLAUSE,), voice, AT_ONCE)
    assert [each.is_slow for each in google.asked] == [True, False, True]
    assert engine.recipe(slow) != engine.recipe(VOICE)


@pytest.mark.parametrize(
    ("voice", "key"),
    [
        (Voice("com.evil/x?"), "engines.unknown_voice"),
        (Voice("com,uy"), "engines.unknown_voice"),
        (Voice("com.vn@example.org"), "engines.unknown_voice"),
        (Voice("COM.VN"), "engines.unknown_voice"),
        (Voice(""), "engines.unknown_voice"),
        (Voice("com", rate=150), "engines.gtts_fixed_voice"),
        (Voice("com", pitch=50), "engines.gtts_fixed_voice"),
    ],
)
def test_unknown_addresses_and_settings_are_refused_before_anything_is_asked(
    google: Google, voice: Voice, key: str
) -> None:
    with pytest.raises(EngineError) as caught:
        engine.speak((CLAUSE,), voice, AT_ONCE)
    assert caught.value.key == key
    assert google.opened == []


# ---------------------------------------------------------------- whom it trusts, and which way it goes


def test_a_certificate_nobody_vouches_for_is_refused(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    assert refusal().key == "engines.gtts_certificate"
    assert google.asked == []


def test_a_bundle_that_is_not_there_is_named(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/không/có.pem")
    error = refusal()
    assert error.key == "engines.gtts_certificate"
    assert "/không/có.pem" in str(error)
    assert google.opened == []


def test_requests_itself_stays_as_it_is() -> None:
    assert requests.Session is not google_wire.VerifiedSession
    assert gtts.tts.requests.Session is google_wire.VerifiedSession


def test_the_environment_says_what_goes_past_the_proxy(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name is looked up but Google's own, and that one not for real."""
    looked_up = []

    def nothing_found(host: str, *_: object, **__: object) -> None:
        looked_up.append(host)
        raise socket.gaierror(-3, "no name server here")

    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, ".google.com.vn,localhost")
    monkeypatch.setattr("socket.getaddrinfo", nothing_found)
    error = refusal()
    assert error.key == "engines.gtts_unreachable"
    assert say("system.no_such_host") in str(error)
    assert looked_up == ["translate.google.com.vn"]
    assert google.opened == []
