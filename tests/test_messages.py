"""Every message used is in the table, every message of the table is used, and its facts fit."""

import ast
import re
import string
import unicodedata
from pathlib import Path

import pytest

from catalogues import compiled, po_file, templates
from truyenthanh.errors import ContentError, TruyenthanhError
from truyenthanh.makers import MAKERS
from truyenthanh.messages import LANGUAGES, language_of, say
from truyenthanh.mixing.profiles import MASTERS

PACKAGE = Path(__file__).parent.parent / "scripts" / "truyenthanh"
KEY = re.compile(r"[a-z]+(\.[a-z_0-9]+)+")
VIETNAMESE = templates("vi")
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
    kinds = {f"kind.{kind}" for kind in (*MAKERS, "file")}
    masters = {f"master.{name}" for name in MASTERS}
    whys = {f"status.{why}" for why in ("new", "inputs", "lost", "unpublished", "obsolete")}
    whys |= {f"status.{why}" for why in ("corrected", "untold_text", "untold_sound")}
    whys |= {"corrected.text", "corrected.sound"}
    checks = {f"check.{kind}" for kind in ("unknown", "syllable", "uncorrected", "long")}
    of_qc = ("qc.", "column.", "verdict.")  # held to what is found by test_qc
    qc = {key for key in VIETNAMESE if key.startswith(of_qc)}
    settings = {key for key in VIETNAMESE if key.startswith("setting.")}
    stages = {f"remaster.{stage}" for stage in ("reading", "shaping", "levelling", "writing")}
    return stages | kinds | masters | whys | checks | settings | qc


def test_every_message_used_is_there_and_every_message_there_is_used() -> None:
    used = {
        text for text in texts_of_the_code() if KEY.fullmatch(text) and text.partition(".")[0] in FAMILIES
    }
    modules = {f"{path.parent.name}.{path.stem}" for path in PACKAGE.rglob("*.py")}  # code_digest's names
    used = {text for text in used if not text.endswith((".yaml", ".xml", ".j2"))} - {"feed.guid"}
    assert used - modules - set(VIETNAMESE) == set()
    assert set(VIETNAMESE) - used - keys_made_of_parts() == set()


def test_every_setting_of_a_step_has_a_name() -> None:
    trees = [ast.parse((PACKAGE / name).read_text(encoding="utf-8")) for name in ("plan.py", "pages.py")]
    settings = {
        key.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    } - {"name", "known", "file", "field", "espeak", "gtts", "piper"}
    assert {f"setting.{name}" for name in settings} <= set(VIETNAMESE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    assert po_file(language).with_suffix(".mo").read_bytes() == compiled(language), "run make messages"


def test_messages_are_nfc_and_their_fields_are_names() -> None:
    for key, text in ((key, text) for key, texts in VIETNAMESE.items() for text in texts):
        assert unicodedata.is_normalized("NFC", text), key
        for _, field, _, _ in string.Formatter().parse(text):
            assert field is None or field.isidentifier(), f"{key}: {field!r}"


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
