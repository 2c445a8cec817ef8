"""A file that is no log sheet is refused before its rows are read."""

import pytest
from aired import HEADING

from truyenthanh.errors import LogError
from truyenthanh.onair import log_table
from truyenthanh.onair.log_table import read_table


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "airlog.no_heading"),
        (b"PK\x03\x04 workbook", "airlog.workbook"),
        (b"\xd0\xcf\x11\xe0 old workbook", "airlog.workbook"),
        (b"\x81\x8d" * 9, "airlog.no_text"),
        (b"ngay;gio;dai\n", "airlog.no_heading"),
        ((HEADING + ";ky_ten\n").encode(), "airlog.unknown_column"),
        ((HEADING + ";ngay\n").encode(), "airlog.repeated_column"),
    ],
)
def test_what_is_no_log_sheet_is_refused_in_one_line(data: bytes, key: str) -> None:
    with pytest.raises(LogError) as refused:
        read_table(data, "NHAT-KY.csv")
    assert refused.value.key == key
    assert "\n" not in str(refused.value)


def test_a_sheet_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_table, "LARGEST", 10)
    with pytest.raises(LogError, match="MB"):
        read_table(HEADING.encode(), "NHAT-KY.csv")
