"""Every message used is in both catalogues, every message there is used, and its facts fit."""

import ast
import re
import shutil
import string
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from catalogues import compiled_templates, po_file, templates, with_english
from places import PACKAGE

from truyenthanh.cli.commands import COMMANDS
from truyenthanh.errors import ContentError, TruyenthanhError
from truyenthanh.feed.differences import KINDS as DIFFERENCES
from truyenthanh.messages import (
    LANGUAGES,
    Message,
    figure,
    in_vietnamese,
    language_of,
    say,
    use_language,
)
from truyenthanh.mixing.profiles import MASTERS
from truyenthanh.reading.syllables import is_vietnamese
from truyenthanh.steps.kinds import KINDS

KEY = re.compile(r"[a-z]+(\.[a-z_0-9]+)+")
VIETNAMESE, ENGLISH = templates("vi"), templates("en")
FAMILIES = {key.partition(".")[0] for key in VIETNAMESE}


def texts_of_the_code() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name != "messages.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


def keys_made_of_parts() -> set[str]:
    """Return the keys that are put together when they are needed, family by family."""
    kinds = {key for kind in KINDS for key in kind.message_keys} | {"kind.file", "counted.file"}
    kinds |= {"setting.written", "setting.reading"}  # what a change of clauses is told as
    masters = {f"master.{name}" for name in MASTERS}
    whys = {f"status.{why}" for why in ("new", "inputs", "lost", "unpublished", "obsolete")}
    whys |= {f"status.{why}" for why in ("corrected", "untold_text", "untold_sound")}
    whys |= {"corrected.text", "corrected.sound"}
    held = {"held": ("new", "text", "reading", "gone"), "air": ("before", "absent", "damaged")}
    whys |= {f"status.{what}_{why}" for what, whys_of in held.items() for why in whys_of}
    whys |= {f"review.{what}.{why}" for what, whys_of in held.items() for why in whys_of}
    whys |= {f"review.{kind}" for kind in DIFFERENCES}
    checks = {f"check.{kind}" for kind in ("unknown", "syllable", "syllable_near", "uncorrected", "long")}
    ways = ("outdated", "replaced")
    checks |= {f"recordings.{way}_{why}" for way in ways for why in ("words", "count", "place")}
    of_qc = ("qc.", "column.", "verdict.")  # held to what is found by test_qc
    qc = {key for key in VIETNAMESE if key.startswith(of_qc)}
    upkeep = {key for key in VIETNAMESE if key.startswith(("verify.", "history."))}  # held by their tests
    stages = {f"remaster.{stage}" for stage in ("reading", "shaping", "levelling", "writing")}
    short_helps = {f"cli.{name}_short" for name in (*COMMANDS, "install")}
    return short_helps | upkeep | stages | kinds | masters | whys | checks | qc


def test_every_message_used_is_there_and_every_message_there_is_used() -> None:
    used = {
        text for text in texts_of_the_code() if KEY.fullmatch(text) and text.partition(".")[0] in FAMILIES
    }
    modules = {f"{path.parent.name}.{path.stem}" for path in PACKAGE.rglob("*.py")}  # those of code digests
    files, names = (".yaml", ".xml", ".csv", ".j2", "_"), {"feed.guid", "schedule.slot"}
    used = {text for text in used if not text.endswith(files)} - names
    assert used - modules - set(VIETNAMESE) == set()
    assert set(VIETNAMESE) - used - keys_made_of_parts() == set()


def test_every_key_that_is_made_of_parts_is_there() -> None:
    assert keys_made_of_parts() - set(VIETNAMESE) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    assert compiled_templates(language) == templates(language), "make compiles it again"


def test_where_nobody_has_installed_it_the_program_says_how(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "truyenthanh", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    call = [sys.executable, "-m", "truyenthanh", "status"]
    run = subprocess.run(call, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert run.stderr.count("pip install -e .") == len(LANGUAGES)


def test_the_english_text_stands_above_every_key_of_the_vietnamese_catalogue() -> None:
    text = po_file("vi").read_text(encoding="utf-8")
    assert text == with_english(text, ENGLISH), "make messages writes it"


def test_only_the_english_text_is_rewritten() -> None:
    old = '# heading\nmsgid ""\nmsgstr ""\n"a\\n"\n\n#. Old.\n#. Older.\nmsgid "a.b"\nmsgstr "x"\n'
    new = '# heading\nmsgid ""\nmsgstr ""\n"a\\n"\n\n#. One.\n#.\n#. Many.\nmsgid "a.b"\nmsgstr "x"\n'
    assert with_english(old, {"a.b": ("One.", "\nMany.")}) == new


# ---------------------------------------------------------------- two whole catalogues

# Names of commands, options, fields, files, formats, units and firms.
NAMES = {"fi", "wi"} | set(
    """
    aac all announcer approval approve as audio azuracast bext bit broadcast build bundle by byte
    cache captcha cart cbr cc check content corrections ctrl days db dbfs dbtp drafts engine espeak
    espeakng example feed files flac fm force from gib google gtts help history host hours html http
    https hz ics install jpeg jpg json kb lexicon libretime liquidsoap loader loudspeaker lowdata
    lra lufs make manifest masters mb md mib mp ms nfc nfd ng of ogg org outdated pack pip piper
    pitch png podcast port project proxy prune qc qr radio rate rdadmin recordings reinstall repeat
    requests review revisions rgb rivendell rms root schedule script series serve sha slot slow
    station stations status store svg synthetic tab temp text times title tls tmpdir truyenthanh tts
    unicode url usb utf uuid verify voices wait wav web weeks why windows withdraw xml yaml yes
    aired csv docx html m nhat pack report sums txt watch zip
    bad bc da dd diem enter excel gio log mm phat replace skip vt yyyy
    """.split()
)
TONES = ("sắc", "hỏi", "nặng")  # an English message may name them


def fields_of(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


def words_of(template: str) -> list[str]:
    """Return the words of a template that are its own: what it quotes may be of any language."""
    text = "".join(f"{text} " for text, *_ in string.Formatter().parse(template))
    return re.findall(r"[^\W\d_]+", re.sub("“[^”]*”", " ", text))


def wrong_in(vietnamese: dict[str, tuple[str, ...]], english: dict[str, tuple[str, ...]]) -> set[str]:
    """Return the keys of messages that are missing, say other facts, are not NFC, or in no pure language."""
    wrong = set(vietnamese) ^ set(english)
    for key in set(vietnamese) & set(english):
        (mine,), forms = vietnamese[key], english[key]
        facts = fields_of(mine)
        whole = all(fields_of(form) == facts and form.strip() for form in forms)
        plural = len(forms) == (2 if "count" in facts else 1)
        composed = all(unicodedata.is_normalized("NFC", form) for form in (mine, *forms))
        names = all(field.isidentifier() for field in facts)
        foreign = [word for word in words_of(mine) if word.isascii() and len(word) > 1]
        pure = all(is_vietnamese(word.lower()) or word.lower() in NAMES for word in foreign)
        ours = [word for form in forms for word in words_of(form) if not word.isascii()]
        if not (whole and plural and composed and names and pure and set(ours) <= set(TONES)):
            wrong.add(key)
    return wrong


def test_both_catalogues_are_whole() -> None:
    assert wrong_in(VIETNAMESE, ENGLISH) == set()


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Đài {name}.", "Station."),
        ("Đài.", ""),
        ("Có {count} tệp.", "{count} files."),
        ("Đa\u0300i.", "Station."),
        ("Đài {0}.", "Station {0}."),
        ("Permission bị từ chối.", "Refused."),
        ("Đài.", "The station in Đài."),
    ],
)
def test_what_is_not_whole_is_seen(vietnamese: str, english: str) -> None:
    assert wrong_in({"a.b": (vietnamese,)}, {"a.b": (english,)}) == {"a.b"}
    assert wrong_in({"a.b": ("Đài.",)}, {}) == {"a.b"}


# ---------------------------------------------------------------- how they are filled in


def test_one_is_not_said_as_many() -> None:
    use_language("en")
    assert (say("build.planned", count=1), say("build.planned", count=2)) == (
        "At most 1 step to do.",
        "At most 2 steps to do.",
    )
    assert in_vietnamese("build.planned", count=1) == "Cần làm nhiều nhất 1 bước."


def test_a_message_in_a_message_is_said_in_its_language() -> None:
    facts = {"file": "a.yaml", "reason": Message("system.disk_full")}
    assert "ổ đĩa hết chỗ" in say("publication.refused", **facts)
    use_language("en")
    assert "the disk is full" in say("publication.refused", **facts)
    assert "ổ đĩa hết chỗ" in in_vietnamese("publication.refused", **facts)


def test_numbers_are_written_as_the_language_does() -> None:
    assert [figure(-16.04, ".1f"), figure(-16.0), figure(0.125)] == ["−16,0", "−16", "0,12"]
    assert "−16,5 LUFS" in say("qc.too_quiet", value=-16.5, limit=-16.0)
    use_language("en")
    assert "−16.5 LUFS, for a level of −16 LUFS" in say("qc.too_quiet", value=-16.5, limit=-16.0)


def test_an_error_says_file_line_field_and_what_to_do() -> None:
    error = ContentError("content.empty", file="content/x.yaml", line=3, field="feed.title")
    assert str(error) == f"content/x.yaml, dòng 3, mục “feed.title”: {say('content.empty')}"


def test_an_error_crosses_a_process_boundary_whole() -> None:
    import pickle

    error = ContentError("content.bad_id", {"file": "a.yaml", "line": 1}, id="../x", limit=48)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ContentError
    assert str(again) == str(error)
    assert isinstance(again, TruyenthanhError)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "vi"),
        ({"LANG": "C"}, "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "en.UTF-8"}, "en"),
        ({"LANG": "eng_XX"}, "vi"),
        ({"LANG": "vi_VN", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "vi_VN"}, "vi"),
        ({"LANG": "en_US", "LC_ALL": ""}, "en"),
    ],
)
def test_an_english_locale_is_answered_in_english_any_other_in_vietnamese(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(environment) == language
