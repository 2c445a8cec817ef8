"""Letters and marks: the two tables."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading.letters import (
    compose,
    drop_bullets,
    drop_invisible,
    drop_unsayable,
    hide,
    one_tone_place,
    plain_letters,
    plain_marks,
    show,
    tidy,
)

Rule = Callable[[str], str]

CHANGES = [
    (compose, unicodedata.normalize("NFD", "tiếng Việt"), "tiếng Việt"),
    (drop_invisible, "a\u200bb\u00adc\ufeff", "abc"),
    (drop_invisible, " a\u00a0 b\tc\nd\u2028e\u3000f\x85g ", "a b c d e f g"),
    (drop_invisible, "a\x00\x07b\ue001c\ud800d", "abcd"),
    (plain_letters, "Ðường ðò", "Đường đò"),
    (plain_letters, "Ⅳ ② ５ ｋm ﬁ", "IV 2 5 km fi"),
    (plain_letters, "½ và 5½", "1/2 và 5 1/2"),
    (plain_letters, "30℃, 35oC, 20º", "30°C, 35°C, 20°"),
    (plain_letters, "10⁶ 10⁻³", "10^6 10^-3"),
    (plain_letters, "٣٤", "34"),
    (plain_letters, "СOVID và Вộ", "COVID và Bộ"),
    (plain_letters, "3 × 4 ⩾ 2", "3 x 4 ≥ 2"),
    (plain_marks, "a – b — c − d", "a - b - c - d"),
    (plain_marks, "thực hiện./.", "thực hiện."),
    (plain_marks, "v.v… hết...", "v.v, hết."),
    (plain_marks, "đoàn kết… xây dựng", "đoàn kết, xây dựng"),
    (plain_marks, "ngày ...... tháng ____ năm", "ngày tháng năm"),
    (plain_marks, "“chào” ‘bà’ con", "'chào' 'bà' con"),
    (plain_marks, "H'Mông", "H Mông"),
    (one_tone_place, "hoá, khoẻ, thuỷ, Uỷ ban", "hóa, khỏe, thủy, Ủy ban"),
    (drop_bullets, "- Như trên;", "Như trên;"),
    (drop_bullets, "gồm: + Một; + Hai", "gồm: Một; Hai"),
    (drop_bullets, "• - Lưu", "Lưu"),
    (drop_bullets, "=> Lưu", "Lưu"),
    (drop_unsayable, "xin 你好 chào😀", "xin chào"),
    (drop_unsayable, "Müller, señor, Gießen", "Muller, senor, Giessen"),
    (drop_unsayable, "q\u0302", "q"),
    (tidy, "a ,b ; c", "a, b; c"),
    (tidy, "đi - về", "đi, về"),
    (tidy, "(giờ Mỹ) trong", "giờ Mỹ, trong"),
    (tidy, "họp (ở xã).", "họp, ở xã."),
    (tidy, "chính trị-xã hội", "chính trị xã hội"),
    (tidy, "hết ; , về", "hết; về"),
    (tidy, "hết , . Về", "hết. Về"),
    (tidy, "a- b-", "a, b"),
    (tidy, "KGVX.Cường", "KGVX. Cường"),
    (tidy, "đi!!! về?!", "đi! về?"),
    (tidy, "  a   b ", "a b"),
    (tidy, " . , ; ", ""),
]
KEEPS = [
    *((compose, text) for text in ("tiếng Việt", "hoà", "hòa", "đ")),
    *((drop_invisible, text) for text in ("a b", "đường làng", "10²")),
    *((plain_letters, text) for text in ("đường làng", "m² và m³", "a - b", "≥ 18", "Đắk Lắk", "35oCa")),
    *((plain_letters, text) for text in ("Москва",)),
    *((plain_marks, text) for text in ("60-70", "a, b; c: d. e? f!", "25/3/2023", "tháng 3.", "(x) [y]")),
    *((one_tone_place, text) for text in ("hòa", "hoàn toàn", "quý", "quỹ", "thuyền", "loài")),
    *((drop_bullets, text) for text in ("a - b", "a + b", "-5", "3 - 4", "+84 93", "*", "-")),
    *((drop_unsayable, text) for text in ("Đặng Thuỳ Trâm", "m², ≥ 5 €, 30°", "đ & @ # % ^ *", "α β")),
    *((tidy, text) for text in ("COVID", "a, b.", "đi đâu? về.", "một. Hai")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: Rule, written: str, said: str) -> None:
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: Rule, written: str) -> None:
    assert rule(written) == written


@given(st.text())
def test_what_was_hidden_is_shown_again(text: str) -> None:
    plain = drop_invisible(text)
    hidden = hide(plain)
    assert not any("!" <= char <= "~" for char in hidden)
    assert show(hidden) == plain


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    for char in drop_unsayable(plain_letters(compose(drop_invisible(text)))):
        assert unicodedata.category(char)[0] != "C"
        assert unicodedata.category(char)[0] != "M"
