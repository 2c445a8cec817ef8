"""A sealed file is read as it was written or not at all."""

from pathlib import Path

import pytest

from truyenthanh.store.sealed_json import read_sealed, sealed_bytes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.json"
    path.write_bytes(sealed_bytes('{"chữ":[1,null]}', "a"))
    return path


def test_what_was_sealed_is_read(file: Path) -> None:
    assert read_sealed(file, "a") == {"chữ": [1, None]}
    assert read_sealed(str(file), "a") == {"chữ": [1, None]}


def test_the_bytes_on_the_disk_are_those_of_every_store_so_far() -> None:
    seal = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # sha256 of "{}"
    assert sealed_bytes("{}") == f"{seal}\n{{}}".encode()
    assert sealed_bytes("}", "{") == f"{seal}\n}}".encode()


def test_a_file_under_another_name_is_not_believed(file: Path) -> None:
    assert read_sealed(file, "b") is None
    assert read_sealed(file) is None


@pytest.mark.parametrize("at", [0, 63, 64, 65, -1])
def test_a_changed_byte_is_seen(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert read_sealed(file, "a") is None


@pytest.mark.parametrize("kept", [0, 10, 64, 65, 70])
def test_a_torn_file_is_seen(file: Path, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])
    assert read_sealed(file, "a") is None


def test_a_file_that_is_gone_gives_nothing(tmp_path: Path) -> None:
    assert read_sealed(tmp_path / "none.json") is None
