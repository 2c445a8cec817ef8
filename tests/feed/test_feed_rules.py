"""The feed of a real build keeps every rule, and each way to break it is caught by the rule meant for it."""

import hashlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from feed_rules import NS, RULES, broken
from lxml import etree

Change = Callable[["etree._Element"], None]
XML = "feed/xa-mot/feed.xml"
ALTERNATE = "item/podcast:alternateEnclosure"


def feed_of(site: Path) -> bytes:
    return (site / XML).read_bytes()


def at(path: str) -> Callable[["etree._Element"], "etree._Element"]:
    """Return a function that finds the first element of a path, channel or item."""

    def found(rss: "etree._Element") -> "etree._Element":
        element = rss.find(f"channel/{path}", NS)
        assert element is not None, path
        return element

    return found


def drop(path: str) -> Change:
    def change(rss: "etree._Element") -> None:
        element = at(path)(rss)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return change


def set_text(path: str, new: str) -> Change:
    def change(rss: "etree._Element") -> None:
        element = at(path)(rss)
        assert element.text != new
        element.text = new

    return change


def set_attribute(path: str, name: str, new: str | Callable[[str], str]) -> Change:
    def change(rss: "etree._Element") -> None:
        element = at(path)(rss)
        old = str(element.get(name) or "")
        element.set(name, new if isinstance(new, str) else new(old))
        assert element.get(name) != old

    return change


def twice(path: str) -> Change:
    def change(rss: "etree._Element") -> None:
        element = at(path)(rss)
        parent = element.getparent()
        assert parent is not None
        parent.append(etree.fromstring(etree.tostring(element)))

    return change


def swap_items(rss: "etree._Element") -> None:
    first, second = rss.findall("channel/item")[:2]
    second.addnext(first)


def drop_items(rss: "etree._Element") -> None:
    for item in rss.findall("channel/item"):
        rss[0].remove(item)


def same(path: str) -> Change:
    """Give the second item what the first has."""

    def change(rss: "etree._Element") -> None:
        first, second = (item.find(path, NS) for item in rss.findall("channel/item")[:2])
        assert first is not None
        assert second is not None
        second.text = first.text
        for name, value in first.attrib.items():
            second.set(str(name), str(value))

    return change


def swap_children(path: str) -> Change:
    def change(rss: "etree._Element") -> None:
        parent = at(path)(rss)
        parent[1].addnext(parent[0])

    return change


def plus(number: str) -> str:
    return str(int(number) + 1)


# How the feed is broken, and the rule that must see it.
MUTANTS: list[tuple[str, Change, str]] = [
    *(
        (f"no {path}", drop(path), rule)
        for path, rule in {
            "title": "title",
            "description": "description",
            "link": "link",
            "language": "language",
            "atom:link": "self",
            "lastBuildDate": "date",
            "itunes:category": "category",
            "itunes:explicit": "explicit",
            "itunes:image": "image",
            "itunes:author": "author",
            "itunes:owner": "owner",
            "itunes:type": "serial",
            "podcast:guid": "show guid",
            "podcast:locked": "locked",
            "podcast:medium": "medium",
            "podcast:person": "person",
            "podcast:license": "license",
            "podcast:txt": "ai",
            "podcast:updateFrequency": "frequency",
            "item/title": "title",
            "item/description": "description",
            "item/guid": "guid",
            "item/pubDate": "date",
            "item/enclosure": "enclosure",
            "item/itunes:duration": "duration",
            "item/itunes:episode": "numbers",
            "item/itunes:season": "numbers",
            "item/itunes:episodeType": "full",
            "item/itunes:explicit": "explicit",
            "item/podcast:transcript": "transcripts",
            "item/podcast:chapters": "chapters type",
            "item/psc:chapters": "chapters",
            "item/content:encoded": "content",
        }.items()
    ),
    ("version 0.91", lambda rss: rss.set("version", "0.91"), "version"),
    ("items in the order of time", swap_items, "order"),
    ("the feed is its own page", set_text("link", "https://xa-mot.example.org/feed/xa-mot/feed.xml"), "link"),
    ("two self links", twice("atom:link"), "self"),
    ("self is another file", set_attribute("atom:link", "href", lambda old: old + ".xml"), "self"),
    ("a language by name", set_text("language", "Vietnamese"), "language"),
    ("explicit by an old word", set_text("itunes:explicit", "clean"), "explicit"),
    ("an item explicit by an old word", set_text("item/itunes:explicit", "no"), "explicit"),
    ("episodic", set_text("itunes:type", "episodic"), "serial"),
    (
        "a cover of always the same name",
        set_attribute("itunes:image", "href", "https://a.org/c.jpg"),
        "image",
    ),
    ("a description of 4,001 bytes", set_text("description", "ạ" * 1333 + "xx"), "description"),
    ("an item described in 4,001 bytes", set_text("item/description", "ạ" * 1333 + "xx"), "description"),
    ("a description in NFD", set_text("description", "Vie\u0323\u0302t Nam"), "nfc"),
    ("markup in a title", set_text("item/title", "Một <b>hai</b>"), "escaped"),
    ("an entity in a title", set_text("item/title", "Một &amp; hai"), "escaped"),
    ("a show guid that is none", set_text("podcast:guid", "xa-mot"), "show guid"),
    ("two show guids", twice("podcast:guid"), "show guid"),
    ("not locked", set_text("podcast:locked", "no"), "locked"),
    ("locked by nobody", set_attribute("podcast:locked", "owner", "-"), "locked"),
    ("music", set_text("podcast:medium", "music"), "medium"),
    ("a human voice", set_text("podcast:txt", "false"), "ai"),
    ("no purpose of the mark", set_attribute("podcast:txt", "purpose", "verify"), "ai"),
    ("a rule that is none", set_attribute("podcast:updateFrequency", "rrule", "daily"), "frequency"),
    ("a licence of 129 characters", set_text("podcast:license", "x" * 129), "license"),
    ("a date without offset", set_text("item/pubDate", "Thu, 06 Apr 2023 05:00:00"), "date"),
    ("a date as ISO 8601", set_text("item/pubDate", "2023-04-06T05:00:00+07:00"), "date"),
    ("a date in Vietnamese", set_text("item/pubDate", "T5, 06 Th4 2023 05:00:00 +0700"), "date"),
    ("the wrong weekday", set_text("item/pubDate", "Mon, 06 Apr 2023 05:00:00 +0700"), "date"),
    ("an episode newer than the feed", set_text("lastBuildDate", "Mon, 03 Apr 2023 05:00:00 +0700"), "date"),
    ("a repeated guid", same("guid"), "guid"),
    ("a guid of another episode", set_text("item/guid", "11111111-1111-5111-8111-111111111112"), "guid"),
    ("a guid said to be an address", set_attribute("item/guid", "isPermaLink", "true"), "permalink"),
    ("two enclosures", twice("item/enclosure"), "enclosure"),
    ("the wrong length", set_attribute("item/enclosure", "length", plus), "length"),
    ("no length", set_attribute("item/enclosure", "length", ""), "length"),
    (
        "the length with commas",
        set_attribute("item/enclosure", "length", lambda old: f"{int(old):,}"),
        "length",
    ),
    ("another type", set_attribute("item/enclosure", "type", "audio/mp3"), "enclosure type"),
    ("one file for two episodes", same("enclosure"), "enclosure unique"),
    (
        "an address beyond ASCII",
        set_attribute("item/enclosure", "url", lambda old: old.replace("thu", "thử")),
        "plain address",
    ),
    (
        "a space in an address",
        set_attribute("item/podcast:transcript", "url", lambda old: old + " "),
        "plain address",
    ),
    (
        "http",
        set_attribute("item/enclosure", "url", lambda old: old.replace("https", "http")),
        "plain address",
    ),
    ("a relative address", set_attribute("item/podcast:chapters", "url", "chapters/a.json"), "plain address"),
    (
        "a file that is not there",
        set_attribute("item/podcast:transcript", "url", lambda old: old + "x"),
        "there",
    ),
    (
        "a stale version",
        set_attribute("item/enclosure", "url", lambda old: old[:-8] + "00000000"),
        "corrected",
    ),
    ("no version", set_attribute("item/enclosure", "url", lambda old: old.partition("?")[0]), "corrected"),
    ("a duration with a decimal", set_text("item/itunes:duration", "12.5"), "duration"),
    ("a duration of nothing", set_text("item/itunes:duration", "0"), "duration"),
    ("episode nought", set_text("item/itunes:episode", "0"), "numbers"),
    ("a repeated number", same("itunes:episode"), "numbers"),
    ("a trailer", set_text("item/itunes:episodeType", "trailer"), "full"),
    ("content that does not close", set_text("item/content:encoded", "<p>Một"), "content"),
    ("a script in the content", set_text("item/content:encoded", "<script>x</script>"), "content"),
    (
        "an unknown type of transcript",
        set_attribute("item/podcast:transcript", "type", "application/srt"),
        "transcripts",
    ),
    ("a transcript in English", set_attribute("item/podcast:transcript", "language", "en"), "transcripts"),
    (
        "chapters of another type",
        set_attribute("item/podcast:chapters", "type", "application/json"),
        "chapters type",
    ),
    ("Podlove chapters out of order", swap_children("item/psc:chapters"), "chapters"),
    (
        "a Podlove chapter of another time",
        set_attribute("item/psc:chapters/psc:chapter", "start", "00:00:01.000"),
        "chapters",
    ),
    (
        "time codes of another time",
        set_text("item/description", "Cả ba điều.\n\n0:00 Mở đầu\n0:01 Nghe đài"),
        "chapters",
    ),
    ("no items", drop_items, "items"),
    ("a smaller file of no size", set_attribute(ALTERNATE, "length", ""), "low data"),
    ("a smaller file of another type", set_attribute(ALTERNATE, "type", "audio/aac"), "low data"),
    ("a smaller file nowhere", drop(f"{ALTERNATE}/podcast:source"), "low data"),
]


def test_the_feed_of_a_build_keeps_every_rule(site: Path) -> None:
    assert broken(feed_of(site), site) == []


@pytest.mark.parametrize(("change", "rule"), [m[1:] for m in MUTANTS], ids=[m[0] for m in MUTANTS])
def test_a_broken_feed_is_caught(site: Path, change: Change, rule: str) -> None:
    rss = etree.fromstring(feed_of(site))
    change(rss)
    assert rule in broken(etree.tostring(rss, encoding="utf-8"), site)


def test_what_is_no_xml_is_caught(site: Path) -> None:
    for old, new in ((b"</item>", b""), (b"<title>", b"<title>\x0b"), (b"<title>", b"<title>a & b")):
        assert broken(feed_of(site).replace(old, new, 1), site) == ["well-formed"]


FILES: list[tuple[str, str, str, str]] = [
    ("transcripts/thu-01.vtt", "WEBVTT\n", "WEBVTT \n", "captions"),
    ("transcripts/thu-01.vtt", ">Đài phát buổi sáng.", ">" + "a" * 66, "captions"),
    ("transcripts/thu-01.srt", "Đài phát buổi sáng.", "Đài phát buổi.", "captions"),
    ("transcripts/thu-01.srt", "Đài phát buổi sáng.", "a" * 33, "captions"),
    ("transcripts/thu-01.json", '"startTime": 2.', '"startTime": 92.', "captions"),
    ("transcripts/thu-01.json", "Đài phát buổi sáng.", "Đài phát buổi sớm.", "captions"),
    ("chapters/thu-01.json", '"version": "1.2.0"', '"version": "1.0"', "chapters"),
    ("chapters/thu-01.json", '"startTime": 0', '"startTime": 1', "chapters"),
    ("chapters/thu-01.json", "Chuyển đổi số", "Chuyển đổi", "chapters"),
]


@pytest.mark.parametrize(("name", "old", "new", "rule"), FILES)
def test_a_broken_file_beside_the_feed_is_caught(
    site: Path, tmp_path: Path, name: str, old: str, new: str, rule: str
) -> None:
    copy = shutil.copytree(site / "feed", tmp_path / "feed").parent
    (copy / "audio").symlink_to(site / "audio", target_is_directory=True)
    file = copy / "feed/xa-mot" / name
    told = file.read_text(encoding="utf-8")
    assert old in told
    file.write_text(told.replace(old, new, 1), encoding="utf-8")
    assert rule in broken(feed_of(copy), copy)


def test_every_rule_is_broken_by_some_mutant() -> None:
    assert set(RULES) - {rule for *_, rule in MUTANTS} - {rule for *_, rule in FILES} == set()


def test_a_corrected_sound_without_its_new_address_is_caught(site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site / "audio", tmp_path / "audio").parent
    shutil.copytree(site / "feed", copy / "feed")
    sound = copy / "audio/xa-mot/podcast/thu-01-podcast.mp3"
    data = bytearray(sound.read_bytes())
    data[-1] ^= 1
    sound.write_bytes(data)
    assert hashlib.sha256(data).hexdigest()[:8] not in feed_of(copy).decode()
    assert broken(feed_of(copy), copy) == ["corrected"]


def test_other_parsers_agree_that_the_feed_is_whole(site: Path) -> None:
    import feedparser
    import podcastparser

    parsed = feedparser.parse(feed_of(site), response_headers={"content-type": "application/rss+xml"})
    assert not parsed.bozo
    shown = podcastparser.parse("https://xa-mot.example.org/feed/xa-mot/feed.xml", io.BytesIO(feed_of(site)))
    assert [len(episode["chapters"]) for episode in shown["episodes"]] == [4, 4, 4, 5]
