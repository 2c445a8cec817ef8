"""Abbreviations that a document defines itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading.definitions import definitions
from truyenthanh.reading.lexicon import BUILT_IN, Entry, apply

DEFINED = [
    ("Ngân hàng Nhà nước (NHNN)", "NHNN", "Ngân hàng Nhà nước"),
    ("của Ban Chỉ đạo (sau đây gọi tắt là BCĐ).", "BCĐ", "Ban Chỉ đạo"),
    ("Ban Chỉ đạo (sau đây viết tắt là “BCĐ”)", "BCĐ", "Ban Chỉ đạo"),
    ("Ban Chỉ đạo (gọi tắt: BCĐ)", "BCĐ", "Ban Chỉ đạo"),
    ("Tổ công nghệ số, sau đây gọi tắt là TCNS, gồm", "TCNS", "Tổ công nghệ số"),
    ("Sở Văn hóa, Thể thao và Du lịch (VHTTDL)", "VHTTDL", "Văn hóa, Thể thao và Du lịch"),
    ("Ủy ban nhân dân (UBND)", "UBND", "Ủy ban nhân dân"),
    ("Thủ tướng (TTg)", "TTg", "Thủ tướng"),
    ("Thông tin và Truyền thông (TT&TT)", "TT&TT", "Thông tin và Truyền thông"),
    ("Đội thanh niên xung kích (ĐTNXK)", "ĐTNXK", "Đội thanh niên xung kích"),
]
NOT_DEFINED = [
    *("tổ (ABC)", "(để biết)", "công tác (b/c)", "(NHNN)", "Ngân hàng. Nhà nước (NHNN)", "Phụ lục (A)"),
    *("Ban Chỉ đạo thật lớn (BCĐ)", "Đại hội lần thứ mười ba (XIII)", ""),
]


@pytest.mark.parametrize(("text", "written", "said"), DEFINED)
def test_defined(text: str, written: str, said: str) -> None:
    assert definitions(text) == (Entry(written, said, case_sensitive=True),)


@pytest.mark.parametrize("text", NOT_DEFINED)
def test_not_defined(text: str) -> None:
    assert definitions(text) == ()


def test_a_definition_is_obeyed_and_the_first_one_kept() -> None:
    text = "Ban Tổ chức cuộc thi (BTCCT). Bộ Tài chính (BTC), Ban Tổ chức (BTC): BTC họp."
    lexicon = BUILT_IN.overlaid(definitions(text))
    assert apply("BTC họp, BTCCT", lexicon) == "Bộ Tài chính họp, Ban Tổ chức cuộc thi"


@given(st.text(alphabet="NHnh (),.sauđâygọitắtlàA", max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    for entry in definitions(text):
        assert entry.spoken in " ".join(text.split())
