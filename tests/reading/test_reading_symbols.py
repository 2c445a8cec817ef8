"""Signs, strokes and single letters: the two tables."""

from collections.abc import Callable

import pytest

from truyenthanh.reading.symbols import (
    read_letters,
    read_products,
    read_shares,
    read_signs,
    read_strokes,
)

Rule = Callable[[str], str]

CHANGES = [
    (read_signs, "a + b", "a cộng b"),
    (read_signs, "a+b", "a cộng b"),
    (read_signs, "thông tin +", "thông tin cộng "),
    (read_signs, "a & b = c", "a và b bằng c"),
    (read_signs, "≥ 18", " lớn hơn hoặc bằng 18"),
    (read_signs, ">= 18", "lớn hơn hoặc bằng 18"),
    (read_signs, "< 5 và > 3", "nhỏ hơn 5 và lớn hơn 3"),
    (read_signs, "~5", "khoảng 5"),
    (read_signs, "30 ± 2", "30 cộng trừ 2"),
    (read_signs, "@Hùng", " a còng Hùng"),
    (read_products, "3 x 4", "3 nhân 4"),
    (read_products, "3m x 4m", "3m nhân 4m"),
    (read_products, "5*6", "5 nhân 6"),
    (read_products, "rộng 3m x dài 5m", "rộng 3m nhân dài 5m"),
    (read_products, "500.000đ/tháng x 12 tháng", "500.000đ/tháng nhân 12 tháng"),
    (read_shares, "12.345/12.360 cử tri", "12.345 trên 12.360 cử tri"),
    (read_shares, "80mg/100ml máu", "80mg trên 100ml máu"),
    (read_shares, "ca mắc/100.000 dân", "ca mắc trên 100.000 dân"),
    (read_shares, "50mm/24h", "50mm trên 24h"),
    (read_shares, "OCOP 3 sao, 4*", "OCOP 3 sao, 4 sao"),
    (read_strokes, "hai mươi cái/ấp", "hai mươi cái trên ấp"),
    (read_strokes, "trang/cổng", "trang hoặc cổng"),
    (read_strokes, "và/hoặc", "và hoặc"),
    (read_strokes, "P/E", "P trên E"),
    (read_strokes, "đô la/ơ rô", "đô la trên ơ rô"),
    (read_strokes, "sin(x)/x", "sin(x) trên x"),
    (read_strokes, "12/a", "12 gạch chéo a"),
    (read_strokes, "a * 'b' _ | c", "a b c"),
    (read_strokes, "Đà /.", "Đà ."),
    (read_letters, "điểm b khoản", "điểm bê khoản"),
    (read_letters, "Anh M. đi", "Anh em mờ đi"),
    (read_letters, "bà L.T.H", "bà e lờ tê hát"),
    (read_letters, "c, d", "xê, dê"),
]
KEEPS = [
    *((read_shares, text) for text in ("7h/22/11", "số 12/3", "nam/nữ", "5*", "hẻm/12")),
    (read_products, "khi x 8"),
    *((read_signs, text) for text in ("cộng", "a, b", "<soyte>", "a ~ b", "(x)")),
    *((read_products, text) for text in ("x 8", "8x", "a x b", "3 x b")),
    *((read_strokes, text) for text in ("a-b", "a, b.", "(a) [b]")),
    *((read_letters, text) for text in ("a", "ô tô", "Y tế", "ba", "B52", "UBND", "e, i, o, u")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: Rule, written: str, said: str) -> None:
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: Rule, written: str) -> None:
    assert rule(written) == written
