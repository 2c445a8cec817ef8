"""The pages in a real browser, from a stick and from a server: what a click does, what is lit, for whom.

Chromium is driven by Playwright; axe-core and the Nu checker come by ``make tools``. A test whose tool is
missing says which.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from project import EPISODES
from range_server import serving
from ready import linked

pytestmark = pytest.mark.slow(25)

TOOLS = Path(__file__).parent / "node_modules"
AXE, VNU = TOOLS / "axe-core/axe.min.js", TOOLS / "vnu-jar/build/dist/vnu.jar"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--mute-audio"),
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = ("index", "thu-03", "thu-tron-bo")
WAIT_MS = 20_000
PLAYING = "!audio.paused && !audio.seeking"
NO_MEMORY = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('refused', 'SecurityError'); }
})"""


@pytest.fixture(scope="module")
def site(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, built: a folder with audio/ and feed/."""
    return linked(built_project, tmp_path_factory.mktemp("trang") / "trang của xã")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"NO BROWSER: none of {', '.join(NAMES)} is on the PATH (apt-get install chromium)")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, whose windows are closed behind a test: what plays in one slows all that come after."""
    yield chromium
    for window in chromium.contexts:
        window.close()


@pytest.fixture(params=["stick", "server"])
def place(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Where the site is opened: as files of a USB stick, or from a server."""
    if request.param == "stick":
        yield site.as_uri()
    else:
        with serving(site) as served:
            yield served.address


def opened(browser: Browser, place: str, name: str = "thu-03", **how: Any) -> Page:
    """Return a page in a window of its own, which must raise no error and load nothing from elsewhere."""
    page = browser.new_context(**how).new_page()
    page.set_default_timeout(WAIT_MS)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{place}/feed/xa-mot/{name}.html")
    assert [url for url in asked if not url.startswith((place, "data:"))] == []
    return page


def audio(page: Page, of: str) -> Any:
    return page.evaluate(f"document.querySelector('audio').{of}")


def until(page: Page, condition: str) -> None:
    page.wait_for_function(
        f"(() => {{ const audio = document.querySelector('audio'); return {condition}; }})()"
    )


def arrived(page: Page, start: float) -> bool:
    """Whether what plays began at ``start``: who only waits for it would hear all that stands before."""
    until(page, f"{PLAYING} && audio.readyState > 2 && audio.currentTime > 0")
    at = audio(page, "currentTime")
    return bool(start - 0.01 <= at < start + 4)


def spoken(site: Path, episode: str = "thu-03") -> list[tuple[float, float, str]]:
    """Return start, end and text of what is said, from the captions: another file than the page.

    A long sentence is several cues, so a cue's text is a part of what is lit.
    """
    captions = (site / f"feed/xa-mot/transcripts/{episode}.vtt").read_text(encoding="utf-8")
    cue = re.compile(r"00:00:([\d.]+) --> 00:00:([\d.]+)\n<v [^>]*>(.*(?:\n.+)*)")
    return [(float(start), float(end), " ".join(text.split())) for start, end, text in cue.findall(captions)]


# ---------------------------------------------------------------- listening


def test_a_click_on_a_chapter_goes_there_and_plays(browser: Browser, place: str, site: Path) -> None:
    page = opened(browser, place)
    chapters = json.loads((site / "feed/xa-mot/chapters/thu-03.json").read_text(encoding="utf-8"))["chapters"]
    assert audio(page, "paused")
    for number in (2, 1, 3):
        start = chapters[number]["startTime"]
        page.locator(".marks a").nth(number).click()
        assert arrived(page, start)
        expect(page.locator(".marks a[aria-current]")).to_have_count(1)
        expect(page.locator(".marks a").nth(number)).to_have_attribute("aria-current", "true")


def test_the_sentence_that_sounds_is_lit(browser: Browser, place: str, site: Path) -> None:
    page = opened(browser, place)
    page.locator(".marks a").first.click()
    until(page, "audio.readyState > 1")
    page.evaluate("document.querySelector('audio').pause()")
    said = spoken(site)
    assert len(said) >= 6
    for start, end, text in said:
        for moment in (start + 0.01, (start + end) / 2, end - 0.01):
            page.evaluate(f"document.querySelector('audio').currentTime = {moment}")
            until(page, "!audio.seeking")
            (lit,) = page.locator(".said.now").all_text_contents()
            assert text in lit, moment
    for moment in (0.5, said[-1][1] + 1):  # the chimes
        page.evaluate(f"document.querySelector('audio').currentTime = {moment}")
        until(page, "!audio.seeking")
        assert page.locator(".said.now").count() == 0


def test_while_it_plays_the_light_goes_from_sentence_to_sentence(
    browser: Browser, place: str, site: Path
) -> None:
    page = opened(browser, place)
    said = spoken(site)
    start, end = said[2][0], said[5][1]
    watch = """() => { window.seen = []; const audio = document.querySelector('audio'); const look = () => {
      const lit = document.querySelector('.said.now');
      window.seen.push([audio.currentTime, lit ? lit.textContent : null, audio.paused || audio.seeking]);
      requestAnimationFrame(look); }; look(); }"""
    page.evaluate(watch)
    page.locator(".said").nth(2).click()
    until(page, f"audio.currentTime > {end}")
    seen = [
        (at, text) for at, text, still in page.evaluate("window.seen") if not still and start <= at <= end
    ]
    slack = 0.12  # a page is told the time in steps
    for first, last, text in said[2:6]:
        (lit,) = {lit for at, lit in seen if first + slack < at < last - slack}
        assert text in lit


def test_a_click_on_a_sentence_goes_there_and_plays(browser: Browser, place: str, site: Path) -> None:
    page = opened(browser, place)
    for number in (4, 1):
        start, _, text = spoken(site)[number]
        page.get_by_text(text, exact=True).click()
        assert arrived(page, start)


def test_sentences_are_reached_by_keyboard_too(browser: Browser, place: str, site: Path) -> None:
    page = opened(browser, place)
    said = spoken(site)
    page.get_by_role("button", name="Câu sau").press("Enter")
    assert arrived(page, said[0][0])
    page.evaluate(f"document.querySelector('audio').currentTime = {said[3][0] + 0.2}")
    until(page, PLAYING)
    page.evaluate(
        "document.querySelector('audio').addEventListener('seeking', (event) => {"
        " window.sought = event.target.currentTime; })"
    )
    page.get_by_role("button", name="Câu trước").press("Space")
    until(page, f"Math.abs(window.sought - {said[2][0]}) < 0.1")


def test_a_chosen_speed_holds_and_is_remembered(browser: Browser, place: str) -> None:
    page = opened(browser, place)
    page.get_by_label("Tốc độ").select_option("1.5")
    page.locator(".marks a").nth(1).click()
    until(page, "!audio.paused && audio.currentTime > 0")
    assert audio(page, "playbackRate") == 1.5
    page.goto(f"{place}/feed/xa-mot/thu-01.html")
    assert page.get_by_label("Tốc độ").input_value() == "1.5"
    assert audio(page, "playbackRate") == 1.5


def test_it_goes_on_where_one_stopped(browser: Browser, place: str) -> None:
    page = opened(browser, place)
    page.locator(".marks a").nth(2).click()
    until(page, "!audio.paused && audio.currentTime > 10.5")
    page.evaluate("document.querySelector('audio').pause()")
    stopped = audio(page, "currentTime")
    page.reload()
    expect(page.locator(".resumed")).to_contain_text("Lần trước dừng ở 0:1")
    assert audio(page, "currentTime") == pytest.approx(stopped, abs=0.1)
    page.locator("audio").press("Space")
    assert arrived(page, stopped - 0.1)
    expect(page.locator(".resumed")).to_be_empty()
    page.reload()
    page.get_by_role("button", name="Nghe từ đầu").click()
    until(page, "!audio.paused && audio.currentTime < 5")
    page.goto(f"{place}/feed/xa-mot/thu-01.html")
    expect(page.locator(".resumed")).to_be_empty()  # another episode has a place of its own


def test_a_browser_that_remembers_nothing_plays_all_the_same(browser: Browser, place: str) -> None:
    page = browser.new_context().new_page()
    page.add_init_script(NO_MEMORY)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{place}/feed/xa-mot/thu-03.html")
    page.locator(".marks a").nth(1).click()
    until(page, "!audio.paused && audio.currentTime > 7")
    page.evaluate("document.querySelector('audio').pause()")
    page.reload()
    assert errors == []


def test_over_a_server_it_seeks_by_byte_ranges(browser: Browser, site: Path) -> None:
    with serving(site) as served:
        page = opened(browser, served.address, "thu-tron-bo")
        page.locator(".marks a").last.click()
        until(page, f"{PLAYING} && audio.currentTime > 20")
        assert served.ranges


def test_an_address_is_copied_whole(browser: Browser, site: Path) -> None:
    with serving(site) as served:
        page = opened(browser, served.address, permissions=["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Chép mã kiểm tra của bản loa truyền thanh").click()
        expect(page.get_by_role("button", name="Đã chép")).to_have_count(1)
        manifest = json.loads((site / "audio/xa-mot/manifest.json").read_text(encoding="utf-8"))
        sha256 = manifest["files"]["audio/xa-mot/loudspeaker/thu-03-loa.mp3"]["sha256"]
        assert page.evaluate("navigator.clipboard.readText()") == sha256


def test_without_scripts_there_are_player_text_and_files(browser: Browser, place: str, site: Path) -> None:
    page = opened(browser, place, java_script_enabled=False)
    expect(page.locator("audio")).to_be_visible()
    expect(page.locator(".controls")).to_be_hidden()
    for _, _, text in spoken(site):
        expect(page.locator(".words").get_by_text(text)).to_be_visible()
    expect(page.locator("a[download]")).to_have_count(3)
    assert page.get_by_role("button").count() == 0  # nothing that would do nothing
    (chapter,) = page.locator(".marks a").nth(1).all()
    assert re.search(r"thu-03-podcast\.mp3#t=7\.\d+$", chapter.get_attribute("href") or "")


# ---------------------------------------------------------------- looking


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(browser: Browser, site: Path, name: str, width: int) -> None:
    page = opened(browser, site.as_uri(), name, viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_touched_is_as_large_as_a_thumb(browser: Browser, site: Path) -> None:
    for name in PAGES:
        page = opened(browser, site.as_uri(), name, viewport={"width": 390, "height": 844}, has_touch=True)
        touched: list[Locator] = page.locator(
            "button, select, .button, .chips a, .marks a, .turn a, .band a"
        ).all()
        assert len(touched) >= 8
        for one in touched:
            box = one.bounding_box()
            assert box is not None, name
            assert box["height"] >= 44, f"{name}: {one.text_content()} {box}"


def test_the_font_is_found_beside_the_page(browser: Browser, place: str) -> None:
    page = opened(browser, place, "index")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("[...document.fonts].map((font) => font.status)") == ["loaded"]


def test_dark_is_dark_and_light_is_light(browser: Browser, site: Path) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        page = opened(browser, site.as_uri(), "index", color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds[scheme] = sum(map(int, re.findall(r"\d+", colour)[:3]))
    assert grounds["light"] > 690
    assert grounds["dark"] < 110


def test_on_paper_the_list_names_the_files_and_the_player_is_gone(browser: Browser, site: Path) -> None:
    page = opened(browser, site.as_uri(), "index")
    expect(page.get_by_text(f"{EPISODES[0]}-loa.mp3")).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    for episode in EPISODES:
        expect(page.get_by_text(f"{episode}-loa.mp3")).to_be_visible()
    expect(page.locator(".button").first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page = opened(browser, site.as_uri(), "thu-03")
    page.emulate_media(media="print")
    expect(page.locator("audio")).to_be_hidden()
    expect(page.locator(".marks")).to_be_hidden()
    expect(page.locator(".words")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violation_of_wcag_2_2_aa(
    browser: Browser, site: Path, name: str, scheme: str, width: int
) -> None:
    if not AXE.is_file():
        pytest.skip("NO AXE: axe-core is not in tests/feed/node_modules (make tools)")
    page = opened(browser, site.as_uri(), name, color_scheme=scheme, viewport={"width": width, "height": 844})
    if name != "index":
        page.locator(".said").nth(1).click()  # lit, and playing
        expect(page.locator(".said.now")).to_have_count(1)
    page.add_script_tag(path=AXE)
    found = page.evaluate("(tags) => axe.run({runOnly: tags})", WCAG)
    assert len(found["passes"]) > 15
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_the_nu_checker_finds_no_error(site: Path) -> None:
    if not VNU.is_file() or shutil.which("java") is None:
        pytest.skip("NO NU CHECKER: java, or vnu.jar in tests/feed/node_modules (make tools), is missing")
    files = [*sorted(site.glob("feed/xa-mot/*.html")), *site.glob("feed/xa-mot/assets/*.css")]
    assert len(files) == 6
    command = ["java", "-jar", str(VNU), "--also-check-css", "--format", "text", *map(str, files)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    assert run.returncode == 0, run.stderr
    assert "warning" not in run.stderr
