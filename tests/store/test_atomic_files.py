"""A file is known by the sha256 of its bytes."""

from hashlib import sha256
from pathlib import Path

import pytest

from truyenthanh.store.atomic_files import file_sha256


@pytest.mark.parametrize("data", [b"", b"a\r\n", bytes(3 << 20)])
def test_the_digest_is_that_of_the_bytes(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert file_sha256(tmp_path / "a") == sha256(data).hexdigest()


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        file_sha256(tmp_path / "none")
