"""Every kind of field comes back from JSON as it was written; data that do not fit name the field."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, Literal

import pytest

from truyenthanh.explain.outcome import BuildSummary, EpisodeSummary, from_json, to_json
from truyenthanh.messages import Message
from truyenthanh.model import Chapter, Cue, Episode, Section, Utterance
from truyenthanh.recipe import canonical
from truyenthanh.store.plain_records import from_plain


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    size: int = 1


@dataclass(frozen=True)
class Everything:
    text: str
    count: int
    ratio: float
    is_on: bool
    day: date
    moment: datetime
    hour: time
    length: timedelta
    way: Literal["a", "b", 3]
    maybe: str | None
    leaf: Leaf
    perhaps: Leaf | None
    either: Leaf | Cue
    leaves: tuple[Leaf, ...]
    pair: tuple[str, int]
    spans: tuple[tuple[int, int], ...]
    names: frozenset[str]
    several: Sequence[str]
    table: Mapping[str, Leaf]
    known: dict[str, tuple[int, ...]]
    more: list[int]
    anything: Any
    thing: object
    later: "Leaf"
    extra: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


EVERYTHING = Everything(
    text="chữ",
    count=3,
    ratio=0.5,
    is_on=True,
    day=date(2023, 4, 3),
    moment=datetime(2023, 4, 3, 5, tzinfo=timezone(timedelta(hours=7))),
    hour=time(5, 30),
    length=timedelta(days=1, seconds=0.5),
    way="b",
    maybe=None,
    leaf=Leaf("a"),
    perhaps=Leaf("b", 2),
    either=Cue("chime", 400),
    leaves=(Leaf("c"), Leaf("d", 4)),
    pair=("e", 5),
    spans=((0, 1), (1, 2)),
    names=frozenset({"f"}),
    several=("g", "h"),
    table={"i": Leaf("i")},
    known={"j": (1, 2)},
    more=[1],
    anything={"k": [1, None]},
    thing="l",
    later=Leaf("m"),
)


def plain() -> dict[str, Any]:
    """Return ``EVERYTHING`` as JSON has it."""
    given = {name: getattr(EVERYTHING, name) for name in Everything.__dataclass_fields__}
    hour, names = EVERYTHING.hour.isoformat(), sorted(EVERYTHING.names)
    data: dict[str, Any] = json.loads(canonical({**given, "hour": hour, "names": names}))
    return data


def test_every_kind_of_field_comes_back() -> None:
    assert from_plain(Everything, plain()) == EVERYTHING
    assert isinstance(from_plain(Everything, plain()).more, list)


def test_a_field_with_a_default_may_be_left_out() -> None:
    assert from_plain(Leaf, {"name": "a"}) == Leaf("a", 1)
    assert from_plain(Everything, {**plain(), "extra": ["x"]}).extra == ("x",)


def test_a_whole_number_is_a_number() -> None:
    read = from_plain(Everything, {**plain(), "ratio": 2}).ratio
    assert (read, type(read)) == (2.0, float)


def test_a_tuple_and_a_mapping_of_records_are_read_too() -> None:
    assert from_plain(tuple[Leaf, ...], [{"name": "a"}]) == (Leaf("a"),)
    assert from_plain(dict[str, Leaf], {"x": {"name": "a"}}) == {"x": Leaf("a")}


MISFITS: dict[str, tuple[dict[str, object], str]] = {
    "a number for a text": ({"text": 1}, r"\.text: .*str is needed, not 1$"),
    "a text for a number": ({"count": "1"}, r"\.count: .*int is needed"),
    "true for a number": ({"count": True}, r"\.count: "),
    "a fraction for a whole number": ({"count": 1.0}, r"\.count: "),
    "true for a fraction": ({"ratio": True}, r"\.ratio: "),
    "a number for true": ({"is_on": 1}, r"\.is_on: "),
    "no date": ({"day": "3/4/2023"}, r"\.day: a date by ISO 8601 is needed, not '3/4/2023'"),
    "a moment for a date": ({"day": "2023-04-03T05:00"}, r"\.day: "),
    "a number for a moment": ({"moment": 5}, r"\.moment: "),
    "no hour": ({"hour": "25:00"}, r"\.hour: "),
    "a text for a length": ({"length": "1"}, r"\.length: "),
    "another word": ({"way": "c"}, r"\.way: 'a' or 'b' or 3 is needed, not 'c'"),
    "neither text nor null": ({"maybe": 1}, r"\.maybe: str or NoneType is needed"),
    "no record": ({"leaf": "a"}, r"\.leaf: a mapping is needed"),
    "a field of a record": ({"leaf": {"name": 1}}, r"Everything\.leaf\.name: "),
    "a field that is not known": ({"leaf": {"name": "a", "what": 1}}, r"\.leaf\.what: no such field"),
    "a field that is lacking": ({"leaf": {}}, r"\.leaf\.name: is not there"),
    "a field of a record that may be null": ({"perhaps": {"name": 1}}, r"\.perhaps\.name: "),
    "neither of two records": ({"either": {"name": 1}}, r"\.either: Leaf or Cue is needed"),
    "an item of a list": ({"leaves": [{"name": "a"}, {"name": 2}]}, r"\.leaves\[1\]\.name: "),
    "a text for a list": ({"leaves": "ab"}, r"\.leaves: a list is needed"),
    "a pair of three": ({"pair": ["a", 1, 2]}, r"\.pair: a list of 2 is needed"),
    "an item of a pair": ({"pair": ["a", "b"]}, r"\.pair\[1\]: "),
    "an item of a pair in a list": ({"spans": [[0, 1], [1, None]]}, r"\.spans\[1\]\[1\]: "),
    "a list for a mapping": ({"table": []}, r"\.table: a mapping by names is needed"),
    "a value of a mapping": ({"table": {"x": {"name": 1}}}, r"\.table\['x'\]\.name: "),
}


@pytest.mark.parametrize("name", MISFITS)
def test_data_that_do_not_fit_name_the_field(name: str) -> None:
    changed, said = MISFITS[name]
    with pytest.raises(ValueError, match=said):
        from_plain(Everything, {**plain(), **changed})


@pytest.mark.parametrize("data", [None, [], "x", 1, {1: 2}])
def test_what_is_no_record_at_all_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="Leaf"):
        from_plain(Leaf, data)


def test_a_type_that_plain_data_cannot_stand_for_is_a_fault_of_the_program() -> None:
    @dataclass(frozen=True)
    class Wrong:
        where: Path

    with pytest.raises(TypeError, match="Path"):
        from_plain(Wrong, {"where": "x"})


def test_an_episode_comes_back() -> None:
    said = Utterance("Một.", "một.", "announcer", 350, from_document=True, unknown=("x",))
    episode = Episode(
        id="thu-01",
        number=1,
        title="Một",
        description="",
        published=datetime(2023, 4, 3, tzinfo=timezone(timedelta(hours=7))),
        sections=(Section("open", (Cue("chime", 400), said)),),
        chapters=(Chapter("Một", 0, 1),),
    )
    assert from_plain(Episode, json.loads(canonical(episode))) == episode


def test_the_summary_of_a_build_comes_back() -> None:
    episode = EpisodeSummary("thu-01", "2023-04-03", True, False, 1.5, (-16.0, -20.5), -1.0, True)
    summary = BuildSummary(
        station="xa",
        name="Xã",
        engine="espeak",
        series="thu",
        masters=(("podcast", "lufs"),),
        episodes=(episode,),
        counts={"recording": (0, 1), "clip": (2, 3)},
        changed=1,
        removed=0,
        bound=("a.wav",),
        doubtful=(),
        untold=(("text", "thu-01"),),
        held_back=(("text", "thu-02", ""),),
        unsure=("KV-2",),
        warnings=(Message("recordings.outdated", {"count": 1}),),
        manifest="0" * 64,
        is_repeatable=True,
    )
    again = from_json(json.loads(json.dumps(to_json(summary))))
    assert again == summary
    assert list(again.counts) == ["recording", "clip"]  # as they are shown
    assert asdict(again) == to_json(summary)
