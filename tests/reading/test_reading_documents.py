"""Numbers and codes of documents: the two tables."""

import pytest

from truyenthanh.reading.documents import read_documents
from truyenthanh.reading.numbers import ODD, THOUSAND

CHANGES = [
    ("Số: /UBND-KGVX", "Số: Ủy ban nhân dân Khoa giáo Văn xã"),
    ("số 15/UBND", "số mười lăm Ủy ban nhân dân"),
    ("Quyết định 749/QĐ-TTg", "Quyết định bảy trăm bốn mươi chín Quyết định Thủ tướng"),
    ("13/2023/NĐ-CP ngày", "mười ba năm hai {THOUSAND} không trăm hai mươi ba Nghị định Chính phủ ngày"),
    ("Nghị quyết số 15/2009.", "Nghị quyết số mười lăm năm hai {THOUSAND} không trăm {ODD} chín."),
    ("05/QĐ-CP", "không năm Quyết định Chính phủ"),
    ("NĐ 168/2024", "NĐ một trăm sáu mươi tám năm hai {THOUSAND} không trăm hai mươi tư"),
    ("Thông tri 4-TT/TU", "Thông tri bốn Thông tri Tỉnh ủy"),
    ("Quy định số 37-QĐ/TW", "Quy định số ba mươi bảy Quy định Trung ương"),
    ("số 05-CTr/ĐU", "số không năm Chương trình Đảng ủy"),
    ("Lưu: VT, KT(Hải)", "Lưu: VT, Kinh tế(Hải)"),
    ("Lưu VT-TH.", "Lưu VT, Tổng hợp."),
    (
        "TCVN 7957:2008",
        "TCVN bảy {THOUSAND} chín trăm năm mươi bảy hai chấm hai {THOUSAND} không trăm {ODD} tám",
    ),
    ("QCVN 01-1:2018/BYT", "QCVN không một một hai chấm hai {THOUSAND} không trăm mười tám Bộ Y tế"),
    ("7/XQZ-CP", "bảy XQZ Chính phủ"),
]
KEEPS = [
    "12/3A",
    "tỷ lệ 3/2024",
    "Lưu ý: VT, KT",
    "17:30",
    "25/3/2023",
    "5/A",
    "a/UBND",
    "trang/Cổng",
    "60/Km",
    "COVID-19",
    "UBND-KGVX",
    "5-QĐ",
    "TT/DN",
]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert read_documents(written).replace(THOUSAND, "{THOUSAND}").replace(ODD, "{ODD}") == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert read_documents(written) == written


def test_every_part_between_strokes_dashes_and_dots_is_said() -> None:
    said = read_documents("413/STTTT-CNTT-BCVT").lower()
    assert said.startswith("bốn trăm mười ba sở thông tin và truyền thông")
    assert said.endswith("bưu chính viễn thông")
