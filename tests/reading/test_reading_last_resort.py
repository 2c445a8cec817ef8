"""The last resort: the two tables, and any text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from truyenthanh.reading.last_resort import say_anything

CHANGES = [
    ("BĐX", "bê đê ích xì"),
    ("UAE", "u a e"),
    ("txt", "tê ích xì tê"),
    ("TX-0", "tê ích xì không"),
    ("MI5", "em mờ i năm"),
    ("H5N1", "hát năm en nờ một"),
    ("A1234", "a một hai ba bốn"),
    ("xa★xa", "xa xa"),
    ("★", ""),
    ("(xin)", "xin"),
]
KEEPS = [
    "TRƯỞNG BAN",
    "Claude",
    "SAMSUNG",
    "rêng",
    "a, ba. cô?",
    "Đắk Lắk",
    "một\ue001hai",
    "ChatGPT",
    "y tế",
]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert say_anything(written) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert say_anything(written) == written


@given(st.text(alphabet="aBcĐế019 .,;:?!()[]<>/-_*&^%$#@~`'\"|\\+="))
@example("101")  # "một trăm linh một": which word stands for the empty ten is decided later, by the accent
def test_only_letters_marks_and_signs_of_other_rules_are_left(text: str) -> None:
    assert all(char.isalpha() or char in " .,;:?!\ue001\ue002" for char in say_anything(text))
