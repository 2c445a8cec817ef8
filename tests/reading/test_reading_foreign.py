"""Foreign and technical words."""

import re

import pytest

from truyenthanh.reading.foreign import FOREIGN, SPELLED
from truyenthanh.reading.lexicon import BUILT_IN, apply
from truyenthanh.reading.syllables import is_vietnamese

CHANGES = [
    ("(Fanpage Facebook, Zalo Official)", "(phan pây phây búc, da lô ốp phi sồ)"),
    ("tải app, xem video trên Internet", "tải áp, xem vi đê ô trên in tơ nét"),
    ("COVID-19 và Covid 19", "cô vít mười chín và cô vít mười chín"),
    ("quét mã QR", "quét mã quy e rờ"),
    ("VNeID", "vê en nờ e i dê"),
    ("E-mail", "email"),
    ("WTO, WHO", "vê kép tê o, vê kép hát o"),
    ("sản phẩm OCOP", "sản phẩm ô cốp"),
    ("mạng 4G", "mạng bốn giê"),
]
KEEPS = ["camera", "email", "website", "lan tỏa", "LAN", "who", "it", "Nguyễn Thị Lan", "sim", "pin", "đồng"]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert apply(written, BUILT_IN) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert apply(written, BUILT_IN) == written


def test_there_are_a_few_hundred() -> None:
    assert len(FOREIGN) > 300


def test_a_word_is_said_in_vietnamese_syllables_or_stands_for_itself() -> None:
    same = {word for written in FOREIGN for word in re.findall(r"\w+", written.lower())}
    said = {word for words in FOREIGN.values() for word in re.findall(r"\w+", words.lower())}
    assert sorted(word for word in said if not is_vietnamese(word) and word not in same) == []


def test_a_vietnamese_word_is_no_foreign_one() -> None:
    known = {"sim", "pin"}  # they stand for themselves
    every = (written for written in FOREIGN | SPELLED if written not in known)
    assert [written for written in every if all(map(is_vietnamese, written.split()))] == []
