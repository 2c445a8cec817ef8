"""What Apple, Spotify, PSP-1, the podcast namespace and players ask of a feed and the files it names.

``broken(feed, site)`` returns the names of the rules that do not hold, so that a test can ask for none of
them, or, of a feed that was broken on purpose, for the one that was meant.
"""

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from uuid import UUID, uuid5

from lxml import etree

Element = etree._Element
NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
PLAIN = re.compile(r"https://[a-z0-9.-]+/[A-Za-z0-9._/-]*([?#][A-Za-z0-9=._-]+)?")
TYPES = ["text/vtt", "application/x-subrip", "application/json", "text/html", "text/plain"]
TIME_CODE = re.compile(r"^(?:(\d+):)?(\d{1,2}):(\d\d) (.+)$", re.MULTILINE)
Rule = Callable[["Feed"], bool]


class Feed:
    """A feed to look into, and the folder its site stands in."""

    def __init__(self, xml: bytes, site: Path) -> None:
        self.xml, self.site = xml, site
        self.rss = etree.fromstring(xml)
        self.channel = self.rss.find("channel")
        assert self.channel is not None
        self.items = self.channel.findall("item")
        self.base = text(self.channel, "link").partition("/feed/")[0] + "/"

    def file(self, url: str) -> Path:
        return self.site / re.split("[?#]", url.removeprefix(self.base))[0]

    def addresses(self) -> list[str]:
        """Every address of the station's own that a client may follow."""
        found = [attribute(one, name) for one in self.rss.iter() for name in ("url", "href", "uri")]
        found += [text(one, "link") for one in (self.channel, *self.items) if one is not None]
        return [url for url in found if url]

    def each(self, rule: Callable[[Element], bool]) -> bool:
        return all(rule(item) for item in self.items)


def text(parent: Element | None, path: str) -> str:
    return "" if parent is None else (parent.findtext(path, namespaces=NS) or "")


def attribute(element: Element | None, name: str) -> str:
    return "" if element is None else str(element.get(name) or "")


def of(parent: Element | None, path: str, name: str) -> str:
    return "" if parent is None else attribute(parent.find(path, NS), name)


def one(parent: Element | None, path: str) -> bool:
    return parent is not None and len(parent.findall(path, NS)) == 1


def moment(written: str) -> datetime | None:
    """Return an RFC 2822 date that says its offset and names its own weekday."""
    try:
        when = parsedate_to_datetime(written)
    except ValueError:
        return None
    return when if when.tzinfo and format_datetime(when) == written else None


def chapters_of(feed: Feed, item: Element) -> list[tuple[float, str]]:
    file = feed.file(of(item, "podcast:chapters", "url"))
    whole = json.loads(file.read_bytes())
    assert whole["version"] == "1.2.0"
    return [(chapter["startTime"], chapter["title"]) for chapter in whole["chapters"]]


def podlove_of(item: Element) -> list[tuple[float, str]]:
    marks = item.findall("psc:chapters/psc:chapter", NS)
    return [(seconds(attribute(mark, "start")), attribute(mark, "title")) for mark in marks]


def seconds(stamp: str) -> float:
    hours, minutes, rest = stamp.split(":")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(rest), 3)


def codes_of(item: Element) -> list[tuple[int, str]]:
    found = TIME_CODE.findall(text(item, "description"))
    return [(int(h or 0) * 3600 + int(m) * 60 + int(s), title) for h, m, s, title in found]


def same_chapters(feed: Feed, item: Element) -> bool:
    said = chapters_of(feed, item)
    times = [start for start, _ in said]
    codes = codes_of(item)
    return (
        times == sorted(set(times))
        and times[0] == 0
        and podlove_of(item) == said
        and [start for start, _ in codes] == [int(start) for start in times]
        and all(title.startswith(code.rstrip("…")) for (_, code), (_, title) in zip(codes, said, strict=True))
    )


def transcripts(feed: Feed, item: Element) -> bool:
    named = item.findall("podcast:transcript", NS)
    language = text(feed.channel, "language")
    return [attribute(file, "type") for file in named] == TYPES and all(
        attribute(file, "language") == language for file in named
    )


def captions(feed: Feed, item: Element) -> bool:
    files = {
        attribute(t, "type"): feed.file(attribute(t, "url")) for t in item.findall("podcast:transcript", NS)
    }
    vtt, srt = (files[kind].read_text(encoding="utf-8") for kind in TYPES[:2])
    said = json.loads(files["application/json"].read_bytes())
    words = {
        "".join(body.split()) for body in (" ".join(s["body"] for s in said["segments"]), cue_words(srt))
    }
    return (
        vtt.startswith("WEBVTT\n\n")
        and all(len(line) <= 65 for line in vtt.splitlines())
        and all(len(line) <= 32 for line in cue_words(srt).splitlines())
        and len(words) == 1
        and [s["startTime"] for s in said["segments"]] == sorted(s["startTime"] for s in said["segments"])
    )


def cue_words(srt: str) -> str:
    return re.sub(r"(?m)^\d+\n[\d:,]{12} --> [\d:,]{12}\n", "", srt)


def readable(item: Element) -> bool:
    try:
        whole = etree.fromstring(f"<body>{text(item, 'content:encoded')}</body>")
    except etree.XMLSyntaxError:
        return False
    return len(whole) > 0 and {str(part.tag) for part in whole.iter()} <= {"body", "p", "ul", "li", "h3"}


def numbers(feed: Feed) -> bool:
    found = [(text(item, "itunes:season"), text(item, "itunes:episode")) for item in feed.items]
    return len(set(found)) == len(found) and all(re.fullmatch(r"[1-9]\d*", n) for pair in found for n in pair)


def newest_first(feed: Feed) -> bool:
    dates = [moment(text(item, "pubDate")) for item in feed.items]
    known = [date for date in dates if date is not None]
    numbered = [int(text(item, "itunes:episode") or 0) for item in feed.items]
    return known == sorted(known, reverse=True) and numbered == sorted(numbered, reverse=True)


def dated(feed: Feed) -> bool:
    built = moment(text(feed.channel, "lastBuildDate"))
    dates = [moment(text(item, "pubDate")) for item in feed.items]
    return built is not None and all(date is not None and date <= built for date in dates)


def guids(feed: Feed) -> bool:
    own = text(feed.channel, "podcast:guid")
    found = {
        text(item, "guid"): text(item, "link").rpartition("/")[2].removesuffix(".html") for item in feed.items
    }
    return len(found) == len(feed.items) and all(
        str(uuid5(UUID(own), name)) == g for g, name in found.items()
    )


def versions(feed: Feed) -> bool:
    return feed.each(
        lambda item: (
            of(item, "enclosure", "url").partition("?v=")[2]
            == hashlib.sha256(feed.file(of(item, "enclosure", "url")).read_bytes()).hexdigest()[:8]
        )
    )


def low_data(feed: Feed) -> bool:
    """Whether a smaller file, where one is offered, is there with its size and its version."""

    def holds(item: Element) -> bool:
        offered = item.find("podcast:alternateEnclosure", NS)
        if offered is None:
            return True
        uri = of(offered, "podcast:source", "uri")
        file = feed.file(uri).read_bytes()
        return (
            attribute(offered, "type") == "audio/mpeg"
            and attribute(offered, "length") == str(len(file))
            and uri.partition("?v=")[2] == hashlib.sha256(file).hexdigest()[:8]
            and len(file) < int(of(item, "enclosure", "length"))
        )

    return feed.each(holds)


def is_uuid(written: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", written))


def sized(feed: Feed) -> bool:
    return feed.each(
        lambda item: (
            feed.file(of(item, "enclosure", "url")).stat().st_size
            == int(of(item, "enclosure", "length") or 0)
        )
    )


def escaped(feed: Feed) -> bool:
    """Whether no text would be taken for markup by a client that unescapes titles once more."""
    names = [text(item, "title") for item in feed.items] + [text(feed.channel, "title")]
    return all(html.unescape(name) == name and not set("<>") & set(name) for name in names)


RULES: dict[str, Rule] = {
    "version": lambda f: f.rss.get("version") == "2.0",
    "nfc": lambda f: unicodedata.is_normalized("NFC", f.xml.decode()),
    "title": lambda f: bool(text(f.channel, "title")) and f.each(lambda i: bool(text(i, "title"))),
    "escaped": escaped,
    "language": lambda f: bool(re.fullmatch("[a-z]{2}(-[A-Z]{2})?", text(f.channel, "language"))),
    "description": lambda f: all(
        0 < len(text(part, "description").encode()) <= 4000 for part in (f.channel, *f.items)
    ),
    "link": lambda f: text(f.channel, "link").endswith("/index.html"),
    "self": lambda f: (
        [attribute(a, "rel") for a in f.rss.findall("channel/atom:link", NS)] == ["self"]
        and f.file(of(f.channel, "atom:link", "href")).name == "feed.xml"
    ),
    "category": lambda f: bool(of(f.channel, "itunes:category", "text")),
    "explicit": lambda f: all(text(part, "itunes:explicit") == "false" for part in (f.channel, *f.items)),
    "image": lambda f: bool(
        re.search(r"/cover-[0-9a-f]{8}\.(jpg|png)$", of(f.channel, "itunes:image", "href"))
    ),
    "author": lambda f: bool(text(f.channel, "itunes:author")),
    "owner": lambda f: "@" in text(f.channel, "itunes:owner/itunes:email"),
    "serial": lambda f: text(f.channel, "itunes:type") == "serial",
    "show guid": lambda f: one(f.channel, "podcast:guid") and is_uuid(text(f.channel, "podcast:guid")),
    "locked": lambda f: (
        text(f.channel, "podcast:locked") == "yes" and "@" in of(f.channel, "podcast:locked", "owner")
    ),
    "medium": lambda f: text(f.channel, "podcast:medium") == "podcast",
    "person": lambda f: 0 < len(text(f.channel, "podcast:person")) <= 128,
    "license": lambda f: 0 < len(text(f.channel, "podcast:license")) <= 128,
    "ai": lambda f: (
        [(of(f.channel, "podcast:txt", "purpose"), text(f.channel, "podcast:txt"))]
        == [("ai-content", "true")]
    ),
    "frequency": lambda f: bool(
        re.fullmatch(
            r"FREQ=(HOURLY|DAILY|WEEKLY)(;INTERVAL=\d+)?", of(f.channel, "podcast:updateFrequency", "rrule")
        )
    ),
    "items": lambda f: len(f.items) > 0,
    "order": newest_first,
    "date": dated,
    "guid": guids,
    "permalink": lambda f: f.each(lambda i: of(i, "guid", "isPermaLink") == "false"),
    "enclosure": lambda f: f.each(lambda i: one(i, "enclosure")),
    "enclosure type": lambda f: f.each(lambda i: of(i, "enclosure", "type") == "audio/mpeg"),
    "enclosure unique": lambda f: len({of(i, "enclosure", "url") for i in f.items}) == len(f.items),
    "length": sized,
    "corrected": versions,
    "low data": low_data,
    "duration": lambda f: f.each(lambda i: bool(re.fullmatch(r"[1-9]\d*", text(i, "itunes:duration")))),
    "numbers": numbers,
    "full": lambda f: f.each(lambda i: text(i, "itunes:episodeType") == "full"),
    "plain address": lambda f: all(PLAIN.fullmatch(url) for url in f.addresses()),
    "there": lambda f: all(f.file(url).is_file() for url in f.addresses() if url.startswith(f.base)),
    "content": lambda f: f.each(readable),
    "transcripts": lambda f: f.each(lambda i: transcripts(f, i)),
    "captions": lambda f: f.each(lambda i: captions(f, i)),
    "chapters type": lambda f: f.each(
        lambda i: of(i, "podcast:chapters", "type") == "application/json+chapters"
    ),
    "chapters": lambda f: f.each(lambda i: same_chapters(f, i)),
}


def broken(xml: bytes, site: Path) -> list[str]:
    """Return the rules that a feed breaks; one that cannot even be looked at is broken too."""
    try:
        feed = Feed(xml, site)
    except etree.XMLSyntaxError:
        return ["well-formed"]
    return [name for name, rule in RULES.items() if not _holds(rule, feed)]


def _holds(rule: Rule, feed: Feed) -> bool:
    try:
        return rule(feed)
    except (OSError, ValueError, KeyError, IndexError, AssertionError):
        return False
