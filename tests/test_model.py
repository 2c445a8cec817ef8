"""What an episode says is found without its cues, in order."""

from datetime import datetime

from truyenthanh.model import Cue, Episode, Section, Utterance


def said(text: str) -> Utterance:
    return Utterance(text, text, "announcer", 350, from_document=True)


CHIME = Cue("chime", 400)
OPENING = Section("open", (CHIME, said("a"), said("b")))
POINT = Section("point-01", (said("c"), Cue("sting", 500), said("d")))


def test_utterances_are_in_order_and_hold_no_cue() -> None:
    episode = Episode("thu-01", 1, "", "", datetime(2023, 4, 3), (OPENING, Section("x", (CHIME,)), POINT), ())
    assert [one.written for one in OPENING.utterances] == ["a", "b"]
    assert [one.written for one in episode.utterances] == ["a", "b", "c", "d"]


def test_utterances_are_known_by_their_place_among_all_items() -> None:
    assert {at: one.written for at, one in POINT.utterances_by_item.items()} == {0: "c", 2: "d"}
