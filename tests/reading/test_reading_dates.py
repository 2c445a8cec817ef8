"""Dates: the two tables, and every day of a year."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from truyenthanh.reading.dates import (
    month_number,
    read_dates,
    read_months,
    read_short_dates,
    read_short_names,
    read_stamps,
)

Rule = Callable[[str], str]

CHANGES = [
    (read_dates, "25/3/2023", "ngày 25 tháng 3 năm 2023"),
    (read_dates, "đợt 1/1 - 31/12/2023", "đợt ngày 1/1 đến ngày 31 tháng 12 năm 2023"),
    (read_dates, "từ 01/2023-06/2024", "từ 01/2023 đến 06/2024"),
    (read_dates, "tuần 47/2025", "tuần 47 năm 2025"),
    (read_dates, "25-3-2023", "ngày 25 tháng 3 năm 2023"),
    (read_dates, "10.05.2000", "ngày 10 tháng 5 năm 2000"),
    (read_dates, "ngày 03/04/2023.", "ngày 3 tháng 4 năm 2023."),
    (read_dates, "hết Ngày 31-12-2025", "hết Ngày 31 tháng 12 năm 2025"),
    (read_dates, "trước 30/3/2023./.", "trước ngày 30 tháng 3 năm 2023./."),
    (read_dates, "ngày /3/2023", "ngày tháng 3 năm 2023"),
    (read_dates, "từ ngày 15-20/10", "từ ngày 15 đến ngày 20 tháng 10"),
    (read_dates, "27-28/02/2000", "ngày 27 đến ngày 28 tháng 2 năm 2000"),
    (read_dates, "ngày 20/11 - 25/11/2025", "ngày 20/11 đến ngày 25 tháng 11 năm 2025"),
    (read_short_names, "sáng T7, T2 đến T6", "sáng thứ 7, thứ 2 đến thứ 6"),
    (read_months, "tỷ lệ 1/500 và 1/2000", "tỷ lệ 1 phần 500 và 1 phần 2000"),
    (read_short_dates, "ngày 14/4", "ngày 14 tháng 4"),
    (read_short_dates, "lễ 30/4, 1/5", "lễ ngày 30 tháng 4, ngày 1 tháng 5"),
    (read_short_dates, "20/11", "ngày 20 tháng 11"),
    (read_short_dates, "01/12", "ngày 1 tháng 12"),
    (read_short_dates, "đường 30/4", "đường 30 tháng 4"),
    (read_short_dates, "ngày 27.02", "ngày 27 tháng 2"),
    (read_short_dates, "hôm 17-7", "hôm 17 tháng 7"),
    (read_short_dates, "hết 31-10.", "hết ngày 31 tháng 10."),
    (read_short_dates, "từ 3/9 đến 5/9", "từ ngày 3 tháng 9 đến ngày 5 tháng 9"),
    (read_short_dates, "ngày 02-9", "ngày 2 tháng 9"),
    (read_short_dates, "8-3; 20-11", "ngày 8 tháng 3; ngày 20 tháng 11"),
    (read_short_dates, "ngày 5, 6 và 7/9", "ngày 5, 6 và 7 tháng 9"),
    (read_short_names, "T3/2025, Q3/2025", "tháng 3/2025, quý 3/2025"),
    (read_short_names, "T2-T6, T2-CN", "thứ 2-thứ 6, thứ 2-Chủ nhật"),
    (read_months, "3/2023", "tháng 3 năm 2023"),
    (read_months, "tháng 4/2023", "tháng tư năm 2023"),
    (read_months, "Tháng 12/2023,", "Tháng 12 năm 2023,"),
    (read_months, "tháng 12 2023", "tháng 12 năm 2023"),
    (read_months, "02-2000 và 02.2000", "tháng 2 năm 2000 và tháng 2 năm 2000"),
    (read_months, "02-03/2000", "tháng 2 đến tháng 3 năm 2000"),
    (read_months, "tháng 10-12/2025", "tháng 10 đến tháng 12 năm 2025"),
    (read_months, "tháng 4", "tháng tư"),
    (read_months, "Tháng 04.", "Tháng tư."),
    (read_months, "quý 1/2023", "quý 1 năm 2023"),
    (read_months, "quý III/2025", "quý 3 năm 2025"),
    (read_months, "Quý IV", "Quý tư"),
    (read_months, "quý I - II/2025", "quý 1 đến quý 2 năm 2025"),
    (read_stamps, "2024-10-21", "ngày 21 tháng 10 năm 2024"),
    (
        read_stamps,
        "2023-03-29T11:03:45+0700",
        "ngày 29 tháng 3 năm 2023, 11 giờ 3 phút 45 giây, múi giờ cộng 7",
    ),
    (read_stamps, "2023-03-29 11:03Z", "ngày 29 tháng 3 năm 2023, 11 giờ 3 phút"),
    (
        read_stamps,
        "2023-03-29T11:03:45-05:30",
        "ngày 29 tháng 3 năm 2023, 11 giờ 3 phút 45 giây, múi giờ trừ 5 30 phút",
    ),
]
KEEPS = [
    *((read_dates, text) for text in ("32/1/2023", "15/13/2023", "25/3-2023", "1/2/3", "25/3", "25/3/20235")),
    *((read_dates, text) for text in ("A25/3/2023", "1/25/3/2023", "25/3/2023/BC", "25/3/0999", "20-15/10")),
    *(
        (read_short_dates, text)
        for text in ("1/2", "3/4 dân số", "đến 2/3 số hộ", "15/19", "23 1/5", "1/2/3")
    ),
    *((read_short_dates, text) for text in ("ngày 5-7", "từ 1-2", "từ ngày 15-20 tháng 10", "hết 5.5")),
    *((read_short_dates, text) for text in ("1-5", "20-11 hộ", "thắng 8-3", "1/5 dân số")),
    *((read_short_names, text) for text in ("T3", "A3/2025", "T13/2025", "T2-T9", "QT3/2025")),
    *((read_months, text) for text in ("13/2023", "3/20235", "0/2023", "25/3/2023", "3/2023/QĐ", "x3/2023")),
    *((read_months, text) for text in ("tháng tư", "tháng 13", "tháng 4,5", "tháng 4-5", "tháng 4.5")),
    *((read_months, text) for text in ("3-2023", "3.2023", "quý V", "quý khách", "quý 5/2023")),
    *((read_stamps, text) for text in ("2023-13-01", "2023-3", "20230-03-01", "2023-02-30T25:00")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: Rule, written: str, said: str) -> None:
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: Rule, written: str) -> None:
    assert rule(written) == written


def test_only_the_fourth_month_has_a_name_of_its_own() -> None:
    names = [month_number(f"{month:02}") for month in range(1, 13)]
    assert names == ["1", "2", "3", "tư", "5", "6", "7", "8", "9", "10", "11", "12"]


def test_every_day_of_a_year_is_said_in_words_of_its_own() -> None:
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    for pattern in (
        "{0.day}/{0.month}/{0.year}",
        "{0.day:02}-{0.month:02}-{0.year}",
        "{0.day}.{0.month}.{0.year}",
    ):
        said = [read_dates(pattern.format(day)) for day in days]
        assert said == [f"ngày {day.day} tháng {day.month} năm 2024" for day in days]
