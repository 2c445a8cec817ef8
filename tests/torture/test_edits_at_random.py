"""Whatever an editor changes, in whatever order: building on is building from nothing, byte for byte."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from building import build
from project import edit, write_project
from under_fire import Files, standing

from truyenthanh.build import BuildListener
from truyenthanh.explain.outcome import StationBuild
from truyenthanh.recipe import digest
from truyenthanh.store.store import last_recipes

SEQUENCES, EDITS = 300, 3
SILENT = BuildListener(*(lambda *_: None for _ in range(5)))
WORDS = ("đài", "loa", "xã", "bà con", "20%", "năm 2024", "TP. Hà Nội", "UBND")
Edit = Callable[[Path, random.Random], None]
SERIES, STATION = "content/series/thu/series.yaml", "content/stations/xa-mot.yaml"


def change_a_text(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "content/series/thu/points").glob("*.yaml")))
    lines = path.read_text(encoding="utf-8").splitlines()
    places = [at for at, line in enumerate(lines) if line.startswith("  - ") and line.endswith(".")]
    lines[chance.choice(places[:2])] += f" Có {chance.choice(WORDS)} {chance.randrange(100)}."
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def change_a_title(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "content/series/thu/points").glob("*.yaml")))
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    path.write_text(f"{first} {chance.choice(WORDS)}\n{rest}", encoding="utf-8")


def change_the_order(root: Path, chance: random.Random) -> None:
    names = ["01", "02", "03"]
    chance.shuffle(names)
    lines = (root / SERIES).read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("points:"))
    lines[at] = f"points: {names}".replace("'", '"')
    (root / SERIES).write_text("\n".join(lines) + "\n", encoding="utf-8")


def change_a_voice(root: Path, chance: random.Random) -> None:
    text = (root / STATION).read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(text) if line.startswith("    it: {voice: vi+"))
    text[at] = f"    it: {{voice: vi+{chance.choice(['m1', 'm3', 'f2'])}, pitch: {chance.randrange(30, 70)}}}"
    (root / STATION).write_text("\n".join(text) + "\n", encoding="utf-8")


def change_the_lexicon(root: Path, chance: random.Random) -> None:
    word = chance.choice(("loa", "cây", "rác", "đài"))
    text = f"- {{written: {word}, spoken: {word} của xã}}\n"
    (root / "content/lexicon.yaml").write_text(text, encoding="utf-8")


def change_the_feed(root: Path, chance: random.Random) -> None:
    lines = (root / STATION).read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("  title:"))
    lines[at] = f"  title: Chương trình số {chance.randrange(1000)}"
    (root / STATION).write_text("\n".join(lines) + "\n", encoding="utf-8")


def change_the_ident(root: Path, chance: random.Random) -> None:
    edit(root, STATION, "Đây là {station}", f"Đây là {chance.choice(WORDS)} của {{station}}")


def drop_the_store(root: Path, chance: random.Random) -> None:
    shutil.rmtree(root / ".cache")


EDITORS: tuple[Edit, ...] = (
    change_a_text,
    change_a_text,
    change_a_title,
    change_the_order,
    change_a_voice,
    change_the_lexicon,
    change_the_feed,
    change_the_ident,
    drop_the_store,
)


def rebuilt(root: Path) -> StationBuild:
    (one,) = build(root, [], None, 2, SILENT)
    return one


def recipes_kept(root: Path) -> set[str]:
    return {path.stem for path in (root / ".cache/store/records").rglob("*.json")}


def recipes_used(root: Path) -> set[str]:
    return set(last_recipes(root / ".cache/store", "xa-mot").values())


def play(root: Path, fresh: Path, seed: int) -> None:
    """Edit and build a few times; the end must be that of a build from nothing."""
    chance = random.Random(seed)
    rebuilt(root)
    for _ in range(EDITS):
        editor = chance.choice(EDITORS)
        try:
            editor(root, chance)
        except AssertionError:  # what it would edit is not there any more
            continue
        kept, used = recipes_kept(root), recipes_used(root)
        made = len(rebuilt(root).made)
        new, other = len(recipes_kept(root) - kept), len(recipes_used(root) - used)
        # A published file whose recipe an earlier build had is made again: nobody keeps its old bytes.
        assert new <= made <= other, (seed, editor.__name__, new, made, other)
        assert rebuilt(root).made == frozenset()
    shutil.copytree(root / "content", fresh / "content")
    rebuilt(fresh)
    assert_same(standing(root), standing(fresh), seed)


def assert_same(one: Files, other: Files, seed: int) -> None:
    differing = {path for path in {*one, *other} if one.get(path) != other.get(path)}
    assert not differing, (seed, sorted(differing), digest(sorted(differing)))


def project_of_three(root: Path) -> Path:
    write_project(root)
    edit(root, STATION, "masters: [podcast, radio, loudspeaker]", "masters: [podcast]")
    return root


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_building_on_is_building_from_nothing(tmp_path: Path, seed: int) -> None:
    play(project_of_three(tmp_path / "on"), tmp_path / "fresh", seed)
    shutil.rmtree(tmp_path)
