"""Signs and abbreviations: the two tables."""

import pytest

from truyenthanh.reading.symbols import read_abbreviations, read_signs

CHANGES = [
    (read_signs, "a + b", "a cộng b"),
    (read_signs, "a+b", "a cộng b"),
    (read_signs, "thông tin +", "thông tin cộng "),
    (read_signs, "a & b = c", "a và b bằng c"),
    (read_abbreviations, "UBND tỉnh", "Ủy ban nhân dân tỉnh"),
    (read_abbreviations, "(UBND)", "(Ủy ban nhân dân)"),
    (read_abbreviations, "Sở TT&TT, HĐND", "Sở Thông tin và Truyền thông, Hội đồng nhân dân"),
    (read_abbreviations, "ngành CNTT.", "ngành công nghệ thông tin."),
]
KEEPS = [
    *((read_signs, text) for text in ("cộng", "a, b", "50%")),
    *((read_abbreviations, text) for text in ("UBNDX", "XUBND", "ubnd", "TT", "TT&TTX", "CNTT1", "Ủy ban")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: object, written: str, said: str) -> None:
    assert callable(rule)
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: object, written: str) -> None:
    assert callable(rule)
    assert rule(written) == written
