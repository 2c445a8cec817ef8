"""The senses of abbreviations that have several, each with what must stand before and after it.

They are tried in their order. ``before`` and ``after`` are regular expressions on the neighbouring
words, in any case; NAME is a word with a capital, LOWER a small letter, NUMBER the first word or
digits of a number. A sense whose ``after`` begins with a full stop takes it along: "TP. Long Xuyên".
One without neighbours fits everywhere.
"""

from typing import Final, NamedTuple


class Sense(NamedTuple):
    """The words of one sense, and what must stand before and after the abbreviation."""

    words: str
    before: str = ""
    after: str = ""


_S: Final = Sense
_COMMITTEES: Final = r"(?:(?:tỉnh|thành|huyện|thị|quận|đảng) ủy|TU|HU|ĐU)"
_COUNCILS: Final = r"(?:HĐND|Hội đồng nhân dân|UBND|Ủy ban nhân dân|Ủy ban Mặt trận|UBMTTQ|Mặt trận|MTTQ)"
_CHIEFS: Final = (
    r"(?:(?:phó )?(?:chủ tịch|giám đốc|tổng giám đốc|trưởng|chánh|bộ trưởng|thứ trưởng|"
    r"hiệu trưởng|cục trưởng|"
    r"chi cục trưởng|viện trưởng|thủ tướng|chủ nhiệm|tổng cục trưởng|bí thư|tư lệnh|"
    r"chỉ huy trưởng|tổ trưởng|trạm trưởng)|"
    r"CT|PCT|TP|BT)"
)
_UNITS: Final = r"(?:tỉnh|thành phố|TP|huyện|thị xã|quận|xã|phường|thị trấn)"
_PLACE_BEFORE: Final = r"^|[,;:(–-]|ở|tại|thuộc|của|về|đến|từ|và|trú|ngụ|quê|khóm \w+|ấp \w+|\d+"
# "đường Nguyễn Huệ, P. Mỹ Long", but not "Nguyễn P. Anh" or "ông P. Anh".
_NO_INITIAL: Final = r"^|.*[,;:(–-]|\d+|(?!(?:ông|bà|anh|chị|em|cô|chú|bác|cháu|can|cáo)\b)(?-i:LOWER+)"
_OFFICE_FIELDS: Final = (
    r"(?:giáo dục|GD|kế hoạch|tổ chức|tài chính|hành chính|kinh tế|văn hóa|nội vụ|tư pháp|"
    r"y tế|kỹ thuật|công tác|"
    r"quản lý|lao động|tài nguyên|nông nghiệp|nghiệp vụ|đào tạo|kế toán|dân tộc|thanh tra|"
    r"công chứng|khám|họp|KT|TC|TN|NN|VH|LĐ)"
)

SENSES: Final[dict[str, tuple[Sense, ...]]] = {
    "HKI": (_S("học kỳ một"),),
    "HKII": (_S("học kỳ hai"),),
    "tr": (_S("triệu", before=r"\d+"),),
    "BI": (_S("bê i", before=r"chỉ số"),),
    "TE": (
        _S("tê e", before=r"\+|cộng"),
        _S("trẻ em", before=r"bảo vệ|chăm sóc|các|phụ nữ và|học sinh,|quyền"),
    ),
    "DA": (
        _S("dự án", before=r"các|ban quản lý|BQL|chủ|thực hiện|vốn|theo|triển khai|thuộc|giai đoạn"),
        _S("Dự án", before=r"^|[,;:(]", after=r"LOWER+"),
        _S("dự án", after=r"NUMBER"),
    ),
    "DL": (
        _S("dương lịch", before=r"\d+|tháng \w+|tết|lịch"),
        _S("du lịch", before=r"thể thao và|khu|điểm|văn hóa,"),
    ),
    **{
        kind: (
            _S(words, before=r"đất"),
            _S(f"đất {words}", before=r"loại|mục đích|;|,|:|sang|từ", after=r"NUMBER|[.,;)]|$|sang"),
        )
        for kind, words in {
            "ODT": "ở tại đô thị",
            "ONT": "ở tại nông thôn",
            "CLN": "trồng cây lâu năm",
            "LUC": "chuyên trồng lúa nước",
            "LUK": "trồng lúa nước còn lại",
            "HNK": "trồng cây hằng năm khác",
            "BHK": "bằng trồng cây hằng năm khác",
            "NKH": "nông nghiệp khác",
        }.items()
    },
    # Signatures: on behalf of, for, by order of.
    "TM": (
        _S("Thay mặt", after=r"\.\s*\w+"),
        _S(
            "Thay mặt",
            before=r"^|[,;:(]",
            after=rf"{_COUNCILS}|{_COMMITTEES}|Ban|BCH|BTV|chi bộ|tập thể|đoàn|hội",
        ),
        _S(
            "thương mại",
            before=r"công ty|cty|TNHH|trách nhiệm hữu hạn|cổ phần|CP|MTV|dịch vụ|DV|sản xuất|và|ngành|đầu tư",
        ),
    ),
    "KT": (
        _S("kế toán", after=r"(?-i:trưởng|viên)(?! phòng| ban)"),
        _S("Ký thay", before=r"^|[;:]", after=rf"\.\s*\w+|{_CHIEFS}"),
        _S("Ký thay", after=rf"\.\s*{_CHIEFS}"),
        _S("Kinh tế", before=r"phòng|sở|ban|ngành|cục|lĩnh vực|phát triển|tăng trưởng|về"),
        _S("kỹ thuật", before=r"khoa học|khoa học và|hạ tầng|cán bộ|kỹ sư|nhân viên|tiến bộ"),
        _S("kiểm tra", before=r"ủy ban|UB|công tác|đoàn"),
    ),
    "TL": (
        _S("Thừa lệnh", after=rf"\.\s*\w+|{_CHIEFS}"),
        _S("Tỉnh lộ", after=r"NUMBER"),
    ),
    "TUQ": (_S("Thừa ủy quyền", after=r"\.\s*\w+"), _S("Thừa ủy quyền")),
    "Q": (
        _S("Quyền", after=rf"\.\s*{_CHIEFS}"),
        _S("Quận", before=_NO_INITIAL, after=r"\.\s*(?:NAME|\d{1,2})"),
        _S("Quận", before=r".*,", after=r"\d{1,2}"),
    ),
    "P": (
        _S("phường", before=r".*(?:xã|XÃ),", after=r",|và|;|$"),
        _S("Phó", after=rf"\.\s*{_CHIEFS}"),
        _S("Phòng", after=rf"\.\s*(?:{_OFFICE_FIELDS}|\d{{3}})"),
        _S("Phường", before=_NO_INITIAL, after=r"\.\s*(?:NAME|\d{1,2})"),
        _S("Phường", before=r".*,", after=r"\d{1,2}"),
    ),
    "H": (_S("Huyện", before=_PLACE_BEFORE, after=r"\.\s*NAME"),),
    "X": (_S("Xã", before=_PLACE_BEFORE, after=r"\.\s*NAME"),),
    "T": (_S("Tỉnh", before=r".*,", after=r"\.\s*NAME"),),
    "TP": (
        _S("Tư pháp", before=r"sở"),
        _S("tội phạm", before=r"phòng,? chống|tố giác|đấu tranh|trấn áp|truy nã|loại"),
        _S("thực phẩm", before=r"an toàn|vệ sinh|ngộ độc|chế biến|lương thực|lương thực,"),
        _S("Trưởng phòng", after=rf"\.?\s*{_OFFICE_FIELDS}"),
        _S("Thành phố", after=r"\.\s*NAME|NAME"),
        _S("thành phố"),
    ),
    "TX": (_S("Thị xã", after=r"\.\s*NAME|NAME"), _S("thị xã")),
    "TT": (
        _S("Thường trực", after=rf"\.?\s*(?:{_COMMITTEES}|{_COUNCILS})"),
        _S(
            "Thường trực",
            before=(
                r"bí thư|chủ tịch|thành viên|ủy viên|PCT|PBT|phó (?:trưởng )?ban|bộ phận|cơ quan|"
                r"phó thủ tướng"
            ),
        ),
        _S("Thủ tướng", after=r"Chính phủ|CP"),
        _S("Thông tư", after=r"(?:số )?NUMBER(?!\s*[,;.)])|-\s?B\w+"),
        _S("Thông tư", before=r"nghị định,|NĐ,|quyết định,|các|theo|ban hành|hướng dẫn"),
        _S("Thông tin", before=r"sở|bộ|sở văn hóa,|phòng văn hóa và|phòng VH và|công nghệ"),
        _S("truyền thanh", before=r"đài|trạm|cụm|hệ thống|loa|cán bộ|hệ thống loa|phát thanh,"),
        _S(
            "trật tự",
            before=r"giữ gìn|an ninh|an ninh,|bảo đảm|đảm bảo|gây rối|mất|ổn định",
            after=r"\w+|[.,;]|$",
        ),
        _S("trật tự", after=r"đô thị|công cộng|xã hội|an toàn|ATXH|ATGT"),
        _S(
            "Trung tâm",
            after=(
                r"\.?\s*(?:y tế|kiểm soát|văn hóa|VH|giáo dục|GD\w*|phục vụ|dịch vụ|DV\w*|"
                r"hành chính|truyền thông|khuyến nông|"
                r"giám định|ứng dụng|đào tạo|học tập|HTCĐ|bồi dưỡng|chính trị|phát triển|"
                r"dạy nghề|ngoại ngữ|tin học|thể dục|"
                r"quản lý|xúc tiến|bảo trợ|công nghệ|hội nghị|điều hành|giới thiệu|việc làm|"
                r"thương mại|chỉ huy|thông tin|"
                r"nước sạch|giống|quan trắc|chăm sóc|điều dưỡng|cấp cứu|pháp y|công tác|"
                r"hỗ trợ|huấn luyện|bảo tồn|giám sát)"
            ),
        ),
        _S(
            "Thị trấn",
            before=r"(?:UBND|Ủy ban nhân dân|công an|CA|trạm y tế|trường \w+)",
            after=r"NAME|$|[,;.]",
        ),
        _S("thị trấn", before=r"xã,|phường,|P,|xã và|phường và|các xã,|các"),
        _S("Thị trấn", after=r"\.\s*NAME|NAME(?: NAME){0,2}\s*,\s*(?:H\.|huyện|tỉnh)"),
    ),
    # Bodies.
    "BTC": (
        _S("Ban Tổ chức", before=r"trưởng|phó|thành viên|đại diện|phó trưởng|thay mặt|liên hệ|gửi về|do"),
        _S(
            "Ban Tổ chức",
            after=(
                r"(?:giải|hội|cuộc|chương trình|lễ|đại hội|ngày|sự kiện|liên hoan|kỳ|"
                rf"{_COMMITTEES}|trung ương|TW|tang)"
            ),
        ),
        _S(
            "Bộ Tài chính",
            before=(
                r"thông tư[^,;.]*|quyết định[^,;.]*|công văn[^,;.]*|hướng dẫn của|quy định của|"
                r"bộ trưởng|thứ trưởng"
            ),
        ),
        _S("Bộ Tài chính", before=r"[A-ZĐ]{2,}[-/]|BKHĐT,|bộ,"),
        _S("Ban Tổ chức"),
    ),
    "BCT": (
        _S(
            "Bộ Chính trị",
            before=r"(?:nghị quyết|NQ|kết luận|chỉ thị|quy định|hướng dẫn)[^,;.]*|ủy viên|ủy viên dự khuyết",
        ),
        _S("Bộ Công Thương", before=r"(?:thông tư|quyết định|công văn)[^,;.]*|bộ trưởng|thứ trưởng"),
    ),
    "BCH": (
        _S("Bộ Chỉ huy", after=r"(?:quân sự|QS|bộ đội biên phòng|BĐBP|biên phòng) (?:tỉnh|thành phố|TP)"),
        _S(
            "Ban Chỉ huy",
            after=(
                r"(?:quân sự|QS|PCTT|PCLB|phòng|thống nhất|chiến dịch|PTDS|công trường|ứng phó|"
                r"diễn tập|hoạt động)"
            ),
        ),
        _S("Ban Chấp hành"),
    ),
    "BTV": (
        _S("biên tập viên", before=r"phóng viên,|phóng viên và|PV,|MC,|em xi,|đội ngũ|nhóm"),
        _S(
            "Ban Thường vụ",
            after=(
                rf"(?:{_COMMITTEES}|đoàn|hội|BCH|ban chấp hành|công đoàn|liên đoàn|LĐLĐ|huyện|tỉnh|"
                r"xã|phường)"
            ),
        ),
        _S("Biên tập viên", before=r"^|[,;:(-]", after=r"\.?\s*NAME NAME"),
        _S("Ban Thường vụ"),
    ),
    "CT": (
        _S("Công Thương", before=r"sở"),
        _S(
            "Chủ tịch",
            after=(
                rf",?\s*(?:các )?(?:PCT|Phó Chủ tịch)|{_COUNCILS}|hội|công đoàn|LĐLĐ|CLB|"
                rf"câu lạc bộ|nước|Quốc hội|{_UNITS}|HĐQT|Hội đồng"
            ),
        ),
        _S("Công ty", after=r"TNHH|trách nhiệm|CP|cổ phần"),
        _S("Chương trình", after=r"MTQG|mục tiêu|hành động|phát thanh|truyền thanh|OCOP"),
        _S("Chỉ thị", after=r"(?:số )?NUMBER|-\s?TW|của Ban Bí thư|TTg"),
        _S("xê tê", before=r"chụp|máy|quét|phim|kết quả"),
        _S(
            "chính trị",
            before=r"bộ|hệ thống|nhiệm vụ|lý luận|công tác|an ninh|tổ chức|tư tưởng|bản lĩnh|trường",
        ),
        _S("Chủ tịch", before=r"phó|nguyên|đồng chí|đ/c|ông|bà"),
    ),
    "PCT": (_S("Phó Chủ tịch"),),
    "VP": (
        _S("vi phạm", before=r"xử lý|trường hợp|hành vi|bị|xử phạt|lỗi|biên bản|vụ|không|các"),
        _S("Văn phòng"),
    ),
    "VT": (
        _S("văn thư", before=r"lưu\s*:?|phòng|bộ phận|cán bộ"),
        _S("văn thư", before=r"^", after=r"[,;.]"),
        _S("vận tải", before=r"giao thông|GT|công ty|hợp tác xã|HTX|kinh doanh|doanh nghiệp|phương tiện|cty"),
        _S("viễn thông", before=r"bưu chính|bưu chính,|bưu chính và|hạ tầng|doanh nghiệp|dịch vụ"),
        _S("vị trí", after=r"việc làm"),
    ),
    "ĐT": (
        _S("Đường tỉnh", after=r"\.?\s*\d{3}(?![\d.]|\s*\d)"),
        _S("điện thoại", after=r"[:.]|\(|NUMBER"),
        _S("đào tạo", before=r"giáo dục và|giáo dục,|GD và|phòng|công tác|cơ sở"),
        _S("đầu tư", before=r"vốn|dự án|chủ|kế hoạch và|KH và|xúc tiến|thu hút|nhà|tổng mức"),
        _S("đô thị", before=r"khu|phát triển|hạ tầng|trật tự|quản lý|văn minh|chỉnh trang"),
        _S("điện thoại", before=r"số|qua|gọi|liên hệ|máy|SĐT"),
    ),
    "ĐC": (_S("địa chỉ", after=r":|NUMBER|số"), _S("đồng chí", after=r"\.?\s*NAME")),
    "đ/c": (
        _S(
            "đồng chí",
            before=(
                r"các|những|hai|ba|bốn|năm|\d+|mấy|một số|giao|phân công|cùng|từng|mỗi|do|là|với|"
                r"mời|cho|của"
            ),
        ),
        _S(
            "đồng chí",
            after=(
                r"NAME|(?:bí thư|chủ tịch|phó|trưởng|giám đốc|trong|lãnh đạo|ủy viên|thành viên|"
                r"đảng viên|cán bộ|chủ trì|nào)"
            ),
        ),
        _S("địa chỉ"),
    ),
    "CA": (
        _S("Công an", after=rf"{_UNITS}|cấp|viên|chính quy|trung ương|nhân dân|địa phương|sở tại|[XPHT]\b"),
        _S(
            "công an",
            before=(
                r"lực lượng|trưởng|phó|cơ quan|đồn|ban|chiến sĩ|cán bộ|bộ|đội|ngành|gọi|báo|"
                r"trình báo|sĩ quan|nữ"
            ),
        ),
        _S("công an", before=r"(?:DQTV|dân quân tự vệ|dân quân|quân sự|QS|bộ đội|biên phòng)(?:,| và)"),
        _S("công an", after=r"(?:,| và) (?:QS|quân sự|dân quân|DQ\w*|bộ đội)"),
    ),
    "CS": (
        _S("chiến sĩ", before=r"cán bộ,?|CB,?|đồng chí|sĩ quan,?|hạ sĩ quan,?"),
        _S("cảnh sát", before=r"lực lượng|đội|phòng|trại", after=r"\w+"),
        _S(
            "cảnh sát",
            after=r"giao thông|GT|PCCC|phòng cháy|hình sự|cơ động|biển|khu vực|điều tra|môi trường|kinh tế",
        ),
        _S("Cộng sản", before=r"đảng|đoàn thanh niên|thanh niên|chủ nghĩa"),
        _S(
            "cơ sở",
            after=(
                r"y tế|giáo dục|GD|sản xuất|SX\w*|kinh doanh|vật chất|hạ tầng|dữ liệu|thờ tự|"
                r"chăn nuôi|giết mổ|lưu trú|khám"
            ),
        ),
        _S("cơ sở", before=r"y tế|cấp|ở|từ|trung học|các"),
        _S("chính sách", before=r"gia đình|đối tượng|hộ|người|chế độ,?"),
    ),
    "HS": (
        _S("hình sự", before=r"bộ luật|luật|vụ án|vụ|cảnh sát|trách nhiệm|án|tố tụng|xử lý"),
        _S(
            "hồ sơ", before=r"nộp|tiếp nhận|giải quyết|thành phần|bộ|hoàn thiện|lập|trả|gửi|số lượng|mã|mã số"
        ),
        _S("học sinh"),
    ),
    "GV": (_S("giáo viên"),),
    "SV": (_S("sinh viên"),),
    "TƯ": (
        _S(
            "Trung ương",
            before=(
                r"(?-i:BCH|Ban Chấp hành|Ban Bí thư|Đảng|Ban|Mặt trận|Hội|Đoàn|của|ngân sách|cấp|"
                r"cơ quan|ở|từ|và)"
            ),
        ),
    ),
    "TU": (
        _S(
            "Tỉnh ủy",
            before=(
                r"(?-i:BTV|Ban Thường vụ|VP|Văn phòng|TT|Thường trực|BTC|Ban Tổ chức|BTG|"
                r"Ban Tuyên giáo|BCH|của)"
            ),
        ),
    ),
    "HU": (
        _S(
            "Huyện ủy",
            before=(
                r"(?-i:BTV|Ban Thường vụ|VP|Văn phòng|TT|Thường trực|BTC|Ban Tổ chức|BTG|"
                r"Ban Tuyên giáo|BCH|của)"
            ),
        ),
    ),
    "ĐU": (_S("Đảng ủy"),),
    "QU": (_S("Quận ủy", before=r"(?-i:BTV|Ban Thường vụ|VP|Văn phòng|TT|Thường trực|BCH|của)"),),
    # Documents.
    "KH": (
        _S("khách hàng", before=r"quý|của|phục vụ|chăm sóc|hỗ trợ|mã|phía"),
        _S("khoa học", after=r"và công nghệ|và CN|kỹ thuật|công nghệ"),
        _S("khoa học", before=r"nhà|viện|hội|đề tài|nghiên cứu"),
        _S("kế hoạch", after=r"(?:số )?NUMBER|năm|tháng|quý|của|đề ra|giao"),
        _S(
            "kế hoạch",
            before=(
                r"theo|xây dựng|triển khai|thực hiện|ban hành|hoàn thành|đạt|so với|chỉ tiêu|vượt|"
                r"phòng TC,?|các"
            ),
        ),
    ),
    "TB": (
        _S("trung bình", before=r"loại|mức|đạt|điểm|giá|khá,?|nhiệt độ|thu nhập|học lực|sức khỏe|lượng mưa"),
        _S("thiết bị", before=r"máy móc,?|trang|vật tư,?|máy,|thư viện,"),
        _S("thương binh", after=r"liệt sĩ|LS|hạng|nặng"),
        _S("thương binh", before=r"con|gia đình|thân nhân|hội"),
        _S("Thông báo", after=r"(?:số )?NUMBER|kết luận|về|của"),
        _S("thông báo", before=r"ra|ban hành|theo|các"),
    ),
    "QĐ": (_S("quân đội", before=r"bệnh viện|lực lượng|công an,|công an và|sĩ quan"), _S("Quyết định")),
    "NĐ": (_S("Nghị định"),),
    "NQ": (_S("Nghị quyết"),),
    "CV": (
        _S("chuyên viên", before=r"các|là|ông|bà|anh|chị|lãnh đạo,|lãnh đạo và|phòng,|phòng và|ngạch"),
        _S("công văn"),
    ),
    "BC": (
        _S("Báo cáo", after=r"(?:số )?NUMBER|tổng kết|sơ kết|kết quả|của|tháng|quý|năm|về"),
        _S("báo cáo", before=r"gửi|theo|để|các|nộp"),
    ),
    "BB": (_S("bắt buộc", before=r"BHXH|bảo hiểm xã hội"), _S("biên bản")),
    "TTr": (_S("Thanh tra", before=r"đoàn|cán bộ|chánh|ban|phòng"), _S("Tờ trình")),
    "TTLT": (_S("Thông tư liên tịch"),),
    "NQLT": (_S("Nghị quyết liên tịch"),),
    "CTr": (_S("Chương trình"),),
    "QyĐ": (_S("Quy định"),),
    "HD": (
        _S("Hướng dẫn", after=r"(?:số )?NUMBER|của|thực hiện|về"),
        _S("hướng dẫn", before=r"theo|ban hành|các"),
    ),
    "KL": (
        _S("Kết luận", after=r"(?:số )?NUMBER|của|thanh tra"),
        _S("khối lượng", before=r"tổng|hoàn thành|giá trị"),
    ),
    # Work, offices and people.
    "CĐ": (
        _S("Công đoàn", after=r"cơ sở|viên chức|ngành|bộ phận|VN|Việt Nam|giáo dục|y tế|cấp trên"),
        _S(
            "Công đoàn",
            before=r"BCH|Ban Chấp hành|đoàn viên|chủ tịch|Phó Chủ tịch|PCT|tổ|hoạt động|quỹ|kinh phí|cán bộ",
        ),
        _S("cao đẳng", before=r"trường|ĐH,?|đại học,?|bằng|trình độ|hệ|tốt nghiệp|sinh viên"),
        _S("Công điện", after=r"-\s?TTg|(?:số )?NUMBER|khẩn|của"),
        _S("cộng đồng", before=r"tổ công nghệ số|giám sát|dựa vào|học tập"),
    ),
    "CN": (
        _S("Chủ nhật", before=r"sáng|chiều|tối|ngày|thứ bảy,?|T7,?|thứ 7,?|nghỉ|bảy và|7 và|7,"),
        _S("Cử nhân", before=r"^|[,;:(-]|do|bởi|ông|bà", after=r"\.\s*NAME"),
        _S("chứng nhận", before=r"giấy|cấp|được"),
        _S("công nghệ", before=r"khoa học và|KH và|khoa học,|ứng dụng|KHKT và"),
        _S("công nghiệp", before=r"khu|ngành|cụm|sản xuất|nông nghiệp,|NN,|giá trị"),
        _S("Chi nhánh", before=r"ngân hàng[^,;.]*|\w+bank|banh|trưởng"),
        _S("công nhân", after=r"lao động|viên|trực tiếp|,?\s*VC"),
    ),
    "ĐH": (
        _S(
            "Đại hội",
            after=r"đảng|đoàn|hội|chi bộ|chi đoàn|chi hội|ĐB|đại biểu|lần|công đoàn|[IVX]+\b|NUMBER",
        ),
        _S("Đại hội", before=r"trước|sau|tổ chức|chào mừng|văn kiện|nghị quyết|phục vụ"),
        _S(
            "đại học",
            before=(
                r"trường|tuyển sinh|xét tuyển|thi|đỗ|bằng|trình độ|hệ|sau|học|sinh viên|"
                r"tốt nghiệp|các|vào"
            ),
        ),
        _S("Đại học", after=r"NAME"),
    ),
    "ĐV": (
        _S("đảng viên", before=r"CB,?|cán bộ,?|đảng bộ|chi bộ|kết nạp|sinh hoạt|thẻ|hồ sơ|đội ngũ"),
        _S("đoàn viên", before=r"đoàn|công đoàn|chi đoàn"),
        _S("đơn vị", before=r"cơ quan,?|các|thủ trưởng|CQ,?|tại|tên|chủ|địa phương,?|từng|toàn"),
    ),
    "GĐ": (
        _S("giai đoạn", after=r"(?:19|20)\d\d|hai nghìn|\ue001"),
        _S("giai đoạn", before=r"trong", after=r"NUMBER"),
        _S(
            "gia đình",
            before=(
                r"các|hộ|mỗi|hoàn cảnh|\d+|kinh tế|bạo lực|câu lạc bộ|CLB|luật hôn nhân và|"
                r"hôn nhân và|từng"
            ),
        ),
        _S("gia đình", after=r"văn hóa|VH|chính sách|hạnh phúc|nghèo|có công|ông|bà|anh|chị"),
        _S("Giám đốc"),
    ),
    "GD": (_S("giao dịch", before=r"ngày|điểm|phòng|sàn|phí|mã|tổ"), _S("giáo dục")),
    "KP": (
        _S("kinh phí", before=r"hỗ trợ|nguồn|dự toán|cấp|tổng|quyết toán|bố trí"),
        _S("khu phố", after=r"\.?\s*NUMBER|NAME"),
        _S("khu phố", before=r"trưởng|ấp,?|các|ban|thôn,?|bản,?"),
    ),
    "LĐ": (
        _S(
            "lao động",
            before=(
                r"bộ|sở|người|tai nạn|an toàn|xuất khẩu|hợp đồng|lực lượng|thi đua|phòng|"
                r"giải quyết|độ tuổi|tuổi"
            ),
        ),
        _S(
            "Lãnh đạo",
            after=(
                rf"(?:sở|phòng|VP|văn phòng|UBND|Ủy ban|{_UNITS}|ban|đơn vị|cơ quan|công ty|bộ|TT|"
                r"trung tâm)"
            ),
        ),
    ),
    "LH": (
        _S("Liên hiệp", before=r"hội"),
        _S("Liên hiệp", after=r"phụ nữ|PN|thanh niên|TN|các|hội"),
        _S(
            "Liên hệ",
            after=(
                r"[:(]|NUMBER|số|qua|ngay|trực tiếp|SĐT|ĐT|điện thoại|da lô|zalo|đường dây|với|cô|"
                r"chú|anh|chị|em|ông|bà"
            ),
        ),
    ),
    "ND": (
        _S("Nông dân", before=r"hội|chi hội|cán bộ hội|phụ nữ,|bà con"),
        _S(
            "nhân dân",
            before=(
                r"ủy ban|hội đồng|tòa án|quân đội|công an|quần chúng|trong|các tầng lớp|đời sống|"
                r"phục vụ|cán bộ và|lòng"
            ),
        ),
        _S("nội dung", after=r":|chính|cụ thể|sau"),
    ),
    "HC": (
        _S("huân chương", before=r"tặng thưởng|trao tặng|tặng|nhận"),
        _S("hành chính", before=r"phòng|tổ chức|TC|TC -|thủ tục|cải cách|vi phạm|đơn vị|giờ|cán bộ"),
    ),
    "KS": (
        _S("khai sinh", before=r"giấy|đăng ký|đk"),
        _S("Kỹ sư", before=r"^|[,;:(-]|ông|bà|anh|chị|do", after=r"\.\s*NAME"),
        _S("khách sạn", before=r"tại|ở|các|nhà nghỉ,?|nhà hàng,?"),
        _S("kiểm soát", before=r"trạm|ban|đội|tuần tra,?"),
    ),
    "CB": (
        _S("chi bộ", before=r"bí thư|chi ủy|cấp ủy"),
        _S("cảnh báo", after=r"lũ|thiên tai|cháy|sớm"),
        _S(
            "cán bộ",
            after=(
                r",|và|(?:CC|CS|VC|GV|NV|đoàn|hội|xã|phường|công an|y tế|lãnh đạo|chủ chốt|"
                r"phụ trách|chuyên trách|của|kiểm|thú y|tư pháp|địa chính|quản lý|hưu trí)"
            ),
        ),
        _S("cán bộ", before=r"các|của|đội ngũ|số|toàn thể|công tác|tổ chức"),
    ),
    "CC": (
        _S("công chức", before=r"CB\s*,?|cán bộ\s*,?|cán bộ và|các"),
        _S("công chứng", before=r"phòng|văn phòng|bản sao"),
    ),
    "VC": (
        _S(
            "viên chức", before=r"CC\s*,?|CB\s*,?|công chức\s*,?|cán bộ\s*,?|công chức và|công nhân\s*,?|CN,?"
        ),
    ),
    "NV": (
        _S("Nội vụ", before=r"bộ|sở|phòng"),
        _S("nhiệm vụ", before=r"thực hiện|hoàn thành|giao|phương hướng,?"),
        _S("nghĩa vụ", after=r"quân sự|QS|công an"),
        _S("nhân viên", before=r"CB,?|cán bộ,?|GV,?|giáo viên,?|giáo viên và|các|tuyển"),
        _S("nhân viên", after=r"y tế|bán hàng|phục vụ|văn phòng|bảo vệ|kế toán|thú y"),
    ),
    "CP": (
        _S("cổ phần", before=r"công ty|cty|ngân hàng|CT|TM|thương mại|vốn|mã"),
        _S(
            "Chính phủ",
            before=r"thủ tướng|văn phòng|nghị định[^,;.]*|nghị quyết[^,;.]*|của|phó thủ tướng|TT|TTg",
        ),
        _S("chi phí", before=r"tổng|các|giảm|tiết kiệm|chịu"),
    ),
    "PTTH": (
        _S("phổ thông trung học", before=r"trường|tốt nghiệp|cấp|học sinh|bằng"),
        _S("Phát thanh, Truyền hình"),
    ),
    "TH": (
        _S("tiểu học", before=r"trường|các trường|cấp|bậc|giáo viên|học sinh"),
        _S("tổng hợp", before=r"lưu[^;]*|phòng|khoa|chuyên viên|tổ|bộ phận|ban|các phòng:?"),
        _S("truyền hình", before=r"phát thanh|phát thanh,|phát thanh và|PT và|đài"),
    ),
    "DS": (
        _S("Dược sĩ", before=r"^|[,;:(-]|ông|bà|do", after=r"\.\s*NAME"),
        _S("dân số", before=r"công tác|cán bộ|cộng tác viên|trung tâm|chi cục|ngành"),
        _S("danh sách", after=r":|kèm theo|trúng|hộ|người|cử tri"),
        _S("dân sự", before=r"bộ luật|tố tụng|thi hành án|vụ án|tranh chấp|phòng thủ"),
    ),
    "MT": (
        _S("Mặt trận", after=r"tổ quốc|TQ"),
        _S("Mặt trận", before=r"ban công tác|ủy ban|UB|cán bộ|ban CT|công tác"),
        _S("môi trường", before=r"bảo vệ|vệ sinh|ô nhiễm|tài nguyên và|nông nghiệp và|NN và|TN và|về"),
    ),
    "UV": (
        _S("u vê", before=r"tia|chỉ số|đèn|chống|kem"),
        _S("Ủy viên"),
    ),
    "LS": (
        _S("Luật sư", after=r"\.\s*NAME"),
        _S("liệt sĩ", before=r"thương binh,?|thương binh và|TB,?|gia đình|nghĩa trang|thân nhân|mộ|hài cốt"),
    ),
    "MN": (
        _S("mầm non", before=r"trường|lớp|ngành|bậc|giáo viên|cấp"),
        _S("miền núi", before=r"vùng|dân tộc thiểu số và|DTTS và"),
    ),
    "MG": (_S("mẫu giáo", before=r"trường|lớp|ngành|giáo viên|trẻ"),),
    "HK": (_S("hộ khẩu", before=r"sổ|đăng ký|nhập|chuyển"), _S("học kỳ", after=r"I{1,3}|NUMBER")),
    "ĐX": (_S("Đông Xuân", before=r"vụ|lúa|sản xuất"),),
    "TĐ": (_S("Thu Đông", before=r"vụ|lúa"), _S("thi đua", before=r"phong trào|công tác|khối|cụm")),
    "HT": (
        _S("Hè Thu", before=r"vụ|lúa"),
        _S("Hiệu trưởng", before=r"thầy|cô|ông|bà|phó", after=r".*"),
        _S("Hiệu trưởng", after=r"trường"),
        _S("hệ thống", after=r"thông tin|chính trị|truyền thanh|loa"),
    ),
    "TTTT": (_S("Thông tin và Truyền thông", before=r"sở|bộ|ngành"),),
    "TC": (_S("Tài chính", before=r"sở|bộ|phòng"), _S("tổ chức", before=r"ban|cán bộ|phòng")),
    "XD": (_S("xây dựng"),),
    "TQ": (
        _S("Tổ quốc", before=r"mặt trận|MT|bảo vệ|an ninh"),
        _S("Trung Quốc", before=r"hàng|tiếng|nước|thị trường|sang|từ"),
    ),
    "BV": (
        _S("bảo vệ", after=r"rừng|môi trường|MT|trẻ em|TE|thực vật|dân phố|bí mật|an ninh|nền tảng|cây"),
        _S("bảo vệ", before=r"nhân viên|tổ|đội|chòi|lực lượng|phòng"),
        _S("Bệnh viện", after=r"đa khoa|ĐK|tỉnh|huyện|sản|nhi|mắt|phụ|quân|tim|YHCT|tư|tâm thần|NAME"),
        _S("bệnh viện", before=r"nằm|nhập|đến|tại|vào|đưa|xuất|ra|các|giám đốc|tới"),
    ),
    "VH": (_S("văn hóa"),),
    "XH": (_S("xã hội"),),
    "SX": (_S("sản xuất"),),
    "KD": (_S("kinh doanh"),),
    "DV": (_S("dịch vụ"),),
    "DN": (_S("doanh nghiệp"),),
    "QP": (_S("quốc phòng"),),
    "QS": (_S("quân sự"),),
    "CQ": (_S("chính quyền", before=r"đảng,|xây dựng đảng,|cấp ủy,|xây dựng|các cấp ủy,"), _S("cơ quan")),
    "AN": (_S("an ninh", before=r"quốc phòng,?|quốc phòng và|QP,?|QP và|QP -|chính trị,"),),
    "NN": (
        _S("nông nghiệp", before=r"phi"),
        _S("nhà nước", before=r"ngân sách|quản lý|cơ quan|quản lý về|vốn"),
        _S("nông nghiệp", before=r"sở|bộ|ngành|sản xuất|phòng|hợp tác xã|HTX|đất|vật tư|SX|lĩnh vực"),
    ),
    "TN": (
        _S("tự nguyện", before=r"bảo hiểm (?:xã hội|y tế)|BHXH|BHYT"),
        _S("thất nghiệp", before=r"bảo hiểm|trợ cấp|BH"),
        _S("tốt nghiệp", after=r"THPT|trung học|đại học|THCS"),
        _S("thu nhập", before=r"bình quân|mức|thuế|nâng cao"),
        _S(
            "Thanh niên",
            before=r"đoàn|bí thư đoàn|lực lượng|Liên hiệp|LH|nam nữ|hội|tháng|công trình|chi đoàn",
        ),
        _S("tài nguyên", after=r"và MT|và môi trường|nước|khoáng sản"),
    ),
    "PN": (_S("phụ nữ"),),
    "QH": (
        _S("quy hoạch", before=r"điều chỉnh|đồ án|lập|sở|theo"),
        _S(
            "Quốc hội",
            before=(
                r"đại biểu|ĐB|ủy ban thường vụ|kỳ họp[^,;.]*|bầu cử[^,;.]*|chủ tịch|"
                r"nghị quyết[^,;.]*|đoàn ĐB|của|luật[^,;.]*"
            ),
        ),
    ),
    "ĐB": (
        _S("đặc biệt", after=r"khó khăn|KK|nghiêm trọng"),
        _S("đồng bằng", after=r"sông|SCL"),
        _S("đồng bào", after=r"dân tộc|DTTS|công giáo"),
        _S("đại biểu", after=r"QH|HĐND|Quốc hội|Hội đồng|tham dự|đại hội|dự"),
        _S("đại biểu", before=r"các|đoàn|vị|tổ|bầu|quý|toàn thể|\d+|đại hội"),
    ),
    "SN": (
        _S("sinh năm", after=r":?\s*(?:19|20)\d\d|:?\s*một nghìn chín|:?\s*hai nghìn"),
        _S("số nhà", after=r":?\s*NUMBER"),
    ),
    "DT": (
        _S("Dân tộc", before=r"sở|phòng|ban|cán bộ|bộ"),
        _S("di tích", before=r"khu|ban quản lý|lịch sử,?|các", after=r"lịch sử|LS|văn hóa|NAME"),
        _S("dự toán", before=r"%|phần trăm|vượt|đạt|giao|phân bổ"),
        _S("diện tích", after=r":|NUMBER|gieo|đất|sử dụng|xuống"),
    ),
    "TK": (
        _S("thế kỷ", before=r"cuối|đầu|giữa|nửa sau|nửa đầu"),
        _S("tài khoản", after=r":|(?:số|ngân hàng)|\d{5,}|NUMBER"),
        _S("tài khoản", before=r"số|chuyển khoản[^,;.]*|mở|chủ|tên"),
    ),
    "HĐ": (
        _S(
            "Hội đồng",
            after=(
                r"nhân dân|quản trị|xét|đánh giá|thi đua|tuyển|NVQS|nghĩa vụ|phổ biến|PBGDPL|"
                r"thẩm định|kỷ luật|khoa học|tư vấn"
            ),
        ),
        _S("hợp đồng", after=r"lao động|mua bán|thuê|kinh tế|số|ngắn hạn|dài hạn|làm việc"),
        _S("hợp đồng", before=r"ký|thanh lý|theo|ký kết|thực hiện|chấm dứt"),
    ),
    "NS": (
        _S("Nghệ sĩ", before=r"^|[,;:(-]|cùng|do", after=r"\.\s*NAME"),
        _S("ngân sách", before=r"chi|thu|nguồn|vốn|dự toán|từ"),
        _S("ngân sách", after=r"xã|tỉnh|nhà nước|NN|trung ương|TW|địa phương|huyện"),
    ),
    "KV": (_S("khu vực"),),
    "NT": (
        _S(
            "nông thôn",
            before=r"xây dựng|giao thông|phát triển|nông nghiệp và|NN và|nông nghiệp,|nông dân,|ở|môi trường",
        ),
    ),
    "PT": (
        _S("phát triển", after=r"nông thôn|NT|kinh tế|KT\w*|bền vững|nông nghiệp|đảng viên|sản xuất"),
        _S("phổ thông", before=r"trường|giáo dục|trung học"),
        _S("phát thanh", before=r"đài|chương trình|buổi|giờ"),
        _S("phương tiện", after=r"giao thông|GT|thủy|vận tải"),
    ),
    "GT": (
        _S(
            "giao thông",
            before=(
                r"đường|an toàn|luật|cảnh sát|CS|tai nạn|sở|trật tự an toàn|ATGT|PT|phương tiện|"
                r"phí|công trình"
            ),
        ),
    ),
    "HN": (
        _S("Hà Nội", before=r"thành phố|thủ đô|UBND"),
        _S("hội nghị", before=r"dự|tổ chức|triệu tập|khai mạc|tại|sau|giấy mời|các"),
    ),
    "YT": (_S("Y tế", before=r"sở|bộ|trạm|phòng|cơ sở|cán bộ|trung tâm|TT"),),
    "TD": (
        _S("tín dụng", before=r"tổ chức|quỹ|vốn|hoạt động|ngân hàng"),
        _S("thể dục", after=r"thể thao|TT|buổi sáng"),
    ),
    "ĐK": (
        _S(
            "đăng ký",
            after=(
                r"thường trú|kết hôn|khai sinh|khai tử|kinh doanh|tạm trú|xe|tham gia|dự|nghĩa vụ|"
                r"NVQS|số|học|qua|tại"
            ),
        ),
        _S("đa khoa", before=r"bệnh viện|phòng khám|PK|BV"),
        _S("điều kiện", before=r"đủ|có|đảm bảo|bảo đảm|đáp ứng|các"),
    ),
    "NK": (_S("nhiệm kỳ", after=r":?\s*(?:\d{4}|hai nghìn)"),),
    "NH": (
        _S("năm học", after=r":?\s*(?:20\d\d|hai nghìn)"),
        _S("Ngân hàng", after=r"(?:\S+ ){0,4}banh|\S*bank|NAME|nhà nước|chính sách|nông nghiệp"),
    ),
    "BT": (
        _S("Bí thư", after=r"(?:\.\s*)?(?:đảng ủy|chi bộ|tỉnh ủy|huyện ủy|thành ủy|đoàn|chi đoàn|ĐU|TU|HU)"),
    ),
    "CTXH": (_S("chính trị, xã hội", before=r"tổ chức|đoàn thể"), _S("công tác xã hội")),
    "TTĐT": (
        _S("thông tin điện tử", before=r"cổng|trang|cổng/trang|trang/cổng|trang, cổng"),
        _S("trật tự đô thị", before=r"đội|quản lý|tổ|lập lại|về"),
    ),
    "CQĐT": (
        _S("chính quyền điện tử", before=r"xây dựng|phát triển|ứng dụng|kiến trúc|hướng tới"),
        _S("cơ quan điều tra"),
    ),
    "TTND": (_S("Thanh tra nhân dân", before=r"ban|hoạt động|công tác"), _S("Thầy thuốc Nhân dân")),
    "KTTT": (_S("kinh tế thị trường", before=r"nền|thể chế|cơ chế"), _S("kinh tế tập thể")),
    "THA": (
        _S("tăng huyết áp", before=r"bệnh|bị|điều trị|mắc|bệnh nhân|người"),
        _S("thi hành án", before=r"cơ quan|chi cục|cục|công tác|cưỡng chế|ban chỉ đạo|phải|được"),
    ),
    "BKS": (
        _S("biển kiểm soát", after=r":|NUMBER|số"),
        _S("biển kiểm soát", before=r"xe[^,;.]*|mang|có"),
        _S("Ban Kiểm soát"),
    ),
    "TBT": (_S("Tổng Biên tập", before=r"báo|tạp chí|phó|nhà báo"), _S("Tổng Bí thư")),
    "TCT": (
        _S("Tổ công tác", after=r"\w+ \w+|NUMBER|của"),
        _S("Tổng cục Thuế", before=r"công văn[^,;.]*|quyết định[^,;.]*"),
    ),
    "NSX": (_S("ngày sản xuất", after=r":|NUMBER"), _S("nhà sản xuất", before=r"của|từ|các")),
    "BNN": (
        _S("bệnh nghề nghiệp", before=r"tai nạn lao động[,và ]*|TNLĐ[,và ]*|bảo hiểm"),
        _S("Bộ Nông nghiệp", before=r"[^,;.]*của|thông tư[^,;.]*|bộ trưởng"),
    ),
    "ĐTM": (
        _S("đô thị mới", before=r"khu|các khu"),
        _S("đánh giá tác động môi trường", before=r"báo cáo|hồ sơ|lập|phê duyệt"),
    ),
    "AI": (
        _S("a i", before=r".*(?-i:LOWER)\W*"),
        _S("a i", after=r".*(?-i:LOWER).*"),
        _S("a i", before=r"^", after=r"\W*$"),
    ),
    **{
        f"T{day}": (_S(f"thứ {name}", before=r"sáng|chiều|tối|nghỉ|từ|đến|ngày|trừ|các|và|hàng tuần"),)
        for day, name in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy"), start=2)
    },
    "bit": (_S("biết", before=r"không|ko|chẳng|chưa|em|anh|chị|ai"),),
}
ALIASES: Final[dict[str, str]] = {
    "đt": "ĐT",
    "Đt": "ĐT",
    "Đ/c": "đ/c",
    "Đ/C": "đ/c",
    "đ/C": "đ/c",
    "T.P": "TP",
    "T.T": "TT",
    "K.T": "KT",
    "T.L": "TL",
    "T.M": "TM",
    "T.U.Q": "TUQ",
}
