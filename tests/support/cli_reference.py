"""The reference of all commands, ``docs/cli.md``, written from the command line itself, in both languages.

``python tests/support/cli_reference.py`` (``make docs``) writes it. Helps are worded when the commands are
loaded, so each language is asked for in a process of its own.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click

from truyenthanh.messages import LANGUAGES, say, use_language

REFERENCE: Final = Path(__file__).parents[2] / "docs" / "cli.md"
PROGRAM: Final = "truyenthanh"
EVERYWHERE: Final = ("--lang", "--help")  # said once, of the program
HEADING: Final = """\
# Các lệnh · The commands

Trang này do `make docs` viết ra từ chính chương trình; đừng sửa tay. Mỗi lệnh có phần tiếng Việt trước, phần
tiếng Anh sau. `--lang` và `--help` dùng được ở mọi lệnh. Ví dụ cho từng lệnh: [tour.md](tour.md); hướng dẫn
từng bước: [huong-dan.md](huong-dan.md).

*This page is written by `make docs` from the program itself; do not edit it. Of each command the Vietnamese
text comes first, the English one after it. `--lang` and `--help` work with every command. Examples:
[tour.md](tour.md).*
"""


@dataclass(frozen=True, slots=True)
class Option:
    """An option as its help names it, and what it does."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its whole name, how it is called, what it does, its options."""

    name: str
    usage: str
    help: str
    options: list[Option]


def reference() -> str:
    """Return the whole page."""
    by_language = [_entries_in(language) for language in LANGUAGES]
    return "\n".join([HEADING, *(_section(*both) for both in zip(*by_language, strict=True))])


def _entries_in(language: str) -> list[Entry]:
    """Return what the program says of its commands in a language."""
    asked = subprocess.run(
        [sys.executable, __file__, language], capture_output=True, check=True, encoding="utf-8"
    )
    return [
        Entry(**{**entry, "options": [Option(**option) for option in entry["options"]]})
        for entry in json.loads(asked.stdout)
    ]


def entries(name: str, command: click.Command) -> Iterator[Entry]:
    """Yield what there is to say of a command, and then of those in it, in the language in use."""
    context = click.Context(command, info_name=name)
    yield Entry(
        name,
        " ".join([name, *command.collect_usage_pieces(context)]),
        re.sub(r"\s+", " ", command.help or "").strip(),
        list(_options(command, context)),
    )
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from entries(f"{name} {child}", found)


def _options(command: click.Command, context: click.Context) -> Iterator[Option]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and (parameter.opts[0] not in EVERYWHERE or context.info_name == PROGRAM):
            name, words = record
            yield Option(name, words.replace("[required]", say("cli.required")))  # click's own word


# ---------------------------------------------------------------- as Markdown


def _section(vietnamese: Entry, english: Entry) -> str:
    usage = "\n".join(dict.fromkeys((vietnamese.usage, english.usage)))
    texts = [f"## {vietnamese.name}", f"```text\n{usage}\n```", vietnamese.help, f"*{english.help}*"]
    if vietnamese.options:
        rows = (_row(*both) for both in zip(vietnamese.options, english.options, strict=True))
        texts.append("\n".join(["| | |", "|---|---|", *rows]))
    return "\n\n".join(texts) + "\n"


def _row(vietnamese: Option, english: Option) -> str:
    names = "<br>".join(f"`{_cell(name)}`" for name in dict.fromkeys((vietnamese.name, english.name)))
    return f"| {names} | {_cell(vietnamese.help)}<br>*{_cell(english.help)}* |"


def _cell(text: str) -> str:
    """Return text as a cell of a table holds it."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<=", "≤").strip()


def _print_entries(language: str) -> None:
    use_language(language)
    from truyenthanh.cli.commands import truyenthanh

    print(json.dumps([asdict(entry) for entry in entries(PROGRAM, truyenthanh)]))


if __name__ == "__main__":
    if sys.argv[1:]:
        _print_entries(sys.argv[1])
    else:
        REFERENCE.write_text(reference(), encoding="utf-8", newline="\n")
