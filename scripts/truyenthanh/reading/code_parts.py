"""The parts of a document's code: kinds of document, who issued it, and the office that drew it up."""

import re
from typing import Final

from .abbreviations import ABBREVIATIONS
from .numbers import cardinal

# The kinds of Decree 30/2020/NĐ-CP, appendix III, and of the Party's Guideline 36-HD/VPTW.
KINDS: Final[dict[str, str]] = {
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "QĐi": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "CTrHĐ": "Chương trình hành động",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CV": "Công văn",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "GP": "Giấy phép",
    "GPXD": "Giấy phép xây dựng",
    "GCN": "Giấy chứng nhận",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    "KL": "Kết luận",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQLT": "Nghị quyết liên tịch",
    "KHLT": "Kế hoạch liên tịch",
    "KHPH": "Kế hoạch phối hợp",
    "CTPH": "Chương trình phối hợp",
    "QCPH": "Quy chế phối hợp",
    "QCLN": "Quy chế liên ngành",
    "LCT": "Lệnh Chủ tịch nước",
    "L": "Luật",
    "VBHN": "Văn bản hợp nhất",
    "TBKL": "Thông báo kết luận",
    "CTHĐ": "Chương trình hành động",
    "HDLN": "Hướng dẫn liên ngành",
    "HDLT": "Hướng dẫn liên tịch",
    "NQĐH": "Nghị quyết đại hội",
}
ISSUERS: Final[dict[str, str]] = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng",
    "TTgCP": "Thủ tướng Chính phủ",
    "CTN": "Chủ tịch nước",
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "UB": "Ủy ban",
    "BCĐ": "Ban Chỉ đạo",
    "BTC": "Bộ Tài chính",
    "BCT": "Bộ Công Thương",
    "BNN": "Bộ Nông nghiệp",
    "BKHCNMT": "Bộ Khoa học, Công nghệ và Môi trường",
    "BVHTT": "Bộ Văn hóa Thông tin",
    "NHNN": "Ngân hàng Nhà nước",
    "TTCP": "Thanh tra Chính phủ",
    "VKSTC": "Viện kiểm sát tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "TANDTC": "Tòa án nhân dân tối cao",
    "HĐTP": "Hội đồng Thẩm phán",
    "TW": "Trung ương",
    "TƯ": "Trung ương",
    "TU": "Tỉnh ủy",
    "HU": "Huyện ủy",
    "QU": "Quận ủy",
    "ĐU": "Đảng ủy",
    "ĐUK": "Đảng ủy khối",
    "CB": "Chi bộ",
    "BTV": "Ban Thường vụ",
    "BCH": "Ban Chấp hành",
    "BTGTW": "Ban Tuyên giáo Trung ương",
    "BTCTW": "Ban Tổ chức Trung ương",
    "VPTW": "Văn phòng Trung ương",
    "VPTU": "Văn phòng Tỉnh ủy",
    "VP": "Văn phòng",
    "VPCP": "Văn phòng Chính phủ",
    "VPUBND": "Văn phòng Ủy ban nhân dân",
    "VPĐP": "Văn phòng Điều phối",
    "MTTW": "Mặt trận Trung ương",
    "MT": "Mặt trận",
    "MTTQ": "Mặt trận Tổ quốc",
    "TLĐ": "Tổng Liên đoàn",
    "LĐLĐ": "Liên đoàn Lao động",
    "TWĐTN": "Trung ương Đoàn Thanh niên",
    "TWĐ": "Trung ương Đoàn",
    "ĐTN": "Đoàn Thanh niên",
    "ĐCT": "Đoàn Chủ tịch",
    "TWH": "Trung ương Hội",
    "BTVTU": "Ban Thường vụ Tỉnh ủy",
    "TGDV": "Tuyên giáo và Dân vận",
    "SYT": "Sở Y tế",
    "SNN": "Sở Nông nghiệp",
    "SNNMT": "Sở Nông nghiệp và Môi trường",
    "CA": "Công an",
    "CAT": "Công an tỉnh",
    "CATP": "Công an thành phố",
    "CAX": "Công an xã",
    "BTL": "Bộ Tư lệnh",
    "BCHPCTT": "Ban Chỉ huy Phòng chống thiên tai",
    "BCHPTDS": "Ban Chỉ huy Phòng thủ dân sự",
    "BCHQS": "Ban Chỉ huy Quân sự",
    "TTYT": "Trung tâm Y tế",
    "TYT": "Trạm Y tế",
    "BV": "Bệnh viện",
    "PGDĐT": "Phòng Giáo dục và Đào tạo",
    "PNV": "Phòng Nội vụ",
    "PTP": "Phòng Tư pháp",
    "PKT": "Phòng Kinh tế",
    "PVHXH": "Phòng Văn hóa Xã hội",
    "HTX": "Hợp tác xã",
    "BHXH": "Bảo hiểm xã hội",
    "CT": "Cục Thuế",
    "CTK": "Cục Thống kê",
    "TCT": "Tổng cục Thuế",
    "TCHQ": "Tổng cục Hải quan",
    "KBNN": "Kho bạc Nhà nước",
    "TTTT": "Thông tin và Truyền thông",
    "TTPVHCC": "Trung tâm Phục vụ hành chính công",
}
# What the office or the field is named by, at the end of a code.
OFFICES: Final[dict[str, str]] = {
    "KGVX": "Khoa giáo Văn xã",
    "KGVXNV": "Khoa giáo Văn xã Nội vụ",
    "VX": "Văn xã",
    "VXNV": "Văn xã Nội vụ",
    "NC": "Nội chính",
    "KT": "Kinh tế",
    "KTN": "Kinh tế ngành",
    "KTTH": "Kinh tế tổng hợp",
    "KTTC": "Kinh tế tài chính",
    "TH": "Tổng hợp",
    "TCĐT": "Tài chính đầu tư",
    "CNXD": "Công nghiệp Xây dựng",
    "XDCB": "xây dựng cơ bản",
    "ĐTXD": "đầu tư xây dựng",
    "NN": "Nông nghiệp",
    "NNTN": "Nông nghiệp Tài nguyên",
    "KSTT": "Kiểm soát thủ tục",
    "KSTTHC": "Kiểm soát thủ tục hành chính",
    "TCCB": "Tổ chức cán bộ",
    "TCHC": "Tổ chức hành chính",
    "TCKT": "Tài chính kế toán",
    "KHTC": "Kế hoạch tài chính",
    "KHTH": "Kế hoạch tổng hợp",
    "KHĐT": "Kế hoạch và Đầu tư",
    "HC": "hành chính",
    "HCQT": "Hành chính Quản trị",
    "HCTH": "Hành chính Tổng hợp",
    "NVY": "Nghiệp vụ Y",
    "NVD": "Nghiệp vụ Dược",
    "YT": "Y tế",
    "CNTT": "Công nghệ thông tin",
    "BCVT": "Bưu chính Viễn thông",
    "CĐS": "Chuyển đổi số",
    "TTBCXB": "Thông tin Báo chí Xuất bản",
    "CCHC": "Cải cách hành chính",
    "XDCQ": "Xây dựng chính quyền",
    "QLVB": "Quản lý văn bằng",
    "GDTrH": "Giáo dục trung học",
    "GDTH": "Giáo dục tiểu học",
    "GDMN": "Giáo dục mầm non",
    "VHXH": "Văn hóa Xã hội",
    "KTHT": "Kinh tế Hạ tầng",
    "KTHTĐT": "Kinh tế, Hạ tầng và Đô thị",
    "TNMT": "Tài nguyên và Môi trường",
    "TP": "Tư pháp",
    "PCTT": "Phòng chống thiên tai",
    "PCLB": "Phòng chống lụt bão",
    "ATTP": "An toàn thực phẩm",
    "NTM": "Nông thôn mới",
    "XPHC": "xử phạt hành chính",
    "XPVPHC": "xử phạt vi phạm hành chính",
    "SYT": "Sở Y tế",
    "NV": "Nội vụ",
    "TTr": "Thanh tra",
    "ĐT": "Đô thị",
    "QLĐT": "Quản lý đô thị",
}
_ONE_SENSE: Final = {written: words for written, words in ABBREVIATIONS.items() if written.isalpha()}
_WHOLE: Final = _ONE_SENSE | OFFICES | ISSUERS | KINDS
# Bodies and offices are written in one piece (BCĐCĐSYT); kinds of document are not.
_PIECES: Final = _ONE_SENSE | OFFICES | ISSUERS
_LONGEST: Final = max(map(len, _PIECES))
_PART = re.compile(r"([^\W\d_]{1,24})(\d{0,2})")


def code_words(part: str) -> str | None:
    """Return the words of one part of a document's code, or None if it is not understood.

    "UBND", "TTg"; "QH15" is the fifteenth Quốc hội; "BCĐCĐSYT" is made of several that are known.
    """
    found = _PART.fullmatch(part)
    if not found:
        return None
    letters, number = found[1], found[2]
    words = _WHOLE.get(letters) or " ".join(_PIECES[piece] for piece in _pieces(letters))
    if not words or (number and not letters.endswith("QH")):
        return None
    return f"{words} khóa {cardinal(int(number))}" if number else words


def _pieces(letters: str) -> tuple[str, ...]:
    """Return ``letters`` as the fewest known pieces, of equally few the longest first, or ()."""
    best: list[tuple[str, ...] | None] = [None] * len(letters) + [()]
    for at in range(len(letters) - 1, -1, -1):
        for size in range(min(len(letters) - at, _LONGEST), 1, -1):
            rest, taken = best[at + size], best[at]
            if rest is None or letters[at : at + size] not in _PIECES:
                continue
            if taken is None or len(rest) + 1 < len(taken):
                best[at] = (letters[at : at + size], *rest)
    return best[0] or ()
