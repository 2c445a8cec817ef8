"""Addresses on the web: the two tables."""

import pytest

from truyenthanh.reading.letters import show, tidy
from truyenthanh.reading.web import read_web

VN = "vê en nờ"
CHANGES = [
    ("gửi soyte@angiang.gov.vn.", f"gửi soyte a còng angiang chấm gov chấm {VN}."),
    ("ca@bcy.gov.vn", f"ca a còng bê xê i dài chấm gov chấm {VN}"),
    ("asdf123@abc.com", "a ét sờ dê ép một hai ba a còng a bê xê chấm com"),
    ("xem https://mic.gov.vn để", f"xem mic chấm gov chấm {VN} để"),
    ("www.angiang.gov.vn;", f"vê kép vê kép vê kép chấm angiang chấm gov chấm {VN};"),
    ("vnexpress.net/thoi-su", "vnexpress chấm net gạch chéo thoi gạch ngang su"),
    (
        "https://a.vn/TinTuc/2020?id=5",
        f"a chấm {VN} gạch chéo tin tuc gạch chéo hai không hai không hỏi i dê bằng năm",
    ),
    ("tệp bao-cao_2.docx nhé", "tệp bao gạch ngang cao gạch dưới hai chấm docx nhé"),
    ("ubndxavinhtrach@a.vn", f"u bê en nờ dê xavinhtrach a còng a chấm {VN}"),
    ("tế<soyte@angiang.gov.vn> đã", f"tế, soyte a còng angiang chấm gov chấm {VN}, đã"),
    ("ABC@GMAIL.COM", "a bê xê a còng gmail chấm com"),
    ("v1.2.3", "vê một chấm hai chấm ba"),
    ("2001:db8::1", "hai không không một hai chấm dê bê tám hai chấm hai chấm một"),
    (
        "00:1A:2B:3C:4D:5E",
        "không không hai chấm một a hai chấm hai bê hai chấm ba xê hai chấm bốn dê hai chấm năm e",
    ),
    ("lỗi 0x8007", "lỗi không ích xì tám không không bảy"),
    ("TED.com", "tê e dê chấm com"),
    ("user_2024_dev", "user gạch dưới hai không hai bốn gạch dưới dev"),
]
KEEPS = [
    "v.v.",
    "TP.HCM",
    "PGS.TS",
    "a @ b",
    "1.200",
    "hết.Về",
    "đi/về",
    "ThS.BS",
    "@",
    "25.3.2023",
    "a_",
    "5:20:35",
    "1:2:3",
    "tỷ lệ 1:2:3:4",
    "v.1",
    "ca:ba",
    "0x5",
    "xã_hội",
]


@pytest.mark.parametrize(("written", "said"), CHANGES)
def test_changes(written: str, said: str) -> None:
    assert tidy(show(read_web(written))) == said


@pytest.mark.parametrize("written", KEEPS)
def test_keeps(written: str) -> None:
    assert read_web(written) == written


def test_what_is_said_as_a_word_is_hidden_from_other_rules() -> None:
    assert not any(
        char.isascii() and char.isalpha() for char in read_web("https://soyte.gov.com").replace(" chấm ", "")
    )
