"""Steps: equal ones are one, inputs have names and an order, and a kind is one object in every process."""

import pickle
from dataclasses import fields, is_dataclass

import pytest

from truyenthanh.recipe import StepResult, digest
from truyenthanh.steps.approved_file import APPROVED_FILE, ApprovedFileSettings
from truyenthanh.steps.asset import ASSET, AssetSettings
from truyenthanh.steps.feed import FeedInputs
from truyenthanh.steps.kinds import KINDS
from truyenthanh.steps.recording import RECORDING, RecordingSettings
from truyenthanh.steps.section import SECTION, SectionInputs, SectionSettings
from truyenthanh.steps.sound import SOUND, SoundSettings
from truyenthanh.steps.step import (
    NO_INPUTS,
    AnyKind,
    Step,
    Steps,
    kind_named,
    known_result,
    replaced,
)


def sound(name: str = "một", path: str | None = None) -> Step:
    return SOUND.step(SoundSettings(name), NO_INPUTS, path)


def section(*passages: Step) -> Step:
    return SECTION.step(SectionSettings(), SectionInputs(passages))


def made(sha: str, recipe: str = "r") -> StepResult:
    return StepResult(recipe, {"file": sha}, {"file": 1}, {}, True)


def test_a_recipe_depends_on_its_inputs_in_their_order() -> None:
    one, two = sound("một"), sound("hai")
    step = section(one, two)
    first = digest(step.recipe({one: made("a"), two: made("b")}))
    assert first == digest(step.recipe({one: made("a", recipe="other"), two: made("b")}))
    assert first != digest(step.recipe({one: made("b"), two: made("a")}))


def test_equal_steps_are_one_step() -> None:
    steps = Steps()
    sounds = [steps.add(sound()) for _ in range(2)]
    sections = [steps.add(section(one)) for one in sounds]
    assert sounds[0] is sounds[1]
    assert sections[0] is sections[1]


@pytest.mark.parametrize(
    "other",
    [ASSET.step(AssetSettings("một", ""), NO_INPUTS), sound("hai"), sound(path="audio/a/b.mp3")],
    ids=["kind", "settings", "path"],
)
def test_different_steps_stay_two(other: Step) -> None:
    steps = Steps()
    first, second = steps.add(sound()), steps.add(other)
    assert second is not first
    assert steps.add(section(first)) is not steps.add(section(second))


def test_a_step_says_what_it_is_made_by() -> None:
    made_by = Steps().add(sound()).made_by
    assert set(made_by) == {"code", "libraries"}
    assert "numpy" in str(made_by["libraries"])


def test_an_extra_that_is_installed_belongs_to_a_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a recording may be read by another decoder."""

    def libraries() -> object:
        step = RECORDING.step(RecordingSettings("0", ()), NO_INPUTS, reads="content/x.m4a")
        return Steps().add(step).made_by["libraries"]

    assert "av" in str(libraries())
    monkeypatch.setattr("truyenthanh.steps.step.installed", lambda *names: ())
    assert "av" not in str(libraries())


def test_inputs_are_replaced_where_they_are() -> None:
    inputs = FeedInputs(((1, 2), ()), ({"podcast": 3}, {}))
    assert replaced(inputs, lambda one: one * 10) == FeedInputs(((10, 20), ()), ({"podcast": 30}, {}))


def test_a_file_that_stays_is_known_without_being_made() -> None:
    step = APPROVED_FILE.step(ApprovedFileSettings({"seconds": 1.0}, "abc", 3), NO_INPUTS, "audio/x.mp3")
    found = known_result(step)
    assert found is not None
    assert (found.blobs, found.sizes, found.kept) == ({"file": "abc"}, {"file": 3}, False)
    assert known_result(sound()) is None


# ---------------------------------------------------------------- the kinds


def test_no_two_kinds_have_one_name() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_whole(kind: AnyKind) -> None:
    assert [kind.make, kind.write, kind.known].count(None) == 2
    assert is_dataclass(kind.settings)
    assert kind.module is None or kind.module.startswith("steps.")
    assert len(kind.message_keys) == 2 + (0 if kind.known else len(fields(kind.settings)) + 2)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_that_is_sent_arrives_as_itself(kind: AnyKind) -> None:
    assert pickle.loads(pickle.dumps(kind)) is kind
    assert kind_named(kind.name) is kind
