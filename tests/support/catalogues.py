"""The catalogues of messages as their authors write them.

``python tests/support/catalogues.py`` (``make messages``) puts the English text above every message of
the Vietnamese catalogue, so that who writes Vietnamese sees what a key says; nothing else changes.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from truyenthanh.messages import LOCALES

Templates = Mapping[str, tuple[str, ...]]

KEY = re.compile(r'msgid "(.+)"')
COMMENT = "#."  # gettext's mark for a comment that a program writes


def templates(language: str) -> dict[str, tuple[str, ...]]:
    """Return the templates of every message by its key: one, or one for each plural form."""
    return _templates(polib.pofile(str(po_file(language)), check_for_duplicates=True))


def compiled_templates(language: str) -> dict[str, tuple[str, ...]]:
    """Return the same from the compiled catalogue, which the program reads."""
    return _templates(polib.mofile(str(po_file(language).with_suffix(".mo"))))


def po_file(language: str) -> Path:
    """Return where a catalogue stands; the compiled one stands beside it."""
    return LOCALES / language / "LC_MESSAGES" / "truyenthanh.po"


def with_english(vietnamese: str, english: Templates) -> str:
    """Return the text of the Vietnamese catalogue with the English one above every key."""
    return "".join(f"{line}\n" for line in _lines_with_english(vietnamese, english))


def _lines_with_english(vietnamese: str, english: Templates) -> Iterator[str]:
    for line in vietnamese.splitlines():
        if (key := KEY.match(line)) is not None:
            for form in english.get(key[1], ()):
                yield from (f"{COMMENT} {part}".rstrip() for part in form.splitlines())
        if not line.startswith(COMMENT):
            yield line


def _templates(catalogue: "polib.POFile | polib.MOFile") -> dict[str, tuple[str, ...]]:
    return {
        entry.msgid: tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
        for entry in catalogue
        if entry.msgid
    }


if __name__ == "__main__":
    written = po_file("vi")
    with_comments = with_english(written.read_text(encoding="utf-8"), templates("en"))
    written.write_text(with_comments, encoding="utf-8", newline="\n")
