"""Senses that context decides, and the parts of document codes: the tables."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.reading.code_parts import ISSUERS, KINDS, OFFICES
from truyenthanh.reading.lexicon import BUILT_IN, apply
from truyenthanh.reading.senses import ALIASES, SENSES, code_words, read_senses
from truyenthanh.reading.syllables import is_vietnamese

CHANGES = [
    ("TT Tỉnh uỷ; TT HĐND tỉnh", "Thường trực Tỉnh uỷ; Thường trực HĐND tỉnh"),
    ("TT 39/2020 và TT số 5", "Thông tư 39/2020 và Thông tư số 5"),
    ("xã, TT và phường", "xã, thị trấn và phường"),
    ("TT. Óc Eo", "Thị trấn Óc Eo"),
    ("TT Phú Hòa, huyện Thoại Sơn", "Thị trấn Phú Hòa, huyện Thoại Sơn"),
    ("TT Y tế huyện", "Trung tâm Y tế huyện"),
    ("KP. 3", "khu phố 3"),
    ("DQTV, CA, QS", "DQTV, công an, quân sự"),
    ("đạt 102% DT", "đạt 102% dự toán"),
    ("đất ODT; CLN 20", "đất ở tại đô thị; đất trồng cây lâu năm 20"),
    ("bí thư CB", "bí thư chi bộ"),
    ("DA nâng cấp", "Dự án nâng cấp"),
    ("20-25 tr", "20-25 triệu"),
    ("chỉ số BI", "chỉ số bê i"),
    ("20-20-15+TE", "20-20-15+tê e"),
    ("HKI", "học kỳ một"),
    ("trạm TT xã", "trạm truyền thanh xã"),
    ("giữ gìn TT công cộng", "giữ gìn trật tự công cộng"),
    ("KT. CHÁNH VĂN PHÒNG", "Ký thay CHÁNH VĂN PHÒNG"),
    ("KT CHỦ TỊCH", "Ký thay CHỦ TỊCH"),
    ("phòng KT xã", "phòng Kinh tế xã"),
    ("KT trưởng", "kế toán trưởng"),
    ("tiến bộ khoa học KT", "tiến bộ khoa học kỹ thuật"),
    ("TL. CHỦ TỊCH", "Thừa lệnh CHỦ TỊCH"),
    ("TM. UBND XÃ", "Thay mặt UBND XÃ"),
    ("công ty TNHH TM An Phú", "công ty TNHH thương mại An Phú"),
    ("TUQ. CHỦ TỊCH", "Thừa ủy quyền CHỦ TỊCH"),
    ("Q. CHỦ TỊCH", "Quyền CHỦ TỊCH"),
    ("Q.1, P. Mỹ Quý, TP. Long Xuyên", "Quận 1, Phường Mỹ Quý, Thành phố Long Xuyên"),
    ("P. Tài chính", "Phòng Tài chính"),
    ("P. Giám đốc", "Phó Giám đốc"),
    ("ấp 3, X. Vĩnh Trạch, H. Thoại Sơn", "ấp 3, Xã Vĩnh Trạch, Huyện Thoại Sơn"),
    ("phòng, chống TP", "phòng, chống tội phạm"),
    ("Trưởng BTC Giải bóng đá", "Trưởng Ban Tổ chức Giải bóng đá"),
    ("Thông tư 39/2020 của BTC", "Thông tư 39/2020 của Bộ Tài chính"),
    ("CT, các PCT UBND tỉnh", "Chủ tịch, các Phó Chủ tịch UBND tỉnh"),
    ("CT 05 và CT số 12", "Chỉ thị 05 và Chỉ thị số 12"),
    ("VP UBND tỉnh", "Văn phòng UBND tỉnh"),
    ("xử lý VP hành chính", "xử lý vi phạm hành chính"),
    ("Lưu: VT, TH.", "Lưu: văn thư, tổng hợp."),
    ("VT, KGVX", "văn thư, KGVX"),
    ("ĐT: 0243.773", "điện thoại: 0243.773"),
    ("ĐT 943", "Đường tỉnh 943"),
    ("liên hệ đt 0912", "liên hệ điện thoại 0912"),
    ("Đ/c Nguyễn Văn Hùng", "đồng chí Nguyễn Văn Hùng"),
    ("các đ/c dự họp", "các đồng chí dự họp"),
    ("đ/c: ấp 3", "địa chỉ: ấp 3"),
    ("CA xã, CS giao thông", "Công an xã, cảnh sát giao thông"),
    ("HS lớp 1, GV và SV", "học sinh lớp 1, giáo viên và sinh viên"),
    ("nộp HS tại bộ phận", "nộp hồ sơ tại bộ phận"),
    ("BCH Quân sự tỉnh; BCH Quân sự xã", "Bộ Chỉ huy Quân sự tỉnh; Ban Chỉ huy Quân sự xã"),
    ("BCH Đoàn xã", "Ban Chấp hành Đoàn xã"),
    ("BTV Đảng ủy", "Ban Thường vụ Đảng ủy"),
    ("nghỉ T7, CN", "nghỉ thứ bảy, Chủ nhật"),
    ("ĐH Đảng bộ; trường ĐH", "Đại hội Đảng bộ; trường đại học"),
    ("GĐ 2021-2025, GĐ Sở, gia cảnh các GĐ", "giai đoạn 2021-2025, Giám đốc Sở, gia cảnh các gia đình"),
    ("SN 1985, SN 12", "sinh năm 1985, số nhà 12"),
    ("CB, CC, VC xã", "cán bộ, công chức, viên chức xã"),
    ("BCH TƯ Đảng", "Ban Chấp hành Trung ương Đảng"),
    ("cổng TTĐT; đội TTĐT", "cổng thông tin điện tử; đội trật tự đô thị"),
    ("ứng dụng AI", "ứng dụng a i"),
    ("LH: 0912", "Liên hệ: 0912"),
]
KEEPS = [
    *(
        "THÔNG TƯ",
        "AI CŨNG BIẾT",
        "Nguyễn P. Anh",
        "ông P. Minh",
        "bà X. Lan",
        "TTX",
        "XTT",
        "TT&TT",
        "TT/TT",
    ),
    *("CA NGỢI", "AN TOÀN", "TT-BTTTT", "KT-XH", "kt", "không có gì", "T7", "bit 8", "CS"),
]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert read_senses(written) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert read_senses(written) == written


@pytest.mark.parametrize(("written", "said"), [change for change in CHANGES if "KGVX" not in change[0]])
def test_the_senses_are_found_among_words_said_in_full_too(written: str, said: str) -> None:
    assert read_senses(apply(written, BUILT_IN)) == apply(said, BUILT_IN)


def test_a_sense_that_always_fits_is_the_last() -> None:
    for senses in SENSES.values():
        assert all(sense.before or sense.after for sense in senses[:-1])


def test_all_are_said_in_vietnamese_words_and_stay_when_read_again() -> None:
    said = {sense.spoken for senses in SENSES.values() for sense in senses}
    assert [word for text in said for word in re.findall(r"\w+", text) if not is_vietnamese(word)] == []
    assert [text for text in said if read_senses(text) != text or apply(text, BUILT_IN) != text] == []


def test_what_is_far_away_decides_nothing() -> None:
    assert read_senses("phòng" + " " * 30 + "KT") == "phòng" + " " * 30 + "Kinh tế"
    assert read_senses("phòng" + " " * 60 + "KT") == "phòng" + " " * 60 + "KT"


@given(st.text(alphabet="TPQKCA.,; axĐ/0-ủ", max_size=60))
def test_only_what_is_known_is_touched(text: str) -> None:
    said = read_senses(text)
    if not any(word in text for word in (*SENSES, *ALIASES)):
        assert said == text


CODES = {
    "UBND": "Ủy ban nhân dân",
    "KGVX": "Khoa giáo Văn xã",
    "STTTT": "Sở Thông tin và Truyền thông",
    "CNTT": "Công nghệ thông tin",
    "BCVT": "Bưu chính Viễn thông",
    "TTg": "Thủ tướng",
    "CP": "Chính phủ",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "CT": "Chỉ thị",
    "TW": "Trung ương",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "QH15": "Quốc hội khóa mười lăm",
    "UBTVQH14": "Ủy ban Thường vụ Quốc hội khóa mười bốn",
    "BCĐCĐSYT": "Ban Chỉ đạo Chuyển đổi số Y tế",
    "BCĐCĐSSYT": "Ban Chỉ đạo Chuyển đổi số Sở Y tế",
    "BCHPCTT": "Ban Chỉ huy Phòng chống thiên tai",
    "UBNDBCHPCTT": "Ủy ban nhân dân Ban Chỉ huy Phòng chống thiên tai",
    "VPUBND": "Văn phòng Ủy ban nhân dân",
}


@pytest.mark.parametrize("part", CODES)
def test_parts_of_codes(part: str) -> None:
    assert code_words(part) == CODES[part]


@pytest.mark.parametrize(
    "part", ["", "A", "XYZ", "UBNDX", "BCĐ389", "QH155", "ubnd", "UB ND", "A" * 500, "TTTTX"]
)
def test_other_parts_have_no_words(part: str) -> None:
    assert code_words(part) is None


@given(st.text(max_size=40))
def test_any_part_has_an_answer(part: str) -> None:
    words = code_words(part)
    assert words is None or words


def test_the_parts_are_said_in_vietnamese_words() -> None:
    said = " ".join((KINDS | ISSUERS | OFFICES).values())
    assert [word for word in re.findall(r"\w+", said) if not is_vietnamese(word)] == []
