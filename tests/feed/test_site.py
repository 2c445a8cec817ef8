"""The page: everything a listener or an operator needs, well formed, nothing from elsewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from feed_programme import COVER, DOCUMENT, EPISODES, OMNIBUS, POINT, SERIES, STATION, lay_out, told
from hypothesis import given, settings
from hypothesis import strategies as st

from truyenthanh.feed.site import write_page
from truyenthanh.feed.wording import one_line
from truyenthanh.model import Document, PublishedEpisode, Station

VOID = {"meta", "link", "img", "br", "hr", "input"}
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """What stands on a page: elements with their attributes and the text they hold."""

    def __init__(self, markup: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes, list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(markup.decode())
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        held: list[str] = []
        self.elements.append((tag, dict(attrs), held))
        if tag not in VOID:
            self._open.append((tag, held))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        for _, held in self._open:
            held.append(data)

    def all(self, tag: str) -> list[tuple[Attributes, str]]:
        return [
            (attrs, " ".join("".join(held).split())) for name, attrs, held in self.elements if name == tag
        ]

    def texts(self, tag: str) -> list[str]:
        return [text for _, text in self.all(tag)]


def page(*episodes: PublishedEpisode, station: Station = STATION, document: Document = DOCUMENT) -> Page:
    return Page(write_page(station, SERIES, document, episodes or EPISODES, COVER))


def test_the_page_is_vietnamese_with_one_heading_and_landmarks() -> None:
    shown = page()
    assert shown.all("html")[0][0] == {"lang": "vi"}
    assert shown.texts("h1") == [STATION.feed.title]
    assert shown.texts("title") == [STATION.feed.title]
    assert f"Chuyên mục: {SERIES.title}." in shown.texts("main")[0]
    for landmark in ("header", "main", "nav", "footer"):
        assert len(shown.all(landmark)) == 1, landmark
    levels = [int(tag[1]) for tag, _, _ in shown.elements if re.fullmatch("h[1-6]", tag)]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_ids_are_unique_and_every_inner_link_has_its_target() -> None:
    shown = page()
    ids = [attrs["id"] for _, attrs, _ in shown.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    wanted = [href[1:] for attrs, _ in shown.all("a") if (href := attrs["href"] or "").startswith("#")]
    wanted += [str(attrs["aria-labelledby"]) for _, attrs, _ in shown.elements if "aria-labelledby" in attrs]
    assert set(wanted) <= set(ids)
    skip, _ = shown.all("a")[0]
    assert skip == {"class": "skip", "href": "#cac-so"}


def test_every_link_to_a_file_leads_to_one(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    shown = Page((folder / "index.html").read_bytes())
    names = [attrs.get("href") or attrs.get("src") for tag, attrs, _ in shown.elements if tag != "html"]
    relative = [name for name in names if name and not re.match("https:|mailto:|data:|#", name)]
    assert len(relative) >= 14
    for name in relative:
        assert (folder / name.partition("#")[0]).is_file(), name


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs() -> None:
    shown = page()
    assert not shown.all("script")
    loaded = [attrs.get("src") for _, attrs, _ in shown.elements if "src" in attrs]
    loaded += [attrs.get("href") for attrs, _ in shown.all("link")]
    assert not [name for name in loaded if name and name.startswith(("http", "//"))]
    assert not re.findall(r"url\(|@import", write_page(STATION, SERIES, DOCUMENT, EPISODES, COVER).decode())


def test_an_episode_has_player_chapters_files_and_text() -> None:
    shown = page(POINT)
    (attrs, article), *more = shown.all("article")
    assert not more
    assert attrs["id"] == "hai-diem-01"
    assert shown.texts("h3") == ["Số 1. Từ máy tính riêng lẻ sang “đám mây”"]
    assert "Thứ Hai, 3/4/2023, 05:00 · 42 giây" in article
    player, _ = shown.all("audio")[0]
    assert player["src"] == "../../audio/xa-thu/podcast/hai-diem-01-podcast.mp3"
    assert player["preload"] == "none"
    assert "controls" in player
    for mark in ("0:00 Mở đầu", "0:12 Công nghệ thông tin", "0:24 Chuyển đổi số", "0:36 Lời kết"):
        assert mark in article
    assert "Tải bản Podcast/điện thoại (MP3, 0,5 MB)" in article
    assert "Tải bản Phát thanh FM (WAV, 8,1 MB)" in article
    assert "Tải bản Loa truyền thanh (MP3, 0,7 MB)" in article
    assert len([link for link, _ in shown.all("a") if "download" in link]) == 3
    (text,) = shown.texts("details")
    assert all(said.text in text for said in POINT.sentences)


def test_a_station_offers_its_own_masters_only() -> None:
    shown = page(POINT, station=replace(STATION, masters=("loudspeaker", "podcast")))
    files = [attrs["href"] for attrs, _ in shown.all("a") if "download" in attrs]
    assert [str(name).split("/")[4] for name in files] == ["loudspeaker", "podcast"]


def test_a_master_the_page_does_not_know_is_offered_by_its_name() -> None:
    extra = replace(POINT.audio["podcast"], master="khac")
    station = replace(STATION, masters=("khac",))
    shown = page(replace(POINT, audio={"khac": extra}), station=station)
    assert "Tải bản khac (MP3, 0,5 MB)" in shown.texts("article")[0]
    assert len(shown.all("audio")) == 1


def test_an_episode_without_files_has_no_player() -> None:
    shown = page(replace(POINT, audio={}))
    assert not shown.all("audio")
    assert len(shown.all("article")) == 1


def test_a_page_without_episodes_says_so() -> None:
    shown = Page(write_page(STATION, SERIES, DOCUMENT, (), COVER))
    assert "Chưa có số nào được phát." in shown.texts("main")[0]
    assert not shown.all("nav")


def test_the_feed_can_be_found_and_copied() -> None:
    shown = page()
    alternates = [attrs for attrs, _ in shown.all("link") if attrs["rel"] == "alternate"]
    assert [(one["type"], one["href"]) for one in alternates] == [("application/rss+xml", "feed.xml")]
    assert shown.texts("code") == ["https://xa-thu.example.org/feed/xa-thu/feed.xml"]


@pytest.mark.parametrize("model_edition", [True, False])
def test_only_a_model_edition_says_so(model_edition: bool) -> None:
    station = replace(STATION, feed=replace(STATION.feed, model_edition=model_edition))
    assert ("Bản mẫu" in page(station=station).texts("main")[0]) is model_edition


@pytest.mark.parametrize("disclosure", [None, "Giọng đọc do máy tạo ra."])
def test_the_synthetic_voice_is_always_disclosed(disclosure: str | None) -> None:
    shown = page(OMNIBUS, station=replace(STATION, disclosure=disclosure))
    assert "Giọng đọc nhân tạo." in shown.texts("main")[0]


@pytest.mark.parametrize(
    ("number", "day", "month", "year", "shown_number", "shown_date"),
    [
        (None, None, 3, 2023, "để trống trong bản nhận được", "tháng 3/2023"),
        ("12/UBND", 25, 3, 2023, "12/UBND", "25/3/2023"),
        (None, None, None, 2023, "để trống trong bản nhận được", "năm 2023"),
        (None, None, None, None, "để trống trong bản nhận được", "để trống trong bản nhận được"),
    ],
)
def test_the_source_is_named_and_blanks_stay_blank(
    number: str | None,
    day: int | None,
    month: int | None,
    year: int | None,
    shown_number: str,
    shown_date: str,
) -> None:
    document = replace(DOCUMENT, number=number, day=day, month=month, year=year)
    facts = page(document=document).texts("dd")
    assert facts == [DOCUMENT.issuer, shown_number, shown_date, DOCUMENT.subject, DOCUMENT.signer]


ANY_TEXT = st.text(st.characters(max_codepoint=0x10FFFF, exclude_categories=()), max_size=60)


@settings(max_examples=60, deadline=None)
@given(title=ANY_TEXT.filter(one_line), sentence=ANY_TEXT)
def test_any_text_survives_the_page(title: str, sentence: str) -> None:
    typed = told(title, sentence, sentence)
    shown = page(typed, station=replace(STATION, feed=replace(STATION.feed, title=title)))
    assert shown.texts("h1") == [one_line(title)]
    assert shown.texts("h3") == [f"Số 1. {one_line(title)}"]
    assert shown.all("audio")[0][0]["aria-label"] == f"Nghe số 1: {one_line(title)}"
    assert one_line(sentence) in shown.texts("details")[0]


def test_eighteen_episodes_weigh_less_than_150_kilobytes() -> None:
    long_text = "Chuyển đổi số là dùng chung trên đám mây, đầu tư một chỗ, vận hành khai thác một chỗ. " * 15
    told_at_length = told("Chuyển từ máy tính riêng lẻ sang điện toán đám mây", "Theo công văn.", "")
    sentence = replace(POINT.sentences[0], text=long_text)
    episodes = [
        replace(
            told_at_length,
            episode=replace(told_at_length.episode, id=f"diem-{number:02}", number=number),
            sentences=(sentence,) * (17 if number == 18 else 1),
        )
        for number in range(1, 19)
    ]
    assert len(write_page(STATION, SERIES, DOCUMENT, episodes, COVER)) < 150_000


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "ground"),
        ("ink", "card"),
        ("soft", "ground"),
        ("soft", "card"),
        ("link", "ground"),
        ("link", "card"),
        ("on-band", "band"),
        ("on-note", "note"),
    ],
)
def test_contrast_is_at_least_wcag_aa(scheme: str, ink: str, ground: str) -> None:
    style = write_page(STATION, SERIES, DOCUMENT, EPISODES, COVER).decode()
    light, dark = re.findall(r":root \{([^}]*#[^}]*)\}", style)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))
    brighter, darker = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 4.5
