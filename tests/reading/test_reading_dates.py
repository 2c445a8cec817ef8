"""Dates: the two tables, and every day of a year."""

from datetime import date, timedelta

import pytest

from truyenthanh.reading.dates import month_name, read_dates, read_months

YEAR_2023 = "năm hai nghìn không trăm hai mươi ba"

CHANGES = [
    (read_dates, "25/3/2023", f"hai mươi lăm tháng ba {YEAR_2023}"),
    (read_dates, "25-3-2023", f"hai mươi lăm tháng ba {YEAR_2023}"),
    (read_dates, "ngày 03/04/2023.", f"ngày ba tháng tư {YEAR_2023}."),
    (read_dates, "30/3/2023./.", f"ba mươi tháng ba {YEAR_2023}./."),
    (read_dates, "1/1/1999", "một tháng một năm một nghìn chín trăm chín mươi chín"),
    (read_months, "3/2023", f"tháng ba {YEAR_2023}"),
    (read_months, "tháng 4/2023", f"tháng tư {YEAR_2023}"),
    (read_months, "Tháng 12/2023,", f"Tháng mười hai {YEAR_2023},"),
    (read_months, "tháng 4", "tháng tư"),
    (read_months, "Tháng 04.", "Tháng tư."),
]
KEEPS = [
    *((read_dates, text) for text in ("32/1/2023", "15/13/2023", "25/3-2023", "1/2/3", "25/3", "25/3/20235")),
    *((read_dates, text) for text in ("A25/3/2023", "1/25/3/2023", "25/3/2023/BC", "25/3/0999")),
    *((read_months, text) for text in ("13/2023", "3/20235", "0/2023", "25/3/2023", "3/2023/QĐ", "x3/2023")),
    *(
        (read_months, text)
        for text in ("tháng tư", "tháng 13", "tháng 4,5", "tháng 4-5", "tháng 4.5", "quý 1/2023")
    ),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: object, written: str, said: str) -> None:
    assert callable(rule)
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: object, written: str) -> None:
    assert callable(rule)
    assert rule(written) == written


def test_only_the_fourth_month_has_a_name_of_its_own() -> None:
    names = [month_name(month) for month in range(1, 13)]
    assert names[3] == "tư"
    assert names[:3] + names[4:] == [
        *("một", "hai", "ba", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"),
    ]


def test_every_day_of_a_year_is_said_in_words_of_its_own() -> None:
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    for pattern in ("{0.day}/{0.month}/{0.year}", "{0.day:02}-{0.month:02}-{0.year}"):
        said = {read_dates(pattern.format(day)) for day in days}
        assert len(said) == 366
        assert not any(char.isdigit() for text in said for char in text)
