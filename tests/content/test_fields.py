"""Typed fields out of a YAML tree: what is taken, and how the rest is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from truyenthanh.content import fields as f
from truyenthanh.content.yaml_tree import Node
from truyenthanh.errors import ContentError


def node(value: Any) -> Node:
    """A node as it stands on line 7 of a file."""
    if isinstance(value, dict):
        value = {key: node(child) for key, child in value.items()}
    elif isinstance(value, list):
        value = [node(child) for child in value]
    return Node(value, "content/thu.yaml", 7, "x.y")


def whole(low: int, high: int) -> Callable[[Node], int]:
    return lambda one: f.integer(one, low, high)


TAKEN: list[tuple[Callable[[Node], Any], Any, Any]] = [
    (f.text, "Xin chào", "Xin chào"),
    (f.text, "  hai \n dòng  ", "hai dòng"),
    (f.text, "22:30", "22:30"),
    (f.optional_text, None, None),
    (f.optional_text, "", None),
    (f.optional_text, "có", "có"),
    (f.identifier, "17-diem", "17-diem"),
    (f.identifier, "a" * f.MAX_ID, "a" * f.MAX_ID),
    (whole(1, 31), "31", 31),
    (whole(-5, 5), "-5", -5),
    (whole(1, 12), "03", 3),
    (lambda n: f.optional_integer(n, 1, 12), None, None),
    (f.flag, None, False),
    (f.flag, "no", False),
    (f.flag, "false", False),
    (f.flag, "yes", True),
    (f.flag, "true", True),
    (f.moment, "2023-04-03T05:00+07:00", datetime.fromisoformat("2023-04-03T05:00:00+07:00")),
    (f.interval, "1 day", timedelta(days=1)),
    (f.interval, "2 weeks", timedelta(days=14)),
    (f.interval, "12 hours", timedelta(hours=12)),
    (f.web_address, "https://xa.example.org/", "https://xa.example.org"),
    (f.web_address, "http://localhost:8000/truyen-thanh", "http://localhost:8000/truyen-thanh"),
]


@pytest.mark.parametrize(("read", "value", "result"), TAKEN)
def test_taken(read: Callable[[Node], Any], value: Any, result: Any) -> None:
    assert read(node(value)) == result


REFUSED: list[tuple[Callable[[Node], Any], Any, str]] = [
    (f.text, None, "content.empty"),
    (f.text, "", "content.empty"),
    (f.text, " \n ", "content.empty"),
    (f.text, ["a"], "content.not_text"),
    (f.text, {"a": "b"}, "content.not_text"),
    (f.optional_text, " ", "content.empty"),
    (f.optional_text, ["a"], "content.not_text"),
    *(
        (f.identifier, bad, "content.bad_id")
        for bad in (
            "../x",
            "a/b",
            "a\\b",
            ".",
            "..",
            "A",
            "Điểm",
            "a b",
            "a.b",
            "-a",
            "a-",
            "a--b",
            "a_b",
            "a" * (f.MAX_ID + 1),
        )
    ),
    (f.identifier, None, "content.empty"),
    *((whole(1, 12), bad, "content.not_integer") for bad in ("0", "13", "1.0", "ba", "1e1", "١", "9" * 20)),
    (whole(1, 12), None, "content.empty"),
    *((f.flag, bad, "content.not_flag") for bad in ("có", "", "1", "Yes", ["yes"])),
    *(
        (f.moment, bad, "content.bad_moment")
        for bad in ("mai", "2023-04-03T05:00", "2023-13-03T05:00+07:00", "9999-12-31T00:00Z")
    ),
    *(
        (f.interval, bad, "content.bad_interval")
        for bad in ("day", "0 days", "-1 day", "1 month", "9999 weeks")
    ),
    *(
        (f.web_address, bad, "content.bad_address")
        for bad in (
            "xa.example.org",
            "ftp://xa.example.org",
            "https://xã.example.org",
            "https://a.org/?x=1",
            "https://a.org/../b c",
            "javascript:alert(1)",
        )
    ),
]


@pytest.mark.parametrize(("read", "value", "key"), REFUSED)
def test_refused_with_file_line_and_field(read: Callable[[Node], Any], value: Any, key: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(node(value))
    assert caught.value.key == key
    assert str(caught.value).startswith("content/thu.yaml, dòng 7, mục “x.y”: ")


def test_an_unknown_key_is_refused_with_the_nearest() -> None:
    with pytest.raises(ContentError, match=r"“tilte”\. Có phải: title"):
        f.fields(node({"tilte": "a"}), ("title", "it", "digital"))


def test_a_key_far_from_all_is_refused_with_all() -> None:
    with pytest.raises(ContentError, match="Có phải: title, it, digital"):
        f.fields(node({"qqqq": "a"}), ("title", "it", "digital"))


@pytest.mark.parametrize("value", [None, "chữ", ["a"]])
def test_fields_need_a_mapping(value: Any) -> None:
    with pytest.raises(ContentError, match="cần các mục con: a, b"):
        f.fields(node(value), ("a", "b"))


def test_a_missing_key_is_named_below_its_parent() -> None:
    parent = node({"a": "1"})
    with pytest.raises(ContentError) as caught:
        f.need(parent, f.fields(parent, ("a", "b")), "b")
    assert str(caught.value) == "content/thu.yaml, dòng 7, mục “x.y.b”: thiếu mục “b”. Hãy thêm vào."


def test_items_are_read_in_order_and_counted() -> None:
    assert f.items(node(["b", "a"]), f.text) == ("b", "a")
    assert f.items(None, f.text, least=1) == ()
    assert f.items(node(None), f.text) == ()
    with pytest.raises(ContentError, match="ít nhất 1"):
        f.items(node([]), f.text, least=1)
    with pytest.raises(ContentError, match="ít nhất 1"):
        f.items(node(None), f.text, least=1)
    with pytest.raises(ContentError, match="cần một danh sách"):
        f.items(node("a"), f.text)
