"""Recipes: one way to write a value, results named by what they contain, versions of libraries."""

from dataclasses import dataclass
from datetime import datetime as moment
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from truyenthanh.recipe import StepResult, canonical, digest, digested, library_versions


@dataclass(frozen=True)
class Record:
    name: str
    size: int


# ---------------------------------------------------------------- one way to write a value


def test_canonical_has_one_way_to_write_a_value() -> None:
    assert canonical({"b": (1, 2), "a": "ế"}) == canonical({"a": "ế", "b": [1, 2]}) == '{"a":"ế","b":[1,2]}'
    assert canonical(Record("x", 1)) == '{"name":"x","size":1}'
    assert canonical(timedelta(days=1)) == "86400.0"
    first = moment(2023, 4, 3, 5, tzinfo=timezone(timedelta(hours=7)))
    assert canonical(first) == '"2023-04-03T05:00:00+07:00"'


@pytest.mark.parametrize("value", [Path("/home"), {1, 2}, b"x", object(), Record])
def test_a_recipe_holds_nothing_of_this_machine(value: object) -> None:
    with pytest.raises(TypeError, match="a recipe cannot hold"):
        canonical({"setting": value})


def test_a_sealed_record_stands_as_its_digest() -> None:
    sealed = digested(Record("x", 1))
    assert sealed.value == Record("x", 1)
    assert canonical([sealed]) == f'["{digest(Record("x", 1))}"]'
    assert digest([digested(Record("x", 2))]) != digest([sealed])


def made(sha: str, *, recipe: str = "r", figures: dict[str, object] | None = None) -> StepResult:
    return StepResult(recipe, {"file": sha}, {"file": 1}, figures or {}, True)


def test_results_are_named_by_what_they_contain() -> None:
    assert made("a", recipe="r").identity == made("a", recipe="other").identity
    assert made("a").identity != made("b").identity
    assert made("a").identity != made("a", figures={"samples": 1}).identity


def test_versions_of_libraries() -> None:
    assert set(library_versions("numpy", "pyyaml")) == {"numpy", "pyyaml"}
