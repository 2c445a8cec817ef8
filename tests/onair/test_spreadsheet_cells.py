"""What a cell says after a spreadsheet: what is read, what is refused, and never anything else."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truyenthanh.onair import spreadsheet_cells as cells
from truyenthanh.packing.spreadsheet import FORMULA, as_text

DAY = date(2023, 4, 3)
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
MINUTES = st.integers(0, 24 * 60 - 1)
EXCEL_ZERO = date(1899, 12, 30)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day_styles(day: date) -> dict[str, str]:
    """Return a day as spreadsheets and people write it."""
    d, m, y = day.day, day.month, day.year
    return {
        "iso": day.isoformat(),
        "Vietnam": f"{d:02}/{m:02}/{y}",
        "short": f"{d}/{m}/{y % 100:02}",
        "dashes": f"{d}-{m}-{y}",
        "dots": f"{d}.{m}.{y}",
        "serial": str((day - EXCEL_ZERO).days),
        "serial with a fraction": f"{(day - EXCEL_ZERO).days},0",
        "slashes, year first": f"{y}/{m:02}/{d:02}",
        "with midnight": f"{day.isoformat()} 00:00:00",
        "words": f"ngày {d} tháng {m} năm {y}",
        "month's name": f"{d:02}-{MONTHS[m - 1]}-{y % 100:02}",
        "Thg": f"{d:02}-Thg{m}-{y}",
        "as text": f"'{day.isoformat()}",
        "as a formula": f'="{day.isoformat()}"',
    }


def hour_styles(minute: int, day: date = DAY) -> dict[str, str]:
    """Return an hour as spreadsheets and people write it."""
    h, m = divmod(minute, 60)
    fraction = minute / 1440
    styles = {
        "plain": f"{h:02}:{m:02}",
        "no zero": f"{h}:{m:02}",
        "seconds": f"{h:02}:{m:02}:00",
        "h": f"{h}h{m:02}" if m else f"{h}h",
        "g": f"{h}g{m:02}" if m else f"{h}g",
        "giờ": f"{h} giờ {m:02} phút" if m else f"{h} giờ",
        "fraction, comma": f"{fraction:.7f}".replace(".", ","),
        "fraction, point": f"{fraction:.15f}",
        "short fraction": f"{fraction:.4f}",
        "English": f"{h % 12 or 12}:{m:02}:00 {'AM' if h < 12 else 'PM'}",
        "Vietnamese": f"{h % 12 or 12}:{m:02} {'SA' if h < 12 else 'CH'}",
        "on no day": f"1900-01-00 {h:02}:{m:02}:00",
        "on its day": f"{day.day:02}/{day.month:02}/{day.year} {h}:{m:02}",
        "ISO": f"{day.isoformat()}T{h:02}:{m:02}:00",
        "serial": f"{(day - EXCEL_ZERO).days + fraction:.7f}".replace(".", ","),
        "as text": f"'{h:02}:{m:02}",
    }
    return {name: text for name, text in styles.items() if minute or "fraction" not in name}


@given(DAYS)
def test_every_way_of_writing_a_day_gives_that_day(day: date) -> None:
    for style, text in day_styles(day).items():
        assert cells.day(cells.plain(text)) == day, style


@given(DAYS, MINUTES)
def test_every_way_of_writing_an_hour_gives_that_hour(day: date, minute: int) -> None:
    for style, text in hour_styles(minute, day).items():
        found = cells.clock(cells.plain(text), day)
        if style == "short fraction" and found is None:  # 0,1250 says so; 0,0003 does not
            continue
        assert found == time(*divmod(minute, 60)), (style, text)


@pytest.mark.parametrize(
    "text",
    "31/4/2023 4/13/2023 2023-13-01 1/2 23-04-03 3/4 1/1/1899 3/4/2019 2023-04-03x 99999 4503 "
    "2023-04-03,5 ngày 0/0/2023 ２０２３-04-03 ²/4/2023 45019,5 03-Foo-23 3-4/2023 20230403".split(),
)
def test_what_is_no_day_or_might_be_two_is_refused(text: str) -> None:
    assert cells.day(text) is None


@pytest.mark.parametrize(
    "text",
    "25:00 5:60 5:5 5: :30 0 24 5,30 0,2 0,208 1,0 0,0 -5:00 5:00:61 13:00PM 0:30SA 05.00 0500 45020,2083333 "
    "2023-04-04T05:00 5h5 x ５:00 1e-1 2,08E-01".split(),
)
def test_what_is_no_hour_or_might_be_two_is_refused(text: str) -> None:
    assert cells.clock(text, DAY) is None


@pytest.mark.parametrize(("text", "minute"), [("5", 300), ("17", 1020), ("0,25", 360), ("0.875", 1260)])
def test_short_hours_are_read_where_they_mean_one_thing(text: str, minute: int) -> None:
    assert cells.clock(text, DAY) == time(*divmod(minute, 60))


@given(st.text(max_size=24) | st.from_regex(r"[0-9:/., hgAPM'=-]{0,16}", fullmatch=True))
def test_no_text_breaks_a_reader(text: str) -> None:
    plain = cells.plain(text)
    assert cells.plain(as_text(plain)) == plain
    assert not as_text(plain).startswith(FORMULA)
    found, hour = cells.day(plain), cells.clock(plain, DAY)
    assert found is None or found.year in cells.YEARS
    assert hour is None or hour.second == 0
    assert cells.is_marked(plain) in (True, False, None)
    assert 0 < (cells.whole_seconds(plain) or 1) <= cells.LONGEST_S


@pytest.mark.parametrize(
    ("said", "is_marked"),
    [
        *((text, True) for text in "x X có Có CÓ co 1 ✓ rồi TRUE đúng v".split()),
        ("đã phát", True),
        ("co\u0301", True),
        *((text, False) for text in "0 không KHÔNG chưa FALSE -".split()),
        ("", False),
        *((text, None) for text in "c? 2 xx hỏng 05:00".split()),
    ],
)
def test_a_mark_says_yes_or_no_or_is_asked_about(said: str, is_marked: bool | None) -> None:
    assert cells.is_marked(cells.plain(said)) is is_marked


@pytest.mark.parametrize(
    ("days", "is_month_first"),
    [
        (["3/4/2023", "4/4/2023", "5/4/2023"], False),
        (["4/3/2023", "4/4/2023", "4/5/2023"], True),
        (["4/3/2023", "4/13/2023"], True),
        (["03/04/2023", "03/05/2023"], False),
        (["3/4/2023"], False),
        (["28/4/2023", "1/5/2023"], False),
        (["2023-04-03", "45019"], False),
        ([], False),
    ],
)
def test_days_that_american_settings_wrote_are_noticed(days: list[str], is_month_first: bool) -> None:
    assert cells.is_month_first(days) is is_month_first


@given(st.dates(date(2023, 1, 1), date(2024, 12, 1)), st.integers(2, 14))
def test_some_days_in_a_row_are_never_taken_month_first(first: date, count: int) -> None:
    """An American Excel's 4/3, 4/4, 4/5 are refused; the same days of a Vietnamese one are not."""
    days = [first + timedelta(at) for at in range(count)]
    assert not cells.is_month_first([f"{one.day}/{one.month}/{one.year}" for one in days])
    american = [f"{one.month}/{one.day}/{one.year}" for one in days]
    wrong = [cells.day(text) for text in american] != days
    assert cells.is_month_first(american) or not wrong


def test_a_length_is_whole_seconds_or_nothing() -> None:
    read = cells.whole_seconds
    assert [read(text) for text in ("125", "125,4", "125.6", "0", "", "-3", "123456", "2:05")] == [
        *(125, 125, 126),
        *(None for _ in range(5)),
    ]


def test_what_begins_like_a_formula_is_written_as_text() -> None:
    for text in ("=1+1", "+84", "-", "@x", "'=x", "＝1"):
        assert as_text(text) == f"'{text}"
    assert as_text("bình thường") == "bình thường"
    assert datetime.combine(DAY, cells.clock("0,2083", DAY) or time()) == datetime(2023, 4, 3, 5)
