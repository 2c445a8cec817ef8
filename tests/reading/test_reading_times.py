"""Times: the two tables, and every minute of a day."""

from collections.abc import Callable

import pytest

from truyenthanh.reading.times import read_round_the_clock, read_times

Rule = Callable[[str], str]

CHANGES = [
    (read_times, "17h30", "17 giờ 30 phút"),
    (read_times, "14g30", "14 giờ 30 phút"),
    (read_times, "05g00", "5 giờ"),
    (read_times, "17h30p, 17h30' và 9h30ph", "17 giờ 30 phút, 17 giờ 30 phút và 9 giờ 30 phút"),
    (read_times, "06:45", "6 giờ 45 phút"),
    (read_times, "5:20:35", "5 giờ 20 phút 35 giây"),
    (read_times, "12:00:00", "12 giờ"),
    (read_times, "03:00:03", "3 giờ 3 giây"),
    (read_times, "10:20 phút", "10 giờ 20 phút"),
    (read_times, "8h05", "8 giờ 5 phút"),
    (read_times, "8h", "8 giờ"),
    (read_times, "8 h.", "8 giờ."),
    (read_times, "7g sáng", "7 giờ sáng"),
    (read_times, "7h - 11h30", "7 giờ đến 11 giờ 30 phút"),
    (read_times, "13h30-17h", "13 giờ 30 phút đến 17 giờ"),
    (read_times, "9:00-10:00", "9 giờ đến 10 giờ"),
    (read_times, "7-9h", "7 đến 9 giờ"),
    (read_times, "7-9 giờ", "7 đến 9 giờ"),
    (read_times, "8 giờ 00", "8 giờ"),
    (read_times, "8 giờ 05 phút", "8 giờ 5 phút"),
    (read_times, "20p", "20 phút"),
    (read_times, "30s", "30 giây"),
    (read_times, "3p20s", "3 phút 20 giây"),
    (read_times, "7h5 và 7h5p", "7 giờ 5 phút và 7 giờ 5 phút"),
    (read_times, "1h20p30s", "1 giờ 20 phút 30 giây"),
    (read_times, "1h30m", "1 giờ 30 phút"),
    (read_times, "3m20s", "3 phút 20 giây"),
    (read_times, "10'30''", "10 phút 30 giây"),
    (read_times, "10'30", "10 phút 30 giây"),
    (read_times, "30-45p", "30 đến 45 phút"),
    (read_times, "5s - 10s", "5 giây đến 10 giây"),
    (read_times, "8:00 am", "8 giờ sáng"),
    (read_times, "11h30 AM", "11 giờ 30 phút trưa"),
    (read_times, "12:00 PM", "12 giờ trưa"),
    (read_times, "12:30 AM", "12 giờ 30 phút đêm"),
    (read_times, "4pm", "4 giờ chiều"),
    (read_times, "5:00 PM", "5 giờ chiều"),
    (read_times, "6:00 PM", "6 giờ tối"),
    (read_times, "10pm", "10 giờ tối"),
    (read_times, "10am", "10 giờ sáng"),
    (read_times, "11am", "11 giờ trưa"),
    (read_times, "8:30 p.m. hôm qua", "8 giờ 30 phút tối hôm qua"),
    (read_times, "11:15pm", "11 giờ 15 phút đêm"),
    (read_times, "màn hình 27'", "màn hình 27 inch"),
    (read_times, "hết 30'", "hết 30 phút"),
    (read_round_the_clock, "trực 24/7", "trực 24 trên 7"),
    (read_round_the_clock, "24/24h", "24 trên 24"),
    (read_round_the_clock, "lúc 7h/20/10", "lúc 7 giờ ngày 20/10"),
]
KEEPS = [
    *(
        (read_times, text)
        for text in ("25:10", "7:5", "10:60", "1:2:3", "x7h", "7hx", "17 giờ", "h", "5:205")
    ),
    *((read_times, text) for text in ("100g", "9g", "giờ 10", "8 giờ 30 phút", "2001:0db8", "phút 1'")),
    *(
        (read_times, text)
        for text in ("8 am thờ", "13pm", "'lớp 5'", "('tổ 12')", "5''", "7g5", "phút thứ 45'")
    ),
    *((read_round_the_clock, text) for text in ("24/8", "124/7", "24/75", "7h30")),
]


@pytest.mark.parametrize(("rule", "written", "said"), CHANGES)
def test_changes(rule: Rule, written: str, said: str) -> None:
    assert rule(written) == said


@pytest.mark.parametrize(("rule", "written"), KEEPS)
def test_keeps(rule: Rule, written: str) -> None:
    assert rule(written) == written


@pytest.mark.parametrize("pattern", ["{:02}:{:02}", "{}h{:02}", "{}g{:02}", "{:02}h{:02}'"])
def test_every_minute_of_a_day(pattern: str) -> None:
    for minute in range(24 * 60):
        hour, rest = divmod(minute, 60)
        said = f"{hour} giờ {rest} phút" if rest else f"{hour} giờ"
        assert read_times(pattern.format(hour, rest)) == said
