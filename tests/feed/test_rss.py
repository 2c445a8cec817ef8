"""The feed as podcast clients and directories read it, rule by rule."""

import io
import locale
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
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
from truyenthanh.model import License, PublishedEpisode, Revision

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


def test_the_licence_is_the_stations_or_what_it_says_of_its_rights() -> None:
    def licence(given: License | None) -> tuple[str, dict[str, str]]:
        station = replace(STATION, feed=replace(STATION.feed, license=given, copyright="Quyền " * 40))
        show = etree.fromstring(write_feed(station, SERIES, EPISODES, COVER)).find("channel")
        assert show is not None
        return text(show, "podcast:license"), attributes(show, "podcast:license")

    assert licence(License("cc-by-4.0", None)) == ("cc-by-4.0", {})
    own = License("Phát lại tự do, ghi rõ nguồn", "https://xa-thu.example.org/quyen")
    assert licence(own) == ("Phát lại tự do, ghi rõ nguồn", {"url": "https://xa-thu.example.org/quyen"})
    words, where = licence(None)
    assert words.startswith("Quyền Quyền")
    assert len(words) <= 128
    assert where == {"url": "https://xa-thu.example.org/feed/xa-thu/index.html"}


@pytest.mark.parametrize(
    ("every", "words", "rrule"),
    [
        (timedelta(days=1), "Mỗi ngày một tập", "FREQ=DAILY"),
        (timedelta(days=2), "Cứ 2 ngày một tập", "FREQ=DAILY;INTERVAL=2"),
        (timedelta(weeks=1), "Mỗi tuần một tập", "FREQ=WEEKLY"),
        (timedelta(days=14), "Cứ 2 tuần một tập", "FREQ=WEEKLY;INTERVAL=2"),
        (timedelta(hours=12), "Cứ 12 giờ một tập", "FREQ=HOURLY;INTERVAL=12"),
    ],
)
def test_how_often_there_is_a_new_episode(every: timedelta, words: str, rrule: str) -> None:
    xml = write_feed(STATION, replace(SERIES, every=every), EPISODES, COVER)
    show = etree.fromstring(xml).find("channel")
    assert show is not None
    assert text(show, "podcast:updateFrequency") == words
    assert attributes(show, "podcast:updateFrequency") == {
        "rrule": rrule,
        "dtstart": "2023-04-03T05:00:00+07:00",
    }


def test_a_correction_changes_the_address_the_note_and_the_date_of_the_feed_but_no_name() -> None:
    again = replace(POINT.audio["podcast"], sha256="0123456789abcdef" * 4, bytes=504_999)
    corrected = replace(POINT, audio={**POINT.audio, "podcast": again})
    series = replace(SERIES, revisions=(Revision("01", date(2023, 5, 2), "sửa tên cơ quan"),))
    show = etree.fromstring(write_feed(STATION, series, (corrected, OMNIBUS), COVER)).find("channel")
    assert show is not None
    before, item = channel(POINT).find("item"), show.findall("item")[-1]
    assert before is not None
    for same in ("title", "link", "guid", "pubDate", "itunes:episode", "itunes:season"):
        assert text(item, same) == text(before, same)
    url, old = attributes(item, "enclosure")["url"], attributes(before, "enclosure")["url"]
    assert url.partition("?")[0] == old.partition("?")[0]
    assert url.endswith("?v=01234567")
    assert "Đã sửa ngày 2/5/2023: sửa tên cơ quan" in text(item, "description")
    assert text(show, "lastBuildDate") == "Tue, 02 May 2023 00:00:00 +0700"
    assert "Đã sửa" not in text(show.findall("item")[0], "description")


def test_what_is_said_stands_whole_in_the_content_as_html() -> None:
    typed = told("Tên", "Lời. " * 2_000, "a ]]> b <script>x</script> & “c” 🎙️")
    item = channel(typed).find("item")
    assert item is not None
    shown = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    assert shown.count("Lời.") == 2_000
    assert shown.count("<p>a ]]&gt; b &lt;script&gt;x&lt;/script&gt; &amp; “c” 🎙️") == 4
    assert "<script" not in shown


def test_a_programme_that_people_speak_is_not_marked_as_synthetic() -> None:
    xml = write_feed(STATION, SERIES, EPISODES, COVER, is_synthetic=False)
    assert etree.fromstring(xml).findall("channel/podcast:txt", NAMESPACES) == []


def test_a_smaller_file_is_offered_beside_the_usual_one() -> None:
    usual = POINT.audio["podcast"]
    path = "audio/xa-thu/lowdata/hai-diem-01-nhe.mp3"
    low = replace(usual, master="lowdata", path=path, bytes=168_000, sha256="f" * 64)
    item = channel(replace(POINT, audio={**POINT.audio, "lowdata": low})).find("item")
    assert item is not None
    assert attributes(item, "podcast:alternateEnclosure") == {
        "type": "audio/mpeg",
        "length": "168000",
        "bitrate": "32000",
        "title": "Bản nhẹ",
        "lang": "vi",
    }
    where = {"uri": f"https://xa-thu.example.org/{path}?v=ffffffff"}
    assert attributes(item, "podcast:alternateEnclosure/podcast:source") == where
    assert attributes(item, "enclosure")["url"].endswith("hai-diem-01-podcast.mp3?v=00000000")
    without = channel(POINT).find("item")
    assert without is not None
    assert without.find("podcast:alternateEnclosure", NAMESPACES) is None


def test_a_subcategory_stands_inside_its_category() -> None:
    station = replace(STATION, feed=replace(STATION.feed, category="Education", subcategory="Courses"))
    show = etree.fromstring(write_feed(station, SERIES, EPISODES, COVER)).find("channel")
    assert show is not None
    assert attributes(show, "itunes:category/itunes:category") == {"text": "Courses"}


def test_an_item_has_its_own_file_to_the_byte() -> None:
    item = channel(POINT).find("item")
    assert item is not None
    assert attributes(item, "enclosure") == {
        "url": "https://xa-thu.example.org/audio/xa-thu/podcast/hai-diem-01-podcast.mp3?v=00000000",
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
        ("application/x-subrip", f"{base}/transcripts/hai-diem-01.srt"),
        ("application/json", f"{base}/transcripts/hai-diem-01.json"),
        ("text/html", f"{base}/transcripts/hai-diem-01.html"),
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


def test_no_feed_asks_for_or_sets_the_process_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale belongs to the whole process: a thread that writes a feed must leave it alone."""

    def refused(*_: object) -> str:
        raise AssertionError("the locale was touched")

    before = write_feed(STATION, SERIES, EPISODES, COVER)
    monkeypatch.setattr(locale, "setlocale", refused)
    assert write_feed(STATION, SERIES, EPISODES, COVER) == before


WRITE = """
import locale, sys
locale.setlocale(locale.LC_ALL, "")
from feed_programme import COVER, EPISODES, SERIES, STATION
from truyenthanh.feed.rss import write_feed
sys.stdout.buffer.write(f"{locale.nl_langinfo(locale.ABDAY_2)}\\n".encode())
sys.stdout.buffer.write(write_feed(STATION, SERIES, EPISODES, COVER))
"""


@pytest.mark.parametrize("name", ["C", "vi_VN.UTF-8", "tr_TR.UTF-8"])
def test_the_same_bytes_come_out_in_any_language(name: str, tmp_path: Path) -> None:
    """In Vietnamese a Monday is "T2": a date written with the locale would show it."""
    if name != "C":
        compiler = shutil.which("localedef")
        if compiler is None:
            pytest.skip("no localedef on this machine (Debian: libc-bin) to make a Vietnamese locale")
        dates = tmp_path / "dates"  # without the order of letters, which takes a quarter of a minute
        dates.write_text(f'LC_TIME\ncopy "{name.partition(".")[0]}"\nEND LC_TIME\n')
        made = [compiler, "-c", "-i", str(dates), "-f", "UTF-8", str(tmp_path / name)]
        subprocess.run(made, capture_output=True, check=False)  # it warns of what is left out
        if not (tmp_path / name / "LC_TIME").exists():
            pytest.skip(f"no source of the locale {name} on this machine (Debian: locales)")
    paths = os.pathsep.join(sys.path)
    environment = {**os.environ, "LOCPATH": str(tmp_path), "PYTHONPATH": paths, "LANG": "C", "LC_TIME": name}
    environment.pop("LC_ALL", None)
    run = subprocess.run([sys.executable, "-c", WRITE], env=environment, capture_output=True, check=True)
    monday, _, xml = run.stdout.partition(b"\n")
    assert (monday.decode() == "Mon") == (name == "C")
    assert xml == write_feed(STATION, SERIES, EPISODES, COVER)


ANY_TEXT = st.text(st.characters(max_codepoint=0x10FFFF, exclude_categories=()), max_size=60)


@settings(max_examples=60)
@given(title=ANY_TEXT.filter(one_line), description=ANY_TEXT.filter(lambda typed: clean(typed).strip()))
def test_any_text_survives_the_feed(title: str, description: str) -> None:
    item = channel(told(title, description, "Câu.")).find("item")
    assert item is not None
    assert text(item, "title") == one_line(title)
    assert text(item, "description").startswith(clean(description).strip())
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
        name = re.split("[#?]", "".join(found).removeprefix("https://xa-thu.example.org/"))[0]
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
