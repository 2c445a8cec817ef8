"""The published feed and page led to another address: the same bytes as if they were written for it."""

from dataclasses import replace

import pytest
from feed_programme import COVER, EPISODES, FRAME, NOTES, POINT, SERIES, STATION, listed, told
from hypothesis import given, settings
from hypothesis import strategies as st

from truyenthanh.errors import PublicationError
from truyenthanh.feed.entries import Around
from truyenthanh.feed.moved import moved_feed, moved_page, read_feed
from truyenthanh.feed.rss import write_feed
from truyenthanh.feed.site import write_episode_page, write_index

HERE = "http://127.0.0.1:8017"
SITES = ("https://xa-thu.example.org", "http://xa.example.org:8080/truyen-thanh/2023", "https://a.vn/feed/x")


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("to", [HERE, "http://[::1]:9", "https://xa-thu.example.org.evil.example.org"])
def test_a_moved_feed_and_page_are_those_of_a_station_with_that_address(site: str, to: str) -> None:
    before, after = replace(STATION, site=site), replace(STATION, site=to)
    feed = write_feed(before, SERIES, EPISODES, COVER)
    assert moved_feed(feed, STATION.id, to) == write_feed(after, SERIES, EPISODES, COVER) != feed
    page, theirs = (
        write_episode_page(replace(FRAME, station=one), POINT, Around(None, None), NOTES)
        for one in (before, after)
    )
    assert moved_page(page, STATION.id, site, to) == theirs != page


def test_a_moved_index_names_its_old_address_nowhere_but_in_its_picture_and_its_apps() -> None:
    index = write_index(FRAME, [listed(one) for one in EPISODES], NOTES)
    moved = moved_page(index, STATION.id, STATION.site, HERE).decode()
    assert f"{HERE}/feed/{STATION.id}/feed.xml" in moved
    assert f"{STATION.site}/feed/" not in moved


@settings(max_examples=50)
@given(words=st.text(max_size=80), site=st.sampled_from(SITES))
def test_whatever_an_editor_writes_stays_as_it_is(words: str, site: str) -> None:
    """Also where a description is nothing but the station's own address."""
    for text in (words, f"{site}/feed/{STATION.id}/index.html", f"Xem {site}/audio/{STATION.id}/ {words}"):
        episodes = [told("Tập", text, "Câu.")]
        feed = write_feed(replace(STATION, site=site), SERIES, episodes, COVER)
        assert moved_feed(feed, STATION.id, HERE) == write_feed(
            replace(STATION, site=HERE), SERIES, episodes, COVER
        )


def test_a_feed_says_what_it_is_called_where_it_belongs_and_which_files_it_names() -> None:
    feed = read_feed(write_feed(STATION, SERIES, EPISODES, COVER), STATION.id)
    assert (feed.title, feed.site) == (STATION.feed.title, STATION.site)
    folder = f"feed/{STATION.id}"
    sounds = {one.audio["podcast"].path: one.audio["podcast"].bytes for one in EPISODES}
    assert {path: length for path, length in feed.files.items() if length is not None} == sounds
    assert {f"{folder}/feed.xml", f"{folder}/index.html", f"{folder}/{COVER}"} < set(feed.files)
    ids = [one.episode.id for one in EPISODES]
    assert {f"{folder}/transcripts/{one}.vtt" for one in ids} < set(feed.files)
    assert {f"{folder}/chapters/{one}.json" for one in ids} < set(feed.files)
    assert all("#" not in path and "?" not in path for path in feed.files)


def test_a_query_behind_an_address_is_no_part_of_the_files_name() -> None:
    path = EPISODES[0].audio["podcast"].path
    version = f"?v={EPISODES[0].audio['podcast'].sha256[:8]}"
    xml = write_feed(STATION, SERIES, EPISODES, COVER)
    again = f'<source url="{STATION.site}/{path}"/></item>'.encode()  # named twice, once with its length
    xml = xml.replace(b"</item>", again)
    assert read_feed(xml, STATION.id).files[path] == EPISODES[0].audio["podcast"].bytes
    assert f"{HERE}/{path}{version}".encode() in moved_feed(xml, STATION.id, HERE)


@pytest.mark.parametrize("damage", ["torn", "empty", "no self", "another station's"])
def test_a_damaged_feed_is_refused_with_what_to_do(damage: str) -> None:
    whole = write_feed(STATION, SERIES, EPISODES, COVER)
    damaged = {
        "torn": whole[:-9],
        "empty": b"",
        "no self": whole.replace(b'rel="self"', b'rel="next"'),
        "another station's": whole.replace(b"/xa-thu/feed.xml", b"/xa-khac/feed.xml"),
    }[damage]
    with pytest.raises(PublicationError, match="truyenthanh build --station xa-thu"):
        moved_feed(damaged, STATION.id, HERE)


def test_an_entity_of_a_feed_opens_no_file(tmp_path: object) -> None:
    whole = write_feed(STATION, SERIES, EPISODES, COVER)
    entity = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<rss'
    evil = whole.replace(b"<rss", entity, 1).replace(b"<generator>truyenthanh", b"<generator>&x;", 1)
    assert b"&x;" in moved_feed(evil, STATION.id, HERE)


def test_the_place_on_a_page_is_no_part_of_its_name() -> None:
    page = f"{STATION.site}/feed/{STATION.id}/hai-diem-01.html"
    feed = write_feed(STATION, SERIES, EPISODES, COVER)
    led = feed.replace(f"<link>{page}<".encode(), f"<link>{page}#loi<".encode(), 1)
    assert led != feed
    assert set(read_feed(led, STATION.id).files) == set(read_feed(feed, STATION.id).files)
