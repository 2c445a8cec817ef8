"""All rules together: on the wording of the repository, and on what no rule understands."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truyenthanh.content import read_project
from truyenthanh.reading import RULES, spoken, unread
from truyenthanh.reading.clauses import clauses
from truyenthanh.script import as_read, sentences

PROJECT = read_project(Path(__file__).parents[2])
SENTENCES = sorted(
    {
        sentence
        for series in PROJECT.series.values()
        for document in series.documents
        for point in (as_read(point, series, document) for point in series.points)
        for text in (point.title, *(line for passage in point.passages for line in passage.paragraphs))
        for sentence in sentences(text)
    }
)

WHOLE = [
    ("trước ngày 30/3/2023./.", "trước ngày ba mươi tháng ba năm hai nghìn không trăm hai mươi ba."),
    ("chỉ trả 60-70 ngàn mỗi tháng", "chỉ trả sáu mươi đến bảy mươi ngàn mỗi tháng"),
    ("ít khi dùng hết 20% công suất", "ít khi dùng hết hai mươi phần trăm công suất"),
    ("sang công nghệ thông tin +", "sang công nghệ thông tin cộng"),
    ("“UBND tỉnh” (qua Sở TT&TT)", "Ủy ban nhân dân tỉnh qua Sở Thông tin và Truyền thông"),
    ("tăng 10 - 20%", "tăng mười đến hai mươi phần trăm"),
    ("tăng 20%-30%", "tăng hai mươi phần trăm đến ba mươi phần trăm"),
    ("Điểm thứ 4.", "Điểm thứ tư."),
    ("tổ chức chính trị-xã hội", "tổ chức chính trị xã hội"),
]


@pytest.mark.parametrize(("written", "said"), WHOLE)
def test_written_is_said(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a/b",
            "1/1",
            "30/3",
            "24/7",
            "32/1/2023",
            "1/3/2023-5/3/2023",
            "413/STTTT",
            "A4",
            "24h",
            "COVID-19",
        ),
        *("1.2.3", "12.34", "-5", "x²", "½", "①", "★", "€", "a_b", "→", "#", "'", "1/2023/BC"),
    ],
)
def test_what_no_rule_understands_is_told(piece: str) -> None:
    assert unread(spoken(f"Có {piece} ở đây."))


def test_a_quarter_is_not_read_as_a_month() -> None:
    assert unread(spoken("quý 1/2023")) == ("1/2023",)


@pytest.mark.parametrize("text", ["", "Xin chào.", "một, hai; ba: bốn? năm!", "Wi fi", "đường"])
def test_plain_words_are_understood(text: str) -> None:
    assert unread(text) == ()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_official_wording_is_read_whole(sentence: str) -> None:
    said = spoken(sentence)
    assert unread(said) == ()
    assert not any(char.isdigit() for char in said)
    assert spoken(said) == said


def test_only_what_needs_reading_changes() -> None:
    changed = [sentence for sentence in SENTENCES if spoken(sentence) != sentence]
    assert all(any(char.isdigit() or char in "+“”" for char in sentence) for sentence in changed)
    assert 3 <= len(changed) <= 6


VIETNAMESE = st.text(alphabet="aăâđeêếệ ộớ0123456789.,;:/-–%+&()“”… \u0301\u200b\u00a0", max_size=40)


@settings(max_examples=300, deadline=None)
@given(text=VIETNAMESE)
def test_what_is_understood_has_letters_and_marks_only(text: str) -> None:
    said = spoken(text)
    if not unread(said):
        assert all(char.isalpha() or char in " .,;:?!" for char in said)
        assert unread(spoken(said)) == ()


@settings(max_examples=200, deadline=None)
@given(text=VIETNAMESE)
def test_every_rule_takes_any_text(text: str) -> None:
    for rule in RULES:
        assert isinstance(rule(text), str)


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.text(alphabet="abêđ,.;", min_size=1, max_size=12), min_size=1),
    limit=st.integers(12, 60),
)
def test_clauses_keep_every_word_and_the_limit(words: list[str], limit: int) -> None:
    sentence = " ".join(words)
    pieces = clauses(sentence, limit)
    assert " ".join(pieces) == sentence
    assert all(len(piece) <= limit for piece in pieces)


@pytest.mark.parametrize(
    ("sentence", "limit", "pieces"),
    [
        ("một, hai ba.", None, ("một, hai ba.",)),
        ("một, hai ba.", 100, ("một, hai ba.",)),
        ("một hai, ba bốn.", 10, ("một hai,", "ba bốn.")),
        ("một hai ba bốn", 8, ("một hai", "ba bốn")),
        ("a, b, c d e f.", 5, ("a, b,", "c d e", "f.")),
    ],
)
def test_clauses_are_cut_at_marks_first(sentence: str, limit: int | None, pieces: tuple[str, ...]) -> None:
    assert clauses(sentence, limit) == pieces
