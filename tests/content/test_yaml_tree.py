"""YAML becomes plain text with line and field, or a refusal that says where."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from truyenthanh.content.yaml_tree import MAX_BYTES, MAX_DEPTH, Node, load
from truyenthanh.errors import ContentError, TruyenthanhError

NAME = "content/thu.yaml"


def tree(tmp_path: Path, raw: str | bytes) -> Node:
    """Load ``raw`` as a file of the project."""
    path = tmp_path / "thu.yaml"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return load(path, NAME)


def plain(node: Node) -> Any:
    """The tree without places."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


# ---------------------------------------------------------------- what comes out


@pytest.mark.parametrize(
    "written",
    [
        "22:30",
        "no",
        "yes",
        "on",
        "true",
        "1_000",
        "0x1F",
        "010",
        "1e3",
        ".inf",
        "2023-03-25",
        "25/3/2023",
        "=",
    ],
)
def test_scalars_stay_the_text_they_are(tmp_path: Path, written: str) -> None:
    assert plain(tree(tmp_path, f"a: {written}\n")) == {"a": written}


@pytest.mark.parametrize("written", ["", " ", "~", "null", " # chỉ có ghi chú"])
def test_a_blank_is_none(tmp_path: Path, written: str) -> None:
    assert plain(tree(tmp_path, f"a: {written}\nb: c\n")) == {"a": None, "b": "c"}


@pytest.mark.parametrize(
    ("written", "text"), [("''", ""), ('"~"', "~"), ('"null"', "null"), ("Null", "Null")]
)
def test_what_is_quoted_is_not_blank(tmp_path: Path, written: str, text: str) -> None:
    assert plain(tree(tmp_path, f"a: {written}\n")) == {"a": text}


def test_every_value_knows_its_line_and_field(tmp_path: Path) -> None:
    root = tree(tmp_path, "a: một\nb:\n  - hai\n  - c: ba\n")
    assert isinstance(root.value, dict)
    items = root.value["b"].value
    assert isinstance(items, list)
    last = items[1].value
    assert isinstance(last, dict)
    nodes = (root, root.value["a"], root.value["b"], *items, last["c"])
    places = [(node.line, node.field) for node in nodes]
    assert places == [(1, ""), (1, "a"), (2, "b"), (3, "b[1]"), (4, "b[2]"), (4, "b[2].c")]
    assert {node.file for node in items} == {NAME}


def test_windows_line_ends_and_bom_are_accepted(tmp_path: Path) -> None:
    unix = "a: một\nb:\n  - >-\n    hai\n    ba\nc: bốn\n"
    windows = b"\xef\xbb\xbf" + unix.replace("\n", "\r\n").encode()
    assert plain(tree(tmp_path, windows)) == plain(tree(tmp_path, unix))
    assert plain(tree(tmp_path, windows)) == {"a": "một", "b": ["hai ba"], "c": "bốn"}


def test_tabs_in_a_text_are_not_refused(tmp_path: Path) -> None:
    assert plain(tree(tmp_path, "a: một\thai\n")) == {"a": "một\thai"}


def test_nesting_up_to_the_limit_is_accepted(tmp_path: Path) -> None:
    value = plain(tree(tmp_path, "[" * MAX_DEPTH + "a" + "]" * MAX_DEPTH))
    for _ in range(MAX_DEPTH):
        (value,) = value
    assert value == "a"


def test_a_file_up_to_the_limit_is_accepted(tmp_path: Path) -> None:
    assert plain(tree(tmp_path, "a: " + "b" * (MAX_BYTES - 3))) == {"a": "b" * (MAX_BYTES - 3)}


# ---------------------------------------------------------------- what is refused, and where

BOMB = "a: &a [x, x]\n" + "".join(
    f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED: dict[str, tuple[str | bytes, str, int | None, str]] = {
    "empty": ("", "yaml.empty", None, ""),
    "only a comment": ("# chưa có gì\n", "yaml.empty", None, ""),
    "repeated key": ("a: 1\nb: 2\na: 3\n", "yaml.repeated_key", 3, "a"),
    "repeated key below": ("x:\n  a: 1\n  a: 1\n", "yaml.repeated_key", 3, "x.a"),
    "tab as indent": ("a:\n\tb: 1\n", "yaml.tab", 2, ""),
    "NFD": ("a: ok\nb: tie\u0302\u0301ng\n", "yaml.not_nfc", 2, ""),
    "NFD by escape": ('a: ok\nb: "tie\\u0302ng"\n', "yaml.not_nfc", 2, ""),
    "control character": ("a: ok\nb: x\x07y\n", "yaml.control", 2, ""),
    "control by escape": ('a: ok\nb: "x\\0y"\n', "yaml.control", 2, ""),
    "no character by escape": ('a: "\\uFFFE"\n', "yaml.control", 1, ""),
    "no character": ("a: \uffff\n", "yaml.control", 1, ""),
    "no character of the last plane": ("a: \U0010ffff\n", "yaml.control", 1, ""),
    "delete": ("a: x\x7fy\n", "yaml.control", 1, ""),
    "C1 control": ("a: x\u0085y\n", "yaml.control", 1, ""),
    "C1 control by escape": ('a: "x\\x9Fy"\n', "yaml.control", 1, ""),
    "old Mac line ends": ("a: 1\rb: 2\r", "yaml.control", 1, ""),
    "50,000 brackets": ("[" * 50_000, "yaml.too_deep", 1, "[1]" * (MAX_DEPTH + 1)),
    "50,000 braces": ("{a: " * 50_000, "yaml.too_deep", 1, ".".join("a" * (MAX_DEPTH + 1))),
    "alias bomb": (BOMB, "yaml.alias", 1, "a"),
    "anchor": ("x: 1\ny: &a 1\n", "yaml.alias", 2, "y"),
    "alias": ("x: *a\n", "yaml.alias", 1, "x"),
    "tag": ("x: 1\ny: !!python/object/apply:os.system [ls]\n", "yaml.tag", 2, "y"),
    "tag of text": ("y: !!str 1\n", "yaml.tag", 1, "y"),
    "merge": ("x: &a {b: 1}\ny:\n  <<: *a\n", "yaml.alias", 1, "x"),
    "list as key": ("? [a, b]\n: c\n", "yaml.key_not_text", 1, ""),
    "two documents": ("a: 1\n---\nb: 2\n", "yaml.second_document", 2, ""),
    "open bracket": ("a: [1, 2\nb: 3\n", "yaml.problem.bracket", 2, ""),
    "open quote": ('b: 1\na: "xin chào\n\n\n', "yaml.problem.quote", 2, ""),
    "not UTF-8": ("a: ok\nb: tiếng\n".encode("utf-16"), "yaml.not_utf8", 1, ""),
    "one bad byte": (b"a: ok\nb: \xff\n", "yaml.not_utf8", 2, ""),
    "a surrogate": (b"a: \xed\xa0\x80\n", "yaml.not_utf8", 1, ""),
    "too large": ("a: " + "b" * MAX_BYTES, "yaml.too_large", None, ""),
}


def test_half_a_character_by_escape_is_refused_without_libyaml_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libyaml knows that it is none; the loader in Python takes it."""
    monkeypatch.setattr("truyenthanh.content.yaml_tree._LOADER", yaml.BaseLoader)
    for half in ("D800", "DFFF"):
        with pytest.raises(ContentError) as caught:
            tree(tmp_path, f'a: "\\u{half}"\n')
        assert caught.value.key == "yaml.control"


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_file_line_and_field(tmp_path: Path, name: str) -> None:
    raw, key, line, field = REFUSED[name]
    with pytest.raises(ContentError) as caught:
        tree(tmp_path, raw)
    assert caught.value.key == key
    message = str(caught.value)
    assert message.startswith(NAME)
    assert (f", dòng {line}" in message) == (line is not None)
    assert (f"mục “{field}”" in message) == bool(field)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load(tmp_path / "khong-co.yaml", NAME)
    assert (caught.value.key, caught.value.facts["file"]) == ("yaml.missing", NAME)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load(tmp_path, NAME)
    assert caught.value.key == "yaml.not_a_file"


def test_the_repeated_key_says_where_the_first_is(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="đã có ở dòng 1"):
        tree(tmp_path, "a: 1\nb: 2\na: 3\n")


def test_no_message_shows_where_the_project_stands(tmp_path: Path) -> None:
    for raw, *_ in REFUSED.values():
        with pytest.raises(ContentError) as caught:
            tree(tmp_path, raw)
        assert str(tmp_path) not in str(caught.value)


# ---------------------------------------------------------------- anything at all

YAML_LIKE = st.text(alphabet="ab \n:-[]{},&*!|>'\"#%@`?~\t\\0x\u0301ế\ufeff", max_size=60)


@settings(max_examples=300)
@given(raw=st.one_of(st.binary(max_size=80), YAML_LIKE.map(str.encode)))
def test_any_bytes_give_a_tree_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    refused = NAME
    try:
        tree(folder, raw)
    except TruyenthanhError as error:
        refused = str(error)
    assert refused.startswith(NAME)


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("a: Nghị quyết #5 của # Đảng\n", "#5 của # Đảng"),
        ("a: Nghị quyết số#5\n", ""),
        ("- dòng một\n  dòng hai # ba\n", "# ba"),
        ('a: "một # hai"\n', ""),
        ("a: >-\n  một # hai\n", ""),
    ],
)
def test_what_yaml_takes_for_a_comment_is_known(tmp_path: Path, text: str, comment: str) -> None:
    node = tree(tmp_path, text)
    value = node.value["a"] if isinstance(node.value, dict) else node.value[0]  # type: ignore[index]
    assert isinstance(value, Node)
    assert value.comment == comment


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / NAME).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / NAME)
    with pytest.raises(ContentError) as caught:
        load(tmp_path / NAME, NAME)
    assert caught.value.key == "yaml.not_a_file"
