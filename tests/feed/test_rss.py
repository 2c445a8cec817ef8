"""The feed as podcast clients and directories read it, rule by rule."""

import io
import locale
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID, uuid5

import feedparser
import podcastparser
import pytest
from feed_programme import COVER, EPISODES, OMNIBUS, POINT, SERIES, STATION, lay_out, told
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from truyenthanh.errors import PublicationError
from truyenthanh.feed.rss import episode_guid, write_feed
from truyenthanh.feed.wording import clean, one_line
from truyenthanh.model import PublishedEpisode

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
}


def channel(*episodes: PublishedEpisode) -> "etree._Element":
    found = etree.fromstring(write_feed(STATION, SERIES, episodes or EPISODES, COVER)).find("channel")
    assert found is not None
    return found


def text(parent: "etree._Element", path: str) -> str:
    found = parent.findtext(path, namespaces=NAMESPACES)
    assert found is not None, path
    return found


def attributes(parent: "etree._Element", path: str) -> dict[str, str]:
    found = parent.find(path, NAMESPACES)
    assert found is not None, path
    return {str(name): str(value) for name, value in found.attrib.items()}


def test_the_channel_has_what_directories_ask_for() -> None:
    show = channel()
    assert text(show, "title") == STATION.feed.title
    assert text(show, "link") == "https://xa-thu.example.org/feed/xa-thu/index.html"
    own = {
        "rel": "self",
        "href": "https://xa-thu.example.org/feed/xa-thu/feed.xml",
        "type": "application/rss+xml",
    }
    assert attributes(show, "atom:link") == own
    image = f"https://xa-thu.example.org/feed/xa-thu/{COVER}"
    assert (text(show, "image/url"), attributes(show, "itunes:image")) == (image, {"href": image})
    assert text(show, "language") == "vi"
    assert text(show, "itunes:author") == STATION.feed.author
    assert text(show, "itunes:owner/itunes:email") == STATION.feed.owner_email
    assert text(show, "itunes:type") == "serial"
    assert text(show, "itunes:explicit") == "false"
    assert attributes(show, "itunes:category") == {"text": "Government"}


def test_the_channel_has_the_podcast_namespace() -> None:
    show = channel()
    assert text(show, "podcast:guid") == STATION.feed.guid
    assert text(show, "podcast:locked") == "yes"
    assert attributes(show, "podcast:locked") == {"owner": STATION.feed.owner_email}
    assert text(show, "podcast:medium") == "podcast"
    assert text(show, "podcast:person") == STATION.feed.author


@pytest.mark.parametrize("disclosure", [None, "Giọng đọc do máy tạo ra."])
def test_the_synthetic_voice_is_always_marked(disclosure: str | None) -> None:
    xml = write_feed(replace(STATION, disclosure=disclosure), SERIES, EPISODES, COVER)
    marks = etree.fromstring(xml).findall("channel/podcast:txt", NAMESPACES)
    assert [(mark.get("purpose"), mark.text) for mark in marks] == [("ai-content", "true")]


def test_a_subcategory_stands_inside_its_category() -> None:
    station = replace(STATION, feed=replace(STATION.feed, category="Education", subcategory="Courses"))
    show = etree.fromstring(write_feed(station, SERIES, EPISODES, COVER)).find("channel")
    assert show is not None
    assert attributes(show, "itunes:category/itunes:category") == {"text": "Courses"}


def test_an_item_has_its_own_file_to_the_byte() -> None:
    item = channel(POINT).find("item")
    assert item is not None
    assert attributes(item, "enclosure") == {
        "url": "https://xa-thu.example.org/audio/xa-thu/podcast/hai-diem-01-podcast.mp3",
        "length": "504321",
        "type": "audio/mpeg",
    }
    assert text(item, "itunes:duration") == "42"
    assert (text(item, "itunes:season"), text(item, "itunes:episode")) == ("2", "1")
    assert text(item, "itunes:episodeType") == "full"
    assert text(item, "itunes:explicit") == "false"
    assert text(item, "pubDate") == "Mon, 03 Apr 2023 05:00:00 +0700"
    assert text(item, "link").endswith("/feed/xa-thu/hai-diem-01.html")


def test_a_guid_is_the_episode_in_the_feed_and_nothing_else() -> None:
    wanted = str(uuid5(UUID(STATION.feed.guid), "hai-diem-01"))
    assert episode_guid(STATION.feed.guid, "hai-diem-01") == wanted
    corrected = told("Tên khác", "Lời khác.", "Câu khác.")
    for published in (POINT, corrected):
        item = channel(published).find("item")
        assert item is not None
        assert text(item, "guid") == wanted
        assert attributes(item, "guid") == {"isPermaLink": "false"}
    assert episode_guid(STATION.feed.guid, "hai-diem-02") != wanted


def test_an_item_names_its_transcripts_and_chapters() -> None:
    item = channel(POINT).find("item")
    assert item is not None
    base = "https://xa-thu.example.org/feed/xa-thu"
    transcripts = [
        (found.get("type"), found.get("url")) for found in item.findall("podcast:transcript", NAMESPACES)
    ]
    assert transcripts == [
        ("text/vtt", f"{base}/transcripts/hai-diem-01.vtt"),
        ("text/plain", f"{base}/transcripts/hai-diem-01.txt"),
    ]
    assert attributes(item, "podcast:chapters") == {
        "url": f"{base}/chapters/hai-diem-01.json",
        "type": "application/json+chapters",
    }
    podlove = [found.get("start") for found in item.findall("psc:chapters/psc:chapter", NAMESPACES)]
    assert podlove == ["00:00:00.000", "00:00:12.024", "00:00:24.000", "00:00:36.500"]


def test_an_episode_without_chapters_names_none() -> None:
    item = channel(replace(POINT, chapters=())).find("item")
    assert item is not None
    assert item.find("podcast:chapters", NAMESPACES) is None
    assert item.find("psc:chapters", NAMESPACES) is None


def test_the_newest_episode_comes_first_and_dates_the_feed() -> None:
    for order in ((POINT, OMNIBUS), (OMNIBUS, POINT)):
        show = channel(*order)
        titles = [text(item, "title") for item in show.findall("item")]
        assert titles == [OMNIBUS.episode.title, POINT.episode.title]
        assert text(show, "lastBuildDate") == "Tue, 04 Apr 2023 05:00:00 +0700"


def test_a_feed_without_episodes_is_dated_by_its_series() -> None:
    show = etree.fromstring(write_feed(STATION, SERIES, (), COVER)).find("channel")
    assert show is not None
    assert text(show, "lastBuildDate") == "Mon, 03 Apr 2023 05:00:00 +0700"


def test_an_episode_shorter_than_half_a_second_still_has_a_duration() -> None:
    audio = {"podcast": replace(POINT.audio["podcast"], seconds=0.3)}
    assert text(channel(replace(POINT, audio=audio)), "item/itunes:duration") == "1"


def test_an_episode_without_a_podcast_master_is_refused() -> None:
    radio_only = replace(POINT, audio={"radio": POINT.audio["radio"]})
    with pytest.raises(PublicationError, match=r"xa-thu.*hai-diem-01.*masters"):
        write_feed(STATION, SERIES, (radio_only,), COVER)


def test_a_long_description_is_cut_at_a_sentence() -> None:
    sentence = "Chuyển đổi số là dùng chung trên đám mây. "
    shown = text(channel(told("Tên", sentence * 300, "Câu.")), "item/description")
    assert 3_900 < len(shown.encode()) <= 4_000
    assert shown.endswith("đám mây.")


@pytest.fixture(params=["C", "C.UTF-8", "C.utf8", "vi_VN.UTF-8", "de_DE.UTF-8"])
def process_locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = locale.setlocale(locale.LC_ALL)
    try:
        yield locale.setlocale(locale.LC_ALL, request.param)
    except locale.Error:
        pytest.skip(f"this machine has no locale {request.param}")
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_the_process_locale_changes_nothing(process_locale: str) -> None:
    inside = write_feed(STATION, SERIES, EPISODES, COVER)
    assert locale.setlocale(locale.LC_ALL) == process_locale
    locale.setlocale(locale.LC_ALL, "C")
    assert inside == write_feed(STATION, SERIES, EPISODES, COVER)


ANY_TEXT = st.text(st.characters(max_codepoint=0x10FFFF, exclude_categories=()), max_size=60)


@settings(max_examples=60, deadline=None)
@given(title=ANY_TEXT.filter(one_line), description=ANY_TEXT.filter(lambda typed: clean(typed).strip()))
def test_any_text_survives_the_feed(title: str, description: str) -> None:
    item = channel(told(title, description, "Câu.")).find("item")
    assert item is not None
    assert text(item, "title") == one_line(title)
    assert text(item, "description") == clean(description).strip()
    chapter = item.find("psc:chapters/psc:chapter", NAMESPACES)
    assert chapter is not None
    assert chapter.get("title") == one_line(title)


@pytest.mark.parametrize("typed", ["a ]]> b", "<b>đậm</b> & “ngoặc”", "🎙️ phát thanh", "a\x00\x0b\ud800b"])
def test_awkward_text_survives_the_whole_channel(typed: str) -> None:
    data = replace(STATION.feed, title=typed, description=typed, author=typed, copyright=typed)
    xml = write_feed(replace(STATION, feed=data), SERIES, EPISODES, COVER)
    show = etree.fromstring(xml).find("channel")
    assert show is not None
    assert text(show, "title") == text(show, "itunes:author") == text(show, "copyright") == one_line(typed)
    assert text(show, "podcast:person") == text(show, "image/title") == one_line(typed)


def test_feedparser_and_gpodder_read_every_episode() -> None:
    xml = write_feed(STATION, SERIES, EPISODES, COVER)
    parsed = feedparser.parse(xml, response_headers={"content-type": "application/rss+xml; charset=utf-8"})
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == [OMNIBUS.episode.title, POINT.episode.title]
    shown = podcastparser.parse("https://xa-thu.example.org/feed/xa-thu/feed.xml", io.BytesIO(xml))
    assert (shown["type"], shown["explicit"], shown["language"]) == ("serial", False, "vi")
    in_order = sorted(shown["episodes"], key=lambda episode: episode["number"])
    assert [episode["total_time"] for episode in in_order] == [42, 3_725]
    assert [episode["enclosures"][0]["file_size"] for episode in in_order] == [504_321, 44_704_800]
    assert [len(episode["chapters"]) for episode in in_order] == [4, 2]


def test_every_address_of_the_feed_stands_on_the_site(tmp_path: Path) -> None:
    xml = (lay_out(tmp_path) / "feed.xml").read_text(encoding="utf-8")
    addresses = set(re.findall(r'"(https://xa-thu[^"]*)"|>(https://xa-thu[^<]*)<', xml))
    assert len(addresses) >= 11
    for found in addresses:
        name = "".join(found).removeprefix("https://xa-thu.example.org/").partition("#")[0]
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name)
        assert (tmp_path / name).is_file(), name
    item = etree.fromstring(xml.encode()).findall("channel/item")[-1]
    length = int(attributes(item, "enclosure")["length"])
    assert (tmp_path / POINT.audio["podcast"].path).stat().st_size == length


def test_dates_rise_with_the_episodes_numbers() -> None:
    series = [
        replace(
            POINT,
            episode=replace(
                POINT.episode,
                id=f"hai-diem-{number:02}",
                number=number,
                published=SERIES.first + SERIES.every * (number - 1),
            ),
        )
        for number in range(1, 41)
    ]
    items = channel(*series).findall("item")
    numbers = [int(text(item, "itunes:episode")) for item in items]
    dates = [parsedate_to_datetime(text(item, "pubDate")) for item in items]
    assert numbers == list(range(40, 0, -1))
    assert dates == sorted(dates, reverse=True)
    assert dates[0] - dates[-1] == timedelta(days=39)
