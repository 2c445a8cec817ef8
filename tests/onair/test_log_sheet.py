"""A log sheet however a spreadsheet saved it: the same airings, or every wrong row by its number."""

import csv
import io
import random
import unicodedata
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from aired import sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from test_spreadsheet_cells import day_styles, hour_styles

from truyenthanh.errors import LogError
from truyenthanh.onair.log_sheet import Airing, Programme, Sheet, airings_of
from truyenthanh.onair.log_table import read_table
from truyenthanh.packing import sheets
from truyenthanh.packing.programme_items import Item
from truyenthanh.packing.sheets import COLUMNS

TONES = "\u0300\u0301\u0303\u0309\u0323"
TODAY = date(2023, 6, 1)
EPISODES = ("thu-01", "thu-02", "thu-03")
LENGTHS = {(name, "loa"): 60 + at for at, name in enumerate(EPISODES)}
PROGRAMME = Programme("xa-mot", "Đài xã Một", EPISODES, LENGTHS)
ROW = {
    "ngay": "2023-04-03",
    "gio": "05:00",
    "dai": "xa-mot",
    "tap": "thu-01",
    "tep": "01-thu-01-loa.mp3",
    "so_giay": "61",
    "da_phat": "x",
    "gio_phat": "",
    "nguoi_phat": "Đỗ Thị Hậu",
    "ghi_chu": "trời mưa, loa số 2 hỏng",
}
AIRED = Airing(
    date(2023, 4, 3), time(5), time(5), "thu-01", ROW["tep"], 60, ROW["nguoi_phat"], ROW["ghi_chu"]
)
SECOND = {**ROW, "gio": "17:00", "tap": "thu-02", "tep": "02-thu-02-loa.mp3", "gio_phat": "17:05"}


def written(
    rows: list[dict[str, str]],
    separator: str = ";",
    encoding: str = "utf-8-sig",
    columns: tuple[str, ...] = COLUMNS,
    heading: tuple[str, ...] = (),
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(heading or columns)
    writer.writerows([[row[name] for name in columns] for row in rows])
    return text.getvalue().encode(encoding)


def read(data: bytes, programme: Programme = PROGRAMME) -> Sheet:
    return airings_of(read_table(data, "NHAT-KY.csv"), "NHAT-KY.csv", programme, TODAY)


def in_code_page(text: str) -> bytes:
    """Return a text in cp1258, which has the letters of Vietnamese and their tones one after the other."""

    def letter(char: str) -> str:
        apart = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in apart if mark in TONES)
        return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES)) + tones

    return "".join(map(letter, text)).encode("cp1258")


def airings(data: bytes) -> list[Airing]:
    found = read(data)
    assert found.faults == ()
    return [one for _, one in found.airings]


def read_or_refused(data: bytes) -> Sheet | None:
    """Return what a sheet says; None where it is refused in words."""
    try:
        return read(data)
    except LogError as error:
        return None if str(error) else pytest.fail(error.key)


def fault(**changes: str) -> str:
    """Return what is said of a sheet whose third row is changed."""
    found = read(written([SECOND, {**ROW, **changes}]))
    assert [number for number, _ in found.airings] == [2]
    assert len(found.faults) == 1
    assert str(found.faults[0]).startswith("NHAT-KY.csv, hàng 3")
    return found.faults[0].key


# ---------------------------------------------------------------- what a spreadsheet saves


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_separator_in_any_encoding_gives_the_same(separator: str, encoding: str) -> None:
    assert airings(written([ROW], separator, encoding)) == [AIRED]


def test_the_code_page_of_vietnam_is_read_and_so_is_that_of_the_west() -> None:
    text = written([{**ROW, "da_phat": "có"}, SECOND], encoding="utf-8").decode()
    found = read(in_code_page(text))
    assert [one.by for _, one in found.airings] == [ROW["nguoi_phat"]] * 2
    assert found.airings[0][1] == AIRED
    west = {**ROW, "nguoi_phat": "lòng", "ghi_chu": "ñ", "da_phat": "có"}
    assert airings(written([west], encoding="cp1252"))[0].by == "lòng"


def test_heading_in_another_order_in_capitals_in_words_and_after_a_title_is_found() -> None:
    columns = tuple(reversed(COLUMNS))
    heading = ("GHI CHÚ", "Người phát", "GIO_PHAT", "Đã phát", "so_giay", "Tệp", "TAP", "đài", "Giờ", "Ngày")
    data = written([ROW], columns=columns, heading=heading)
    assert airings(data) == [AIRED]
    assert airings(b"sep=;\r\n" + data.removeprefix(b"\xef\xbb\xbf")) == [AIRED]
    wrong = written([{**ROW, "tap": "thu-09"}], encoding="utf-8")
    assert [one.facts["row"] for one in read(b"sep=;\r\n" + wrong).faults] == [2]
    titled = "Nhật ký tuần 1\n\n".encode() + wrong
    assert [one.facts["row"] for one in read(titled).faults] == [4]


def test_empty_rows_and_separators_too_many_are_nothing() -> None:
    body = written([ROW], encoding="utf-8").decode().replace("\r\n", ";;;\r\n")
    assert airings((body + ";;;;;;\r\n\r\n  ; \r\n").encode()) == [AIRED]


@given(st.data())
@settings(max_examples=150)
def test_what_is_taken_is_what_was_in_the_sheet(data: st.DataObject) -> None:
    """Rows in any style, order, encoding: day, hour and episode of each come back, or the row is named."""
    rng = data.draw(st.randoms(use_true_random=False))
    rows, wanted = [], []
    for _ in range(rng.randint(1, 6)):
        day = date.fromordinal(rng.randint(date(2023, 1, 1).toordinal(), TODAY.toordinal()))
        minute = rng.randint(1, 1439)
        style, hour_style = (
            rng.choice(list(day_styles(day).items())),
            rng.choice([*hour_styles(minute, day).items()]),
        )
        episode = rng.choice(EPISODES)
        rows.append({**ROW, "ngay": style[1], "gio": hour_style[1], "tap": episode, "tep": ""})
        wanted.append((day, time(*divmod(minute, 60)), episode))
    columns = list(COLUMNS)
    rng.shuffle(columns)
    encoding = rng.choice(["utf-8", "utf-8-sig", "utf-16"])
    found = read(written(rows, rng.choice(";,\t"), encoding, tuple(columns)))
    wrong = {one.facts["row"]: one.key for one in found.faults}
    assert set(wrong.values()) <= {"airlog.month_first", "airlog.bad_hour"}
    taken = {number: (one.day, one.aired, one.episode) for number, one in found.airings}
    assert {*taken, *wrong} == set(range(2, 2 + len(rows)))
    assert all(wanted[number - 2] == said for number, said in taken.items())


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    found = read_or_refused(data)
    assert found is None or all(str(one) for one in found.faults)


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_a_damaged_sheet_is_refused_or_says_only_what_it_could(seed: int, changes: int) -> None:
    """Bytes of a good sheet are changed: still no traceback, and no episode or station out of nothing."""
    rng = random.Random(seed)
    data = bytearray(written([ROW, SECOND]))
    for _ in range(changes):
        data[rng.randrange(len(data))] = rng.choice([*b';,"\t\r\n0123456789:/=x', rng.randrange(256)])
    found = read_or_refused(bytes(data))
    for _, one in found.airings if found else ():
        assert one.aired is None or one.day <= TODAY
        assert one.episode in EPISODES or one.episode in one.file
        assert one.seconds > 0


@given(st.lists(st.lists(st.text(max_size=12) | st.sampled_from([*ROW.values()]), max_size=12), max_size=6))
def test_no_rows_break_the_reader(lines: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([list(COLUMNS), *lines])
    found = read_or_refused(text.getvalue().encode("utf-8", "replace"))
    for _, one in found.airings if found else ():
        assert one.day.isoformat() == "2023-04-03"
        assert one.aired in (None, time(5))


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"ngay": "3/4"}, "airlog.bad_day"),
        ({"ngay": "2023-06-02"}, "airlog.to_come"),
        ({"gio": "25:00"}, "airlog.bad_hour"),
        ({"gio": ""}, "airlog.bad_hour"),
        ({"gio_phat": "5"}, ""),
        ({"gio_phat": "5,5"}, "airlog.bad_hour"),
        ({"gio_phat": "23:30"}, "airlog.far_apart"),
        ({"da_phat": "c?"}, "airlog.bad_mark"),
        ({"da_phat": "", "gio_phat": "05:02"}, "airlog.hour_without_mark"),
        ({"dai": "xa-hai"}, "airlog.other_station"),
        ({"tap": ""}, "airlog.no_episode"),
        ({"tap": "thu-09", "so_giay": "80"}, "airlog.unknown_episode"),
        ({"tap": "thu-09", "tep": "09-thu-09-loa.mp3", "so_giay": ""}, "airlog.unknown_episode"),
        ({"tap": "thu-09", "tep": "loa/09-thu-09-loa.mp3", "so_giay": "80"}, ""),
        ({"tep": "02-thu-02-loa.mp3"}, "airlog.other_file"),
        ({"tep": "phien-2023-04-03-0500-loa.mp3"}, ""),
        ({"dai": "ĐÀI XÃ MỘT"}, ""),
        ({"tap": "THU-01"}, ""),
        ({"ghi_chu": "=HYPERLINK(1)"}, ""),
    ],
)
def test_a_wrong_row_is_named_and_a_right_one_is_not(changes: dict[str, str], key: str) -> None:
    if key:
        assert fault(**changes) == key
    else:
        assert len(airings(written([SECOND, {**ROW, **changes}]))) == 2


def test_cells_outside_the_columns_tell_that_others_may_have_moved() -> None:
    row = ";".join(ROW.values())
    found = read(sheet(row, row + ";thừa", row.replace("Đỗ Thị Hậu", "Đỗ; Hậu")))
    assert [(one.key, one.facts["row"]) for one in found.faults] == [
        ("airlog.stray_cell", 3),
        ("airlog.stray_cell", 4),
    ]


def test_american_days_are_refused_all_of_them() -> None:
    rows = [{**ROW, "ngay": day} for day in ("4/3/2023", "4/13/2023", "2023-04-14")]
    found = read(written(rows))
    assert [one.key for one in found.faults] == ["airlog.month_first", "airlog.bad_day"]
    assert [number for number, _ in found.airings] == [4]


# ---------------------------------------------------------------- what was not aired


def test_an_unmarked_row_was_missed_if_a_later_one_was_aired_and_is_to_come_if_not() -> None:
    def row(day: str, mark: str) -> dict[str, str]:
        return {**ROW, "ngay": day, "da_phat": mark}

    days = [("2023-04-03", "x"), ("2023-04-04", ""), ("2023-04-05", "x"), ("2023-04-06", ""), ("", "")]
    found = read(written([row(*one) for one in days]))
    assert [(number, one.aired) for number, one in found.airings] == [(2, time(5)), (3, None), (4, time(5))]
    assert found.pending == 2


def test_the_length_is_the_published_one_else_that_of_the_sheet() -> None:
    lengths = {("thu-01", "loa"): 60, ("thu-01", "phat-thanh"): 62}
    known = Programme("xa-mot", "", EPISODES, lengths)
    for file, seconds in (("a-thu-01-loa.mp3", 60), ("thu-01-phat-thanh.wav", 62), ("", 60)):
        found = read(written([{**ROW, "tep": file, "so_giay": "99"}]), known)
        assert [one.seconds for _, one in found.airings] == [seconds]
    gone = Programme("xa-mot", "", EPISODES, {})
    assert [one.seconds for _, one in read(written([{**ROW, "so_giay": "99,4"}]), gone).airings] == [99]
    assert read(written([{**ROW, "so_giay": "1e9"}]), gone).faults[0].key == "airlog.no_length"


# ---------------------------------------------------------------- the sheet of a pack


def test_the_sheet_of_a_pack_comes_back_as_it_was_filled_in() -> None:
    item = Item("thu-02", 2, "Trồng cây", "", "", 1, 61.248, -13.5, "", "")
    planned = sheets.Airing(datetime(2023, 4, 3, 5, 1, 7), "02-thu-02-loa.mp3", item)
    unplanned = replace(planned, starts=None)
    blank = sheets.log_sheet("xa-mot", [planned, unplanned]).decode()
    first, second, third, _ = blank.split("\r\n")
    filled = [
        second.removesuffix(";;;") + "x;;Hậu;",
        third.replace(";;xa", "2023-04-03;;xa").removesuffix(";;;") + "x;5h30;;",
    ]
    said = airings("\r\n".join([first, *filled]).encode())
    assert [(one.planned, one.aired, one.episode, one.by) for one in said] == [
        (time(5, 1), time(5, 1), "thu-02", "Hậu"),
        (time(5, 30), time(5, 30), "thu-02", ""),
    ]
    untouched = read(blank.encode())
    assert (untouched.airings, untouched.faults, untouched.pending) == ((), (), 2)
