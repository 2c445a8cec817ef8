"""Why a step would be made: against the recipe that it had in the last build."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from project import edit, write_project

from truyenthanh.content.project import read_project
from truyenthanh.explain.status_reasons import Change, Pending, causes_of, pending_steps
from truyenthanh.planning.plan import plan_stations
from truyenthanh.planning.plan_records import Plan
from truyenthanh.recipe import StepResult, canonical, digest
from truyenthanh.steps.step import Step
from truyenthanh.store.store import (
    keep,
    last_recipes,
    remember_recipes,
    remember_words,
    store_folder,
)

SENTENCE = "point-02/03"  # "Cây cho bóng mát."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def plan_of(root: Path) -> Plan:
    project = read_project(root)
    (plan,) = plan_stations(project, [project.stations["xa-mot"]], "espeak")
    return plan


def make(root: Path, plan: Plan) -> dict[Step, StepResult]:
    """Keep a stand-in for what every step gives, as a build does; its bytes depend on all its inputs."""
    store, made = store_folder(root), dict[Step, StepResult]()
    for step in plan.steps.values():
        recipe = step.recipe(made)
        made[step] = keep(store, recipe, {"file": canonical(recipe).encode()}, {})
    remember_recipes(store, plan.station.id, {name: made[step].recipe for name, step in plan.steps.items()})
    return made


def known_of(
    old: dict[Step, StepResult], old_plan: Plan, plan: Plan, without: Sequence[str] = ()
) -> dict[Step, StepResult]:
    """What is still known of a new plan: the steps whose recipes did not change."""
    recipes = {made.recipe: made for made in old.values()}
    known: dict[Step, StepResult] = {}
    for name, step in plan.steps.items():
        if name not in without and all(one in known for one in step.inputs):
            found = recipes.get(digest(step.recipe(known)))
            if found is not None:
                known[step] = found
    return known


def by_name(pending: tuple[Pending, ...]) -> dict[str, Pending]:
    return {one.name: one for one in pending}


def test_everything_is_new_before_the_first_build(root: Path) -> None:
    plan = plan_of(root)
    pending = pending_steps(store_folder(root), plan, {})
    assert len(pending) == len(set(plan.steps.values()))
    assert {one.why for one in pending} == {"new", "follows"}
    assert by_name(pending)[SENTENCE] == Pending(SENTENCE, "clip", "new")


def test_nothing_is_pending_after_it(root: Path) -> None:
    plan = plan_of(root)
    assert pending_steps(store_folder(root), plan, make(root, plan)) == ()


def test_a_changed_sentence_is_shown_and_the_rest_follows(root: Path) -> None:
    old_plan = plan_of(root)
    old = make(root, old_plan)
    edit(root, "content/series/thu/points/02.yaml", "  - Cây cho bóng mát.", "  - Cây cho nhiều bóng mát.")
    text = root / "content/series/thu/points/02.yaml"
    text.write_text(text.read_text(encoding="utf-8").partition("variants:")[0], encoding="utf-8")
    plan = plan_of(root)
    pending = by_name(pending_steps(store_folder(root), plan, known_of(old, old_plan, plan)))
    change = Change("clauses", "Cây cho bóng mát.", "Cây cho nhiều bóng mát.")
    assert pending[SENTENCE] == Pending(SENTENCE, "clip", "changed", (change,))
    assert pending["point-02"] == Pending("point-02", "section", "follows", causes=(SENTENCE,))
    assert pending["point-02/p01"] == Pending("point-02/p01", "passage", "follows", causes=(SENTENCE,))
    assert pending["point-02/p01/podcast"].causes == (SENTENCE,)
    assert [one.kind for one in pending.values()].count("clip") == 1
    assert not any(name.startswith(("point-01", "point-03", "opening")) for name in pending)


def test_a_sentence_put_before_others_makes_none_of_them_new(root: Path) -> None:
    old = make(root, plan_of(root))
    recipes = {one.recipe for one in old.values()}
    store = store_folder(root)
    remembered = last_recipes(store, "xa-mot")
    edit(root, "content/series/thu/points/01.yaml", "  - Đài phát", "  - Mời bà con cùng nghe.\n  - Đài phát")
    plan = plan_of(root)
    made = make(root, plan)
    remember_recipes(store, "xa-mot", remembered)
    fresh = {step for step, one in made.items() if one.recipe not in recipes}
    new = [one.name for one in causes_of(store, plan, made, fresh) if one.why == "new"]
    assert fresh
    assert [name for name in new if plan.steps[name] not in fresh] == []
    assert [name for name in plan.steps if name not in remembered and plan.steps[name] not in fresh] != []


def test_a_result_that_is_gone_is_lost(root: Path) -> None:
    plan = plan_of(root)
    old = make(root, plan)
    known = known_of(old, plan, plan, without=[SENTENCE])
    assert by_name(pending_steps(store_folder(root), plan, known))[SENTENCE].why == "lost"


def test_inputs_that_gave_something_else(root: Path) -> None:
    plan = plan_of(root)
    old = make(root, plan)
    clip = plan.steps[SENTENCE]
    known = {clip: StepResult("r", {"file": "other"}, {"file": 1}, {}, True)}
    known |= {
        step: made for step, made in old.items() if step.kind.name in ("clip", "sound") and step is not clip
    }
    pending = by_name(pending_steps(store_folder(root), plan, known))
    assert pending["point-02/p01"] == Pending("point-02/p01", "passage", "inputs")
    assert pending["point-01/p01"].why == "lost"


def test_a_last_recipe_without_its_record_is_new(root: Path) -> None:
    plan = plan_of(root)
    remember_recipes(store_folder(root), "xa-mot", {SENTENCE: "0" * 64})
    assert by_name(pending_steps(store_folder(root), plan, {}))[SENTENCE].why == "new"


def test_a_changed_voice_names_the_voice(root: Path) -> None:
    old_plan = plan_of(root)
    old = make(root, old_plan)
    edit(
        root, "content/stations/xa-mot.yaml", "it: {voice: vi+m3, pitch: 50}", "it: {voice: vi+m3, pitch: 55}"
    )
    plan = plan_of(root)
    pending = by_name(pending_steps(store_folder(root), plan, known_of(old, old_plan, plan)))
    assert "voice" in {change.setting for change in pending[SENTENCE].changes}
    assert {name for name in pending if name.startswith("opening")} == set()


def test_a_change_of_words_is_told_from_one_of_their_reading(root: Path) -> None:
    old_plan = plan_of(root)
    old = make(root, old_plan)
    remember_words(store_folder(root), "xa-mot", old_plan.words)
    edit(root, "content/series/thu/points/02.yaml", "Trồng 20% diện tích.", "Trồng 30% diện tích.")
    lexicon = root / "content/lexicon.yaml"
    lexicon.write_text("- {written: loa, spoken: loa truyền thanh}\n", encoding="utf-8")
    plan = plan_of(root)
    pending = pending_steps(store_folder(root), plan, known_of(old, old_plan, plan))
    assert {change for one in pending for change in one.changes} == {
        Change("written", "Trồng 20% diện tích.", "Trồng 30% diện tích."),
        Change("reading", "Bà con nghe trên loa.", "Bà con nghe trên loa truyền thanh."),
    }
