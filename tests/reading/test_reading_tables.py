"""The word tables: every one is clean, and what is wrong with one is seen and told with its place."""

import re
import unicodedata
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from hatchling.builders.wheel import WheelBuilder

from truyenthanh.errors import TableError
from truyenthanh.messages import LANGUAGES, use_language
from truyenthanh.reading.table_file import read_table
from truyenthanh.reading.tables import (
    FOLDER,
    TABLES,
    Currency,
    ForeignWord,
    Neighbour,
    Sense,
    SenseSpelling,
    Unit,
    rows,
)

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"\{([A-Z_]+)\}")


def file_of(record: type[NamedTuple]) -> Path:
    return FOLDER / f"{TABLES[record].name}.tsv"


# ---------------------------------------------------------------- the tables there are


@pytest.mark.parametrize("record", TABLES, ids=lambda record: TABLES[record].name)
def test_a_table_is_clean(record: type[NamedTuple]) -> None:
    content = file_of(record).read_bytes()
    assert content.endswith(b"\n")
    assert b"\r" not in content
    assert b"\t\n" not in content  # an editor that cuts spaces at the end of a line does no harm
    assert '"' not in content.decode()  # which a spreadsheet would take for quotes
    assert len(rows(record)) > 5


def test_every_file_is_a_table() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        "README.md",
        *(file_of(record).name for record in TABLES),
    }


def test_every_table_is_explained() -> None:
    explained = re.findall(r"^### `(\w+)`", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert explained == [table.name for table in TABLES.values()]


def test_a_table_is_read_once() -> None:
    assert rows(Unit) is rows(Unit)


def test_no_foreign_word_stands_twice_in_another_case() -> None:
    times = Counter(one.written.lower() for one in rows(ForeignWord))
    assert [written for written, count in times.items() if count > 1] == []


def test_the_senses_of_an_abbreviation_are_numbered() -> None:
    for abbreviation, senses in groupby(rows(Sense), key=lambda sense: sense.abbreviation):
        found = [sense.order for sense in senses]
        assert found == list(range(1, len(found) + 1)), abbreviation


def test_the_patterns_of_senses_can_be_compiled_and_name_only_what_there_is() -> None:
    patterns = {one.name: one.pattern for one in rows(Neighbour)}
    used = [pattern for sense in rows(Sense) for pattern in (sense.before, sense.after) if pattern]
    used += patterns.values()
    for pattern in used:
        re.compile(NAMED.sub("x", pattern))
    assert {name for pattern in used for name in NAMED.findall(pattern)} == patterns.keys()


def test_another_spelling_is_of_an_abbreviation_that_has_senses() -> None:
    written = {sense.abbreviation for sense in rows(Sense)}
    assert {one.abbreviation for one in rows(SenseSpelling)} <= written
    assert not {one.written for one in rows(SenseSpelling)} & written


def test_a_wheel_holds_every_table() -> None:
    held = {Path(file.distribution_path).name for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert {file_of(record).name for record in TABLES} <= held


# ---------------------------------------------------------------- what can be wrong with one

HEADING = "written\tspoken\tplace"
KG, KM, M = "kg\tki lô gam\tanywhere", "km\tki lô mét\tanywhere", "m\tmét\tanywhere"
SENSES = "abbreviation\torder\tbefore\tafter\tspoken\tfield"
CURRENCIES = "written\tspoken\tkind\thas_cents"


def written(path: Path, *lines: str, end: str = "\n") -> Path:
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode())
    return path


def refusal(path: Path, record: type[NamedTuple] = Unit, key_columns: int = 1) -> dict[str, object]:
    """Return the key and the facts of the error of reading a table."""
    with pytest.raises(TableError) as caught:
        read_table(path, record, key_columns)
    return {"key of message": caught.value.key, **caught.value.facts}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "reading" / "tables"
    folder.mkdir(parents=True)
    return folder / "units.tsv"


def wrong(key: str, line: int, /, **facts: object) -> dict[str, object]:
    return {"key of message": f"table.{key}", "file": "reading/tables/units.tsv", "line": line, **facts}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_clean_table_is_read_whatever_ends_its_lines(path: Path, end: str) -> None:
    units = read_table(written(path, HEADING, KG, KM, M, end=end), Unit)
    assert units[0] == Unit("kg", "ki lô gam", "anywhere")
    assert [unit.written for unit in units] == ["kg", "km", "m"]


def test_numbers_flags_and_what_may_be_empty_are_read_as_what_they_are(path: Path) -> None:
    written(path, SENSES, "TT\t9\t\txã\tThị trấn\tplace", "TT\t10\txã\t\tx\tplace")
    assert read_table(path, Sense, 2) == (
        Sense("TT", 9, None, "xã", "Thị trấn", "place"),
        Sense("TT", 10, "xã", None, "x", "place"),
    )


def test_text_that_is_not_utf_8_is_refused(path: Path) -> None:
    path.write_bytes(f"{HEADING}\n{KG}\n".encode() + "km\tki lô mét\tanywhere\n".encode("cp1258"))
    assert refusal(path) == wrong("not_utf8", 3)


def test_letters_that_are_not_in_nfc_are_refused(path: Path) -> None:
    written(path, HEADING, KG, unicodedata.normalize("NFD", KM))
    assert refusal(path) == wrong("not_nfc", 3)


@pytest.mark.parametrize("unseen", ["\u00a0", "\u200b", "\ufeff", "\u00ad", "\x07", "\u2028"])
def test_what_cannot_be_seen_is_refused(path: Path, unseen: str) -> None:
    assert refusal(written(path, HEADING, KG, KM.replace(" ", unseen))) == wrong("unseen", 3)


def test_a_mark_of_the_order_of_bytes_is_refused(path: Path) -> None:
    assert refusal(written(path, f"\ufeff{HEADING}", KG)) == wrong("unseen", 1)


@pytest.mark.parametrize(
    "line",
    [
        " km\tki lô mét\tanywhere",
        "km \tki lô mét\tanywhere",
        "km\t ki lô mét\tanywhere",
        "km\tki lô  mét\tanywhere",
        "km\tki lô mét\tanywhere ",
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_stray_space_is_refused(path: Path, line: str, last: bool) -> None:
    written(path, HEADING, KG, line, *([] if last else [M]))
    assert refusal(path) == wrong("stray_space", 3)


@pytest.mark.parametrize(
    "heading", ["", "written\tspoken", "written\tplace\tspoken", f"{HEADING}\tnote", "Written\tspoken\tplace"]
)
def test_another_heading_is_refused(path: Path, heading: str) -> None:
    assert refusal(written(path, heading, KG)) == wrong("heading", 1, columns="written, spoken, place")


def test_an_empty_file_has_no_heading(path: Path) -> None:
    assert refusal(written(path)) == wrong("heading", 1, columns="written, spoken, place")


@pytest.mark.parametrize(
    ("line", "found"), [("km\tki lô mét", 2), (f"{KM}\tx", 4), ("", 1), ("km ki lô mét anywhere", 1)]
)
def test_a_line_with_more_or_fewer_cells_is_refused(path: Path, line: str, found: int) -> None:
    written(path, HEADING, KG, line, M)
    assert refusal(path) == wrong("cells", 3, found=found, expected=3)


@pytest.mark.parametrize(
    ("line", "field"),
    [("\tki lô mét\tanywhere", "written"), ("km\t\tanywhere", "spoken"), ("km\tki lô mét\t", "place")],
)
def test_an_empty_cell_is_refused(path: Path, line: str, field: str) -> None:
    assert refusal(written(path, HEADING, KG, line)) == wrong("empty", 3, field=field)


def test_what_is_no_whole_number_is_refused(path: Path) -> None:
    written(path, SENSES, "TT\t1\t\txã\tx\tplace", "TT\t1,5\txã\t\tx\tplace")
    assert refusal(path, Sense, 2) == wrong("not_number", 3, field="order", value="1,5")


def test_a_value_that_is_not_of_the_set_is_refused(path: Path) -> None:
    known = "after_much, anywhere, per, touching"
    written(path, HEADING, KG, "km\tki lô mét\tsomewhere", M)
    assert refusal(path) == wrong("not_known", 3, field="place", value="somewhere", known=known)


def test_a_flag_that_is_neither_yes_nor_no_is_refused(path: Path) -> None:
    written(path, CURRENCIES, "$\tđô la\tsign\tyes", "€\tơ rô\tsign\tTRUE")
    assert refusal(path, Currency) == wrong("not_known", 3, field="has_cents", value="TRUE", known="no, yes")


@pytest.mark.parametrize(("lines", "line"), [((KG, KM, KM), 4), ((KM, KG, KM), 4)])
def test_a_key_that_stands_twice_is_refused(path: Path, lines: tuple[str, ...], line: int) -> None:
    first = lines.index(KM) + 2
    assert refusal(written(path, HEADING, *lines)) == wrong("twice", line, key="km", first=first)


def test_a_key_of_two_columns_may_share_one(path: Path) -> None:
    lines = (SENSES, "TT\t1\t\txã\tx\tplace", "TT\t2\t\txã\tx\tplace", "TT\t2\t\ttỉnh\tx\tplace")
    assert len(read_table(written(path, *lines[:3]), Sense, 2)) == 2
    assert refusal(written(path, *lines), Sense, 2) == wrong("twice", 4, key="TT 2", first=3)


def test_lines_that_are_not_sorted_are_refused(path: Path) -> None:
    assert refusal(written(path, HEADING, KG, M, KM)) == wrong("not_sorted", 4, key="km", before="m")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_names_file_line_and_column(path: Path, language: str) -> None:
    written(path, HEADING, "km\t\tanywhere")
    use_language(language)
    try:
        with pytest.raises(TableError, match=r"reading/tables/units\.tsv.* 2\b.*spoken"):
            read_table(path, Unit)
    finally:
        use_language("vi")
