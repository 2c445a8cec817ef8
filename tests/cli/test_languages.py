"""The program run under three locales: all it says is in one language, and what it writes in Vietnamese."""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from catalogues import templates
from commands import published
from project import edit, write_project
from speaker import Answer, answers
from test_refused_content import BAD_CONTENT

from test_messages import NAMES, words_of
from truyenthanh.content.recordings import bind
from truyenthanh.messages import use_language
from truyenthanh.model import Binding
from truyenthanh.reading.syllables import is_vietnamese

pytestmark = pytest.mark.slow(8)

STATION = "content/stations/xa-mot.yaml"
SERIES = "content/series/thu/series.yaml"
POINT = "content/series/thu/points/01.yaml"
LOCALES = {
    "vi_VN.UTF-8": "vi",
    "C": "vi",
    "en_US.UTF-8": "en",
}
COMMANDS = (
    *("build", "status", "why", "read", "check", "script", "approve", "withdraw", "review", "say", "voices"),
    *("master", "qc", "serve", "verify", "prune", "history", "schedule", "pack", "aired", "report"),
)
HELP = (["--help"], [], ["voices", "install", "--help"], *([name, "--help"] for name in COMMANDS))
WRONG_CALLS = (  # what click refuses
    ["buld"],
    ["build", "--staton", "x"],
    ["build", "--xyz"],
    ["build", "--jobs", "0"],
    ["build", "--jobs", "many"],
    ["build", "--as-of", "yesterday"],
    ["build", "--station"],
    ["build", "--all", "--station", "xa-mot"],
    ["build", "--lang", "fr"],
    ["status", "extra"],
    ["script"],
    ["say", "a"],
    ["say", "a", "-o", "a.mp3", "--rate", "fast"],
    ["qc", "--master", "tv"],
    ["qc", "a.mp3", "--all"],
    ["qc", "a.mp3", "b.mp3", "--picture", "x.png"],
    ["qc", "a.mp3", "--picture", "x.jpg"],
    ["voices", "install"],
    ["serve", "--port", "-1"],
    ["verify", "--all", "--station", "xa-mot"],
    ["approve", "--by", "A"],
    ["schedule", "--slot", "long"],
    ["schedule", "--times", "noon"],
    ["pack", "x", "--no-schedule", "--days", "1"],
    ["report"],
)
REFUSALS = (  # what the program refuses
    ["build", "--root", "/"],
    ["build", "--station", "xa-ba"],
    ["build", "--engine", "human"],
    ["script", "thu-09"],
    ["say", " ", "-o", "a.mp3"],
    ["say", "a", "-o", "a.txt"],
    ["say", "a", "-o", "a.mp3", "--rate", "9999"],
    ["say", "a", "-o", "content/x/../project.yaml/a.mp3"],
    ["master", "radio", "a.wav", "b.wav"],
    ["master", "radio", "content/project.yaml", "b.wav"],
    ["qc", "a.wav", "content/project.yaml"],
    ["voices", "--engine", "human"],
    ["voices", "install", "x", "--from", "nowhere"],
    ["serve", "--host", "nowhere.invalid"],
    ["serve", "--station", "xa-hai"],
    ["why", "x.mp3"],
    ["approve", "thu-01", "--by", "A"],
    ["withdraw", "thu-01"],
    ["review", "thu-01"],
    ["verify", "--station", "xa-hai"],
    ["schedule"],
    ["pack", "content/project.yaml"],
    ["pack", "no/where/x", "--master", "podcast"],
    ["aired", "nowhere.csv"],
    ["aired", "content/project.yaml"],
)
WORK = (
    *(["check"], ["read"], ["script", "thu-01"], ["voices"], ["status"], ["build"], ["build"], ["status"]),
    *(["status", "--station", "xa-hai"], ["script", "thu-01"], ["qc"], ["verify", "--store"], ["history"]),
    *(["why", "thu-01-podcast.mp3"], ["prune", "--dry-run"]),
    ["schedule", "--master", "podcast", "--slot", "15m", "--days", "1", "--times", "05:00"],
    ["pack", "pack.zip", "--master", "podcast"],
    ["report", "--from", "2023-01-01", "--to", "2023-01-31", "report"],
)
CALLS = (*HELP, *WRONG_CALLS, *WORK, *REFUSALS)
CODES = (*[0] * len(HELP), *[2] * len(WRONG_CALLS), 1, *[0] * (len(WORK) - 1), *[1] * len(REFUSALS))

CLICK = set("usage options error aborted default required argument invalid value valid missing".split())
QUOTED = re.compile(r"“[^”]*”|--[a-z-]+|Google Terms of Service|\w+(?:[/_.-]\w+)+")  # names, too
WORD = re.compile(r"[^\W\d_]+")


def small_project(root: Path) -> Path:
    """Write a project of one short episode of the future, with words read wrong and a doubtful voice."""
    write_project(root, **{"02": None, "03": None})
    series = (root / SERIES).read_text(encoding="utf-8").partition("omnibus:")[0]
    (root / SERIES).write_text(series.replace('"01", "02", "03"', '"01"'), encoding="utf-8", newline="\n")
    edit(root, SERIES, "2023-04-03T05:00", "2099-04-03T05:00")
    edit(root, STATION, "masters: [podcast, radio, loudspeaker]", "masters: [podcast]")
    edit(root, STATION, "announcer: {voice: vi+f1, pitch: 40}", "announcer: {voice: vi-vn-x-central}")
    edit(root, POINT, "buổi sáng.", "buổi sáng, XQZW và trừong.")
    return root


def words_of_the_content(root: Path) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in (root / "content").rglob("*") if path.is_file()]
    return {word for text in texts for word in WORD.findall(text)}


ENGLISH = {word.lower() for forms in templates("en").values() for form in forms for word in words_of(form)}
ENGLISH -= {word.lower() for (form,) in templates("vi").values() for word in words_of(form)} | NAMES
ENGLISH -= set(COMMANDS)
ENGLISH = {word for word in ENGLISH | CLICK if len(word) > 2 and not is_vietnamese(word)}


def mixture(text: str, language: str, known: set[str]) -> set[str]:
    """Return the words that are not of the language, names and quotations of the content apart."""
    words = set(WORD.findall(QUOTED.sub(" ", text))) - known
    if language == "en":
        return {word for word in words if not word.isascii()}
    return {word for word in words if word.lower() in ENGLISH}


@pytest.mark.parametrize(
    ("text", "language"),
    [("At most 3 bước.", "en"), ("Nothing to do: Đã xong.", "en"), ("Cần làm 3 steps.", "vi")],
)
def test_a_mixture_is_seen(text: str, language: str) -> None:
    assert mixture(text, language, set())
    assert not mixture(f"“{text}”", language, set())


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        locale: small_project(tmp_path_factory.mktemp("said") / "project") for locale in ("C", "en_US.UTF-8")
    }


@pytest.fixture(scope="module")
def said(roots: Mapping[str, Path]) -> dict[str, list[Answer]]:
    """Return what is answered to all calls, each language in a project of its own."""
    return {
        locale: answers([[str(root), *call] for call in CALLS], {"LANG": locale})
        for locale, root in roots.items()
    }


@pytest.mark.parametrize("locale", ["C", "en_US.UTF-8"])
def test_all_that_is_said_is_in_one_language(
    locale: str, roots: Mapping[str, Path], said: Mapping[str, Sequence[Answer]]
) -> None:
    known = words_of_the_content(roots[locale]) | {"sắc", "hỏi", "nặng"}
    for call, code, answer in zip(CALLS, CODES, said[locale], strict=True):
        assert answer["code"] == code, (call, answer)
        assert answer["out"] or answer["err"], call
        of_content = call[:1] in (["read"], ["script"]) and "--help" not in call  # spoken words
        text = answer["err"] if of_content else answer["out"] + answer["err"]
        assert mixture(text, LOCALES[locale], known) == set(), (call, text)
        assert not re.search(r"[^.]\.\.(?![./])", text), (call, text)  # one sentence set into another


def test_every_command_is_called() -> None:
    (help_page,) = answers([["/", "--help"]], {"LANG": "en_US.UTF-8"})
    listed = re.findall(r"^  ([a-z]+)  ", help_page["out"].partition("Commands:")[2], re.MULTILINE)
    assert set(listed) == set(COMMANDS)


def test_the_same_is_said_in_both(said: Mapping[str, Sequence[Answer]]) -> None:
    """As many lines (help apart, which is broken where it must be), and never the same one."""
    for call, mine, other in zip(CALLS, said["C"], said["en_US.UTF-8"], strict=True):
        for stream in ("out", "err"):
            lines, others = mine[stream].splitlines(), other[stream].splitlines()
            assert "--help" in call or not call or len(lines) == len(others), (call, lines, others)
        assert mine["out"] + mine["err"] != other["out"] + other["err"] or call[0] in ("read", "script"), call


def test_what_is_written_is_the_same_whoever_builds(
    roots: Mapping[str, Path], said: Mapping[str, Sequence[Answer]]
) -> None:
    assert len(published(roots["C"])) > 10
    for name in ("pack.zip", "report/bao-cao-2023-01-01-2023-01-31.html"):
        assert (roots["C"] / name).read_bytes() == (roots["en_US.UTF-8"] / name).read_bytes()
    assert published(roots["C"]) == published(roots["en_US.UTF-8"])


def test_what_one_build_warned_of_the_next_says_in_its_own_language(
    roots: Mapping[str, Path], said: Mapping[str, Sequence[Answer]]
) -> None:
    call = [str(roots["C"]), "build", "--lang", "en"]
    (again,) = answers([call], {"LANG": "C"})
    first = said["C"][CALLS.index(["build"])]
    assert "Cẩn thận: giọng “vi-vn-x-central”" in first["err"]
    assert again["err"].startswith("Caution: the voice “vi-vn-x-central”")
    assert "Nothing to do" in again["out"]


def test_a_recording_is_bound_in_vietnamese(tmp_path: Path) -> None:
    use_language("en")
    (tmp_path / "content").mkdir()
    bind(tmp_path, {"content/x.wav": Binding("0" * 64, ("Xin chào.",))})
    assert (tmp_path / "content/x.yaml").read_text(encoding="utf-8").startswith("# Do truyenthanh ghi")


def test_the_locale_or_lang_chooses_wherever_it_stands(tmp_path: Path) -> None:
    root = str(small_project(tmp_path / "project"))
    vietnamese, english = "dòng 1: chưa biết đọc", "line 1: no rule can read"
    calls = [
        ([root, "read"], vietnamese),
        ([root, "--lang", "en", "read"], english),
        ([root, "read", "--lang", "en"], english),
        ([root, "read", "--lang=en"], english),
        ([root, "read", "--lang", "vi"], vietnamese),
    ]
    found = answers([call for call, _ in calls], {"LANG": "vi_VN.UTF-8"})
    for (call, wanted), answer in zip(calls, found, strict=True):
        assert wanted in answer["err"], call
    (help_page,) = answers([[root, "--lang", "en", "build", "--help"]], {"LANG": "C"})
    assert help_page["out"].startswith("Usage: truyenthanh build [OPTIONS]...")
    (help_page,) = answers([[root, "build", "--help"]], {"LANG": "vi_VN.UTF-8"})
    assert help_page["out"].startswith("Cách dùng: truyenthanh build [TÙY CHỌN]...")


def test_what_is_wrong_in_the_content_is_said_in_english(tmp_path: Path) -> None:
    """Every case of which test_refused_content holds the Vietnamese."""
    good = write_project(tmp_path / "good")
    roots = {case: tmp_path / str(number) for number, case in enumerate(BAD_CONTENT)}
    for case, root in roots.items():
        shutil.copytree(good, root)
        BAD_CONTENT[case][0](root)
    found = answers([[str(root), "build"] for root in roots.values()], {"LANG": "en_US.UTF-8"})
    known = words_of_the_content(good)
    for case, answer in zip(roots, found, strict=True):
        *_, message = answer["err"].splitlines()
        assert answer["code"] == 1, (case, answer)
        assert mixture(answer["err"], "en", known) == set(), (case, message)
        assert re.match(r"content/[\w./-]+(, line \d+)?(, field “[\w.\[\]]+”)?: ", message), message
