"""The versions of libraries are those that importlib.metadata tells."""

import sys
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path

import pytest

from truyenthanh import installed
from truyenthanh.installed import installed_version, is_installed


def test_every_distribution_has_the_version_that_its_metadata_says() -> None:
    names = {one.metadata["Name"] for one in distributions()}
    assert len(names) > 20
    assert {name: installed_version(name) for name in names} == {name: version(name) for name in names}


def test_a_name_is_known_however_it_is_written() -> None:
    assert installed_version("pyyaml") == installed_version("PyYAML") == version("PyYAML")
    assert installed_version("audioop_lts" if is_installed("audioop-lts") else "espeakng_loader")


def test_what_is_not_installed_is_said() -> None:
    assert is_installed("numpy")
    assert not is_installed("no-such-library")
    with pytest.raises(PackageNotFoundError):
        installed_version("no-such-library")


def test_what_no_folder_is_named_after_is_asked_of_its_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "_installed", dict)
    installed_version.cache_clear()
    assert installed_version("numpy") == version("numpy")
    assert is_installed("numpy")


def test_of_two_versions_the_one_that_would_be_imported_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("1.0", "2.0"):
        (tmp_path / number / f"twice-{number}.dist-info").mkdir(parents=True)
    for first, last in (("1.0", "2.0"), ("2.0", "1.0")):
        monkeypatch.setattr(sys, "path", [str(tmp_path / first), str(tmp_path / last)])
        assert installed._installed.__wrapped__() == {"twice": first}
