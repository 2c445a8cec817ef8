"""Which syllables are Vietnamese."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REPOSITORY

from truyenthanh.reading.syllables import is_vietnamese, one_placement, toneless

YES = (
    "riêng nghiêng giếng giết gì gìn gi quốc quý quí quyển quỳnh khuya khuỷu hoá hóa thủy thuỷ khoẻ "
    "khỏe ngoằn ngoèo toán hoàng xoong loét yêu yếu y ý ỷ lý lí kỹ kĩ tỷ tỉ nghệ ghế cả ngã ươn ướt "
    "người rượu nghĩa chưa của mía Đắk Lắk Kạn Ủy ủy UỶ oẳn uể oải xuề xòa huênh hoang tuần xuân luật "
    "quẩn quét pin sếp cừu hươu ừm giặc gió già giữa giời thuở huơ quơ uống ốc ăn âm ếch ích a ơ ê"
).split()
NO = (
    "rêng nứơc thừơng "
    "ngệ kách cế tóan hòan qúy ghà ngế bb x đươg thuơng chưong tiêng1 app wifi facebook mạngg "
    "tiếnng hoạ̀t khôg kg ub tỉh quyêt hoc tiêp các̀ lươ giê̂ 3 - zô̂ iêu yn aă ưa̛u uơng nghiã thỏai"
).split()


@pytest.mark.parametrize("syllable", YES)
def test_vietnamese(syllable: str) -> None:
    assert is_vietnamese(syllable)
    assert is_vietnamese(syllable.upper())
    assert is_vietnamese(unicodedata.normalize("NFD", syllable))


@pytest.mark.parametrize("syllable", [*NO, ""])
def test_not_vietnamese(syllable: str) -> None:
    assert not is_vietnamese(syllable)


def test_the_documents_hold_one_misspelt_syllable_with_tones() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "content/sources").glob("*.txt")]
    words = {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()}
    assert len(words) > 200
    assert {word for word in words if not word.isupper() and len(word) > 1 and not is_vietnamese(word)} <= {
        *("rêng", "bcđcđssyt", "bcđcđsyt", "hđnd", "lđvp", "đt"),
    }


def test_every_syllable_has_the_tones_that_fit_it() -> None:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    assert [is_vietnamese(f"ma{tone}") for tone in tones] == [True] * 5
    assert [is_vietnamese(f"ma{tone}t") for tone in tones] == [False, True, False, False, True]
    assert not is_vietnamese("mat")


@pytest.mark.parametrize(
    ("written", "placed"),
    [
        ("hoà, khoẻ, thuỷ", "hòa, khỏe, thủy"),
        ("HOÀ UỶ", "HÒA ỦY"),
        ("quý quỳnh", "quý quỳnh"),
        ("hoàn toàn hoành", "hoàn toàn hoành"),
        ("hòa", "hòa"),
        ("oà", "òa"),
    ],
)
def test_tones_have_one_place(written: str, placed: str) -> None:
    assert one_placement(written) == placed


@given(st.text(alphabet="oaeuyàáảãạèéẻẽẹỳýỷỹỵqQtnOÀ ", max_size=30))
def test_one_placement_keeps_the_length_and_stays(text: str) -> None:
    placed = one_placement(text)
    assert len(placed) == len(text)
    assert one_placement(placed) == placed
    assert toneless(placed) == toneless(text)


@given(st.text(max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    assert is_vietnamese(text) in {True, False}
