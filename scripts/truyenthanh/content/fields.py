"""Read typed fields from a YAML tree; every error says file, line, field and what to do.

``fields`` opens a mapping and refuses unknown keys; the others take a value out of it.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from .yaml_tree import Node

Fields = Mapping[str, Node]
T = TypeVar("T")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EVERY = re.compile(r"(\d{1,3}) (day|week|hour)s?")
MAX_ID = 48
_NOT_ON_WINDOWS = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def fields(node: Node, known: Collection[str]) -> Fields:
    """Return the mapping at ``node``, all of whose keys are ``known``."""
    if not isinstance(node.value, dict):
        raise node.error("content.not_mapping", known=", ".join(known))
    for key, child in node.value.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = near[0] if near else ", ".join(dict.fromkeys(known))
            raise child.error("content.unknown_key", key=key, hint=hint)
    return node.value


def need(node: Node, of: Fields, key: str) -> Node:
    """Return the value of the required ``key``; ``node`` is where ``of`` came from."""
    if key not in of:
        field = f"{node.field}.{key}" if node.field else key
        raise Node(None, node.file, node.line, field).error("content.missing_key", key=key)
    return of[key]


def text(node: Node) -> str:
    """Return a non-empty line of text."""
    if not isinstance(node.value, str):
        raise node.error("content.empty" if node.value is None else "content.not_text")
    if not node.value.strip():
        raise node.error("content.empty")
    return " ".join(node.value.split())


def wording(node: Node) -> str:
    """Return a line that is spoken or published: no part of it may be lost to a comment."""
    if node.comment:
        raise node.error("content.comment", comment=node.comment)
    return text(node)


def optional_text(node: Node | None) -> str | None:
    """Return the text, or None if it was left out, blank or empty."""
    if node is None or node.value is None or node.value == "":
        return None
    return text(node)


def identifier(node: Node) -> str:
    """Return an id: it becomes a file name and part of an address, so only a-z, 0-9 and single dashes."""
    name = text(node)
    if not _ID.fullmatch(name) or len(name) > MAX_ID or name in _NOT_ON_WINDOWS:
        raise node.error("content.bad_id", id=name, limit=MAX_ID)
    return name


def integer(node: Node, low: int, high: int) -> int:
    """Return a whole number from ``low`` to ``high``."""
    raw = text(node)
    if not re.fullmatch(r"-?\d{1,9}", raw, re.ASCII) or not low <= int(raw) <= high:
        raise node.error("content.not_integer", value=raw, low=low, high=high)
    return int(raw)


def optional_integer(node: Node | None, low: int, high: int) -> int | None:
    """Return a whole number, or None if it was left out or blank."""
    return None if node is None or node.value is None else integer(node, low, high)


def flag(node: Node | None) -> bool:
    """Return yes (true) or no (false, or left out)."""
    if node is None or node.value is None:
        return False
    if node.value not in ("yes", "no", "true", "false"):
        raise node.error("content.not_flag")
    return node.value in ("yes", "true")


def items(node: Node | None, read: Callable[[Node], T], *, least: int = 0) -> tuple[T, ...]:
    """Return the result of ``read`` for every item of a list of ``least`` or more."""
    found: list[Node] = []
    if node is not None and node.value is not None:
        if not isinstance(node.value, list):
            raise node.error("content.not_list")
        found = node.value
    if node is not None and len(found) < least:
        raise node.error("content.too_few", count=least)
    return tuple(read(item) for item in found)


def unique_items(node: Node, read: Callable[[Node], str], *, least: int = 0) -> tuple[str, ...]:
    """Return the items of a list; duplicates are refused."""
    seen: list[str] = []
    for item in items(node, lambda one: one, least=least):
        value = read(item)
        if value in seen:
            raise item.error("content.repeated_item", value=value)
        seen.append(value)
    return tuple(seen)


def moment(node: Node) -> datetime:
    """Return an ISO 8601 date and time with its offset from UTC."""
    raw = text(node)
    try:
        when = datetime.fromisoformat(raw)
    except ValueError as error:
        raise node.error("content.bad_moment", value=raw) from error
    if when.tzinfo is None or not 1945 <= when.year <= 2999:
        raise node.error("content.bad_moment", value=raw)
    return when


def day(node: Node) -> date:
    """Return a date: "2023-05-02"."""
    raw = text(node)
    try:
        when = date.fromisoformat(raw)
    except ValueError as error:
        raise node.error("content.bad_day", value=raw) from error
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw) or not 1945 <= when.year <= 2999:
        raise node.error("content.bad_day", value=raw)
    return when


def interval(node: Node) -> timedelta:
    """Return the time from one episode to the next: "1 day", "2 weeks", "12 hours"."""
    raw = text(node)
    match = _EVERY.fullmatch(raw)
    if not match or int(match[1]) == 0:
        raise node.error("content.bad_interval", value=raw)
    return int(match[1]) * timedelta(**{match[2] + "s": 1})


def web_address(node: Node) -> str:
    """Return an http(s) address in plain ASCII without a trailing slash."""
    raw = text(node).rstrip("/")
    if not re.fullmatch(r"https?://[a-z0-9.\-]+(:\d{1,5})?(/[A-Za-z0-9._~\-]+)*", raw):
        raise node.error("content.bad_address", value=raw)
    return raw


def beside(folder: Path, node: Node, shown_as: str) -> str:
    """Return the name of a file directly in ``folder``: never a path that leads out of it."""
    name = text(node)
    files = [path.name for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    for file in files:
        if unicodedata.normalize("NFC", file) == name:  # names from a Mac are decomposed
            return file
    raise node.error("content.no_file", name=name, folder=shown_as)


def id_of(root: Path, path: Path) -> str:
    """Return the id of a file or folder, which is its name."""
    return identifier(Node(path.stem, path.relative_to(root).as_posix(), 0, ""))


def one_of(node: Node, known: Collection[str], message: str) -> str:
    """Return a name that is in ``known``; ``message`` is the key of the error for any other name."""
    name = text(node)
    if name not in known:
        raise node.error(message, name=name, known=", ".join(known))
    return name
