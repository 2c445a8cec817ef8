"""The pages: everything a listener or an operator needs, well formed, nothing from elsewhere."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from feed_programme import (
    ALONE,
    DOCUMENT,
    EPISODES,
    FRAME,
    NOTES,
    OMNIBUS,
    POINT,
    SERIES,
    STATION,
    entry,
    lay_out,
    listed,
    told,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from truyenthanh.feed.assets import assets
from truyenthanh.feed.entries import Around, Notes, Speakers
from truyenthanh.feed.site import write_episode_page, write_index
from truyenthanh.feed.structured import json_ld
from truyenthanh.feed.subscribing import apps
from truyenthanh.feed.templating import templates
from truyenthanh.feed.wording import clean, one_line
from truyenthanh.mixing.profiles import MASTERS
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


def index(*episodes: PublishedEpisode, station: Station = STATION, notes: Notes = NOTES) -> Page:
    frame = replace(FRAME, station=station)
    return Page(write_index(frame, [listed(one) for one in episodes or EPISODES], notes))


def page(
    published: PublishedEpisode = POINT,
    station: Station = STATION,
    document: Document = DOCUMENT,
    around: Around = ALONE,
    notes: Notes = NOTES,
) -> Page:
    frame = replace(FRAME, station=station, document=document)
    return Page(write_episode_page(frame, published, around, notes))


BOTH = pytest.mark.parametrize("shown", [index(), page()], ids=["index", "episode"])


# ---------------------------------------------------------------- every page


@BOTH
def test_a_page_is_vietnamese_with_one_heading_and_landmarks(shown: Page) -> None:
    assert shown.all("html")[0][0] == {"lang": "vi"}
    assert len(shown.texts("h1")) == 1
    assert STATION.feed.title in shown.texts("title")[0]
    for landmark in ("header", "main", "footer"):
        assert len(shown.all(landmark)) == 1, landmark
    levels = [int(tag[1]) for tag, _, _ in shown.elements if re.fullmatch("h[1-6]", tag)]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@BOTH
def test_ids_are_unique_and_every_inner_link_has_its_target(shown: Page) -> None:
    ids = [attrs["id"] for _, attrs, _ in shown.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    wanted = [href[1:] for attrs, _ in shown.all("a") if (href := attrs["href"] or "").startswith("#")]
    wanted += [str(attrs["aria-labelledby"]) for _, attrs, _ in shown.elements if "aria-labelledby" in attrs]
    assert set(wanted) <= set(ids)
    skip, _ = shown.all("a")[0]
    assert skip["class"] == "skip"


def test_every_link_to_a_file_leads_to_one(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    for file in ("index.html", "hai-diem-01.html", "hai-diem-toan-tap.html"):
        shown = Page((folder / file).read_bytes())
        names = [attrs.get("href") or attrs.get("src") for tag, attrs, _ in shown.elements if tag != "html"]
        relative = [name for name in names if name and not re.match("[a-z]+:|#", name)]
        assert len(relative) >= 9
        for name in relative:
            path, _, anchor = name.partition("#")
            assert (folder / path).is_file(), name
            if path.endswith(".html") and anchor:
                assert f'id="{anchor}"' in (folder / path).read_text(encoding="utf-8")


@BOTH
def test_nothing_is_loaded_from_elsewhere(shown: Page) -> None:
    loaded = [attrs.get("src") for _, attrs, _ in shown.elements if "src" in attrs]
    loaded += [attrs.get("href") for attrs, _ in shown.all("link")]
    assert len(loaded) >= 5
    assert not [name for name in loaded if name and re.match("[a-z]+:|//", name) and name != "data:,"]
    for asset in assets().values():
        if asset.name.endswith(".css"):
            assert set(re.findall(r'url\("([^"]*)', asset.data.decode())) == {
                assets()["font"].name.partition("/")[2]
            }
            assert "@import" not in asset.data.decode()


@BOTH
def test_scripts_stand_in_files_and_the_rest_is_data(shown: Page) -> None:
    (script, inline), (data, _) = shown.all("script")
    assert (script["src"], inline) == (assets()["script"].name, "")
    assert data == {"type": "application/ld+json"}
    assert not [name for _, attrs, _ in shown.elements for name in attrs if name.startswith("on")]
    assert not [attrs for _, attrs, _ in shown.elements if "style" in attrs]


def test_an_asset_is_named_by_what_it_holds() -> None:
    names = {key: asset.name for key, asset in assets().items()}
    assert re.fullmatch(r"assets/page-[0-9a-f]{8}\.css", names["style"])
    assert re.fullmatch(r"assets/player-[0-9a-f]{8}\.js", names["script"])
    assert re.fullmatch(r"assets/be-vietnam-pro-600-[0-9a-f]{8}\.woff2", names["font"])
    assert len(assets()["font"].data) <= 28_000


@BOTH
@pytest.mark.parametrize("model_edition", [True, False])
def test_only_a_model_edition_says_so(shown: Page, model_edition: bool) -> None:
    station = replace(STATION, feed=replace(STATION.feed, model_edition=model_edition))
    shown = index(station=station) if shown.all("figure") else page(station=station)
    assert ("Bản mẫu" in shown.texts("main")[0]) is model_edition


@pytest.mark.parametrize(
    ("speakers", "said", "unsaid"),
    [
        ("synthetic", "Giọng đọc nhân tạo. Lời ở đây do máy tính đọc", "người của đài"),
        ("mixed", "Giọng đọc nhân tạo. Một phần lời ở đây do máy tính đọc", "người của đài"),
        ("people", "Người thật đọc.", "nhân tạo"),
    ],
)
def test_who_speaks_is_disclosed_whatever_the_station_says_aloud(
    speakers: Speakers, said: str, unsaid: str
) -> None:
    notes, quiet = replace(NOTES, speakers=speakers), replace(STATION, disclosure=None)
    for shown in (index(station=quiet, notes=notes), page(station=quiet, notes=notes)):
        assert said in shown.texts("main")[0]
        assert unsaid not in shown.texts("main")[0]


# ---------------------------------------------------------------- the index


def test_the_index_lists_every_episode_with_what_one_needs_of_it() -> None:
    shown = index()
    assert shown.texts("h1") == [STATION.feed.title]
    assert f"Chuyên mục: {SERIES.title}." in shown.texts("main")[0]
    items = [(attrs, text) for attrs, text in shown.all("li") if "value" in attrs]
    assert [(attrs["id"], attrs["value"]) for attrs, _ in items] == [
        ("hai-diem-01", "1"),
        ("hai-diem-toan-tap", "2"),
    ]
    assert "Thứ Hai, 3/4/2023, 05:00 · 42 giây" in items[0][1]
    assert "hai-diem-01-loa.mp3" in items[0][1]  # for the list on paper
    links = [(attrs["href"], text) for attrs, text in shown.all("a")]
    assert ("hai-diem-01.html", "Số 1. Từ máy tính riêng lẻ sang “đám mây”") in links
    assert ("hai-diem-01.html#nghe", "Nghe số 1") in links
    (horn, *_) = [(attrs, text) for attrs, text in shown.all("a") if "download" in attrs]
    assert horn[0]["href"] == "../../audio/xa-thu/loudspeaker/hai-diem-01-loa.mp3"
    assert horn[1] == "Tải Bản loa của số 1, 0,7 MB"
    assert not shown.all("audio")


def test_an_episode_of_a_station_without_horns_is_listed_all_the_same() -> None:
    shown = index(replace(POINT, audio={"podcast": POINT.audio["podcast"]}))
    assert not [attrs for attrs, _ in shown.all("a") if "download" in attrs]
    assert "Nghe số 1" in shown.texts("a")


def test_an_index_without_episodes_says_so() -> None:
    shown = Page(write_index(FRAME, (), NOTES))
    assert "Chưa có số nào được phát." in shown.texts("main")[0]


FEED = "https://xa-thu.example.org/feed/xa-thu/feed.xml"


def test_the_feed_can_be_found_copied_and_handed_to_an_app() -> None:
    shown = index()
    alternates = [attrs for attrs, _ in shown.all("link") if attrs["rel"] == "alternate"]
    assert [(one["type"], one["href"]) for one in alternates] == [("application/rss+xml", "feed.xml")]
    assert [(attrs["data-copy"], text) for attrs, text in shown.all("code")] == [("địa chỉ podcast", FEED)]
    links = {text: attrs["href"] for attrs, text in shown.all("a")}
    assert links["Apple Podcasts"] == "podcast://xa-thu.example.org/feed/xa-thu/feed.xml"
    assert links["Pocket Casts"] == "pktc://subscribe/xa-thu.example.org/feed/xa-thu/feed.xml"
    quoted = "https%3A%2F%2Fxa-thu.example.org%2Ffeed%2Fxa-thu%2Ffeed.xml"
    assert links["Overcast"] == f"overcast://x-callback-url/add?url={quoted}"


def test_a_title_cannot_break_out_of_an_apps_link() -> None:
    title = 'A&title=B "x" <y> \u1ea1'
    (link,) = [app.link for app in apps(FEED, title) if app.name == "AntennaPod"]
    assert re.fullmatch(r"https://antennapod\.org/deeplink/subscribe\?url=[\w.%-]+&title=[\w.%-]+", link)


def test_the_qr_code_is_drawn_and_named() -> None:
    shown = index()
    (named,) = [attrs for attrs, _ in shown.all("div") if attrs.get("role") == "img"]
    assert named["aria-label"] == "Mã QR của https://xa-thu.example.org/feed/xa-thu/index.html"
    assert len(shown.all("svg")) == 1
    colours = {attrs.get("fill") or attrs.get("stroke") for attrs, _ in shown.all("path")}
    assert colours == {"#fff", "#000"}  # black on white in the dark too


def test_every_master_has_a_name_and_a_purpose_on_the_pages() -> None:
    words = templates("truyenthanh.feed").get_template("words.html.j2").module
    purposes: dict[str, tuple[str, str, str]] = words.purposes  # type: ignore[attr-defined]
    assert set(purposes) == set(MASTERS)
    assert all(all(texts) for texts in purposes.values())


# ---------------------------------------------------------------- an episode's page


def test_an_episode_has_player_chapters_and_text() -> None:
    shown = page()
    assert shown.texts("h1") == ["Số 1. Từ máy tính riêng lẻ sang “đám mây”"]
    assert "Thứ Hai, 3/4/2023, 05:00 · 42 giây" in shown.texts("main")[0]
    player, _ = shown.all("audio")[0]
    assert player["src"] == "../../audio/xa-thu/podcast/hai-diem-01-podcast.mp3"
    assert player["preload"] == "none"
    assert "controls" in player
    marks = [
        (attrs["data-from"], attrs["href"], text) for attrs, text in shown.all("a") if "data-from" in attrs
    ]
    assert marks[0] == ("0", f"{player['src']}#t=0", "0:00 Mở đầu")
    assert marks[1] == ("12024", f"{player['src']}#t=12.024", "0:12 Công nghệ thông tin")
    assert len(marks) == 4
    (controls,) = [attrs for attrs, _ in shown.all("div") if attrs.get("class") == "controls"]
    assert "hidden" in controls  # the script shows what only it can do


def test_every_sentence_stands_once_with_its_time() -> None:
    said = [
        (attrs["data-from"], attrs["data-to"], text)
        for attrs, text in page().all("span")
        if attrs.get("class") == "said"
    ]
    assert said == [(str(one.start_ms), str(one.end_ms), one_line(one.text)) for one in POINT.sentences]


def test_each_file_says_what_it_is_for_how_loud_it_is_and_its_sha256() -> None:
    shown = page()
    text = shown.texts("main")[0]
    assert "Để phát qua cụm loa ngoài trời" in text
    assert "−19,0 LUFS, RMS −20,0 dBFS, đỉnh −1,5 dBTP" in text
    digests = [(attrs, text) for attrs, text in shown.all("code") if attrs.get("class") == "digest"]
    assert [(attrs["title"], text) for attrs, text in digests] == [(f"sha256: {'0' * 64}", "0" * 64)] * 3
    files = [(attrs["href"], text) for attrs, text in shown.all("a") if "download" in attrs]
    assert [text for _, text in files] == [
        "Tải bản podcast (MP3, 0,5 MB)",
        "Tải bản phát thanh (WAV, 8,1 MB)",
        "Tải bản loa (MP3, 0,7 MB)",
    ]


def test_a_station_offers_its_own_masters_only() -> None:
    shown = page(station=replace(STATION, masters=("loudspeaker", "podcast")))
    files = [attrs["href"] for attrs, _ in shown.all("a") if "download" in attrs]
    assert [str(name).split("/")[4] for name in files] == ["loudspeaker", "podcast"]


def test_a_master_the_page_does_not_know_is_offered_by_its_name() -> None:
    extra = replace(POINT.audio["podcast"], master="khac")
    shown = page(replace(POINT, audio={"khac": extra}), station=replace(STATION, masters=("khac",)))
    assert "Tải bản khac (MP3, 0,5 MB)" in shown.texts("a")


def test_an_episode_without_files_has_no_player() -> None:
    shown = page(replace(POINT, audio={}))
    assert not shown.all("audio")
    assert POINT.sentences[0].text in shown.texts("main")[0]


def test_an_episode_leads_to_the_index_and_to_its_neighbours() -> None:
    shown = page(around=Around(None, entry(OMNIBUS)))
    links = [(attrs["href"], attrs.get("rel")) for attrs, _ in shown.all("a")]
    assert ("index.html", None) in links
    assert ("hai-diem-toan-tap.html", "next") in links
    assert not [rel for _, rel in links if rel == "prev"]
    assert not page().all("nav")


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
    facts = page(replace(POINT, audio={}), document=document).texts("dd")
    assert facts == [DOCUMENT.issuer, shown_number, shown_date, DOCUMENT.subject, DOCUMENT.signer]


def test_typing_errors_are_listed_where_there_are_any() -> None:
    assert "“chuyển đối số” đọc là “chuyển đổi số” (lỗi gõ dấu)." in page().texts("li")
    assert "Lỗi gõ" not in page(notes=replace(NOTES, mistakes=())).texts("main")[0]


# ---------------------------------------------------------------- any text in its place


ANY_TEXT = st.text(st.characters(max_codepoint=0x10FFFF, exclude_categories=()), max_size=60)
NASTY = [
    "</script><script>alert(1)</script>",
    "<!--",
    "]]>",
    '"><img src=x>',
    "a & b",
    "😀 👩‍⚕️",
    "{{ 7 * 7 }}",
]


def structured(shown: Page) -> dict[str, object]:
    """Return the JSON-LD of a page, read as a browser hands it on."""
    (data,) = [held for tag, attrs, held in shown.elements if attrs.get("type") == "application/ld+json"]
    read: dict[str, object] = json.loads("".join(data))
    return read


def holds(title: str, sentence: str) -> None:
    typed = told(title, sentence, sentence)
    titled = replace(STATION, feed=replace(STATION.feed, title=title))
    shown = page(typed, station=titled)
    assert shown.texts("h1") == [f"Số 1. {one_line(title)}"]
    assert shown.all("audio")[0][0]["aria-label"] == f"Nghe Số 1. {one_line(title)}"
    assert len(shown.all("script")) == 2
    said = {text for attrs, text in shown.all("span") if attrs.get("class") == "said"}
    assert said == {one_line(sentence)}
    assert structured(shown)["name"] == one_line(title)
    graph = {attrs["property"]: attrs["content"] for attrs, _ in shown.all("meta") if "property" in attrs}
    assert graph["og:title"] == f"Số 1. {one_line(title)}"
    shown = index(typed, station=titled)
    assert shown.texts("h1") == [one_line(title)]
    assert structured(shown)["name"] == one_line(title)
    assert f"Số 1. {one_line(title)}" in shown.texts("h3")


@pytest.mark.parametrize("text", NASTY)
def test_markup_in_a_text_stays_text(text: str) -> None:
    holds(text, text)


def test_control_characters_reach_no_page_from_anywhere() -> None:
    station = replace(STATION, feed=replace(STATION.feed, owner_email="xa\x01thu@example.org"))
    assert "xathu@example.org" in index(station=station).texts("a")


@settings(max_examples=40)
@given(title=ANY_TEXT.filter(one_line), sentence=ANY_TEXT)
def test_any_text_survives_the_pages(title: str, sentence: str) -> None:
    holds(title, sentence)


@given(ANY_TEXT)
def test_no_text_ends_the_script_it_stands_in(text: str) -> None:
    written = str(json_ld({"name": clean(text)}))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["name"] == clean(text)


def test_machines_read_series_and_episode() -> None:
    series, episode = structured(index()), structured(page())
    assert (series["@type"], series["webFeed"]) == ("PodcastSeries", FEED)
    assert (episode["@type"], episode["episodeNumber"]) == ("PodcastEpisode", 1)
    assert episode["datePublished"] == "2023-04-03T05:00:00+07:00"
    sound = episode["associatedMedia"]
    assert isinstance(sound, dict)
    assert sound["contentSize"] == "504321"
    assert str(sound["contentUrl"]).startswith(
        "https://xa-thu.example.org/audio/xa-thu/podcast/hai-diem-01-podcast.mp3"
    )
    assert sound["duration"] == "PT42S"


# ---------------------------------------------------------------- colours


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "ground", 4.5),
        ("ink", "card", 4.5),
        ("soft", "ground", 4.5),
        ("soft", "card", 4.5),
        ("link", "ground", 4.5),
        ("link", "card", 4.5),
        ("on-band", "band", 4.5),
        ("on-note", "note", 4.5),
        ("on-button", "button", 4.5),
        ("on-now", "now", 4.5),
        ("edge", "card", 3),  # of controls: 1.4.11
        ("button", "card", 3),
    ],
)
def test_contrast_is_at_least_wcag_aa(scheme: str, ink: str, ground: str, least: float) -> None:
    style = assets()["style"].data.decode()
    light, dark = re.findall(r":root \{([^}]*#[^}]*)\}", style)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))
    brighter, darker = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= least


def test_corrections_stand_on_the_episodes_own_page() -> None:
    told = replace(NOTES, corrections=("Đã sửa ngày 2/5/2023: sửa <một> chữ.",))
    html = write_episode_page(FRAME, POINT, Around(None, None), told).decode()
    assert "Đã sửa ngày 2/5/2023: sửa &lt;một&gt; chữ." in html
    assert "Đã sửa" not in write_episode_page(FRAME, POINT, Around(None, None), NOTES).decode()
