"""Letters and marks: the two tables."""

import unicodedata

import pytest

from truyenthanh.reading.letters import compose, drop_invisible, plain_marks, tidy

CHANGES = [
    (compose, unicodedata.normalize("NFD", "tiếng Việt"), "tiếng Việt"),
    (drop_invisible, "a\u200bb\u00adc\ufeff", "abc"),
    (drop_invisible, " a\u00a0 b\tc\nd ", "a b c d"),
    (plain_marks, "a – b — c − d", "a - b - c - d"),
    (plain_marks, "thực hiện./.", "thực hiện."),
    (plain_marks, "v.v… hết...", "v.v. hết."),
    (plain_marks, "“chào” (bà con) [x]", " chào   bà con   x "),
    (tidy, "a ,b ; c", "a,b; c"),
    (tidy, "đi - về", "đi, về"),
    (tidy, "chính trị-xã hội", "chính trị xã hội"),
    (tidy, "hết ; , về", "hết; về"),
    (tidy, "  a   b ", "a b"),
]
KEEPS = [
    *((compose, text) for text in ("tiếng Việt", "hoà", "hòa", "đ")),
    *((drop_invisible, text) for text in ("a b", "đường làng")),
    *((plain_marks, text) for text in ("60-70", "a, b; c: d. e? f!", "25/3/2023", "tháng 3.")),
    *((tidy, text) for text in ("60-70", "COVID-19", "a, b.", "đi đâu? về.")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: object, written: str, said: str) -> None:
    assert callable(rule)
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: object, written: str) -> None:
    assert callable(rule)
    assert rule(written) == written
