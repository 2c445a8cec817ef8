"""What was read before is not read again, and never passes for something else."""

from pathlib import Path

import pytest
from places import PACKAGE

from truyenthanh.reading import ReadingStyle
from truyenthanh.reading.tables import TABLES
from truyenthanh.script import reading_cache as readings
from truyenthanh.script.reading_cache import ReadingCache, defined, reader_of

TEXT = "Ngày 25/3/2023 họp. Có 5 điểm."
OTHER = "Năm 2024, có 17 xã."


def never() -> ReadingStyle:
    raise AssertionError("this was read before")


def written_down(store: Path, *texts: str, way: object = "north") -> None:
    table = ReadingCache(store)
    reader = table.reader(way, ReadingStyle)
    for text in texts:
        reader(text)
    table.save()


def table_file(store: Path) -> Path:
    (file,) = store.glob("readings/sentences-*.json")
    return file


def test_a_paragraph_is_read_once(tmp_path: Path) -> None:
    written_down(tmp_path, TEXT)
    assert ReadingCache(tmp_path).reader("north", never)(TEXT) == reader_of(ReadingStyle())(TEXT)


def test_nothing_is_loaded_where_nothing_is_new(tmp_path: Path) -> None:
    written_down(tmp_path, TEXT)
    before = table_file(tmp_path).stat().st_mtime_ns
    again = ReadingCache(tmp_path)
    again.reader("north", never)(TEXT)
    again.save()
    assert table_file(tmp_path).stat().st_mtime_ns == before


@pytest.mark.parametrize("way", [("south",), ["north", "lexicon"], None])
def test_another_way_of_reading_has_a_table_of_its_own(tmp_path: Path, way: object) -> None:
    written_down(tmp_path, TEXT)
    with pytest.raises(AssertionError, match="read before"):
        ReadingCache(tmp_path).reader(way, never)(TEXT)


@pytest.mark.parametrize("place", [0, 40, 70, 90, -2])
def test_a_damaged_table_is_made_anew(tmp_path: Path, place: int) -> None:
    written_down(tmp_path, TEXT)
    body = bytearray(table_file(tmp_path).read_bytes())
    body[place] ^= 1
    table_file(tmp_path).write_bytes(body)
    with pytest.raises(AssertionError, match="read before"):
        ReadingCache(tmp_path).reader("north", never)(TEXT)
    written_down(tmp_path, TEXT)
    ReadingCache(tmp_path).reader("north", never)(TEXT)


@pytest.mark.parametrize("length", [0, 1, 64, 65, 100])
def test_a_table_cut_short_is_made_anew(tmp_path: Path, length: int) -> None:
    written_down(tmp_path, TEXT)
    table_file(tmp_path).write_bytes(table_file(tmp_path).read_bytes()[:length])
    with pytest.raises(AssertionError, match="read before"):
        ReadingCache(tmp_path).reader("north", never)(TEXT)


def test_what_another_station_reads_stays_and_what_nobody_reads_goes(tmp_path: Path) -> None:
    written_down(tmp_path, TEXT)
    written_down(tmp_path, OTHER)
    ReadingCache(tmp_path).reader("north", never)(TEXT)
    for number in range(3):
        written_down(tmp_path, *(f"Câu {number} {letter}." for letter in "abc"))
    with pytest.raises(AssertionError, match="read before"):
        ReadingCache(tmp_path).reader("north", never)(TEXT)


def test_abbreviations_are_those_of_every_text_the_first_of_two_meant(tmp_path: Path) -> None:
    texts = ["Ngân hàng Nhà nước (NHNN) họp.", "Không có gì.", "Nhà hàng Ngon nhất (NHNN) mở."]
    fresh = ReadingCache(tmp_path).defined_in(texts)
    assert [(one.written, one.spoken) for one in fresh] == [("NHNN", "Ngân hàng Nhà nước")]
    table = ReadingCache(tmp_path)
    table.defined_in(texts)
    table.save()
    assert ReadingCache(tmp_path).defined_in(texts) == fresh == defined(texts[0])


def test_code_of_another_version_reads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written_down(tmp_path, TEXT)
    monkeypatch.setattr(readings, "CODE", (*readings.CODE, "script.document_wording"))
    with pytest.raises(AssertionError, match="read before"):
        ReadingCache(tmp_path).reader("north", never)(TEXT)


def test_a_word_table_belongs_to_what_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written_down(tmp_path, TEXT)
    files = [path for folder in readings.DATA for path in (PACKAGE / folder).iterdir()]
    assert {f"{table.name}.tsv" for table in TABLES.values()} <= {path.name for path in files}
    monkeypatch.setattr(readings, "DATA", ("reading/tables", "feed/fonts"))
    with pytest.raises(AssertionError, match="read before"):
        ReadingCache(tmp_path).reader("north", never)(TEXT)
