"""The lock files: no package twice, no address of a registry, a hash for every machine that is promised."""

import re
import tomllib

import pytest

from lock import HERE, LAYERS, LOWEST_PYTHON, PYTHONS, ROOT, wanted_hashes

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {name: (HERE / f"{name}.lock").read_text(encoding="utf-8") for name in LAYERS}


def pins(text: str) -> list[str]:
    return re.findall(r"^([a-z0-9-]+==[^\\\n]+?) \\$", text, re.MULTILINE)


def names(requirements: list[str]) -> set[str]:
    """Return the packages that requirements name, as a lock writes them."""
    return {re.split(r"[^\w.-]", text)[0].lower() for text in requirements}


def package(*files: str, marker: str = "python_version >= '3'") -> dict[str, object]:
    """Return what a pylock.toml says of a package whose files have their own names for hashes."""
    tables = [{"url": f"x/{name}", "hashes": {"sha256": name}} for name in files]
    wheels = [table for table in tables if str(table["url"]).endswith(".whl")]
    sdists = [("sdist", table) for table in tables if table not in wheels]
    return {"name": "a", "version": "1", "marker": marker, "wheels": wheels, **dict(sdists)}


def test_they_hold_names_versions_and_hashes_and_no_address() -> None:
    line = re.compile(r"[a-z0-9-]+==[\w.+]+( ; [\w. '<>=!]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [one for text in LOCKS.values() for one in text.splitlines() if not line.fullmatch(one)] == []


def test_no_package_stands_in_two_layers() -> None:
    every = [pin for text in LOCKS.values() for pin in pins(text)]
    assert len(every) == len(set(every)) > 50
    layers = [names(pins(text)) for text in LOCKS.values()]
    assert sum(map(len, layers)) == len(set().union(*layers))


def test_every_dependency_is_in_the_layer_that_asks_for_it_or_below() -> None:
    extras, groups = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]
    asked, locked = names(PROJECT["project"]["dependencies"]), set()
    for name, (option, which) in LAYERS.items():
        asked |= names((extras if option == "--extra" else groups)[which])
        locked |= names(pins(LOCKS[name]))
        assert asked - locked == set(), name


def test_what_the_build_needs_is_what_is_locked_for_it() -> None:
    assert set(PROJECT["build-system"]["requires"]) <= set(PROJECT["dependency-groups"]["build"])


def test_the_pythons_are_those_that_the_project_names() -> None:
    said = [text.rpartition(" :: ")[2] for text in PROJECT["project"]["classifiers"]]
    assert [f"3.{minor}" for minor in PYTHONS] == [text for text in said if text.startswith("3.")]
    assert PROJECT["project"]["requires-python"] == f">={LOWEST_PYTHON}"


@pytest.mark.parametrize(
    "kept",
    [
        "a-1-py3-none-any.whl",
        "a-1-py2.py3-none-win_amd64.whl",
        "a-1-cp314-cp314-macosx_11_0_universal2.whl",
        "a-1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "a-1-cp311-cp311-manylinux_2_28_aarch64.whl",
    ],
)
def test_a_wheel_for_a_promised_machine_has_its_hash(kept: str) -> None:
    assert wanted_hashes(package(kept)) == {kept}


@pytest.mark.parametrize(
    "dropped",
    [
        "a-1-cp310-cp310-win_amd64.whl",
        "a-1-cp315-abi3-win_amd64.whl",
        "a-1-cp314-cp314t-win_amd64.whl",
        "a-1-pp311-pypy311_pp73-win_amd64.whl",
        "a-1-cp312-cp312-win32.whl",
        "a-1-cp312-cp312-musllinux_1_2_x86_64.whl",
        "a-1-cp312-cp312-manylinux_2_28_s390x.whl",
    ],
)
def test_a_wheel_for_another_machine_has_none_and_the_source_stands_in(dropped: str) -> None:
    assert wanted_hashes(package(dropped, "a-1.tar.gz")) == {"a-1.tar.gz"}


def test_the_source_has_none_where_every_machine_has_a_wheel() -> None:
    assert wanted_hashes(package("a-1-py3-none-any.whl", "a-1.tar.gz")) == {"a-1-py3-none-any.whl"}


def test_a_marker_leaves_out_the_machines_it_is_not_for() -> None:
    files = [f"a-1-cp3{minor}-cp3{minor}-win_amd64.whl" for minor in PYTHONS]
    marker = "python_full_version < '3.13' and sys_platform == 'win32' and platform_machine == 'AMD64'"
    assert wanted_hashes(package(*files, "a-1.tar.gz", marker=marker)) == set(files[:2])
