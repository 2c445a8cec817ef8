"""A YAML file as a tree of plain text, with the line of every value.

Only text, lists and mappings come out; what a text means (a number, a date, yes or no) is decided
in ``fields.py``. So ``22:30`` never becomes 1350, ``no`` never becomes False, and every error can
name file, line and field. Aliases, tags, repeated keys, deep nesting and large files are refused
while parsing, before anything is built: 50,000 nested brackets crash a recursive loader, and a
300-byte alias bomb fills the memory.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

from ..errors import ContentError
from ..system import reason_of

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Events = Iterator[Any]


@dataclass(frozen=True, slots=True)
class Node:
    """One value: its text (None if left blank), list or mapping, and where it is."""

    value: "str | list[Node] | dict[str, Node] | None"
    file: str
    line: int
    field: str
    comment: str = ""  # what YAML takes for a comment right after unquoted text

    def error(self, key: str, /, **facts: object) -> ContentError:
        """Return an error that points at this value."""
        return ContentError(key, {"file": self.file, "line": self.line, "field": self.field, **facts})


@dataclass(frozen=True, slots=True)
class Source:
    """A file being read: its name for errors, and its lines."""

    file: str
    lines: list[str]


def load(path: Path, shown_as: str) -> Node:
    """Return the tree of the file at ``path``; errors name it ``shown_as``.

    Raises ContentError: no such file, not UTF-8, not NFC, control characters, not YAML, or features
    that content does not need (aliases, tags, deep nesting, large size).
    """
    text = _text(path, shown_as)
    try:
        events = yaml.parse(text, Loader=_LOADER)
        first = _skip_to_content(events, shown_as)
        node = _build(first, events, Source(shown_as, text.split("\n")), "", 0)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _at(shown_as, event, "yaml.second_document")
        return node
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text, shown_as) from error
    except yaml.YAMLError as error:
        raise ContentError("yaml.problem.other", file=shown_as) from error


def _text(path: Path, shown_as: str) -> str:
    try:
        if path.exists() and not path.is_file():  # reading a pipe would block, a device never ends
            raise ContentError("yaml.not_a_file", file=shown_as)
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ContentError("yaml.missing", file=shown_as) from error
    except OSError as error:
        raise ContentError("yaml.unreadable", file=shown_as, reason=reason_of(error)) from error
    if len(raw) > MAX_BYTES:
        raise ContentError("yaml.too_large", file=shown_as, limit=MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError("yaml.not_utf8", file=shown_as, line=line) from error
    for number, line_text in enumerate(text.split("\n"), 1):
        _check_characters(line_text.removesuffix("\r"), shown_as, number)
    return text


def _check_characters(line: str, file: str, number: int) -> None:
    for char in () if line.isprintable() else line:  # nearly every line is printable
        nobody = ord(char) & 0xFFFE == 0xFFFE  # U+FFFE, U+FFFF: XML cannot hold them
        if nobody or (char != "\t" and unicodedata.category(char) in ("Cc", "Cs")):
            raise ContentError("yaml.control", file=file, line=number, code=f"U+{ord(char):04X}")
    if not unicodedata.is_normalized("NFC", line):
        raise ContentError("yaml.not_nfc", file=file, line=number, text=line.strip()[:60])


def _skip_to_content(events: Events, file: str) -> Any:
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return event
    raise ContentError("yaml.empty", file=file)


def _build(event: Any, events: Events, source: Source, field: str, depth: int) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _at(source.file, event, "yaml.alias", field)
    if event.tag is not None and event.tag != "!":
        raise _at(source.file, event, "yaml.tag", field, tag=event.tag)
    if depth > MAX_DEPTH:
        raise _at(source.file, event, "yaml.too_deep", field, limit=MAX_DEPTH)
    if isinstance(event, yaml.ScalarEvent):
        _check_characters(event.value.replace("\n", " "), source.file, line)  # "\a" in quotes is one too
        blank = not event.style and event.value in ("", "~", "null")
        comment = "" if event.style else _comment_behind(event, source)
        return Node(None if blank else event.value, source.file, line, field, comment)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(_items(events, source, field, depth), source.file, line, field)
    return Node(_pairs(events, source, field, depth), source.file, line, field)


def _items(events: Events, source: Source, field: str, depth: int) -> list[Node]:
    items: list[Node] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        items.append(_build(event, events, source, f"{field}[{len(items) + 1}]", depth + 1))
    return items


def _pairs(events: Events, source: Source, field: str, depth: int) -> dict[str, Node]:
    pairs: dict[str, Node] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise _at(source.file, event, "yaml.key_not_text", field)
        key = event.value
        below = f"{field}.{key}" if field else key
        if key in pairs:
            raise _at(source.file, event, "yaml.repeated_key", below, first=pairs[key].line)
        value = _build(next(events), events, source, below, depth + 1)
        pairs[key] = replace(value, line=_line(event))  # errors point at the key
    return pairs


def _comment_behind(event: Any, source: Source) -> str:
    """Return what YAML takes for a comment after plain text: an editor may have meant it as text."""
    mark = event.end_mark
    rest = source.lines[mark.line][mark.column :] if mark.line < len(source.lines) else ""
    return rest.strip() if rest[:1].isspace() and rest.lstrip().startswith("#") else ""


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _at(file: str, event: Any, key: str, field: str = "", **facts: object) -> ContentError:
    line = _line(event)
    return ContentError(key, {"file": file, "line": line, "field": field, **facts})


# What libyaml says is wrong, and the keys of our messages for it.
_PROBLEMS: Final = {
    "mapping values are not allowed": "yaml.problem.colon",
    "could not find expected ':'": "yaml.problem.colon",
    "did not find expected key": "yaml.problem.indent",
    "did not find expected '-' indicator": "yaml.problem.indent",
    "did not find expected <document start>": "yaml.problem.indent",
    "found character that cannot start any token": "yaml.problem.sign",
    "found unexpected end of stream": "yaml.problem.quote",
    "did not find expected ',' or": "yaml.problem.bracket",
    "did not find expected node content": "yaml.problem.bracket",
    "found unknown escape character": "yaml.problem.escape",
    "did not find expected hexdecimal number": "yaml.problem.escape",
}


def _syntax_error(error: yaml.MarkedYAMLError, text: str, file: str) -> ContentError:
    problem = str(error.problem)
    key = next((key for start, key in _PROBLEMS.items() if problem.startswith(start)), "yaml.problem.other")
    begins = key == "yaml.problem.quote"  # an unclosed quote is shown where it opens, not where the file ends
    mark = (error.context_mark if begins else error.problem_mark) or error.problem_mark
    line = mark.line + 1 if mark else 1
    lines = text.split("\n")
    if line <= len(lines) and "\t" in lines[line - 1]:
        return ContentError("yaml.tab", file=file, line=line)
    return ContentError(key, file=file, line=line)
