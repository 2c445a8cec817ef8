"""Codes and places: the two tables."""

from collections.abc import Callable

import pytest

from truyenthanh.reading.codes import read_codes, read_dotted, read_joined, read_places
from truyenthanh.reading.numbers import digits

Rule = Callable[[str], str]

CHANGES = [
    *(
        (read_codes, f"gặp {phone} nhé", f"gặp {digits(phone)} nhé")
        for phone in (
            *(
                "0912345678",
                "0912.345.678",
                "0912 345 678",
                "091-234-5678",
                "0243.7738668",
                "(0296) 3852 576",
            ),
            *("(0296) 3.852.576", "1900 8198", "1900.1234", "18001090", "02838215689", "0296 3 852 576"),
        )
        if phone not in {"(0296) 3.852.576", "0296 3 852 576"}
    ),
    (read_codes, "Fax: (0296) 3.852.576", f"Fax: {digits('02963852576')}"),
    (read_codes, "gọi điện đến số 0296 3 850 115", f"gọi điện đến số {digits('02963850115')}"),
    (read_codes, "19001006/19009000", f"{digits('19001006')}, {digits('19009000')}"),
    (read_codes, "Hotline: 1900 1006 - 1900 9000", f"Hotline: {digits('19001006')}, {digits('19009000')}"),
    (read_codes, "gọi 1022 nhánh 3", f"gọi {digits('1022')} nhánh 3"),
    (read_codes, "số seri CĐ 345678", f"số seri xê đê {digits('345678')}"),
    (read_codes, "mã khách hàng PB0604", f"mã khách hàng pê bê {digits('0604')}"),
    (read_codes, "giống OM 5451, ST25", f"giống o em mờ {digits('5451')}, ét sờ tê 25"),
    (read_codes, "cúm A/H5N1", "cúm A hát 5 en nờ 1"),
    (read_codes, "PC06", "pê xê không sáu"),
    (read_codes, "U.21", "U21"),
    (read_codes, "67L2 - 12345", f"67 e lờ 2 {digits('12345')}"),
    (read_places, "16,2°N; 111,8°E", "16,2 độ vĩ Bắc; 111,8 độ kinh Đông"),
    (read_places, "10°22'N", "10 độ 22 phút vĩ Bắc"),
    (read_places, "trên BĐ1 0,02m", "trên báo động 1 0,02m"),
    (read_places, "Km45+200 - Km48+500", "ki lô mét 45 cộng 200 đến ki lô mét 48 cộng 500"),
    (read_places, "145/7 Nguyễn Trãi, P.5", "145 gạch chéo 7 Nguyễn Trãi, P.5"),
    (read_places, "tuyến đường ĐH.05", "tuyến đường huyện 05"),
    (read_codes, "+84987654321", digits("0987654321")),
    (read_codes, "(84) 296 3952 888", digits("02963952888")),
    (read_codes, "+84 093-655-5449", f"cộng tám mươi bốn {digits('0936555449')}"),
    (read_codes, "+1 093-655-5449", f"cộng một {digits('0936555449')}"),
    (
        read_codes,
        "gọi ngay 113, 114 hoặc 115",
        f"gọi ngay {digits('113')}, {digits('114')} hoặc {digits('115')}",
    ),
    (read_codes, "113", digits("113")),
    (read_codes, "cảnh sát 113", f"cảnh sát {digits('113')}"),
    (read_codes, "Hotline: 1022", f"Hotline: {digits('1022')}"),
    (read_codes, "gọi 1022 để biết", f"gọi {digits('1022')} để biết"),
    (read_codes, "CCCD số 089123456789", f"CCCD số {digits('089123456789')}"),
    (read_codes, "CMND: 351234567", f"CMND: {digits('351234567')}"),
    (read_codes, "mã số thuế 1600123456", f"mã số thuế {digits('1600123456')}"),
    (read_codes, "tài khoản 1234 5678 90", f"tài khoản {digits('1234567890')}"),
    (read_codes, "sổ số 8912345678", f"sổ số {digits('8912345678')}"),
    (read_codes, "1234 5678 9012 3456", digits("1234567890123456")),
    (read_codes, "67A-123.45", f"67 a {digits('12345')}"),
    (read_codes, "67-B1 123.45", f"67 bê 1 {digits('12345')}"),
    (read_codes, "007", digits("007")),
    (read_codes, "mã hồ sơ H05.12-25", "mã hồ sơ hát không năm một hai hai năm"),
    (read_dotted, "mã này là 192.16.2", "mã này là một chín hai chấm một sáu chấm hai"),
    (read_dotted, "192.168.1.10", "một chín hai chấm một sáu tám chấm một chấm một không"),
    (read_dotted, "10.0.0.1:5000", "một không chấm không chấm không chấm một hai chấm năm không không không"),
    (read_dotted, "mục 2.1.10", "mục 2 chấm 1 chấm 10"),
    (read_dotted, "2.1.10. Nội dung", "2 chấm 1 chấm 10. Nội dung"),
    (read_places, "QL91, QL.1A", "quốc lộ 91, quốc lộ 1 A"),
    (read_places, "ĐT 941 và TL 954", "đường tỉnh 941 và tỉnh lộ 954"),
    (read_places, "Km 12+500", "ki lô mét 12 cộng 500"),
    (read_places, "số 12/3A đường", "số 12 gạch chéo 3 a đường"),
    (read_places, "123/4 đường Nguyễn Trãi", "123 gạch chéo 4 đường Nguyễn Trãi"),
    (read_places, "lớp 6/3", "lớp 6 gạch chéo 3"),
    (read_places, "cao tốc CT.01", "cao tốc 01"),
    (read_places, "hẻm 12/5/7", "hẻm 12 gạch chéo 5 gạch chéo 7"),
    (read_joined, "A4, K3", "a 4, ca 3"),
    (read_joined, "lớp 10A2 và 5B", "lớp 10 a 2 và 5 bê"),
    (read_joined, "5G", "5 giê"),
]
KEEPS = [
    (read_codes, "mã này là 192.16.2"),
    *((read_codes, text) for text in ("1.200.000 đồng", "113 hộ", "số 113 hộ", "gọi 500 thanh niên", "0,5")),
    *((read_codes, text) for text in ("01-01-2024", "2 000 000", "năm 2023-2024", "0.000045", "tài khoản 5")),
    *((read_dotted, text) for text in ("1.200.000", "1.5", "a1.2.3", "1.2.3a")),
    *((read_places, text) for text in ("3/4 dân số", "8/10 ấp", "số 5", "25 km2", "km 5", "CT tỉnh")),
    *((read_joined, text) for text in ("A", "4", "COVID19", "A1234", "4x", "12AB", "A-4")[:6]),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: Rule, written: str, said: str) -> None:
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: Rule, written: str) -> None:
    assert rule(written) == written
