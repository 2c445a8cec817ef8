"""Abbreviations: each agrees with its words, none is a word, and those that matter most are there."""

import re

import pytest

from truyenthanh.reading.abbreviations import ABBREVIATIONS, CHAT, DOTTED
from truyenthanh.reading.lexicon import BUILT_IN, apply
from truyenthanh.reading.senses import ALIASES, SENSES
from truyenthanh.reading.syllables import is_vietnamese, toneless

EVERY = ABBREVIATIONS | DOTTED | CHAT
# A capital that is no initial: W for Ư, foreign currencies, numerals.
NO_INITIALS = re.compile(r"W|VN[DĐ]|USD|EUR|CK[I12]|UBKTTW|BCCI|NVNONN|THS")

CHANGES = [
    ("UBND xã, HĐND", "Ủy ban nhân dân xã, Hội đồng nhân dân"),
    ("nước CHXHCN Việt Nam", "nước Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Sở TT&TT, Sở TT-TT, Sở TT và TT", ", ".join(["Sở Thông tin và Truyền thông"] * 3)),
    ("Sở NN&MT", "Sở Nông nghiệp và Môi trường"),
    ("Sở LĐ-TB&XH", "Sở lao động, thương binh và xã hội"),
    ("thẻ BHYT và sổ BHXH", "thẻ bảo hiểm y tế và sổ bảo hiểm xã hội"),
    ("công tác PCCC và ANTT", "công tác phòng cháy chữa cháy và an ninh trật tự"),
    ("Trường THCS, HTX và CLB", "Trường trung học cơ sở, hợp tác xã và câu lạc bộ"),
    ("V/v họp", "về việc họp"),
    ("TPHCM, TP.HCM, TP. HCM", ", ".join(["Thành phố Hồ Chí Minh"] * 3)),
    ("PGS.TS Trần A", "Phó Giáo sư Tiến sĩ Trần A"),
    ("ThS. BS. Lê B", "Thạc sĩ Bác sĩ Lê B"),
    ("ubnd xã, hđnd", "Ủy ban nhân dân xã, Hội đồng nhân dân"),
    ("ko biết đc đâu", "không biết được đâu"),
    ("Ko", "không"),
    ("v.v và", "vân vân và"),
    ("BCHQS xã", "Ban Chỉ huy Quân sự xã"),
]
KEEPS = ["ban", "THÔNG TƯ", "AN TOÀN", "VS", "DC", "TT", "KT", "tàu", "CNTTX", "hs1"]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert apply(written, BUILT_IN) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert apply(written, BUILT_IN) == written


def test_there_are_several_hundred() -> None:
    assert len(ABBREVIATIONS) > 700


def test_none_is_a_vietnamese_word() -> None:
    assert [written for written in EVERY if is_vietnamese(written)] == []


def test_all_are_said_in_vietnamese_words() -> None:
    words = {word for said in EVERY.values() for word in re.findall(r"\w+", said)}
    assert [word for word in words if not is_vietnamese(word)] == []


@pytest.mark.parametrize("written", sorted(ABBREVIATIONS | DOTTED))
def test_the_capitals_are_initials_of_the_words_in_their_order(written: str) -> None:
    if NO_INITIALS.search(written):
        return
    said = toneless(EVERY[written]).lower()
    initials = iter(word[0] for word in re.findall(r"\w+", said))
    capitals = [char.lower() for char in written if char.isupper()]
    assert all(capital in initials for capital in capitals), EVERY[written]


def test_what_context_decides_is_not_decided_here() -> None:
    assert sorted((SENSES.keys() | ALIASES.keys()) & EVERY.keys()) == []
